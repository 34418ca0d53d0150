"""Rows of lists -> HTTP bodies. Pure translation.

What must not live here: queries.
"""

from typing import Any, cast

from sgd_api.http.bodies import proof
from sgd_api.http.stored.present import timestamp
from sgd_assets.renders.prove.verify import Verified
from sgd_resources.postgres.rows import evidence
from sgd_resources.postgres.rows.proof import lists as rows


def render_line(row: rows.RenderLine) -> proof.RenderLine:
    """One render."""
    return proof.RenderLine(
        render_id=row.render_id,
        status=cast(Any, row.status),
        status_url=f"/renders/{row.render_id}",
        project_id=row.project_id,
        pictures=row.pictures,
        canon_version=row.canon_version,
        is_stale=row.is_stale,
        replaced_by=str(row.replaced_by) if row.replaced_by is not None else None,
        model_route=row.model_route,
        error_code=str(row.error["code"]) if row.error and "code" in row.error else None,
        created_at=timestamp(row.created_at),
        finished_at=timestamp(row.finished_at),
    )


def evidence_file(row: evidence.Evidence) -> proof.EvidenceFile:
    """One clean file."""
    kind = rows.kind_of(row.media_type)
    return proof.EvidenceFile(
        evidence_sha256=row.evidence_sha256,
        source_sha256=row.source_sha256,
        key=row.key,
        file_name=row.file_name,
        kind=cast(Any, kind),
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        is_reference=kind == "picture",
        created_at=timestamp(row.created_at),
    )


def audit_entry(row: rows.AuditEntry) -> proof.AuditEntry:
    """One row of the log."""
    at = timestamp(row.at)
    assert at is not None
    return proof.AuditEntry(
        id=row.id, at=at, actor=row.actor, action=row.action, subject=row.subject, details=dict(row.details)
    )


def evidence_render(row: rows.RenderUse) -> proof.EvidenceRender:
    """One render that a file has a part in."""
    return proof.EvidenceRender(
        render_id=row.render_id,
        status_url=f"/renders/{row.render_id}",
        roles=tuple(row.roles),
        canon_version=row.canon_version,
        created_at=timestamp(row.created_at),
    )


def verification(found: Verified, canon_version: str | None) -> proof.Verification:
    """A verdict."""
    manifest = found.manifest or {}
    signer = manifest.get("signer") or {}
    picture = found.picture
    return proof.Verification(
        verdict=found.verdict,
        message=found.message,
        sha256=found.sha256,
        render_id=picture.render_id if picture is not None else None,
        index=picture.index if picture is not None else None,
        key=picture.key if picture is not None else None,
        canon_version=canon_version,
        signature=manifest.get("state"),
        signer=signer.get("common_name") or signer.get("issuer"),
        signed_at=signer.get("time"),
        failures=tuple(manifest["failures"]) if manifest.get("failures") else None,
        made_from=found.made_from[0] if found.made_from else None,
    )
