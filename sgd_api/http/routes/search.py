"""GET /search: the org's evidence and canon by meaning, each hit with the place it comes from.

What must not live here: embedding, or the index.
"""

from functools import partial
from typing import Annotated

from fastapi import Query, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.listings import SearchResponse, SearchResult
from sgd_api.http.dependencies import ERRORS, Reader, WithServices
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_api.http.stored.collections import Collection, bring_up_to_date, vectors_of
from sgd_api.http.stored.content_check import tell_personal_data
from sgd_resources.errors import IndexDamaged, ValidationFailed
from sgd_resources.ports import SearchHit

router = Router(tags=["search"])
_ANEW_S = 15.0
"""An org of a hundred documents is embedded anew in about that time: its vectors are kept beside the index."""


@router.get("/search", summary="Search the org's evidence", response_model=SearchResponse, responses=ERRORS)
def search(
    caller: Reader,
    services: WithServices,
    q: Annotated[str, Query(min_length=1, max_length=1_000, description="plain words")],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    collection: Annotated[
        Collection,
        Query(description="`style_guides`: documents that the canon cites; `design_examples`: pictures that passed"),
    ] = "brand_assets",
) -> Response:
    """Passages nearest in meaning, best first; an org without evidence has none.

    `style_guides` and `design_examples` are brought up to date by the search itself.

    A damaged index is asked to be made anew, and the answer is a 503 that names the job until it is.
    """
    if "\0" in q or not q.strip():
        raise ValidationFailed("$.q: say what to look for", details={"errors": [{"path": "$.q", "message": "empty"}]})
    from sgd_assets.embeddings.search import search_org

    tell_personal_data(services, caller, [q], subject="search")
    embedder, vectors = services.embedder.client(), vectors_of(services, collection)
    bring_up_to_date(services, caller.org_id, collection)
    look = partial(search_org, caller.org_id, q, embedder=embedder, vectors=vectors, limit=limit)
    try:
        hits = look()
    except IndexDamaged as error:
        if collection == "brand_assets":
            raise _made_anew(services, caller.org_id) from error
        # What is damaged holds nothing from now on, so that this fills it again.
        bring_up_to_date(services, caller.org_id, collection)
        hits = look()
    return JSONResponse(SearchResponse(query=q, hits=tuple(_result(hit) for hit in hits)).wire())


def _made_anew(services: Services, org_id: str) -> IndexDamaged:
    """What to tell while the index is made anew, which this asks for."""
    from sgd_assets.on_demand.request import ask_to_index_anew

    with services.database.org_transaction(org_id) as connection:
        job_id = ask_to_index_anew(connection, org_id)
    return IndexDamaged(
        "the search index was damaged and is being made anew; search again soon",
        retry_after_s=_ANEW_S,
        details={"job_id": job_id, "status_url": f"/jobs/{job_id}"},
    )


def _result(hit: SearchHit) -> SearchResult:
    source = {name: value for name, value in hit.payload.items() if name != "text" and value is not None}
    page = source.get("page")
    return SearchResult(
        point_id=hit.point_id,
        score=hit.score,
        text=str(hit.payload.get("text", "")),
        file_name=source.get("file_name"),
        evidence_sha256=source.get("evidence_sha256"),
        page=page if isinstance(page, int) and page > 0 else None,
        kind=source.get("kind"),
        source=source,
    )
