"""Markdown (CommonMark, tables, front matter, embedded HTML, MDX) -> text blocks with lines, colours and fonts.

reStructuredText comes here in pieces (`rst/`), as both kinds of page hold the same: words, tables, code, HTML. What
must not live here: the syntax of reStructuredText.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sgd_resources.parsed_document import Location, Side, TableCell, TextBlock
from sgd_resources.parsers.colours.colour_notation import speaks_of_colour
from sgd_resources.parsers.colours.text_colours import text_colours
from sgd_resources.parsers.hidden_text import unseen_characters
from sgd_resources.parsers.markup.definition_lists import with_alerts_opened, with_definitions_listed
from sgd_resources.parsers.markup.front_matter import FrontHeading, FrontPart, FrontText, front_parts, swatch_parts
from sgd_resources.parsers.markup.sided_boxes import captions_of, with_boxes_opened
from sgd_resources.parsers.palettes.code_palettes import parse_code_palette
from sgd_resources.parsers.palettes.colour_lists import list_source
from sgd_resources.parsers.parts import ParsedParts, decode_text
from sgd_resources.parsers.sides import OpenBoxes
from sgd_resources.parsers.web.css import sheet_parts
from sgd_resources.parsers.web.css_declarations import scan_sheet
from sgd_resources.parsers.web.html import html_parts
from sgd_resources.parsers.web.template_syntax import blank_templates

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)\n(.*?\n)\1[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title\s*[:=]\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_MODULE_LINE = re.compile(r"^(?:import\s.+?from\s+['\"].+?['\"];?|import\s+['\"].+?['\"];?)\s*$", re.MULTILINE)
_BOX_TAG = re.compile(
    r"<(/?)(?:div|section|article|main|aside|figure|table|thead|tbody|tr|ul|ol|dl)\b[^<>]*(?<!/)>", re.IGNORECASE
)
_TAG_FIRST = re.compile(r"\s*</?[a-zA-Z][^<>]*>")
_SWATCH_FENCE = re.compile(r"colou?rs?(?:-palette)?|palette|swatch(?:es)?")
"""Fences that a style guide's generator paints as swatches: their lines are no code."""
_LIST_LANGUAGES = {"", "text", "txt", "plain", "plaintext"}
_DEFINED = ("css_variable", "css_declaration", "design_token")
_CODE_SUFFIXES = {
    **dict.fromkeys(("js", "jsx", "javascript", "ts", "tsx", "typescript", "json", "json5"), ".js"),
    **dict.fromkeys(("py", "python"), ".py"),
    "r": ".r",
}
_SHEET_LANGUAGES = {"css", "scss", "sass", "less"}


def parse_markdown(data: bytes, suffix: str) -> ParsedParts:
    """Everything of one Markdown file. Lines are those of the file."""
    source = decode_text(data)
    parts = ParsedParts()
    reader = _Reader(parts)
    front = _FRONT_MATTER.match(source)
    if front:
        title = _TITLE.search(front[2])
        parts.title = title[1].strip() if title else None
        parts.text_blocks.append(TextBlock(text=front[2].strip() or "---", kind="code", location=Location(line=1)))
        if front[1] == "---":
            reader.read_front(front_parts(front[2], first_line=2))
        source = "\n" * front[0].count("\n") + source[front.end() :]
    source = blank_templates(source)
    if suffix == ".mdx":
        source = _MODULE_LINE.sub(lambda match: "\n" * match[0].count("\n"), source)
    if suffix == ".rst":
        reader.read_restructured(source)
    else:
        reader.read(source)
    lines = sorted(use.location.line or 0 for use in parts.colours if use.source in _DEFINED)
    parts.colours = text_colours([block for block in parts.text_blocks if not _is_sheet(block, lines)]) + parts.colours
    if parts.title is None:
        parts.title = next(
            (block.text for block in parts.text_blocks if block.kind == "heading" and block.level == 1), None
        )
    return parts


def _is_sheet(block: TextBlock, lines: Sequence[int]) -> bool:
    """Whether a code block has given its colours with their names: style sheets and palettes of a program have."""
    first = block.location.line
    if block.kind != "code" or first is None:
        return False
    return bisect_right(lines, first + block.text.count("\n") + 1) > bisect_right(lines, first)


_TAG_LINE = re.compile(r"^\s*</?\w+[^>]*>\s*$")
_HOLDS_MARKDOWN = re.compile(r"\s*<\w+[^>\n]*\smarkdown=[\"']?1[\"']?[^>\n]*>[ \t]*\n")
"""A box whose content a site generator reads as Markdown, by its own word."""


