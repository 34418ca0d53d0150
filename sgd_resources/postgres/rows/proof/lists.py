"""Lists of an org's renders, evidence and audit, and the ways between renders and evidence. Reads only.

What must not live here: writing any of it (`renders.py`, `evidence.py`, `audit.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, cast, exists, func, not_, or_, select, text
from sqlalchemy.dialects.postgresql import BIT

from sgd_resources.postgres.rows.canon import current_version
from sgd_resources.postgres.rows.evidence import Evidence
from sgd_resources.postgres.rows.jobs import asked_for
from sgd_resources.postgres.rows.renders import KIND, Render
from sgd_resources.postgres.shape import all_of, columns_of, known_uuid, newest_first
from sgd_resources.postgres.tables.access import audit_log
from sgd_resources.postgres.tables.brand import canon_versions, evidence, uploads
from sgd_resources.postgres.tables.work import jobs, render_evidence, renders

_KINDS: Mapping[str, tuple[str, ...]] = {
    "picture": ("image/png", "image/jpeg", "image/webp"),
    "drawing": ("image/svg+xml",),
    "font": ("font/", "application/font", "application/vnd.ms-opentype", "application/x-font"),
    "document": ("application/pdf", "application/vnd.openxmlformats", "application/vnd.oasis.opendocument"),
    "page": ("text/html", "application/xhtml+xml"),
    "style": ("text/css",),
}
"""Beginnings of media types; what begins with none of them is `other`."""


@dataclass(frozen=True)
class RenderFilter:
    """Which renders; None leaves a choice open."""

    project_id: str | None = None
    status: str | None = None
    canon_version: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    is_stale: bool | None = None


@dataclass(frozen=True)
class RenderLine:
    """A render in a list."""

    render_id: str
    project_id: str | None
    status: str
    error: Mapping[str, Any] | None
    created_at: datetime
    finished_at: datetime | None
    seq: int
    canon_version: str | None
    model_route: str | None
    pictures: int
    is_stale: bool
    """Made under a canon that is not the current one, and not made again since."""
    replaced_by: str | None
    """The latest render that was made in its place."""


@dataclass(frozen=True)
class RenderUse:
    """A render that evidence has a part in."""

    render_id: str
    roles: Sequence[str]
    canon_version: str
    created_at: datetime
    seq: int


@dataclass(frozen=True)
class EvidenceUse:
    """Evidence behind a render, and whether it was taken back since."""

    evidence_sha256: str
    roles: Sequence[str]
    file_name: str | None
    media_type: str | None
    source_sha256: str | None
    removed_at: datetime | None


@dataclass(frozen=True)
class AuditEntry:
    """One row of the audit log."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, Any]


def kind_of(media_type: str) -> str:
    """What a file of evidence is, in a word."""
    return next((kind for kind, starts in _KINDS.items() if media_type.startswith(starts)), "other")


def list_renders(
    connection: Connection, org_id: str, wanted: RenderFilter, *, before_seq: int | None = None, limit: int = 100
) -> list[RenderLine]:
    """Newest first; pass the last `seq` as `before_seq` for the next page."""
    made = and_(renders.c.org_id == jobs.c.org_id, renders.c.render_id == jobs.c.job_id)
    version = select(func.min(renders.c.canon_version)).where(made).scalar_subquery()
    route = select(func.min(renders.c.model_route)).where(made).scalar_subquery()
    count = select(func.count()).select_from(renders).where(made).scalar_subquery()
    current = (
        select(canon_versions.c.version)
        .where(canon_versions.c.org_id == org_id, canon_versions.c.is_current)
        .scalar_subquery()
    )
    successor = _successor_of(jobs.c.job_id)
    stale = func.coalesce(version != current, text("false")) & successor.is_(None)
    named = (
        jobs.c.job_id, jobs.c.project_id, jobs.c.status, jobs.c.error, jobs.c.created_at, jobs.c.finished_at,
        jobs.c.seq, version, route, count, stale, successor,
    )  # fmt: skip
    conditions: list[ColumnElement[bool]] = [jobs.c.org_id == org_id, jobs.c.kind == KIND]
    if wanted.project_id is not None:
        conditions.append(jobs.c.project_id == wanted.project_id)
    conditions += asked_for(status=wanted.status, since=wanted.since, until=wanted.until)
    if wanted.canon_version is not None:
        conditions.append(exists().where(made, renders.c.canon_version == wanted.canon_version))
    if wanted.is_stale is not None:
        conditions.append(stale if wanted.is_stale else not_(stale))
    page = newest_first(select(*named).where(*conditions), jobs.c.seq, before=before_seq, limit=limit)
    return all_of(RenderLine, connection.execute(page))


