"""GET /renders, GET /evidence and GET /audit: what an org has, page by page.

What must not live here: queries (`sgd_resources/postgres/rows/proof`).
"""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Query, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies import proof
from sgd_api.http.bodies.schemas import RequestStatus
from sgd_api.http.dependencies import ERRORS, Reader, WithServices
from sgd_api.http.pages import PageLimit, SeqCursor, page_of, place
from sgd_api.http.routing.router import Router
from sgd_api.http.stored.proof import present
from sgd_resources.errors import ValidationFailed
from sgd_resources.postgres.rows.proof import lists as rows

router = Router()
HashCursor = Annotated[str | None, Query(max_length=64, pattern=r"^[0-9a-f]{64}$")]
_ZONE = "a time with its offset, such as 2026-11-30T00:00:00Z"


@router.get(
    "/renders", summary="The org's renders, newest first", response_model=proof.RenderPage, responses=ERRORS,
    tags=["renders"],
)  # fmt: skip
def list_renders(
    caller: Reader,
    services: WithServices,
    project_id: Annotated[str | None, Query(max_length=200)] = None,
    status: RequestStatus | None = None,
    canon_version: Annotated[str | None, Query(pattern=r"^[0-9a-f]{64}$", max_length=64)] = None,
    since: Annotated[datetime | None, Query(description=f"not before; {_ZONE}")] = None,
    until: Annotated[datetime | None, Query(description=f"before; {_ZONE}")] = None,
    stale: Annotated[bool | None, Query(description="made under a canon that is not the current one")] = None,
    limit: PageLimit = 50,
    cursor: SeqCursor = None,
) -> Response:
    """One page of renders at any stage; every filter narrows it further."""
    for name, moment in (("since", since), ("until", until)):
        if moment is not None and moment.tzinfo is None:
            raise ValidationFailed(f"$.query.{name}: {_ZONE}", details={"errors": [{"path": f"$.query.{name}"}]})
    wanted = rows.RenderFilter(project_id, status, canon_version, since, until, stale)
    with services.database.org_transaction(caller.org_id) as connection:
        found = rows.list_renders(connection, caller.org_id, wanted, before_seq=place(cursor), limit=limit + 1)
    shown, following = page_of(found, limit)
    page = proof.RenderPage(renders=tuple(present.render_line(row) for row in shown), next_cursor=following)
    return JSONResponse(page.wire())


@router.get(
    "/evidence", summary="The org's clean files", response_model=proof.EvidencePage, responses=ERRORS,
    tags=["evidence"],
)  # fmt: skip
def list_evidence(
    caller: Reader,
    services: WithServices,
    kind: Literal["picture", "drawing", "font", "document", "page", "style", "other"] | None = None,
    limit: PageLimit = 50,
    cursor: HashCursor = None,
) -> Response:
    """One page of evidence with keys and kinds; a `picture` can be named in `references` by its key."""
    with services.database.org_transaction(caller.org_id) as connection:
        found = rows.list_evidence_page(connection, caller.org_id, kind=kind, after=cursor or "", limit=limit + 1)
    shown, following = page_of(found, limit, lambda row: row.evidence_sha256)
    page = proof.EvidencePage(evidence=tuple(present.evidence_file(row) for row in shown), next_cursor=following)
    return JSONResponse(page.wire())


@router.get(
    "/audit", summary="Who did what, newest first", response_model=proof.AuditPage, responses=ERRORS, tags=["audit"],
)  # fmt: skip
def list_audit(
    caller: Reader,
    services: WithServices,
    action: Annotated[str | None, Query(max_length=100, description="its beginning, such as `render.`")] = None,
    subject: Annotated[str | None, Query(max_length=300, description="id of a render, job, upload or file")] = None,
    limit: PageLimit = 50,
    cursor: SeqCursor = None,
) -> Response:
    """One page of the org's audit log. It is read only: no route changes or removes an entry."""
    with services.database.org_transaction(caller.org_id) as connection:
        found = rows.list_audit(
            connection, caller.org_id, action=action, subject=subject, before_id=place(cursor), limit=limit + 1
        )
    shown, following = page_of(found, limit, lambda row: row.id)
    page = proof.AuditPage(entries=tuple(present.audit_entry(row) for row in shown), next_cursor=following)
    return JSONResponse(page.wire())
