"""Resolves references between design tokens (`{color.brand.primary}`), each once per step of depth.

Tokens may refer to each other many times over, so an answer is kept, and a text that grows past any value is left as it
was written. What must not live here: what a token is.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

REFERENCE = re.compile(r"\{([^{}]+)\}")
_DEEPEST = 12  # aliases of aliases; ends circles
_LONGEST = 2_000
"""Characters of a value: a gradient of many stops has some hundred."""

Path = tuple[str, ...]


class References:
    """The values of one tree of tokens, by path."""

    def __init__(self, values: Mapping[Path, Any]) -> None:
        self._values = values
        self._known: dict[tuple[Path, int], Followed] = {}

    def resolve(self, value: Any, depth: int = 0) -> "Followed":
        """`value` with its references replaced; as it is where a target is unknown, too deep or the text too long."""
        if not isinstance(value, str) or "{" not in value:
            return Followed(value)
        if depth > _DEEPEST or len(value) > _LONGEST:
            return Followed(value, is_endless=any(_path(name) in self._values for name in REFERENCE.findall(value)))
        whole = REFERENCE.fullmatch(value.strip())
        if whole:
            path = _path(whole[1])
            return self._target(path, depth) if path in self._values else Followed(value)
        parts: list[str] = []
        cursor = length = 0
        is_endless = False
        for match in REFERENCE.finditer(value):
            path = _path(match[1])
            target = self._target(path, depth) if path in self._values else Followed(match[0])
            said = str(target.value)
            is_endless |= target.is_endless
            length += len(said)
            if length > _LONGEST:
                return Followed(value, is_endless=True)
            parts += [value[cursor : match.start()], said]
            cursor = match.end()
        return Followed("".join([*parts, value[cursor:]]), is_endless)

    def _target(self, path: Path, depth: int) -> "Followed":
        key = (path, depth)
        if key not in self._known:
            self._known[key] = self.resolve(self._values[path], depth + 1)
        return self._known[key]


class Followed(NamedTuple):
    """A value after its references, and whether some were left as written because they grow or go on without end."""

    value: Any
    is_endless: bool = False


def _path(reference: str) -> Path:
    parts = tuple(reference.strip().lstrip("!").split("."))
    return parts[:-1] if parts[-1] in ("value", "$value") else parts
