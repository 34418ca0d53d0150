"""Every place of a request where a string may stand, found in the API's description; and the request with one in it.

A new route, field or parameter is covered by being described. What must not live here: the strings (`strings.py`).
"""

import copy
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.sgd_api.http.description import description
from tests.sgd_api.http.test_isolation import address, all_operations, body_of, query_of

Path = tuple[str | int, ...]
_DEEPEST = 7
"""Schemas that hold themselves are followed so far."""
_LONGEST_IN_AN_ADDRESS = 20_000
"""Escaped three times as long: what servers read of one line."""
KEY_OF_A_MAP = "<a name>"
"""Stands in a path for a field that the schema leaves to the client."""


@dataclass(frozen=True)
class Place:
    """One string of one request: `kind` is path, query, header, json, form or file."""

    method: str
    route: str
    kind: str
    name: str
    operation: Mapping[str, Any]
    path: Path = ()

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.route} {self.kind} {self.name}"


def every_place() -> Iterator[Place]:
    """All of them, in the order of the description."""
    schemas = description()["components"]["schemas"]
    for method, route, operation in all_operations():
        for one in operation.get("parameters", ()):
            yield Place(method, route, one["in"], one["name"], operation)
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            for path in dict.fromkeys(_strings(content["application/json"]["schema"], schemas)):
                yield Place(method, route, "json", ".".join(map(str, path)), operation, path)
        if "multipart/form-data" in content:
            yield Place(method, route, "form", "project_id", operation)
            yield Place(method, route, "file", "files", operation)
        if method == "post":
            yield Place(method, route, "header", "Prefer", operation)


def request_with(place: Place, text: str) -> dict[str, Any]:
    """Arguments of `httpx.AsyncClient.request`: all good but for one string."""
    operation = dict(place.operation)
    url, body = address(place.route, 0), body_of(operation)
    asked: dict[str, Any] = {"method": place.method, "url": url, "params": query_of(operation), **body}
    raw = text.encode("utf-8", "surrogatepass")
    in_url = quote(raw[:_LONGEST_IN_AN_ADDRESS], safe="")
    if place.kind == "path":
        asked["url"] = place.route.replace("{" + place.name + "}", in_url)
        asked["url"] = address(asked["url"], 0)
    elif place.kind == "query":
        pairs = [f"{quote(name)}={quote(value)}" for name, value in asked["params"].items() if name != place.name]
        asked["url"] += "?" + "&".join([*pairs, f"{quote(place.name)}={in_url}"])
        del asked["params"]
    elif place.kind == "header":
        line = raw.replace(b"\r", b"").replace(b"\n", b"").replace(b"\0", b"").strip()  # no server lets these through
        asked["headers"] = [*asked.get("headers", {}).items(), (place.name.encode(), line)]
    elif place.kind == "json":
        document = _with(copy.deepcopy(body.get("json", {})), place.path, text)
        asked.pop("json", None)
        asked["content"] = json.dumps(document).encode()
        asked["headers"] = {"Content-Type": "application/json"}
    else:
        _form(asked, place, raw)
    return asked


def _form(asked: dict[str, Any], place: Place, raw: bytes) -> None:
    """A form written by hand: a client library would mend the name."""
    for name in ("json", "files", "data"):
        asked.pop(name, None)
    value, file = (raw, b"a.txt") if place.kind == "form" else (b"p", re.sub(rb'[\r\n"]', b"", raw))
    head = b"--x\r\nContent-Disposition: form-data; name="
    parts = [
        head + b'"project_id"\r\n\r\n' + value,
        head + b'"files"; filename="' + file + b'"\r\nContent-Type: text/plain\r\n\r\ntext',
    ]
    asked["content"] = b"\r\n".join([*parts, b"--x--\r\n"])
    asked["headers"] = {"Content-Type": "multipart/form-data; boundary=x"}


def _strings(schema: Mapping[str, Any], schemas: Mapping[str, Any], depth: int = 0) -> Iterator[Path]:
    if depth > _DEEPEST:
        return
    if "$ref" in schema:
        yield from _strings(schemas[schema["$ref"].rpartition("/")[2]], schemas, depth)
        return
    for choices in ("anyOf", "oneOf", "allOf"):
        for one in schema.get(choices, ()):
            yield from _strings(one, schemas, depth)
    kind = schema.get("type")
    if kind == "string" or (not schema.keys() - {"description", "default", "title"} and depth):
        yield ()
    for name, inner in schema.get("properties", {}).items():
        yield from ((name, *rest) for rest in _strings(inner, schemas, depth + 1))
    if kind == "array" and isinstance(schema.get("items"), Mapping):
        yield from ((0, *rest) for rest in _strings(schema["items"], schemas, depth + 1))
    more = schema.get("additionalProperties")
    if more and kind == "object":
        yield (KEY_OF_A_MAP,)
        inner = more if isinstance(more, Mapping) else {"type": "string"}
        yield from (("a", *rest) for rest in _strings(inner, schemas, depth + 1))


def _with(document: Any, path: Sequence[str | int], text: str) -> Any:
    """The document with the text at the path; what lies between is made where it is missing."""
    if not path:
        return text
    first, rest = path[0], path[1:]
    if first == 0:
        inside = document if isinstance(document, list) and document else [None]
        return [_with(inside[0], rest, text), *inside[1:]]
    held = document if isinstance(document, dict) else {}
    if first == KEY_OF_A_MAP:
        return {**held, text: "a"}
    return {**held, first: _with(held.get(first), rest, text)}
