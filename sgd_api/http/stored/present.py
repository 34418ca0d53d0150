"""Rows -> HTTP bodies. Pure translation: ids to text, times to RFC 3339, objects to signed URLs.

What must not live here: queries, or statuses of HTTP.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sgd_api.http.bodies.listings import (
    EvidenceRemoval,
    JobStatus,
    ParseResult,
    RenderProgress,
    RenderStatus,
    Upload,
    UploadScan,
)
from sgd_api.http.bodies.schemas import RenderAudit, RenderedAsset, VectorAsset
from sgd_api.http.dependencies import stored_error
from sgd_api.http.stored.removal import TakenBack
from sgd_assets.renders.alt_text import alt_text
from sgd_assets.renders.model import Critique, ModelCall, PictureSource, RenderPlan, VectorFile
from sgd_assets.renders.vectors.keep import kept_vectors
from sgd_resources.errors import BudgetExceeded
from sgd_resources.ports import ObjectStore
from sgd_resources.postgres.rows import jobs, renders, uploads
from sgd_resources.shown.moment import rfc3339
from sgd_resources.shown.reason import words_of

_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


def timestamp(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC with milliseconds, or None."""
    return None if moment is None else rfc3339(moment)


def upload_body(
    row: uploads.Upload, *, is_duplicate: bool | None = None, parsed: Mapping[str, ParseResult] | None = None
) -> Upload:
    """One upload, with what the parser said of its clean bytes.

    Args:
        row: as it is stored.
        is_duplicate: whether the org had the bytes.
        parsed: by evidence_sha256.
    """
    return Upload(
        upload_id=str(row.upload_id),
        project_id=row.project_id,
        file_name=row.file_name,
        declared_type=row.declared_type,
        size_bytes=row.size_bytes,
        source_sha256=row.source_sha256,
        status=cast(Any, row.status),
        verdict=row.verdict,
        reason=row.reason,
        message=reason_in_words(row),
        av=_scan(row.details.get("av")),
        removed=row.details.get("removed") or None,
        evidence_sha256=row.evidence_sha256,
        parse=(parsed or {}).get(row.evidence_sha256 or ""),
        is_duplicate=is_duplicate,
        created_at=timestamp(row.created_at),
        processed_at=timestamp(row.processed_at),
    )


def reason_in_words(row: uploads.Upload) -> str | None:
    """Why the gate did not let it in, with the limit and what was counted; None for a file that it let in."""
    is_held = row.status in ("rejected", "quarantined") and row.reason is not None
    return words_of(row.reason, row.details) or None if is_held else None


def _scan(told: Any) -> UploadScan | None:
    """Rows from before engines were told hold the verdict alone."""
    if told is None:
        return None
    return UploadScan(verdict=told) if isinstance(told, str) else UploadScan(**told)


def render_body(
    request: renders.RenderRequest,
    outputs: Iterable[renders.Render],
    store: ObjectStore,
    *,
    org_id: str,
    ttl_s: int,
    gone: Sequence[str] = (),
) -> RenderStatus:
    """A render request at any stage, its pictures behind fresh signed URLs.

    Args:
        request: the request's row.
        outputs: the rows of its pictures, in order; empty until it has succeeded.
        store: signs the URLs.
        org_id: the caller's org.
        ttl_s: seconds the URLs live, at most 900.
        gone: sha256s of evidence behind it that was taken back since.
    """
    render_id = str(request.render_id)
    rows = list(outputs)
    expires_at = datetime.now(UTC) + timedelta(seconds=ttl_s)
    plans = [RenderPlan.model_validate(row.plan) for row in rows]
    assets = tuple(
        RenderedAsset(
            url=store.signed_url(row.key, org_id=org_id, expires_in_s=ttl_s, filename=_file_name(render_id, row)),
            index=row.index,
            key=row.key,
            sha256=row.sha256,
            media_type=row.media_type,
            width_px=row.width_px,
            height_px=row.height_px,
            size_bytes=row.size_bytes,
            bytes=row.size_bytes,
            expires_at=timestamp(expires_at),
            critique=Critique.model_validate(row.critique),
            plan=plan,
            also=_vectors(request, row, render_id, store, org_id=org_id, ttl_s=ttl_s, expires_at=expires_at),
            unmet=plan.unmet,
            alt=alt_text(plan),
        )
        for row, plan in zip(rows, plans, strict=True)
    )
    return RenderStatus(
        render_id=render_id,
        status=cast(Any, request.status),
        status_url=f"/renders/{render_id}",
        project_id=request.project_id,
        assets=assets,
        audit=_audit(request, rows) if rows else None,
        plan=plans[0] if plans else None,
        unmet=_union(plan.unmet for plan in plans) if plans else None,
        notes=_union(plan.notes for plan in plans) if plans else None,
        budget_exhausted=_was_over_budget(request) or None,
        alt=alt_text(plans[0]) if plans else None,
        removed_evidence=tuple(gone) or None,
        progress=RenderProgress.from_stored(request.progress) if request.progress else None,
        error=stored_error(request.error),
        created_at=timestamp(request.created_at),
        started_at=timestamp(request.started_at),
        finished_at=timestamp(request.finished_at),
    )


