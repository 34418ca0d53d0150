"""What a directive holds: its words, its content, its table or its code. Nothing of docutils' own directives runs.

What must not live here: where a directive ends (`states.py`).
"""

import re
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList

from sgd_resources.parsers.markup.rst.tables import csv_table, list_table

_FIELD = re.compile(r":(?![: ])([^:\\]+):(?: +(.*)|$)")
_CODE = frozenset(("code", "code-block", "sourcecode", "parsed-literal", "math", "highlight", "prompt", "testcode"))
_SILENT_ARGUMENT = frozenset((
    "class", "contents", "default-role", "figure", "graphviz", "highlight", "image", "include", "literalinclude",
    "raw", "role", "rst-class", "toctree", "video", "youtube",
))  # fmt: skip
"""Directives whose argument is a file, a class or a language, which no reader sees."""
_WORDS = frozenset(("alt", "caption", "header", "subtitle", "title"))
"""Options whose value a reader sees, or hears."""
_KNOWN = frozenset((
    "admonition", "attention", "card", "caution", "centered", "compound", "container", "csv-table", "danger",
    "date", "deprecated", "dropdown", "epigraph", "error", "glossary", "grid", "grid-item", "grid-item-card",
    "highlights", "hint", "hlist", "important", "list-table", "note", "only", "pull-quote", "rubric", "seealso",
    "sidebar", "tab", "tab-item", "tab-set", "table", "tabs", "tip", "topic", "unicode", "versionadded",
    "versionchanged", "warning",
))  # fmt: skip
"""Directives whose other options are about their looks; of any other, every option is read."""


@dataclass(frozen=True)
class Block:
    """A directive as it stands: its name, the lines after '::', and the number of the first."""

    name: str
    lines: StringList
    offset: int
    line: int


@dataclass(frozen=True)
class _Option:
    name: str
    value: str
    line: int


def content_of(block: Block, state: Any) -> list[Any]:
    """Nodes of a directive, all with their lines."""
    name = block.name.lower()
    argument, options, content = _parts(block)
    if name in _CODE or name == "raw":
        return _code(name, block, argument, options, content)
    silent = name in _SILENT_ARGUMENT
    read: list[Any] = [] if silent else _nested(state, block, argument)
    if name == "csv-table":
        header = next((option for option in options if option.name == "header"), None)
        settings = {option.name: option.value for option in options}
        read += csv_table(content, settings, (header.value, header.line) if header else None, state)
        return read
    keeps_all = not silent and name not in _KNOWN
    for option in options:
        if option.name == "alt":
            read.append(_at(nodes.image("", alt=option.value), option.line))
        elif option.value and (option.name in _WORDS or keeps_all):
            said = option.value if option.name in _WORDS else f"{option.name}: {option.value}"
            read.append(_at(nodes.paragraph("", said), option.line))
    inside = _nested(state, block, content)
    if name == "list-table":
        heads = next((option.value for option in options if option.name == "header-rows"), "")
        return read + (list_table(inside, heads) or inside)
    return read + inside


def option_value(text: str, name: str) -> str:
    """Value of one option in a directive's text."""
    found = re.search(rf"^\s*:{name}:\s*(.*)$", text, re.MULTILINE)
    return found[1].strip() if found else ""


def code_units(words: str) -> str:
    """Text of the directive `unicode`: '0xA9' and 'U+2014' are characters, all else is itself."""
    made = []
    for word in words.split(" .. ", maxsplit=1)[0].split():
        code = re.fullmatch(r"(?:0x|x|\\x|U\+?|u|\\u)([0-9a-fA-F]{1,6})|&#x([0-9a-fA-F]{1,6});", word)
        number = int(code[1] or code[2], 16) if code else -1
        made.append(chr(number) if 0 <= number <= 0x10FFFF else word)
    return "".join(made)


def _parts(block: Block) -> tuple[StringList, list[_Option], StringList]:
    """(argument, options, content): the argument ends at the first option, both at the first blank line."""
    lines = block.lines
    begin = 1 if len(lines) and not lines[0].strip() else 0
    blank = next((i for i in range(begin, len(lines)) if not lines[i].strip()), len(lines))
    fields = next((i for i in range(begin, blank) if _FIELD.match(lines[i])), blank)
    options: list[_Option] = []
    for i in range(fields, blank):
        found = _FIELD.match(lines[i])
        if found:
            options.append(_Option(found[1].strip().lower(), (found[2] or "").strip(), _line(lines, i)))
        else:
            last = options.pop()
            options.append(_Option(last.name, f"{last.value}\n{lines[i].strip()}".strip(), last.line))
    return lines[begin:fields], options, lines[blank:]


def _nested(state: Any, block: Block, lines: StringList) -> list[Any]:
    """What a part of the directive holds, its titles included."""
    if not len(lines):
        return []
    first = block.offset + _line(lines, 0) - block.line
    lines.disconnect()
    holder = nodes.container()
    state.nested_parse(lines, first, holder, match_titles=True)
    return list(holder.children)


def _code(name: str, block: Block, argument: StringList, options: list[_Option], content: StringList) -> list[Any]:
    """Code with its language and the line of its first line; markup for a page is kept apart."""
    stands_beside = bool(len(block.lines)) and bool(block.lines[0].strip())
    language = argument[0].strip().lower() if stands_beside and name not in ("parsed-literal", "math") else ""
    rows = [(argument[i], _line(argument, i)) for i in range(bool(language), len(argument))]
    rows += [(content[i], _line(content, i)) for i in range(len(content))]
    while rows and not rows[0][0].strip():
        rows.pop(0)
    read = [_at(nodes.paragraph("", each.value), each.line) for each in options if each.name == "caption"]
    if not rows:
        return read
    kind = "html" if name == "raw" and language == "html" else "code"
    text = "\n".join(text for text, _ in rows)
    return [*read, _at(nodes.literal_block(text, text, language=language, kind=kind), rows[0][1])]


def _at(node: Any, line: int) -> Any:
    node.line = line
    return node


def _line(lines: StringList, i: int) -> int:
    return int(lines.info(i)[1]) + 1
