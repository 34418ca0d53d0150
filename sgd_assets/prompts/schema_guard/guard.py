"""The door for schemas of strangers: size, dialect, depth, circles; then a value is judged in bounded work.

What must not live here: keywords, or the model's side of a schema (`wire.py`).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import orjson

from sgd_assets.prompts.schema_guard.node import Node
from sgd_assets.prompts.schema_guard.reading import BadSchema, Dialect, Reader
from sgd_assets.prompts.schema_guard.run import MAX_STEPS, Fault, Run, Seen, TooMuchWork
from sgd_resources.errors import ValidationFailed

MAX_SCHEMA_BYTES = 50 * 1024
MAX_VALUE_NESTING = 64
MAX_BESIDE = 10_000
"""Schemas that one value may have to keep at once, counted with every repeat."""
_MAX_CHAIN = 40
"""References and combinations one behind the other, on one value."""
_DIALECTS: Mapping[str, Dialect] = {
    "http://json-schema.org/draft-07/schema": "draft-07",
    "https://json-schema.org/draft-07/schema": "draft-07",
    "https://json-schema.org/draft/2020-12/schema": "2020-12",
    "http://json-schema.org/draft/2020-12/schema": "2020-12",
}


@dataclass(frozen=True)
class CheckedSchema:
    """A schema that was let in. Threads may share it."""

    document: Mapping[str, Any]
    """As the caller wrote it."""
    dialect: Dialect
    warnings: tuple[str, ...]
    """What of it is not looked at."""
    sha256: str
    anchors: Mapping[str, str] = field(repr=False)
    """By the name of an anchor, where it stands."""
    _root: Node = field(repr=False)

    def faults(self, value: Any, *, steps: int = MAX_STEPS) -> tuple[Fault, ...]:
        """The first 50 rules that the value breaks, ordered by path; none when it is valid.

        Raises:
            ValidationFailed: the schema asks for more work on this value than one answer may cost.
        """
        run = Run(steps)
        try:
            self._root.holds(value, (), run, Seen())
        except (TooMuchWork, RecursionError) as error:
            raise refused("#", "checking a value by it takes more steps than allowed") from error
        return tuple(sorted(run.faults, key=lambda fault: (fault.path, fault.message)))


def read_schema(document: Any, *, at: str = "$.schema") -> CheckedSchema:
    """The schema, when it may come in.

    Args:
        document: parsed JSON.
        at: where it stands in the request, for the error.

    Raises:
        ValidationFailed: no JSON Schema of draft 7 or 2020-12, or one beyond the limits; `details.errors` says where.
    """
    if not isinstance(document, Mapping):
        raise refused("#", "a schema is a JSON object", at=at)
    try:
        packed = orjson.dumps(document)
    except TypeError as error:
        raise refused("#", "it is nested too deeply, or holds a number beyond 64 bits", at=at) from error
    if len(packed) > MAX_SCHEMA_BYTES:
        raise refused("#", f"{len(packed)} bytes are more than {MAX_SCHEMA_BYTES}", at=at)
    try:
        return _checked(packed)
    except BadSchema as error:
        raise refused(error.pointer, error.message, at=at) from error


def refused(pointer: str, message: str, *, at: str = "$.schema") -> ValidationFailed:
    """The error of a schema that is not taken."""
    fault = {"path": at, "message": message[:300], "schema_path": pointer[:300]}
    text = f"the schema is refused: {pointer[:100]}: {message[:200]}"
    return ValidationFailed(text, details={"errors": [fault], "validation_errors": [fault]})


@lru_cache(maxsize=256)
def _checked(packed: bytes) -> CheckedSchema:
    document = orjson.loads(packed)
    dialect = _dialect(document)
    reader = Reader(document, dialect)
    root = reader.read()
    _refuse_circles(reader.nodes)
    digest = hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()
    return CheckedSchema(document, dialect, tuple(reader.warnings), digest, dict(reader.anchors), root)


def _dialect(document: Mapping[str, Any]) -> Dialect:
    said = document.get("$schema")
    if said is None:
        return "2020-12"
    found = _DIALECTS.get(said.rstrip("#")) if isinstance(said, str) else None
    if found is None:
        raise BadSchema("#/$schema", f"draft 7 or 2020-12: one of {', '.join(sorted(_DIALECTS))}")
    return found


def _refuse_circles(nodes: Iterable[Node]) -> None:
    """Refuse what never ends on one value, or multiplies: seen before any money is spent."""
    known: dict[int, tuple[int, int]] = {}
    open_: set[int] = set()

    def measured(node: Node, depth: int) -> tuple[int, int]:
        """(schemas applied to one value, the longest chain of them)."""
        found = known.get(id(node))
        if found is not None:
            return found
        if id(node) in open_:
            raise BadSchema(node.pointer, "it refers to itself without going deeper into the value")
        if depth > _MAX_CHAIN:
            raise BadSchema(node.pointer, f"more than {_MAX_CHAIN} references one behind the other")
        open_.add(id(node))
        inner = [measured(other, depth + 1) for other in node.beside]
        open_.discard(id(node))
        total, chain = 1 + sum(size for size, _ in inner), 1 + max((length for _, length in inner), default=0)
        if total > MAX_BESIDE:
            raise BadSchema(node.pointer, "its references and combinations multiply beyond bounds")
        if chain > _MAX_CHAIN:
            raise BadSchema(node.pointer, f"more than {_MAX_CHAIN} references one behind the other")
        known[id(node)] = total, chain
        return total, chain

    for node in nodes:
        measured(node, 0)
