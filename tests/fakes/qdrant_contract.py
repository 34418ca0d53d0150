"""What Qdrant's published OpenAPI description says of the calls that we make: facts, read on 2026-11-30.

Of each call: method, path below the collection, query parameters, what the body and the result are called there, and
which fields of the result are required. Source: github.com/qdrant/qdrant, docs/redoc/master/openapi.json.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Call:
    """One operation; `request` and `result` are names of its schemas."""

    method: str
    path: str
    parameters: frozenset[str]
    request: tuple[str, ...]
    result: str
    required: frozenset[str] = frozenset()


_WAITS = frozenset({"wait", "ordering", "timeout"})
_READS = frozenset({"consistency", "timeout"})
_UPDATE = ("UpdateResult", frozenset({"status"}))
OWN = "/collections/{name}"
INFO = frozenset({"config", "optimizer_status", "payload_schema", "segments_count", "status"})
CALLS = (
    Call("GET", "/collections", frozenset(), (), "CollectionsResponse", frozenset({"collections"})),
    Call("GET", OWN, frozenset(), (), "CollectionInfo", INFO),
    Call("PUT", OWN, frozenset({"timeout"}), ("CreateCollection",), "bool"),
    Call("DELETE", OWN, frozenset({"timeout"}), (), "bool"),
    Call("GET", f"{OWN}/exists", frozenset(), (), "CollectionExistence", frozenset({"exists"})),
    Call("PUT", f"{OWN}/index", _WAITS, ("CreateFieldIndex",), *_UPDATE),
    Call("PUT", f"{OWN}/points", _WAITS, ("PointsBatch", "PointsList"), *_UPDATE),
    Call("POST", f"{OWN}/points/delete", _WAITS, ("PointIdsList", "FilterSelector"), *_UPDATE),
    Call("POST", f"{OWN}/points/scroll", _READS, ("ScrollRequest",), "ScrollResult", frozenset({"points"})),
    Call("POST", f"{OWN}/points/count", _READS, ("CountRequest",), "CountResult", frozenset({"count"})),
    Call("POST", f"{OWN}/points/query", _READS, ("QueryRequest",), "QueryResponse", frozenset({"points"})),
)
