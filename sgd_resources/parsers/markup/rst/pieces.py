"""docutils' tree -> pieces of text with their lines, in reading order.

What must not live here: parsing (`states.py`), what a piece means (`markup/markdown.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from docutils import nodes

from sgd_resources.parsed_document import TableCell
from sgd_resources.parsers.markup.rst.inline import Words

_DEEPEST = 6  # Markdown's deepest heading
_UNSEEN = (nodes.comment, nodes.transition, nodes.target, nodes.label)


@dataclass(frozen=True)
class Piece:
    """One run of text as a reader sees it, and the line of the file that it begins on."""

    text: str
    line: int
    kind: Literal["heading", "paragraph", "list_item", "table_cell", "code", "alt_text", "html"] = "paragraph"
    level: int | None = None
    cell: TableCell | None = None
    is_quote: bool = False
    language: str = ""


class TreeReader:
    """Collects the pieces of all trees of one page.

    Args:
        words: the page's inliner, which knows its substitutions.
        first_line: number of the page's first line in its file.
        lines: the page's lines, for what docutils only reports, and for what it could not parse.
    """

    def __init__(self, words: Words, *, first_line: int, lines: Sequence[str]) -> None:
        self.pieces: list[Piece] = []
        self._words = words
        self._ahead = first_line - 1
        self._lines = lines
        self._tables = -1
        self._depth = 0
        self._readers = {
            nodes.title: self._title,
            nodes.bullet_list: self._list,
            nodes.enumerated_list: self._list,
            nodes.definition_list: self._list,
            nodes.definition_list_item: self._definition,
            nodes.field: self._field,
            nodes.option_list_item: self._option,
            nodes.block_quote: self._quotation,
            nodes.literal_block: self._code,
            nodes.doctest_block: self._code,
            nodes.image: self._image,
            nodes.table: self._read_table,
            nodes.system_message: self._reported,
        }

    def read(self, tree: Any | None, start: int, end: int) -> None:
        """Add what the lines from `start` to `end` hold; without a tree they are paragraphs."""
        found = list(self._plain(start, end) if tree is None else self._children(tree, start + 1))
        self.pieces += [replace(piece, line=piece.line + self._ahead) for piece in found]

    def _plain(self, start: int, end: int) -> Iterator[Piece]:
        begun: int | None = None
        for i in range(start, end + 1):
            if i < end and self._lines[i].strip():
                begun = i if begun is None else begun
            elif begun is not None:
                yield Piece("\n".join(self._lines[begun:i]), begun + 1)
                begun = None

    def _children(self, parent: Any, line: int) -> Iterator[Piece]:
        for node in parent.children:
            yield from self._visit(node, node.line or line)

    def _visit(self, node: Any, line: int) -> Iterator[Piece]:
        if isinstance(node, _UNSEEN):
            return
        read = self._readers.get(type(node))
        if read is not None:
            yield from read(node, line)
        elif isinstance(node, nodes.TextElement):
            yield from self._paragraph(node, line)
        else:
            yield from self._children(node, line)

    def _paragraph(self, node: Any, line: int) -> Iterator[Piece]:
        yield self._said(self._text(node), line)
        yield from self._alts(node, line)

    def _said(self, text: str, line: int) -> Piece:
        return Piece(text, line, "list_item", self._depth) if self._depth else Piece(text, line)

    def _title(self, node: Any, line: int) -> Iterator[Piece]:
        yield Piece(self._text(node), line, "heading", min(node.get("level", 1), _DEEPEST))

    def _list(self, node: Any, line: int) -> Iterator[Piece]:
        self._depth += 1
        yield from self._children(node, line)
        self._depth -= 1

    def _definition(self, node: Any, line: int) -> Iterator[Piece]:
        terms = [child for child in node.children if not isinstance(child, nodes.definition)]
        yield from self._pair(" : ".join(map(self._text, terms)), "\n", node.children[-1], line)

    def _field(self, node: Any, line: int) -> Iterator[Piece]:
        name, body = node.children
        first = body.children[0] if body.children else None
        stands_beside = first is not None and (first.line or line) == line
        yield from self._pair(f"{self._text(name)}:", " " if stands_beside else "\n", body, line)

    def _option(self, node: Any, line: int) -> Iterator[Piece]:
        group, description = node.children
        yield from self._pair(" ".join(map(self._text, group.children)), " ", description, line)

    def _pair(self, name: str, between: str, body: Any, line: int) -> Iterator[Piece]:
        """A name and what stands under it: its first paragraph goes with it."""
        rest = list(body.children)
        if rest and isinstance(rest[0], nodes.paragraph):
            name = f"{name}{between}{self._text(rest.pop(0))}"
        yield self._said(name, line)
        for child in rest:
            yield from self._visit(child, child.line or line)

    def _quotation(self, node: Any, line: int) -> Iterator[Piece]:
        """A quotation is one that names who said it; others are lines that someone moved in."""
        is_quote = any(isinstance(child, nodes.attribution) for child in node.children)
        for piece in self._children(node, line):
            yield replace(piece, is_quote=True) if is_quote else piece

    def _code(self, node: Any, line: int) -> Iterator[Piece]:
        kind: Literal["html", "code"] = "html" if node.get("kind") == "html" else "code"
        yield Piece(node.astext(), line, kind, language=node.get("language", ""))

    def _image(self, node: Any, line: int) -> Iterator[Piece]:
        if node.get("alt"):
            yield Piece(node["alt"], line, "alt_text")

    def _alts(self, node: Any, line: int) -> Iterator[Piece]:
        for image in node.findall(nodes.image):
            yield from self._image(image, line)

    def _reported(self, node: Any, line: int) -> Iterator[Piece]:
        """Lines that docutils took for broken markup, found again near the place that it names."""
        for child in node.children:
            if not isinstance(child, nodes.literal_block):
                continue
            said = child.astext().split("\n")
            begun = self._found(said[0].strip(), int(node.get("line", line)), reach=len(said) + 2)
            for i, text in enumerate(said):
                if any(map(str.isalnum, text)):
                    yield Piece(text.strip(), begun + i)

    def _found(self, text: str, near: int, *, reach: int) -> int:
        places = range(max(1, near - reach), min(len(self._lines), near + reach) + 1)
        return min(
            (line for line in places if self._lines[line - 1].strip() == text),
            key=lambda at: abs(at - near),
            default=near,
        )

    def _read_table(self, node: Any, line: int) -> Iterator[Piece]:
        self._tables += 1
        table, depth, self._depth = self._tables, self._depth, 0
        covered: set[tuple[int, int]] = set()
        for at, (row, is_header) in enumerate(_rows_of(node)):
            column = 0
            for entry in row.children:
                while (at, column) in covered:
                    column += 1
                wide, high = 1 + entry.get("morecols", 0), entry.get("morerows", 0)
                covered.update((at + i, column + j) for i in range(1, high + 1) for j in range(wide))
                cell = TableCell(table=table, row=at, column=column, is_header=is_header)
                for piece in self._children(entry, line):
                    yield replace(
                        piece, text=" ".join(piece.text.split()), kind="table_cell", level=None, cell=piece.cell or cell
                    )
                column += wide
        self._depth = depth

    def _text(self, node: Any) -> str:
        if isinstance(node, nodes.Text):
            return str(node.astext())
        if isinstance(node, nodes.substitution_reference):
            return self._words.value_of(node.astext())
        if isinstance(node, nodes.system_message):
            return ""
        return "".join(self._text(child) for child in node.children)


def _rows_of(table: Any) -> Iterator[tuple[Any, bool]]:
    """(row, whether it is of the head); where no rule parts a head from the rest, it is the first row."""
    parts = [part for group in table.children if isinstance(group, nodes.tgroup) for part in group.children]
    has_head = any(isinstance(part, nodes.thead) for part in parts)
    for part in parts:
        for at, row in enumerate(part.children):
            yield row, isinstance(part, nodes.thead) or (not has_head and at == 0)
