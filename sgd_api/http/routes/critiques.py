"""POST /critique: measures pictures of the org against its current canon.

What must not live here: measuring (`sgd_assets/renders/compliance/critique.py`).
"""

from collections.abc import Sequence

import anyio.to_thread
from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.json_body import read_body
from sgd_api.http.bodies.request_limits import check_ids, check_project_id
from sgd_api.http.bodies.schemas import CritiquedAsset, CritiqueRequest, CritiqueResponse
from sgd_api.http.dependencies import ERRORS, WithServices, Worker
from sgd_api.http.services import Services
from sgd_api.http.stored.canon import load_canon
from sgd_api.http.stored.pictures import Picture, find_pictures, join_critiques
from sgd_assets.canon.model import Canon
from sgd_assets.renders.model import Critique
from sgd_assets.renders.pictures import judge_picture
from sgd_resources.errors import NotFound, RejectedEvidence, ValidationFailed
from sgd_resources.postgres.rows import canon as canon_rows

router = APIRouter(tags=["critiques"])
MAX_CRITIQUE_PX = 25_000_000
"""What a caller may have measured while it waits."""


@router.post(
    "/critique",
    summary="Measure pictures against the canon",
    response_model=CritiqueResponse,
    responses=ERRORS,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/CritiqueRequest"}}},
        }
    },
)
async def create_critique(request: Request, caller: Worker, services: WithServices) -> Response:
    """The worst score of all pictures, every violation, and each picture's own critique.

    Colours are measured in the delivered bytes; text, logo and clear space of our own renders were measured when they
    were made. `asset_ids` are render ids (all their pictures), object keys of renders, or sha256s of image evidence.
    """
    max_bytes = services.settings.sgd_max_json_bytes
    body = await read_body(request, "critique_request", CritiqueRequest, max_bytes=max_bytes)
    check_project_id(body.project_id)
    wanted = check_ids("$.asset_ids", body.asset_ids)
    if not wanted:
        fault = {"path": "$.asset_ids", "message": "name at least one picture"}
        raise ValidationFailed("$.asset_ids: name at least one picture", details={"errors": [fault]})
    answer = await anyio.to_thread.run_sync(_critique, services, caller.org_id, wanted)
    return JSONResponse(answer.wire())


def _measured(services: Services, picture: Picture, canon: Canon) -> Critique:
    """The critique of one stored picture, measured in the confined child. Raises ValidationFailed, Unavailable."""
    try:
        return judge_picture(
            services.store.get(picture.key),
            palette=canon.palette_hex,
            plan=picture.plan,
            max_pixels=MAX_CRITIQUE_PX,
            jobs=services.drawing.client(),
        )
    except RejectedEvidence as error:
        message = error.details.get("message") or "the picture is not a readable PNG, JPEG or WebP"
        raise ValidationFailed(str(message), details={"asset_id": picture.asset_id}) from error


def _critique(services: Services, org_id: str, wanted: Sequence[str]) -> CritiqueResponse:
    with services.database.org_transaction(org_id) as connection:
        row = canon_rows.current_version(connection, org_id)
        pictures = find_pictures(connection, org_id, wanted)
    if row is None:
        raise NotFound("this org has no canon to measure against: upload evidence and ingest it first")
    canon = load_canon(services.store, org_id, row.version, row.key)
    items = []
    for picture in pictures:
        found = _measured(services, picture, canon)
        if picture.made_with is not None:
            found = join_critiques(found, picture.made_with)
        items.append(CritiquedAsset(asset_id=picture.asset_id, **dict(found)))
    return CritiqueResponse(
        score=min(item.score for item in items),
        violations=tuple(dict.fromkeys(text for item in items for text in item.violations)),
        repair_suggestions=tuple(dict.fromkeys(text for item in items for text in item.repair_suggestions)),
        canon_version=row.version,
        items=tuple(items),
    )
