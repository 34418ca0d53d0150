"""POST /uploads and the rows behind it: files into quarantine, and what the gate said of them.

What must not live here: reading multipart (`intake/multipart.py`), streaming to the store (`intake/quarantine.py`), the
gate.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

import anyio
from fastapi import Request, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.json_body import refuse_declared_length
from sgd_api.http.bodies.listings import EvidenceRemoval, LeftOutFile, ParseResult, Upload, UploadPage, UploadReceipt
from sgd_api.http.bodies.request_limits import PROJECT_ID_SCHEMA, check_project_id
from sgd_api.http.dependencies import ERRORS, Reader, WithServices, Worker
from sgd_api.http.intake.multipart import read_parts
from sgd_api.http.intake.pace import pace_of
from sgd_api.http.intake.quarantine import (
    EMPTY,
    FILE_FIELDS,
    QuarantinedFile,
    UploadCaps,
    UploadForm,
    discard,
    receive_form,
)
from sgd_api.http.pages import PageLimit, SeqCursor, page_of, place
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_api.http.stored.present import removal_body, upload_body
from sgd_api.http.stored.reading_results import latest_documents, parse_results
from sgd_api.http.stored.removal import take_back
from sgd_resources.errors import PayloadTooLarge, SgdError, ValidationFailed
from sgd_resources.events import warn
from sgd_resources.identity.principal import Principal
from sgd_resources.postgres.rows import audit, upload_intake, uploads
from sgd_resources.postgres.rows.evidence_removal import remove_uploads

router = Router(tags=["uploads"])
_FORM_OVERHEAD_BYTES = 1_000_000
_FORM_SCHEMA = {
    "type": "object",
    "required": ["project_id", "files"],
    "additionalProperties": False,
    "properties": {
        "project_id": PROJECT_ID_SCHEMA,
        "files": {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1},
    },
}


@router.post(
    "/uploads",
    status_code=201,
    summary="Put files into quarantine",
    response_model=UploadReceipt,
    responses={200: {"model": UploadReceipt, "description": "the org had all these bytes already"}, **ERRORS},
    openapi_extra={"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM_SCHEMA}}}},
)
async def create_uploads(request: Request, caller: Worker, services: WithServices) -> Response:
    """Stream files (fields `files`, `project_id`) into quarantine; the sensor or POST /ingest takes them from there.

    The same bytes again in the org give the upload that exists, and nothing is stored twice. An empty file is left out
    and named, and the others are taken; anything else that is wrong with a request refuses all of it.
    """
    lane = services.upload_lane
    with _refusals_told(caller):
        refuse_declared_length(request, _most_bytes(services))
        frees_in_s = partial(services.bodies_in_flight.frees_in_s, caller.org_id)
        with lane.place(caller.org_id, f"{caller.org_id}/{caller.account}", frees_in_s=frees_in_s):
            form = await _receive(request, caller, services)
            try:
                receipts, unused = await lane.run(_record, services, caller, form)
            except BaseException:
                with anyio.CancelScope(shield=True):
                    unrecorded = await lane.run(_unrecorded, services, caller.org_id, form.files)
                    await discard(unrecorded, services.store, lane)
                raise
            await discard(unused, services.store, lane)
    services.metrics.duplicate_uploads.inc(len(unused))
    services.metrics.upload_bytes.inc(sum(file.size_bytes for file in form.files if file not in unused))
    is_new = any(not receipt.is_duplicate for receipt in receipts)
    receipt = UploadReceipt(uploads=tuple(receipts), left_out=_left_out(form))
    return JSONResponse(receipt.wire(), 201 if is_new else 200)


def _left_out(form: UploadForm) -> tuple[LeftOutFile, ...] | None:
    return tuple(LeftOutFile(file_name=one.file_name, reason=one.reason) for one in form.left_out) or None


async def _receive(request: Request, caller: Principal, services: Services) -> UploadForm:
    """The request's files in quarantine, and its fields."""
    settings, lane = services.settings, services.upload_lane
    left = await lane.run(_quota_left, services, caller.org_id)
    refuse_declared_length(request, left + _FORM_OVERHEAD_BYTES)
    caps = UploadCaps(services.upload_policy.max_file_bytes, left, settings.sgd_max_upload_files)
    events = read_parts(request, max_bytes=_most_bytes(services), pace=pace_of(settings))
    return await receive_form(events, services.store, org_id=caller.org_id, caps=caps, lane=lane)


def _most_bytes(services: Services) -> int:
    return services.upload_policy.max_file_bytes * services.settings.sgd_max_upload_files + _FORM_OVERHEAD_BYTES


@router.get("/uploads", summary="The org's uploads, newest first", response_model=UploadPage, responses=ERRORS)
def list_uploads(
    caller: Reader,
    services: WithServices,
    limit: PageLimit = 50,
    cursor: SeqCursor = None,
) -> Response:
    """One page of uploads with their verdicts, and with what the parser said of those that were let in."""
    with services.database.org_transaction(caller.org_id) as connection:
        rows = uploads.list_uploads(connection, caller.org_id, limit=limit + 1, before_seq=place(cursor))
    shown, following = page_of(rows, limit)
    parsed = _parsed(services, caller.org_id, shown)
    page = UploadPage(uploads=tuple(upload_body(row, parsed=parsed) for row in shown), next_cursor=following)
    return JSONResponse(page.wire())