_SLOT = re.compile(r"^([^\S\n]*<template\s+)#(?=[\w-]+[^<>]*>\s*$)", re.MULTILINE)
"""The short form of a component's slot, which CommonMark takes for no tag."""


class _Reader:
    """One pass over the token stream."""

    def __init__(self, parts: ParsedParts) -> None:
        self.parts = parts
        self._table = -1
        self._row = self._column = 0
        self._in_head = False
        self._depth = 0
        self._heading = ""
        self._quotes = 0
        self._boxes = OpenBoxes()

    def read_front(self, found: Sequence[FrontPart]) -> None:
        """Content of the front matter, before the page's own."""
        for part in found:
            if isinstance(part, FrontHeading):
                self._block(part.text, "heading", min(part.level, 3), part.line, None)
            elif isinstance(part, FrontText):
                self.read("\n" * (part.line - 1) + blank_templates(part.source))
            else:
                self._table += 1
                for row, (line, cells) in enumerate(part.rows):
                    for column, text in enumerate(cells):
                        is_header = part.has_head and row == 0
                        cell = TableCell(table=self._table, row=row, column=column, is_header=is_header)
                        self._block(text, "table_cell", None, line, cell)

    def read_restructured(self, source: str) -> None:
        """Pieces of a page in reStructuredText."""
        from sgd_resources.parsers.markup.rst.read import pieces_of  # 0.1 s of import, for this kind of page only

        for piece in pieces_of(source):
            self._quotes = int(piece.is_quote)
            if piece.kind == "code":
                self._listing(piece.text, piece.language, piece.line, inside=piece.line)
            elif piece.kind == "html":
                self._html(piece.text, piece.line)
            else:
                if piece.cell is not None:
                    self._table = max(self._table, piece.cell.table)
                self._block(piece.text, piece.kind, piece.level, piece.line, piece.cell)

    def read(self, source: str) -> None:
        parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        source = with_alerts_opened(with_definitions_listed(_SLOT.sub(r"\1v-slot:", source)))
        source = with_boxes_opened(source)
        tokens = _with_html_joined(parser.parse(source), source)
        kind: str = "paragraph"
        level: int | None = None
        for token in tokens:
            name = token.type
            if name == "heading_open":
                kind, level = "heading", int(token.tag[1:])
            elif name in ("bullet_list_open", "ordered_list_open"):
                self._depth += 1
            elif name in ("bullet_list_close", "ordered_list_close"):
                self._depth -= 1
            elif name in ("blockquote_open", "blockquote_close"):
                self._quotes += token.nesting
            elif name == "paragraph_open":
                kind, level = ("list_item", self._depth) if self._depth else ("paragraph", None)
            elif name == "table_open":
                self._table += 1
                self._row = -1
            elif name == "thead_open":
                self._in_head = True
            elif name == "thead_close":
                self._in_head = False
            elif name == "tr_open":
                self._row += 1
                self._column = -1
            elif name in ("th_open", "td_open"):
                self._column += 1
                kind, level = "table_cell", None
            elif name == "inline":
                self._inline(token, kind, level)
            elif name in ("fence", "code_block"):
                self._code(token)
            elif name == "html_block":
                self._html(token.content, _line(token))

    def _inline(self, token: Token, kind: str, level: int | None) -> None:
        line = _line(token)
        text, html, alts = _flatten(token.children or [])
        cell = None
        if kind == "table_cell":
            cell = TableCell(table=self._table, row=self._row, column=self._column, is_header=self._in_head)
        self._block(text, kind, level, line, cell)
        for alt in alts:
            self._block(alt, "alt_text", None, line, None)
        if html:
            inner = html_parts(" ".join(html), first_line=line)
            self.parts.colours += inner.colours
            self.parts.fonts += inner.fonts

    def _block(
        self, text: str, kind: str, level: int | None, line: int, cell: TableCell | None, side: Side | None = None
    ) -> None:
        text = "\n".join(filter(None, (" ".join(part.split()) for part in text.split("\n"))))
        if not text:
            return
        self._heading = text if kind == "heading" else self._heading
        reason = unseen_characters(text)
        self.parts.text_blocks.append(
            TextBlock(
                text=text,
                kind=kind,
                level=level,
                location=Location(line=line),
                cell=cell,
                is_quote=self._quotes > 0,
                side=side or self._boxes.side,
                is_hidden=reason is not None,
                hidden_reason=reason,
            )
        )

    def _code(self, token: Token) -> None:
        line = _line(token)
        inside = line + (token.type == "fence")  # an indented block has no opening line of its own
        language = token.info.split()[0].lower() if token.info.strip() else ""
        self._listing(token.content, language, line, inside=inside)

    def _listing(self, content: str, language: str, line: int, *, inside: int) -> None:
        """A block set as code: a list of colours, a style sheet, a program or plain words, by language and content."""
        swatches = swatch_parts(content, first_line=inside) if _SWATCH_FENCE.fullmatch(language) else []
        if swatches:
            self.read_front(swatches)
            return
        listed = list_source(content) if language in _LIST_LANGUAGES else None
        if listed is not None:
            self.read("\n" * (inside - 1) + listed)
            return
        if _SWATCH_FENCE.fullmatch(language):
            for offset, text in enumerate(content.split("\n")):
                self._block(text, "paragraph", None, inside + offset, None)
            return
        if content.strip():
            self.parts.text_blocks.append(
                TextBlock(text=content.rstrip("\n"), kind="code", location=Location(line=line))
            )
        if language in _CODE_SUFFIXES and speaks_of_colour(self._heading):
            uses = parse_code_palette(content.encode(), _CODE_SUFFIXES[language]).colours
            places = [Location(line=inside - 1 + (use.location.line or 1)) for use in uses]
            self.parts.colours += [
                use.model_copy(update={"location": place}) for use, place in zip(uses, places, strict=True)
            ]
        if language in _SHEET_LANGUAGES:
            inner = sheet_parts(scan_sheet(content, first_line=inside))
            self.parts.colours += inner.colours
            self.parts.fonts += inner.fonts

    def _html(self, content: str, line: int) -> None:
        if _HOLDS_MARKDOWN.match(content):
            tags = [each if _TAG_LINE.match(each) else "" for each in content.split("\n")]
            lines = ["" if tag else each for each, tag in zip(content.split("\n"), tags, strict=True)]
            self._boxes.read(tags[0])
            self.read("\n" * (line - 1) + "\n".join(lines))
            self._boxes.read("\n".join(tags[1:]))
            return
        around = self._boxes.side
        for offset, words, side in captions_of(content, around):
            self._block(words, "caption", None, line + offset, None, side=side)
        self._boxes.read(content)
        inner = html_parts(content, first_line=line, first_table=self._table + 1)
        tables = [block.cell.table for block in inner.text_blocks if block.cell]
        self._table = max([self._table, *tables])
        # html_parts sees a fragment: its selectors do not start at the file's root, so the line is the place
        self.parts.text_blocks += [
            block.model_copy(update={"location": Location(line=block.location.line), "side": block.side or around})
            for block in inner.text_blocks
        ]
        self.parts.colours += [
            use.model_copy(update={"location": Location(line=use.location.line)}) for use in inner.colours
        ]
        self.parts.fonts += inner.fonts


