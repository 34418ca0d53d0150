"""Stylus as indented Sass, line for line: its variables, and properties that leave out the colon.

`str -> str`. What must not live here: indentation (`indented_sass.py`) or reading the sheet (`css_declarations.py`).
Source: stylus-lang.com, "Variables" and "Selectors".
"""

import re

_DEFINITION = re.compile(r"^(\s*)\$?([A-Za-z_][\w-]*)\s*[?:]?=\s*([^={][^{]*)$")
_BARE_PROPERTY = re.compile(r"^(\s+)(font-family|(?:background-|border-)?color|background|fill|stroke)\s+(?=[^\s:=])")
_NAME = r"(?<![\w$#.'\"-]){}(?![\w-])"


def as_sass(source: str) -> str:
    """The sheet with `$name: value` for `name = value`, and a colon behind each property."""
    lines = [_BARE_PROPERTY.sub(r"\1\2: ", line) for line in source.split("\n")]
    names = {match[2] for line in lines if (match := _DEFINITION.match(line))}
    used = (
        re.compile(_NAME.format(f"(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})"))
        if names
        else None
    )
    return "\n".join(_line(line, used) for line in lines)


def _line(line: str, used: re.Pattern[str] | None) -> str:
    definition = _DEFINITION.match(line)
    head, value = (f"{definition[1]}${definition[2]}: ", definition[3]) if definition else ("", line)
    if used is None or (not definition and ":" not in line):
        return line
    if not definition:
        name, colon, value = line.partition(":")
        head = f"{name}{colon}"
    return head + used.sub(lambda match: f"${match[0]}", value)