@router.get("/uploads/{upload_id}", summary="One upload", response_model=Upload, responses=ERRORS)
def get_upload(upload_id: str, caller: Reader, services: WithServices) -> Response:
    """The upload, what the gate said of it, and what the parser did."""
    with services.database.org_transaction(caller.org_id) as connection:
        row = uploads.get_upload(connection, caller.org_id, upload_id)
    return JSONResponse(upload_body(row, parsed=_parsed(services, caller.org_id, [row])).wire())


def _parsed(services: Services, org_id: str, rows: Sequence[uploads.Upload]) -> Mapping[str, ParseResult]:
    if not any(row.evidence_sha256 for row in rows):
        return {}
    return parse_results(latest_documents(services.store, org_id))


@router.delete("/uploads/{upload_id}", summary="Take an upload back", response_model=EvidenceRemoval, responses=ERRORS)
def delete_upload(upload_id: str, caller: Worker, services: WithServices) -> Response:
    """The upload is discarded in whatever state it is; a repeat does nothing.

    Evidence that no other upload gives goes with it, and the canon is derived anew without it.
    """
    actor = caller.subject
    remove = partial(remove_uploads, org_id=caller.org_id, upload_ids=[upload_id], actor=actor)
    taken = take_back(services.database, services.store, caller.org_id, remove, actor=actor)
    return JSONResponse(removal_body(taken).wire())


@contextmanager
def _refusals_told(caller: Principal) -> Iterator[None]:
    """Tell the operator who was refused and by which rule, without its words: they may hold a file's name."""
    try:
        yield
    except SgdError as error:
        warn("upload.refused", org_id=caller.org_id, caller=caller.subject, reason=type(error).__name__)
        raise


def _quota_left(services: Services, org_id: str) -> int:
    with services.database.org_transaction(org_id) as connection:
        used = uploads.stored_bytes(connection, org_id)
    left = services.settings.sgd_org_quota_bytes - used
    if left <= 0:
        raise _quota_used_up(services)
    return left


def _record(services: Services, caller: Principal, form: UploadForm) -> tuple[list[Upload], list[QuarantinedFile]]:
    """Rows for what was stored, in one transaction; also the files whose bytes the org had already."""
    if not form.files and form.left_out:
        files = [{"file_name": one.file_name, "reason": one.reason} for one in form.left_out]
        message = EMPTY if len(files) == 1 else "every file is empty"
        raise ValidationFailed(message, details={"files": files})
    if not form.files:
        raise ValidationFailed("send at least one file in the field 'files'", details={"fields": sorted(FILE_FIELDS)})
    project_id = check_project_id(form.fields.get("project_id", ""))
    org_id = caller.org_id
    receipts: list[Upload] = []
    unused: list[QuarantinedFile] = []
    with services.database.org_transaction(org_id) as connection:
        upload_intake.lock_intake(connection, org_id)
        for file in form.files:
            known = upload_intake.find_same_bytes(
                connection, org_id, file.source_sha256, file_name=file.file_name, declared_type=file.declared_type,
                project_id=project_id,
            )  # fmt: skip
            if known is not None:
                receipts.append(upload_body(known, is_duplicate=True))
                unused.append(file)
                continue
            row = uploads.record_upload(
                connection,
                org_id,
                upload_id=str(file.upload_id),
                project_id=project_id,
                file_name=file.file_name,
                declared_type=file.declared_type,
                size_bytes=file.size_bytes,
                source_sha256=file.source_sha256,
                key=file.key,
            )
            receipts.append(upload_body(row, is_duplicate=False))
            audit.append(
                connection,
                org_id,
                actor=caller.subject,
                action="upload.received",
                subject=str(file.upload_id),
                details={"source_sha256": file.source_sha256, "size_bytes": file.size_bytes},
            )
        # Checked again under the lock: two uploads at once must not pass the quota together.
        if uploads.stored_bytes(connection, org_id) > services.settings.sgd_org_quota_bytes:
            raise _quota_used_up(services)
    return receipts, unused


def _unrecorded(services: Services, org_id: str, files: list[QuarantinedFile]) -> list[QuarantinedFile]:
    """Of these files those that have no row; none where that cannot be asked.

    A connection that is lost at its commit does not say whether it was done. A row without its bytes would be found by
    the next request with the same bytes, and the file would be lost for good; bytes without a row are swept.
    """
    try:
        with services.database.org_transaction(org_id) as connection:
            # Waits for a transaction of ours that the server has not ended yet.
            upload_intake.lock_intake(connection, org_id)
            known = upload_intake.known_uploads(connection, org_id, [str(file.upload_id) for file in files])
    except SgdError as error:
        warn("upload.bytes_left_to_the_sweep", org_id=org_id, files=len(files), reason=type(error).__name__)
        return []
    return [file for file in files if str(file.upload_id) not in known]


def _quota_used_up(services: Services) -> PayloadTooLarge:
    return PayloadTooLarge(
        "the organisation's storage quota is used up", details={"quota_bytes": services.settings.sgd_org_quota_bytes}
    )
