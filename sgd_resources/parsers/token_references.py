"""Resolves references between design tokens (`{color.brand.primary}`), each once per step of depth.

Tokens may refer to each other many times over, so an answer is kept, and a text that grows past any value is left as it
was written. What must not live here: what a token is.
"""

import re
from collections.abc import Mapping
from typing import Any

REFERENCE = re.compile(r"\{([^{}]+)\}")
_DEEPEST = 12
_LONGEST = 2_000
"""Characters of a value: a gradient of many stops has some hundred."""

Path = tuple[str, ...]


class References:
    """The values of one tree of tokens, by path."""

    def __init__(self, values: Mapping[Path, Any]) -> None:
        self._values = values
        self._known: dict[tuple[Path, int], Any] = {}

    def resolve(self, value: Any, depth: int = 0) -> Any:
        """`value` with its references replaced; as it is where a target is unknown, too deep or the text too long."""
        if depth > _DEEPEST or not isinstance(value, str) or "{" not in value or len(value) > _LONGEST:
            return value
        whole = REFERENCE.fullmatch(value.strip())
        if whole:
            path = _path(whole[1])
            return self._target(path, depth) if path in self._values else value
        parts: list[str] = []
        cursor = length = 0
        for match in REFERENCE.finditer(value):
            path = _path(match[1])
            said = str(self._target(path, depth)) if path in self._values else match[0]
            length += len(said)
            if length > _LONGEST:
                return value
            parts += [value[cursor : match.start()], said]
            cursor = match.end()
        return "".join([*parts, value[cursor:]])

    def _target(self, path: Path, depth: int) -> Any:
        key = (path, depth)
        if key not in self._known:
            self._known[key] = self.resolve(self._values[path], depth + 1)
        return self._known[key]


def _path(reference: str) -> Path:
    parts = tuple(reference.strip().lstrip("!").split("."))
    return parts[:-1] if parts[-1] in ("value", "$value") else parts