def stale_render_ids(connection: Connection, org_id: str, *, limit: int) -> list[str]:
    """Ids of renders of older canons that were not made again, in no order. None of them: two looks into an index."""
    current = current_version(connection, org_id)
    if current is None:
        return []
    version = renders.c.canon_version
    other = or_(version < current.version, version > current.version)
    is_last = _successor_of(renders.c.render_id).is_(None)
    query = select(renders.c.render_id).where(renders.c.org_id == org_id, other, is_last).distinct().limit(limit)
    return [str(render_id) for render_id in connection.execute(query).scalars()]


def successor_of(connection: Connection, org_id: str, render_id: str) -> str | None:
    """Id of the latest render that was made in place of this one, under a later canon or the same."""
    mine = (jobs.c.org_id == org_id, jobs.c.job_id == known_uuid(render_id, "render"))
    found = connection.execute(select(_successor_of(jobs.c.job_id)).where(*mine)).scalar_one_or_none()
    return str(found) if found is not None else None


def list_evidence_page(
    connection: Connection, org_id: str, *, kind: str | None = None, after: str = "", limit: int = 100
) -> list[Evidence]:
    """Clean files that were not taken back, by sha256; pass the last one as `after` for the next page."""
    mine = (evidence.c.org_id == org_id, evidence.c.removed_at.is_(None), evidence.c.evidence_sha256 > after)
    query = select(*columns_of(evidence, Evidence)).where(*mine)
    if kind is not None:
        query = query.where(_is_kind(kind))
    return all_of(Evidence, connection.execute(query.order_by(evidence.c.evidence_sha256).limit(limit)))


def list_audit(
    connection: Connection,
    org_id: str,
    *,
    action: str | None = None,
    subject: str | None = None,
    before_id: int | None = None,
    limit: int = 100,
) -> list[AuditEntry]:
    """Newest first; pass the last `id` as `before_id` for the next page. `action` is its beginning."""
    query = select(*columns_of(audit_log, AuditEntry)).where(audit_log.c.org_id == org_id)
    if action is not None:
        query = query.where(func.starts_with(audit_log.c.action, action))
    if subject is not None:
        query = query.where(audit_log.c.subject == subject)
    return all_of(AuditEntry, connection.execute(newest_first(query, audit_log.c.id, before=before_id, limit=limit)))


def evidence_of_render(
    connection: Connection, org_id: str, render_id: str, *, after: str = "", limit: int = 100
) -> list[EvidenceUse]:
    """Evidence behind a render, by sha256; also what was taken back since."""
    same = and_(
        evidence.c.org_id == render_evidence.c.org_id, evidence.c.evidence_sha256 == render_evidence.c.evidence_sha256
    )
    named = (
        render_evidence.c.evidence_sha256, render_evidence.c.roles, evidence.c.file_name, evidence.c.media_type,
        evidence.c.source_sha256, evidence.c.removed_at,
    )  # fmt: skip
    query = (
        select(*named)
        .select_from(render_evidence.outerjoin(evidence, same))
        .where(
            render_evidence.c.org_id == org_id,
            render_evidence.c.render_id == known_uuid(render_id, "render"),
            render_evidence.c.evidence_sha256 > after,
        )
    )
    rows = connection.execute(query.order_by(render_evidence.c.evidence_sha256).limit(limit))
    return all_of(EvidenceUse, rows)


