"""A Qdrant server as a client sees it: its REST calls, over the client's own engine in memory.

It takes the calls of `qdrant_contract` alone: other paths, parameters and fields are answered as faults, and so is a
wrong key. It is handed to the client as an HTTP transport, so that no socket is opened.
"""

import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from pydantic import BaseModel, ValidationError
from qdrant_client import QdrantClient, models

from tests.fakes.qdrant_contract import CALLS, OWN, Call

KEY = "test-key"
_BOOL = frozenset({"true", "false"})


@dataclass
class FakeQdrant:
    """What it was asked, and what it is told to answer."""

    engine: QdrantClient = field(default_factory=lambda: QdrantClient(":memory:"))
    asked: list[tuple[str, str]] = field(default_factory=list)
    failures: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    """Status and headers of the next answers, before it works again."""

    def client(self, *, api_key: str | None = KEY) -> QdrantClient:
        """The real client, whose requests come here."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Api key is used with an insecure connection")
            return QdrantClient(
                url="http://qdrant.test:6333", api_key=api_key, check_compatibility=False,
                transport=httpx.MockTransport(self.handle),
            )  # fmt: skip

    def handle(self, request: httpx.Request) -> httpx.Response:
        """One call."""
        self.asked.append((request.method, request.url.path))
        if request.headers.get("api-key") != KEY:
            return _answer(401, error="Must provide an API key or an Authorization bearer token")
        if self.failures:
            status, headers = self.failures.pop(0)
            return _answer(status, error="busy", headers=headers)
        name = request.url.path.split("/")[2] if request.url.path.count("/") > 1 else ""
        call = next((c for c in CALLS if _fits(c, request, name)), None)
        if call is None or not call.parameters.issuperset(request.url.params):
            return _answer(404 if call is None else 400, error="no such call")
        try:
            body = _body(call, json.loads(request.content)) if call.request else None
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", message="Payload indexes have no effect")
                result = _ACTS[call.method, call.path](self.engine, name, body)
        except (ValidationError, KeyError, TypeError) as error:
            return _answer(400, error=f"Format error in JSON body: {type(error).__name__}")
        except ValueError as error:
            return _answer(404 if "not found" in str(error) else 409, error=str(error))
        told = result.model_dump(mode="json", exclude_none=True) if isinstance(result, BaseModel) else result
        assert call.result == "bool" or call.required <= told.keys(), call
        return _answer(200, result=told)


def _fits(call: Call, request: httpx.Request, name: str) -> bool:
    return call.method == request.method and call.path.replace("{name}", name) == request.url.path


def _body(call: Call, said: Any) -> Any:
    for number, kind in enumerate(call.request, 1):
        try:
            return getattr(models, kind).model_validate(said)
        except ValidationError:
            if number == len(call.request):
                raise
    return None


def _answer(
    status: int, *, result: Any = None, error: str = "", headers: dict[str, str] | None = None
) -> httpx.Response:
    said = {"time": 0.001, "status": "ok" if status == 200 else {"error": error}, "result": result}
    return httpx.Response(status, json=said, headers=headers)


def _done(*_: Any) -> models.UpdateResult:
    return models.UpdateResult(operation_id=0, status=models.UpdateStatus.COMPLETED)


def _create(engine: QdrantClient, name: str, body: models.CreateCollection) -> bool:
    assert body.vectors is not None
    return engine.create_collection(name, vectors_config=body.vectors, metadata=body.metadata)


def _scroll(engine: QdrantClient, name: str, body: models.ScrollRequest) -> dict[str, Any]:
    found, offset = engine.scroll(
        name, scroll_filter=body.filter, limit=body.limit or 10, offset=body.offset,
        with_payload=body.with_payload or False, with_vectors=body.with_vector or False,
    )  # fmt: skip
    return {"points": [record.model_dump(mode="json") for record in found], "next_page_offset": offset}


def _query(engine: QdrantClient, name: str, body: models.QueryRequest) -> models.QueryResponse:
    return engine.query_points(
        name, query=body.query, limit=body.limit or 10, query_filter=body.filter,
        with_payload=body.with_payload or False,
    )  # fmt: skip


_Act = Callable[[QdrantClient, str, Any], Any]
_ACTS: dict[tuple[str, str], _Act] = {
    ("GET", "/collections"): lambda engine, name, body: engine.get_collections(),
    ("GET", OWN): lambda engine, name, body: engine.get_collection(name),
    ("PUT", OWN): _create,
    ("DELETE", OWN): lambda engine, name, body: engine.delete_collection(name),
    ("GET", f"{OWN}/exists"): lambda engine, name, body: {"exists": engine.collection_exists(name)},
    ("PUT", f"{OWN}/index"): lambda engine, name, body: _done(
        engine.create_payload_index(name, body.field_name, body.field_schema)
    ),
    ("PUT", f"{OWN}/points"): lambda engine, name, body: _done(engine.upsert(name, body.points)),
    ("POST", f"{OWN}/points/delete"): lambda engine, name, body: _done(engine.delete(name, body)),
    ("POST", f"{OWN}/points/scroll"): _scroll,
    ("POST", f"{OWN}/points/count"): lambda engine, name, body: engine.count(
        name, count_filter=body.filter, exact=bool(body.exact)
    ),
    ("POST", f"{OWN}/points/query"): _query,
}
