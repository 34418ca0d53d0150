"""Resolves references between variables: `var(--x)`, `$x`, `ns.$x`, `@x`, `map-get($m, key)`.

Pure. Values stay text; a reference that cannot be resolved stays as written.
"""

import re
from collections.abc import Iterable, Iterator

from sgd_resources.parsers.web.css_declarations import Declaration

_VAR = re.compile(r"var\(\s*+(--[\w-]++)\s*+(?:,\s*+((?:[^()]++|\([^()]*+\))*+))?\)")
_SASS = re.compile(r"(?:\b[\w-]+\.)?(\$[\w-]+)")
_LESS = re.compile(r"(?<![\w@])(@[A-Za-z][\w-]*)(?!\()")
_MAP_GET = re.compile(r"map(?:-|\.)(?:deep-)?get\(\s*(?:[\w-]+\.)?(\$[\w-]+)((?:\s*,\s*[\"']?[\w-]+[\"']?)+)\s*\)")
_MAP_MERGE = re.compile(r"map(?:-|\.)(?:deep-)?merge\(")
_IN_FUNCTION = re.compile(r"\b(rgb|hsl|oklch|oklab|lab|lch)a?\(\s*+var\(\s*+(--[\w-]++)\s*+\)")
_SPACE_IN_NAME = re.compile(r"-(rgb|hsl)(?:-values?|-channels?)?$")
_CHANNELS = re.compile(r"(\d+(?:\.\d+)?(?:deg|%)?)[\s,]+(\d+(?:\.\d+)?%?)[\s,]+(\d+(?:\.\d+)?%?)")
_ROOTS = ("", ":root", "html", ":host", "@theme", "body", ":root, :host")
_WHOLE = re.compile(r"var\(\s*--[\w-]+\s*\)|(?:[\w-]+\.)?\$[\w-]+|@[A-Za-z][\w-]*")
_MAX_DEPTH = 12  # variables of variables; ends circles
_LONGEST = 4_000
"""Characters of a value; references may refer to each other many times over."""
_DEEPEST_MAP = 20  # Sass maps nest a few deep; bounds the recursion
_ESCAPED = re.compile(r"~([\"'])([^\"'\n]*)\1")
_EMPHASIS = re.compile(r"(?<!\s)\s*+!\s*+[A-Za-z]+")


class Variables:
    """The variables of one sheet, each with the value that its unconditional definition gives."""

    def __init__(self, declarations: Iterable[Declaration]) -> None:
        self._values: dict[str, str] = {}
        self._functions: dict[str, str] = {}
        is_root: dict[str, bool] = {}
        for declaration in declarations:
            if "var(" in declaration.value:
                self._functions.update({match[2]: match[1] for match in _IN_FUNCTION.finditer(declaration.value)})
            if not declaration.is_variable:
                continue
            name, value = _key(declaration.name), clean_value(declaration.value)
            at_root = declaration.selector in _ROOTS or declaration.selector.startswith("@layer")
            if name not in self._values or (at_root and not is_root[name]):
                self._values[name] = value
                is_root[name] = at_root
            for key, inner in map_entries(value):
                self._values.setdefault(f"{name}/{key}", inner)

    def completed(self, declaration: Declaration, value: str) -> str:
        """`value`, or the colour that bare channels are where the sheet, the name or the channels say which.

        '13 110 253' of a variable that is used as `rgb(var(--x))` or called '--x-rgb', '222 47% 11%' of any.
        """
        if not declaration.is_variable or not (channels := _CHANNELS.fullmatch(value)):
            return value
        is_hue = channels[2].endswith("%") and channels[3].endswith("%") and not channels[1].endswith("%")
        named = _SPACE_IN_NAME.search(declaration.name)
        function = self._functions.get(declaration.name) or (named[1] if named else "hsl" if is_hue else None)
        return f"{function}({channels[1]} {channels[2]} {channels[3]})" if function else value

    def resolve(self, value: str) -> str:
        """`value` with every known reference replaced, nested ones too."""
        value = value[:_LONGEST]
        for _ in range(_MAX_DEPTH):
            replaced = _MAP_GET.sub(self._from_map, value)
            replaced = _VAR.sub(
                lambda match: self._values.get(_key(match[1]), (match[2] or match[0]).strip()), replaced
            )
            replaced = _SASS.sub(lambda match: self._values.get(_key(match[1]), match[0]), replaced)
            replaced = _LESS.sub(lambda match: self._values.get(_key(match[1]), match[0]), replaced)
            if replaced == value or len(replaced) > _LONGEST:
                return replaced[:_LONGEST]
            value = replaced
        return value

    def _from_map(self, match: re.Match[str]) -> str:
        keys = "/".join(part.strip().strip("\"'") for part in match[2].strip(", ").split(","))
        return self._values.get(f"{_key(match[1])}/{keys}", match[0])


def has_reference(value: str) -> bool:
    """Whether `value` refers to a variable."""
    return bool(_VAR.search(value) or _SASS.search(value) or _LESS.search(value))


def is_reference(value: str) -> bool:
    """Whether `value` is one reference to a variable and nothing else."""
    return bool(_WHOLE.fullmatch(value.strip()))


def clean_value(value: str) -> str:
    """`value` without `!important`, `!default`, `!global`, and without the quotes of a Less escape (`~"..."`)."""
    return _EMPHASIS.sub("", _ESCAPED.sub(r"\2", value)).strip()


def map_entries(value: str, *, depth: int = 0) -> Iterator[tuple[str, str]]:
    """(key path joined by '/', value) of an SCSS map literal or a merge of some; nothing when it is none."""
    if depth > _DEEPEST_MAP:
        return
    value = value.strip()
    merge = _MAP_MERGE.match(value)
    if merge and value.endswith(")"):
        for part in split_commas(value[merge.end() : -1]):
            yield from map_entries(part, depth=depth + 1)
        return
    if not (value.startswith("(") and value.endswith(")") and ":" in value):
        return
    for part in split_commas(value[1:-1]):
        key, colon, inner = part.partition(":")
        if not colon:
            continue
        key, inner = key.strip().strip("\"'"), inner.strip()
        nested = list(map_entries(inner, depth=depth + 1))
        if nested:
            for below, deepest in nested:
                yield f"{key}/{below}", deepest
        else:
            yield key, inner


def split_commas(value: str) -> list[str]:
    """Parts of `value` at its top-level commas, quotes and brackets respected."""
    parts: list[str] = []
    depth, begin, quote = 0, 0, ""
    for position, character in enumerate(value):
        if quote:
            if character == quote:
                quote = ""
        elif character in "\"'":
            quote = character
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == "," and depth <= 0:
            parts.append(value[begin:position].strip())
            begin = position + 1
    parts.append(value[begin:].strip())
    return [part for part in parts if part]


def _key(name: str) -> str:
    # Sass treats hyphen and underscore in variable names as the same
    return name.replace("_", "-") if name.startswith("$") else name