def uploads_of(connection: Connection, org_id: str, sha256s: Sequence[str]) -> dict[str, list[str]]:
    """Ids of the uploads that gave each of these files of evidence, oldest first."""
    query = select(uploads.c.evidence_sha256, uploads.c.upload_id).where(
        uploads.c.org_id == org_id, uploads.c.evidence_sha256.in_(sha256s)
    )
    found: dict[str, list[str]] = {}
    for sha256, upload_id in connection.execute(query.order_by(uploads.c.seq)):
        found.setdefault(sha256, []).append(str(upload_id))
    return found


def knows_evidence(connection: Connection, org_id: str, sha256: str) -> bool:
    """Whether the org has or had this file."""
    mine = (evidence.c.org_id == org_id, evidence.c.evidence_sha256 == sha256)
    return bool(connection.execute(select(exists().where(*mine))).scalar_one())


def renders_of_evidence(
    connection: Connection, org_id: str, sha256: str, *, before_seq: int | None = None, limit: int = 100
) -> list[RenderUse]:
    """Renders that the file has a part in, newest first."""
    job = and_(jobs.c.org_id == render_evidence.c.org_id, jobs.c.job_id == render_evidence.c.render_id)
    made = and_(
        renders.c.org_id == render_evidence.c.org_id,
        renders.c.render_id == render_evidence.c.render_id,
        renders.c["index"] == _first_index(),
    )
    named = (
        render_evidence.c.render_id,
        render_evidence.c.roles,
        renders.c.canon_version,
        jobs.c.created_at,
        jobs.c.seq,
    )
    query = (
        select(*named)
        .select_from(render_evidence.join(jobs, job).join(renders, made))
        .where(render_evidence.c.org_id == org_id, render_evidence.c.evidence_sha256 == sha256)
    )
    return all_of(RenderUse, connection.execute(newest_first(query, jobs.c.seq, before=before_seq, limit=limit)))


def find_by_sha256(connection: Connection, org_id: str, sha256: str) -> Render | None:
    """The picture whose file as delivered has this hash."""
    query = select(*columns_of(renders, Render)).where(renders.c.org_id == org_id, renders.c.sha256 == sha256).limit(1)
    found = all_of(Render, connection.execute(query))
    return found[0] if found else None


def alike(connection: Connection, org_id: str, look: int, *, within_bits: int, limit: int = 8) -> list[Render]:
    """Pictures that look alike, nearest first: at most `within_bits` of 64 differ."""
    apart = func.bit_count(cast(renders.c.look.op("#")(look), BIT(64)))
    mine = (renders.c.org_id == org_id, renders.c.look.is_not(None), apart <= within_bits)
    query = select(*columns_of(renders, Render)).where(*mine).order_by(apart, renders.c.created_at.desc()).limit(limit)
    return all_of(Render, connection.execute(query))


def _successor_of(render_id: ColumnElement[Any]) -> Any:
    later = jobs.alias("made_again")
    owner = render_id.table.c.org_id
    is_its = (later.c.org_id == owner, later.c.replaces_id == render_id, later.c.status == "succeeded")
    return select(later.c.job_id).where(*is_its).order_by(later.c.seq.desc()).limit(1).scalar_subquery()


def _first_index() -> Any:
    """Of a render's pictures the first that was made: one variant may have been left out."""
    inner = renders.alias("first_picture")
    return (
        select(func.min(inner.c["index"]))
        .where(inner.c.org_id == render_evidence.c.org_id, inner.c.render_id == render_evidence.c.render_id)
        .scalar_subquery()
    )


def _is_kind(kind: str) -> ColumnElement[bool]:
    if kind == "other":
        return not_(or_(*(_is_kind(known) for known in _KINDS)))
    return or_(*(func.starts_with(evidence.c.media_type, start) for start in _KINDS[kind]))