def _with_html_joined(tokens: Sequence[Token], source: str) -> list[Token]:
    """Blank lines inside a box of HTML do not end it: the pieces up to its closing tag become one block.

    CommonMark cuts there, and takes an indented piece for code; site generators and readers do not.
    """
    lines = source.split("\n")
    joined: list[Token] = []
    for token in tokens:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.type == "html_block"
            and (token.type == "html_block" or (token.type == "code_block" and _TAG_FIRST.match(token.content)))
            and _open_boxes(last.content) > 0
            and last.map
            and token.map
        ):
            last.map = [last.map[0], token.map[1]]
            last.content = "\n".join(lines[last.map[0] : last.map[1]]) + "\n"
            continue
        joined.append(token)
    return joined


def _open_boxes(html: str) -> int:
    """How many boxes, lists and tables a piece of HTML leaves open."""
    return sum(-1 if match[1] else 1 for match in _BOX_TAG.finditer(html))


def _line(token: Token) -> int:
    return (token.map[0] if token.map else 0) + 1


def _flatten(children: Sequence[Token]) -> tuple[str, list[str], list[str]]:
    """(text, pieces of inline HTML, alt texts) of an inline token's children."""
    words: list[str] = []
    html: list[str] = []
    alts: list[str] = []
    for child in children:
        if child.type in ("text", "code_inline", "text_special"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append("\n")
        elif child.type == "image":
            alt = "".join(_texts(child.children or [])) or child.content
            if alt.strip():
                alts.append(alt)
        elif child.type == "html_inline":
            if re.match(r"<br\b", child.content, re.IGNORECASE):
                words.append("\n")
            elif "=" in child.content:
                html.append(child.content)
    return "".join(words), html, alts


def _texts(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        yield child.content
