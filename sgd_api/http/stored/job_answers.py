"""What a finished job answers: the agreed response bodies, read from the rows and the canon it left behind.

What must not live here: routes, or running anything.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sgd_api.http.bodies.listings import StoredError
from sgd_api.http.bodies.schemas import CanonDeriveResponse, IngestedFile, IngestResponse
from sgd_api.http.dependencies import stored_error
from sgd_api.http.services import Services
from sgd_api.http.stored.present import reason_in_words, timestamp
from sgd_api.http.stored.reading_results import latest_documents, reading_notes
from sgd_assets.on_demand.resource.job import canon_fault
from sgd_resources.errors import NotFound
from sgd_resources.postgres.rows import canon as canon_rows
from sgd_resources.postgres.rows import uploads
from sgd_resources.postgres.rows.jobs import Job

_MAX_FILES = 200


def ingest_answer(services: Services, org_id: str, row: Job) -> IngestResponse:
    """What became of each asset that was asked for; of the org's newest uploads when none was named."""
    result: Mapping[str, Any] = row.result or {}
    wanted: Sequence[str] = row.body.get("assets", ())
    with services.database.org_transaction(org_id) as connection:
        if wanted:
            found = [_upload(connection, org_id, asset) for asset in wanted]
        else:
            found = list(uploads.list_uploads(connection, org_id, limit=_MAX_FILES))
    return IngestResponse(
        processed=sum(upload is not None and upload.processed_at is not None for upload in found),
        qdrant_ids=tuple(result.get("qdrant_ids", ())),
        job_id=str(row.job_id),
        status="succeeded",
        canon_version=result.get("canon_version"),
        chunks=result.get("chunks"),
        budget_exhausted=result.get("budget_exhausted"),
        stages_ms=dict(result.get("stages_ms", {})),
        files=tuple(_file(upload) for upload in found if upload is not None),
    )


def canon_answer(services: Services, org_id: str, row: Job) -> CanonDeriveResponse:
    """The canon that the job derived, or the draft."""
    version = (row.result or {}).get("canon_version")
    if version is None:
        raise NotFound("this job left no canon")
    with services.database.org_transaction(org_id) as connection:
        stored = canon_rows.get_version(connection, org_id, str(version))
    result: Mapping[str, Any] = row.result or {}
    # What a draft was made of stands with its job; the org's own canon is of what was read last.
    notes = result["notes"] if result.get("is_draft") else reading_notes(latest_documents(services.store, org_id))
    answer = stored_canon_answer(services, org_id, stored, job_id=str(row.job_id), notes=notes)
    return answer.model_copy(update={"budget_exhausted": result.get("budget_exhausted")})


def canon_guard_error(services: Services, org_id: str, row: Job) -> StoredError | None:
    """Why a job that ended well is refused all the same: its canon was asked to be complete and is not."""
    with services.database.org_transaction(org_id) as connection:
        return stored_error(canon_fault(connection, services.store, org_id, row))


def stored_canon_answer(
    services: Services, org_id: str, row: Any, *, job_id: str | None = None, notes: Sequence[str] = ()
) -> CanonDeriveResponse:
    """A stored canon version as clients read it, with what is to be told beside it."""
    canon = services.canons.load(org_id, row.version, row.key)
    created_at = timestamp(row.created_at)
    extra = {
        "is_draft": row.is_draft or None,
        "version": row.version,
        "created_at": created_at,
        "job_id": job_id,
        "notes": [*canon.notes, *notes],
    }
    return CanonDeriveResponse.from_stored({**canon.model_dump(mode="json"), **extra})


def _upload(connection: Any, org_id: str, asset: str) -> uploads.Upload | None:
    try:
        return uploads.get_upload(connection, org_id, asset)
    except NotFound:
        # An object key that was dropped by hand: its row was made by the run itself.
        return uploads.find_by_key(connection, org_id, asset)


def _file(upload: uploads.Upload) -> IngestedFile:
    return IngestedFile(
        file_name=upload.file_name,
        upload_id=str(upload.upload_id),
        status=upload.status,
        verdict=upload.verdict,
        reason=upload.reason,
        message=reason_in_words(upload),
        evidence_sha256=upload.evidence_sha256,
    )
