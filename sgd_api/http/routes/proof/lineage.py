"""GET /renders/{id}/lineage and GET /evidence/{sha256}/renders: from a render to the uploads, and the way back.

What must not live here: which facts a render used (`sgd_assets/renders/prove`).
"""

from fastapi import Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies import proof
from sgd_api.http.dependencies import ERRORS, Reader, WithServices
from sgd_api.http.pages import PageLimit, SeqCursor, page_of, place
from sgd_api.http.routes.evidence import Sha256Path
from sgd_api.http.routes.proof.lists import HashCursor
from sgd_api.http.routing.router import Router
from sgd_api.http.stored.proof import present
from sgd_api.http.stored.proof.lineage import lineage_of
from sgd_resources.errors import NotFound
from sgd_resources.postgres.rows.proof import lists as rows

router = Router()


@router.get(
    "/renders/{render_id}/lineage", summary="What a render was made from", response_model=proof.Lineage,
    responses=ERRORS, tags=["renders"],
)  # fmt: skip
def get_lineage(
    render_id: str, caller: Reader, services: WithServices, limit: PageLimit = 50, cursor: HashCursor = None
) -> Response:
    """Render, plans, canon version, the facts used with their citations, evidence, uploads. Paged by evidence.

    404 also for a render that has no pictures yet.
    """
    found = lineage_of(services.database, services.store, caller.org_id, render_id, after=cursor or "", limit=limit)
    return JSONResponse(found.wire())


@router.get(
    "/evidence/{evidence_sha256}/renders", summary="Renders that a file has a part in",
    response_model=proof.EvidenceRenders, responses=ERRORS, tags=["evidence"],
)  # fmt: skip
def get_evidence_renders(
    evidence_sha256: Sha256Path, caller: Reader, services: WithServices, limit: PageLimit = 50, cursor: SeqCursor = None
) -> Response:
    """The way back: renders that show the file, set text in it or stand on a fact it states; also of one taken back."""
    with services.database.org_transaction(caller.org_id) as connection:
        if not rows.knows_evidence(connection, caller.org_id, evidence_sha256):
            raise NotFound("no such evidence")
        found = rows.renders_of_evidence(
            connection, caller.org_id, evidence_sha256, before_seq=place(cursor), limit=limit + 1
        )
    shown, following = page_of(found, limit)
    page = proof.EvidenceRenders(
        evidence_sha256=evidence_sha256,
        renders=tuple(present.evidence_render(row) for row in shown),
        next_cursor=following,
    )
    return JSONResponse(page.wire())
