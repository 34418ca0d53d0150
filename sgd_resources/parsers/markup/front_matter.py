"""Content that a page keeps in its YAML front matter -> headings, tables and Markdown with the lines of the file.

Content management systems store whole sections there (block scalars) and lists such as a palette (mappings). Settings
of the page (`layout`, `permalink`, short strings) are no content. What must not live here: reading the Markdown.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

_NAMING_KEY = re.compile(r"(?i)(?:^|[-_])(?:name|title|heading|label)$")
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b")
_BARE_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_COLOUR_KEY = re.compile(r"(?i)(?:^|[-_])(?:hex|colou?r)(?:[-_]?(?:code|value))?$")
_MOST_CHARACTERS = 200_000  # far longer than a page's settings; bounds the YAML reader


@dataclass(frozen=True)
class FrontHeading:
    """A key or a name that stands over content."""

    text: str
    line: int
    level: int


@dataclass(frozen=True)
class FrontRows:
    """A list of mappings, or one mapping, as a table: (line, cells); the first row holds the keys of a list."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    has_head: bool


@dataclass(frozen=True)
class FrontText:
    """A block scalar as Markdown, its indentation removed."""

    source: str
    line: int


FrontPart = FrontHeading | FrontRows | FrontText


def front_parts(source: str, *, first_line: int) -> list[FrontPart]:
    """Content of front matter in file order; nothing where it is no YAML or holds only settings."""
    if len(source) > _MOST_CHARACTERS:
        return []
    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return []
    if not isinstance(root, yaml.MappingNode):
        return []
    return list(_of_mapping(root, source.split("\n"), first_line, 2))


def swatch_parts(source: str, *, first_line: int) -> list[FrontPart]:
    """Content of a block that is nothing but swatches: one swatch's keys and values, or lists of them."""
    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return []
    if isinstance(root, yaml.MappingNode) and _states_colour(root):
        return [_table([root], first_line)]
    lines = source.split("\n")
    if isinstance(root, yaml.SequenceNode):
        return list(_of_collection(root, lines, first_line, 2))
    if not isinstance(root, yaml.MappingNode):
        return []
    return [part for _, value in root.value for part in _of_collection(value, lines, first_line, 2)]


def _of_mapping(node: yaml.MappingNode, lines: list[str], first_line: int, depth: int) -> Iterator[FrontPart]:
    if depth > 12:
        return
    name = next((value for key, value in _scalars(node) if _NAMING_KEY.search(key.value)), None)
    for key, value in node.value:
        words = str(key.value).replace("_", " ").replace("-", " ") if isinstance(key, yaml.ScalarNode) else ""
        line = first_line + key.start_mark.line
        if isinstance(value, yaml.ScalarNode) and value.style in ("|", ">"):
            text = textwrap.dedent("\n".join(lines[value.start_mark.line + 1 : value.end_mark.line]))
            if len(text.strip().split("\n")) > 1:
                if name is not None and depth > 2:
                    yield FrontHeading(name.value, first_line + name.start_mark.line, depth)
                yield FrontText(text, first_line + value.start_mark.line + 1)
        elif isinstance(value, yaml.MappingNode | yaml.SequenceNode):
            inner = list(_of_collection(value, lines, first_line, depth))
            if inner:
                yield FrontHeading(words, line, depth)
                yield from inner


def _of_collection(node: yaml.Node, lines: list[str], first_line: int, depth: int) -> Iterator[FrontPart]:
    if isinstance(node, yaml.SequenceNode):
        items = [item for item in node.value if isinstance(item, yaml.MappingNode)]
        if items and len(items) == len(node.value) and _states_colour(node):
            yield _table(items, first_line)
        else:
            for item in items:
                yield from _of_mapping(item, lines, first_line, depth + 1)
    elif isinstance(node, yaml.MappingNode):
        pairs = list(_scalars(node))
        if pairs and len(pairs) == len(node.value) and _states_colour(node):
            yield FrontRows(
                tuple((first_line + key.start_mark.line, (key.value, value.value)) for key, value in pairs), False
            )
        else:
            yield from _of_mapping(node, lines, first_line, depth + 1)


def _table(items: list[yaml.MappingNode], first_line: int) -> FrontRows:
    keys = list(dict.fromkeys(key.value for item in items for key, _ in _scalars(item)))
    rows = [(first_line + items[0].start_mark.line, tuple(keys))]
    for item in items:
        values = {key.value: value.value for key, value in _scalars(item)}
        rows.append((first_line + item.start_mark.line, tuple(values.get(key, "") for key in keys)))
    return FrontRows(tuple(rows), True)


def _states_colour(node: yaml.Node) -> bool:
    if isinstance(node, yaml.SequenceNode):
        return any(_states_colour(item) for item in node.value)
    return isinstance(node, yaml.MappingNode) and any(
        _COLOUR.fullmatch(value.value) or (_COLOUR_KEY.search(key.value) and _BARE_COLOUR.fullmatch(value.value))
        for key, value in _scalars(node)
    )


def _scalars(node: yaml.MappingNode) -> Iterator[tuple[yaml.ScalarNode, yaml.ScalarNode]]:
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode):
            yield key, value
