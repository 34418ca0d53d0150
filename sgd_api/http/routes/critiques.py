"""POST /critique: judges pictures against the org's current canon, stored ones by name or one that is sent along.

What must not live here: measuring (`sgd_assets/renders/compliance`), reading a form (`intake/candidate.py`).
"""

from functools import partial

import anyio.to_thread
from fastapi import Request, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.json_body import read_body, refuse_declared_length
from sgd_api.http.bodies.request_limits import (
    PROJECT_ID_SCHEMA,
    check_expected_copy,
    check_ids,
    check_project_id,
    check_size,
)
from sgd_api.http.bodies.schemas import CritiqueRequest, CritiqueResponse
from sgd_api.http.dependencies import ERRORS, WithServices, Worker
from sgd_api.http.intake.candidate import CandidateForm, check_candidate, read_candidate
from sgd_api.http.intake.multipart import read_parts
from sgd_api.http.intake.pace import pace_of
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_api.http.stored.candidates import keep_candidate
from sgd_api.http.stored.content_check import tell_personal_data
from sgd_api.http.stored.judged import Wish, judge_named, judge_sent
from sgd_assets.renders.compliance.case import Expected
from sgd_resources.errors import ValidationFailed
from sgd_resources.identity.principal import Principal

router = Router(tags=["critiques"])
_FORM_OVERHEAD_BYTES = 200_000
_FORM_SCHEMA = {
    "type": "object",
    "required": ["project_id", "file"],
    "additionalProperties": False,
    "properties": {
        "project_id": PROJECT_ID_SCHEMA,
        "file": {"type": "string", "format": "binary", "description": "a PNG, JPEG or WebP; never becomes evidence"},
        "expected_copy": {
            "type": "array",
            "items": {"type": "string"},
            "description": "every text that is to stand on it, one field each",
        },
        "expected_size": {"type": "string", "description": "width x height in px, e.g. '1080x1350'"},
        "expected_format": {"type": "string", "enum": ["png", "jpg", "webp"]},
        "profile": {"type": "string", "enum": ["strict", "social", "own"]},
    },
}


@router.post(
    "/critique",
    summary="Judge pictures against the canon",
    response_model=CritiqueResponse,
    responses=ERRORS,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/CritiqueRequest"}},
                "multipart/form-data": {"schema": _FORM_SCHEMA},
            },
        }
    },
)
async def create_critique(request: Request, caller: Worker, services: WithServices) -> Response:
    """The worst score of all pictures, every violation, and each picture's own critique with the verdict of each rule.

    As JSON, `asset_ids` are render ids (all their pictures), object keys of renders or of pictures sent within a day,
    sha256s of image evidence, or https addresses. As a form, one picture is sent along: it passes the evidence gate,
    is kept for a day under the `asset_id` of the answer, and never becomes evidence of the brand.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        answer = await _sent(request, caller, services)
    else:
        answer = await _named(request, caller, services)
    return JSONResponse(answer.wire())


async def _named(request: Request, caller: Principal, services: Services) -> CritiqueResponse:
    max_bytes = services.settings.sgd_max_json_bytes
    body = await read_body(request, "critique_request", CritiqueRequest, max_bytes=max_bytes)
    check_project_id(body.project_id)
    wanted = check_ids("$.asset_ids", body.asset_ids)
    if not wanted:
        raise _fault("$.asset_ids", "name at least one picture")
    tell_personal_data(services, caller, body.expected_copy or (), subject="critique")
    wish = Wish(_expected(body.expected_copy, body.expected_size, body.expected_format), body.profile, body.project_id)
    return await anyio.to_thread.run_sync(judge_named, services, caller.org_id, wanted, wish)


async def _sent(request: Request, caller: Principal, services: Services) -> CritiqueResponse:
    most = services.upload_policy.max_file_bytes
    refuse_declared_length(request, most + _FORM_OVERHEAD_BYTES)
    # A form is held in memory while it is judged: the lane of uploads bounds how many are.
    frees_in_s = partial(services.bodies_in_flight.frees_in_s, caller.org_id)
    with services.upload_lane.place(caller.org_id, f"{caller.org_id}/{caller.account}", frees_in_s=frees_in_s):
        events = read_parts(request, max_bytes=most + _FORM_OVERHEAD_BYTES, pace=pace_of(services.settings))
        form = await read_candidate(events, max_bytes=most)
        return await anyio.to_thread.run_sync(_judge_form, services, caller, form)


def _judge_form(services: Services, caller: Principal, form: CandidateForm) -> CritiqueResponse:
    check_project_id(form.fields.get("project_id", ""))
    wanted = form.fields.get("expected_format")
    if wanted not in (None, "png", "jpg", "webp"):
        raise _fault("$.expected_format", "one of png, jpg, webp")
    lines = tuple(form.expected_copy) or None
    tell_personal_data(services, caller, lines or (), subject="critique")
    wish = Wish(
        _expected(lines, form.fields.get("expected_size"), wanted),
        form.fields.get("profile"),
        form.fields["project_id"],
    )
    check_candidate(
        form.picture, file_name=form.file_name, declared_type=form.declared_type, gate=services.gate.client()
    )
    key = keep_candidate(services.store, caller.org_id, form.picture)
    return judge_sent(services, caller.org_id, key, form.picture, wish)


def _expected(lines: tuple[str, ...] | None, size: str | None, wanted_format: str | None) -> Expected:
    width, height = check_size("$.expected_size", size) if size is not None else (None, None)
    return Expected(
        lines=check_expected_copy(lines) if lines is not None else None,
        width_px=width,
        height_px=height,
        formats=(wanted_format,) if wanted_format is not None else (),
    )


def _fault(path: str, message: str) -> ValidationFailed:
    return ValidationFailed(f"{path}: {message}", details={"errors": [{"path": path, "message": message}]})
