"""Finds an org's text by meaning, each hit with its source.

What must not live here: HTTP, vendors.
"""

from collections.abc import Mapping

from sgd_resources.errors import InvalidInput
from sgd_resources.ports import Embedder, SearchHit, VectorStore

FILTER_FIELDS = frozenset({"kind", "evidence_sha256", "file_name", "heading"})
MAX_LIMIT = 100  # what a page shows; more is an export
MAX_QUERY_CHARACTERS = 2000  # far more than the model reads; bounds the tokenizer


def search_org(
    org_id: str,
    query: str,
    *,
    embedder: Embedder,
    vectors: VectorStore,
    limit: int = 10,
    filters: Mapping[str, str] | None = None,
) -> list[SearchHit]:
    """The org's nearest chunks, best first; empty for an org without any.

    A payload holds `text`, `kind`, `evidence_sha256`, `file_name` and, where they are known, `heading`, `page`, `bbox`,
    `selector`, `xml_path`, `line`. Points of another model than `embedder` are never compared.

    Raises:
        InvalidInput: an empty or overlong query, a limit outside 1..100, an unknown filter.
        IndexDamaged: only an embedding run of the org helps. Unavailable: the vector store cannot be used. Retry.
    """
    if not query.strip() or len(query) > MAX_QUERY_CHARACTERS:
        raise InvalidInput(f"a query has 1 to {MAX_QUERY_CHARACTERS} characters")
    if not 1 <= limit <= MAX_LIMIT:
        raise InvalidInput(f"a limit is 1 to {MAX_LIMIT}")
    unknown = sorted(set(filters or {}) - FILTER_FIELDS)
    if unknown:
        raise InvalidInput(
            f"a search can be filtered by {', '.join(sorted(FILTER_FIELDS))}", details={"unknown": unknown}
        )
    vector = embedder.embed_query(query)
    return vectors.search(org_id, vector, limit=limit, filters={**(filters or {}), "model_id": embedder.model_id})
