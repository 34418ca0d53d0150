"""GET /search: the org's evidence and canon by meaning, each hit with the place it comes from.

What must not live here: embedding, or the index.
"""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.listings import SearchResponse, SearchResult
from sgd_api.http.dependencies import ERRORS, Reader, WithServices
from sgd_resources.errors import ValidationFailed
from sgd_resources.ports import SearchHit

router = APIRouter(tags=["search"])


@router.get("/search", summary="Search the org's evidence", response_model=SearchResponse, responses=ERRORS)
def search(
    caller: Reader,
    services: WithServices,
    q: Annotated[str, Query(min_length=1, max_length=1_000, description="plain words")],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> Response:
    """Passages nearest in meaning, best first; an org without evidence has none."""
    if "\0" in q or not q.strip():
        raise ValidationFailed("$.q: say what to look for", details={"errors": [{"path": "$.q", "message": "empty"}]})
    from sgd_assets.embeddings.search import search_org

    hits = search_org(caller.org_id, q, embedder=services.embedder.get(), vectors=services.vectors.get(), limit=limit)
    return JSONResponse(SearchResponse(query=q, hits=tuple(_result(hit) for hit in hits)).wire())


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
