"""Request bytes -> JSON document, hostile ones refused before anything else looks at them.

Refused: over the byte cap, not UTF-8, not JSON, NaN and infinities, duplicate keys, nesting beyond 64, numbers beyond
64 bits, lone surrogates, NUL. `2.0` is read as the integer 2, which JSON Schema 2020-12 says it is. What must not live
here: contracts (`sgd_resources/contracts.py`).
"""

import json
import math
import re
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request

from sgd_api.http.bodies.base import Body
from sgd_api.http.intake.pace import pace_of, paced
from sgd_resources.contracts import check_input
from sgd_resources.errors import InvalidInput, PayloadTooLarge, ValidationFailed

MAX_DEPTH = 64
MAX_INT = 2**63 - 1
_BRACKETS_OR_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")

B = TypeVar("B", bound=Body)


async def read_body(
    request: Request,
    contract: str,
    model: type[B],
    *,
    max_bytes: int,
    takes_nul_at: str | None = None,
    may_be_empty: bool = False,
) -> B:
    """The request's body, when it keeps `contract`; NUL is refused but in the field named, whose reader removes it.

    With `may_be_empty` no body at all, whatever its type, is `{}`: every field of the model has a default.

    Raises:
        InvalidInput: not JSON. PayloadTooLarge: over `max_bytes`. ValidationFailed: breaks the contract, or holds a
            field we do not know. The caller must change the request.
    """
    read = read_file if may_be_empty else read_bytes
    data = await read(request, max_bytes=max_bytes)
    if may_be_empty and data:
        _refuse_other_types(request)
    document = parse_json(b"{}" if may_be_empty and not data else data, takes_nul_at=takes_nul_at)
    check_input(contract, document)
    return model.read(document, unknown="forbid")


async def read_bytes(request: Request, *, max_bytes: int) -> bytes:
    """The whole body of a JSON request, never more than `max_bytes` of it in memory.

    Raises:
        InvalidInput: another content type, or the client went away. PayloadTooLarge: over the cap, declared or counted.
        TooSlow: the body does not keep the pace.
    """
    _refuse_other_types(request)
    return await read_file(request, max_bytes=max_bytes)


async def read_file(request: Request, *, max_bytes: int) -> bytes:
    """The whole body, of any type. Raises as `read_bytes`."""
    refuse_declared_length(request, max_bytes)
    received = bytearray()
    try:
        async for chunk in paced(request.stream(), pace_of(request.app.state.settings)):
            received += chunk
            if len(received) > max_bytes:
                raise _too_large(max_bytes)
    except ClientDisconnect as error:
        raise InvalidInput("the request ended before its body did") from error
    return bytes(received)


def refuse_declared_length(request: Request, max_bytes: int) -> None:
    """Refuse by Content-Length before a byte of the body is read.

    Raises:
        PayloadTooLarge: the client declares more than `max_bytes`.
    """
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and (len(declared) > 18 or int(declared) > max_bytes):
        raise _too_large(max_bytes)


def _refuse_other_types(request: Request) -> None:
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise InvalidInput("send the body as application/json", details={"content_type": kind[:100]})


def parse_json(data: bytes, *, takes_nul_at: str | None = None) -> Any:
    """The document in `data`; strings at or under the path `takes_nul_at` may hold NUL.

    Raises:
        InvalidInput: not JSON, or JSON that no honest client sends. ValidationFailed: a string holds NUL.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidInput("the body is not UTF-8", details={"offset": error.start}) from error
    _check_depth(text)
    try:
        document = json.loads(
            text, parse_constant=_refuse_constant, parse_float=_float, parse_int=_int, object_pairs_hook=_object
        )
    except json.JSONDecodeError as error:
        raise InvalidInput(f"the body is not JSON: {error.msg}", details={"offset": error.pos}) from error
    # Of UTF-8 that was decoded, and whose control characters `json` refuses, only an escape makes NUL or a surrogate.
    if "\\u" in text:
        _check_strings(document, "$", takes_nul_at)
    return document


def _check_depth(text: str) -> None:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for match in _BRACKETS_OR_STRINGS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match.group(), 0)
        if depth > MAX_DEPTH:
            raise InvalidInput("the body is nested too deeply", details={"max_depth": MAX_DEPTH})


def _refuse_constant(name: str) -> Any:
    raise InvalidInput(f"{name} is not JSON")


def _float(literal: str) -> float | int:
    value = float(literal)
    if not math.isfinite(value):
        raise InvalidInput("a number is out of range")
    return int(value) if value.is_integer() and abs(value) <= MAX_INT else value


def _int(literal: str) -> int:
    if len(literal) > 20 or abs(int(literal)) > MAX_INT:
        raise InvalidInput("a number is out of range")
    return int(literal)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise InvalidInput("an object names the same field twice")
    return found


def _check_strings(value: Any, path: str, takes_nul_at: str | None = None) -> None:
    if isinstance(value, str):
        if _SURROGATE.search(value):
            raise InvalidInput("a string is not valid Unicode", details={"path": path})
        if "\0" in value and (takes_nul_at is None or not path.startswith(takes_nul_at)):
            fault = {"path": path, "message": "NUL is not allowed"}
            raise ValidationFailed(f"{path}: NUL is not allowed", details={"errors": [fault]})
    elif isinstance(value, dict):
        for name, item in value.items():
            _check_strings(name, path)
            _check_strings(item, f"{path}.{name[:40]}", takes_nul_at)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _check_strings(item, f"{path}[{index}]", takes_nul_at)


def _too_large(max_bytes: int) -> PayloadTooLarge:
    return PayloadTooLarge("the body is larger than this address takes", details={"max_bytes": max_bytes})