def _was_over_budget(request: renders.RenderRequest) -> bool:
    """Whether a call for it, or the whole of it, found no room in a budget."""
    called = (request.result or {}).get("models", ())
    over = BudgetExceeded.code
    return (request.error or {}).get("code") == over or any(call.get("reason") == over for call in called)


def removal_body(taken: TakenBack) -> EvidenceRemoval:
    """What a removal did."""
    return EvidenceRemoval(
        removed_uploads=taken.removal.upload_ids,
        removed_evidence=taken.removal.evidence_sha256s,
        job_id=taken.job_id,
        status_url=f"/jobs/{taken.job_id}" if taken.job_id else None,
    )


def job_body(row: jobs.Job) -> JobStatus:
    """A job at any stage."""
    job_id = str(row.job_id)
    result: Mapping[str, Any] | None = row.result
    return JobStatus(
        job_id=job_id,
        kind=row.kind,
        status=cast(Any, row.status),
        status_url=f"/jobs/{job_id}",
        result=dict(result) if result is not None else None,
        error=stored_error(row.error),
        created_at=timestamp(row.created_at),
        started_at=timestamp(row.started_at),
        finished_at=timestamp(row.finished_at),
    )


def _union(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for lines in lists for line in lines))


def _audit(request: renders.RenderRequest, rows: list[renders.Render]) -> RenderAudit:
    first = rows[0]
    cost = first.cost_usd_micros
    of_models = dict(request.result or {})
    return RenderAudit(
        trace_id=first.trace_id,
        model_route=first.model_route,
        cost_usd=cost / 1_000_000,
        cost_usd_micros=cost,
        guardrails_ok=not any(row.critique.get("violations") or row.plan.get("unmet") for row in rows),
        verified_by=cast(Any, first.verified_by),
        canon_version=first.canon_version,
        dagster_run_id=request.dagster_run_id,
        models=tuple(ModelCall.model_validate(one) for one in of_models.get("models", ())) or None,
        prompt_sha256s=of_models.get("prompt_sha256s"),
        plan_sha256=of_models.get("plan_sha256"),
        sources=tuple(PictureSource.model_validate(one) for one in of_models.get("sources", ())) or None,
    )


def _vectors(
    request: renders.RenderRequest,
    row: renders.Render,
    render_id: str,
    store: ObjectStore,
    *,
    org_id: str,
    ttl_s: int,
    expires_at: datetime,
) -> tuple[VectorAsset, ...] | None:
    """A picture's vector files; None where none were asked for."""
    files = kept_vectors(request.result)
    return tuple(
        VectorAsset(
            format=file.format,
            url=store.signed_url(
                file.key, org_id=org_id, expires_in_s=ttl_s,
                filename=f"render-{render_id[:8]}-{row.index + 1}.{file.format}",
            ),
            key=file.key,
            sha256=file.sha256,
            media_type=file.media_type,
            bytes=file.size_bytes,
            expires_at=timestamp(expires_at),
            manifest_url=_manifest_url(file, render_id, store, org_id=org_id, ttl_s=ttl_s),
        )
        for file in files
        if file.index == row.index
    ) or None  # fmt: skip


def _manifest_url(file: VectorFile, render_id: str, store: ObjectStore, *, org_id: str, ttl_s: int) -> str | None:
    if file.manifest_key is None:
        return None
    name = f"render-{render_id[:8]}-{file.index + 1}.{file.format}.c2pa"
    return store.signed_url(file.manifest_key, org_id=org_id, expires_in_s=ttl_s, filename=name)


def _file_name(render_id: str, row: renders.Render) -> str:
    return f"render-{render_id[:8]}-{row.index + 1}.{_SUFFIXES.get(row.media_type, 'bin')}"
