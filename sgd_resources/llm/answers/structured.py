"""Answers that must satisfy a schema: asked for strictly, read tolerantly, repaired in syntax only, checked always.

`strict: true` is no guarantee of any provider, so that every answer is validated here: jsonschema's Draft 2020-12
validator with formats asserted, the one the contracts use (one notion of valid in the whole system; pure Python, but
20 µs for an answer of usual size against seconds of model time). What must not live here: sending.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Literal

import orjson
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped] # it has no stubs
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from sgd_resources.errors import InvalidInput
from sgd_resources.llm.wire.replies import ToolCall

MAX_FAULTS = 20
_MAX_REPAIR_CHARACTERS = 400_000
_MAX_LOOKS = 16
"""Brackets that are looked at behind a document: each look reads on to the end, and prose has few of them."""
_FENCE = re.compile(r"```(?:json|JSON)?\s*\n?(.*?)```", re.DOTALL)
_LITERALS = {"True": "true", "False": "false", "None": "null"}


@dataclass(frozen=True)
class Verdict:
    """What became of one answer."""

    status: Literal["passed", "repaired", "failed"]
    data: Any = None
    errors: tuple[Mapping[str, str], ...] = ()
    calls: tuple[ToolCall, ...] = ()
    """Of an answer that calls tools (`tool_calls.py`)."""


def response_format(schema: Mapping[str, Any], *, is_checked: bool = False) -> dict[str, Any]:
    """The `response_format` that asks for the schema strictly. Raises InvalidInput when it is none: before it costs."""
    if not is_checked:
        _validator(orjson.dumps(schema, option=orjson.OPT_SORT_KEYS))
    title = re.sub(r"[^a-zA-Z0-9_-]", "_", str(schema.get("title") or "answer"))[:64]
    return {"type": "json_schema", "json_schema": {"name": title, "strict": True, "schema": dict(schema)}}


def judge(text: str, schema: Mapping[str, Any]) -> Verdict:
    """Read and check an answer.

    Args:
        text: what the model wrote.
        schema: JSON Schema 2020-12.

    Raises:
        InvalidInput: the schema itself is no schema.
    """
    status: Literal["passed", "repaired"] = "passed"
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError:
        repaired = repair(text)
        if repaired is None:
            return Verdict("failed", errors=({"path": "$", "message": "the answer is no JSON"},))
        status, data = "repaired", repaired
    errors = violations(data, schema)
    return Verdict("failed", data, errors) if errors else Verdict(status, data)


def violations(data: Any, schema: Mapping[str, Any]) -> tuple[Mapping[str, str], ...]:
    """`{"path", "message", "schema_path"}` of the first 20 violations, ordered by path.

    Messages name rules, not values.
    """
    found = islice(_validator(orjson.dumps(schema, option=orjson.OPT_SORT_KEYS)).iter_errors(data), MAX_FAULTS)
    try:
        faults = [
            {"path": error.json_path[:200], "message": _rule(error), "schema_path": _pointer(error)} for error in found
        ]
    except Unresolvable as error:
        raise InvalidInput("the schema refers to something that is not in it") from error
    return tuple(sorted(faults, key=lambda fault: (fault["path"], fault["message"])))


def _pointer(error: Any) -> str:
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in error.absolute_schema_path)
    return f"#/{'/'.join(parts)}"[:200]


def reask(messages: Sequence[Mapping[str, Any]], errors: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """The messages with one more that names the broken paths, never the broken answer."""
    paths = ", ".join(dict.fromkeys(error["path"] for error in errors))
    ask = f"Your last answer broke the required JSON schema at: {paths}. Answer again with the JSON object only."
    return [*(dict(message) for message in messages), {"role": "user", "content": ask}]


def repair(text: str) -> Any:
    """The JSON value meant by a text with fences, prose around it, trailing commas, comments or Python literals.

    None when there is none, or more than one: nobody knows then which is meant. Never closes what was left open: a
    truncated answer is not a complete one.
    """
    if len(text) > _MAX_REPAIR_CHARACTERS:
        return None
    fenced = _FENCE.findall(text)
    for candidate in (fenced[0] if fenced else None, text):
        found = None if candidate is None else _first_document(candidate)
        if found is None:
            continue
        data, rest = found
        others = [rest, *fenced[1:]] if candidate is not text else [rest]
        return None if any(_holds_another(other, type(data)) for other in others) else data
    return None


def _first_document(text: str) -> tuple[Any, str] | None:
    """The first JSON object or array in a text, mended if need be, and what stands behind it."""
    cut = _outermost(text)
    if cut is None:
        return None
    for attempt in (cut, _mended(cut)):
        try:
            return orjson.loads(attempt), text[text.index(cut) + len(cut) :]
        except orjson.JSONDecodeError:
            continue
    return None


def _holds_another(text: str, kind: type) -> bool:
    """Whether a text holds one more document of the kind; a `[1]` behind an object is a footnote."""
    sign = "{" if kind is dict else "["
    for _ in range(_MAX_LOOKS):
        at = text.find(sign)
        cut = _outermost(text[at:]) if at >= 0 else None
        if cut is None:
            return False
        if _first_document(cut) is not None:
            return True
        text = text[at + 1 :]
    return False


def _outermost(text: str) -> str | None:
    """From the first bracket to the one that closes it, strings skipped."""
    starts = [at for at in (text.find("{"), text.find("[")) if at >= 0]
    if not starts:
        return None
    start, depth, in_string, escaped = min(starts), 0, False, False
    for at in range(start, len(text)):
        sign = text[at]
        if in_string:
            if escaped:
                escaped = False
            elif sign == "\\":
                escaped = True
            elif sign == '"':
                in_string = False
        elif sign == '"':
            in_string = True
        elif sign in "{[":
            depth += 1
        elif sign in "}]":
            depth -= 1
            if depth == 0:
                return text[start : at + 1]
    return None


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/|,(?=\s*[}\]])|\b(?:True|False|None)\b', re.DOTALL)
_RAW_CONTROL = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _mended(text: str) -> str:
    def mend(found: re.Match[str]) -> str:
        token = found.group(0)
        if token.startswith('"'):
            return "".join(_RAW_CONTROL.get(sign, sign) for sign in token)
        return _LITERALS.get(token, "")

    return _TOKEN.sub(mend, text)


@lru_cache(maxsize=128)
def _validator(schema: bytes) -> Any:
    loaded = orjson.loads(schema)
    try:
        Draft202012Validator.check_schema(loaded)
    except SchemaError as error:
        raise InvalidInput(f"the schema is no JSON Schema 2020-12: {error.json_path}") from error
    _look_up_references(loaded)
    # With a registry of its own the validator never fetches what a $ref names from the network.
    return Draft202012Validator(loaded, registry=REGISTRY, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _look_up_references(schema: Any) -> None:
    """Raises InvalidInput when a `$ref` names nothing: an answer that is checked only later is paid for by then."""
    resource = DRAFT202012.create_resource(schema)
    resolver = REGISTRY.with_resource("", resource).crawl().resolver_with_root(resource)
    waiting = [(resource, resolver)]
    while waiting:
        here, known = waiting.pop()
        known = known.in_subresource(here)
        contents = here.contents if isinstance(here.contents, Mapping) else {}
        for name in ("$ref", "$dynamicRef"):
            if isinstance(contents.get(name), str):
                try:
                    known.lookup(contents[name])
                except Unresolvable as error:
                    raise InvalidInput("the schema refers to something that is not in it") from error
        waiting += [(inner, known) for inner in here.subresources()]


def _rule(error: Any) -> str:
    name = str(error.validator)
    if name == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return f"required: {', '.join(map(str, missing))}"[:200]
    if name in {"type", "enum", "const", "format", "pattern", "minimum", "maximum", "minItems", "maxItems"}:
        return f"{name}: {error.validator_value}"[:200]
    return name
