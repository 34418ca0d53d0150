"""Indented Sass as the same sheet with braces and semicolons, line for line, so that places in it still hold.

`str -> str`. What must not live here: reading the sheet (`css_declarations.py`).
"""

import re

_TRAILING_COMMENT = re.compile(r"(?:^|\s)//.*$")


def braced(source: str) -> str:
    """SCSS with the lines of `source`; brackets that are open keep a value going over several lines."""
    lines = source.split("\n")
    codes = [_TRAILING_COMMENT.sub("", line).rstrip() for line in lines]
    deeper = _is_followed_by_deeper(codes)
    open_blocks: list[int] = []
    brackets, last = 0, 0
    for number, code in enumerate(codes):
        if not code.strip():
            continue
        indent = len(code) - len(code.lstrip())
        while not brackets and open_blocks and indent <= open_blocks[-1]:
            open_blocks.pop()
            codes[last] += " }"
        brackets = max(0, brackets + code.count("(") - code.count(")"))
        last = number
        if brackets or code.endswith((",", "{", ";", "}")):
            continue
        if deeper[number]:
            open_blocks.append(indent)
        codes[number] += " {" if deeper[number] else ";"
    if open_blocks:
        codes[last] += " }" * len(open_blocks)
    comments = (_TRAILING_COMMENT.search(line) for line in lines)
    return "\n".join(f"{code}{comment[0]}" if comment else code for code, comment in zip(codes, comments, strict=True))


def _is_followed_by_deeper(codes: list[str]) -> list[bool]:
    """Of each line, whether the next one that says something stands further in."""
    found = [False] * len(codes)
    below = 0
    for number in range(len(codes) - 1, -1, -1):
        code = codes[number]
        if code.strip():
            indent = len(code) - len(code.lstrip())
            found[number] = below > indent
            below = indent
    return found
