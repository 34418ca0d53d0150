"""Takes a compact JWS apart, strictly: one spelling for each token, so that nothing is read two ways.

What must not live here: whether its signature or its claims are good (`tokens.py`).
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

MAX_TOKEN_CHARACTERS = 8_192
"""A session token with twenty permissions has about 1,200; servers cut headers at 8 KB."""
_SHAPE = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")


class TokenRefused(Exception):
    """Why a token is no good. For logs: whoever sent it learns only that it is none."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class CompactToken:
    """The parts of a token; nothing in it has been verified."""

    header: Mapping[str, Any]
    claims: Mapping[str, Any]
    signature: bytes
    signed: bytes


def take_apart(token: str) -> CompactToken:
    """The parts of a compact JWS.

    Raises:
        TokenRefused: not three parts in canonical base64url, or parts that are not one JSON object without repeated
            names, NaN or bytes outside UTF-8.
    """
    if len(token) > MAX_TOKEN_CHARACTERS:
        raise TokenRefused("too long")
    match = _SHAPE.fullmatch(token)
    if match is None:
        raise TokenRefused("not three parts")
    header, claims, signature = match.groups()
    return CompactToken(_object(header), _object(claims), _bytes(signature), f"{header}.{claims}".encode("ascii"))


def _bytes(part: str) -> bytes:
    try:
        found = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError as error:
        raise TokenRefused("not base64url") from error
    if base64.urlsafe_b64encode(found).rstrip(b"=").decode() != part:
        raise TokenRefused("not canonical base64url")
    return found


def _object(part: str) -> Mapping[str, Any]:
    try:
        found = json.loads(_bytes(part).decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
        json.dumps(found, ensure_ascii=False).encode("utf-8")  # half a surrogate pair is no text
    except (ValueError, RecursionError) as error:
        raise TokenRefused("not JSON") from error
    if not isinstance(found, dict):
        raise TokenRefused("not a JSON object")
    return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise TokenRefused("a name stands twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise TokenRefused(f"{name} is no number")
