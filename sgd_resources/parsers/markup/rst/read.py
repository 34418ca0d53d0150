"""The whole of a file: cut into bundles of blocks, parsed one by one, walked into pieces.

docutils copies the rest of its input at each list and each run of explicit markup, which is quadratic in a file's
length; a bundle ends where a block of the page does, so nothing is torn and time grows with the length only. A bundle
that docutils cannot hold (nesting beyond Python's stack) is read as plain paragraphs: no text is lost. What must not
live here: docutils' states (`states.py`), its tree (`pieces.py`).
"""

import re
from collections.abc import Iterator, Sequence

from docutils import frontend, nodes, utils
from docutils.parsers.rst import Parser
from docutils.statemachine import StringList

from sgd_resources.parsers.markup.rst.inline import Words
from sgd_resources.parsers.markup.rst.pieces import Piece, TreeReader
from sgd_resources.parsers.markup.rst.states import machine

_BUNDLE_LINES = 200
"""Lines of a bundle before it may end: copies of this many are cheap, and a parser is set up once for them (0.3 ms)."""
_TABLE_LINES = 2_000
"""A simple table that is still open after so many lines has lost its end; it no longer keeps a bundle together."""
_DOCUTILS_LINES = 100_000
"""Lines read with their structure, about 20 s of one core (240 kB/s over 8,057 pages of real projects); beyond them
paragraphs, as no page of a brand is so long."""
_TAB_COLUMNS = 8
"""docutils' own width. Source: reStructuredText Markup Specification, "Whitespace" (2026-05)."""
_SETTINGS = {
    "file_insertion_enabled": False, "raw_enabled": False, "report_level": 5, "halt_level": 5, "warning_stream": False,
    "pep_references": False, "rfc_references": False, "syntax_highlight": "none", "tab_width": _TAB_COLUMNS,
}  # fmt: skip
_SIMPLE_TOP = re.compile(r"=+(?: +=+)+ *$")
_SIMPLE_BORDER = re.compile(r"=+[ =]*$")


def pieces_of(source: str, *, first_line: int = 1) -> list[Piece]:
    """Pieces in reading order; `first_line` is the number of the source's first line in its file."""
    lines = [_laid_out(line) for line in source.split("\n")]
    words = Words(budget=len(source))
    reader = TreeReader(words, first_line=first_line, lines=lines)
    settings = frontend.get_default_settings(Parser)
    vars(settings).update(_SETTINGS)
    trees = [
        (start, end, _tree(lines[start:end], start, words, settings) if end <= _DOCUTILS_LINES else None)
        for start, end in _bundles(lines)
    ]
    # walked after all are parsed: a substitution may be defined at the end of the page
    for start, end, tree in trees:
        try:
            reader.read(tree, start, end)
        except RecursionError:
            reader.read(None, start, end)
    return reader.pieces


def _laid_out(line: str) -> str:
    return line.expandtabs(_TAB_COLUMNS).replace("\v", " ").replace("\f", " ").replace("\r", " ").rstrip()


def _bundles(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(first, end) of each run of lines that can be parsed by itself."""
    start = 0
    table_at: int | None = None
    borders = 0
    said = ""
    for i, line in enumerate(lines):
        if table_at is None and i - start >= _BUNDLE_LINES and _opens_a_block(lines, i) and not said.endswith("::"):
            yield start, i
            start = i
        if table_at is None:
            table_at, borders = (i, 0) if _SIMPLE_TOP.match(line) else (None, 0)
        elif _SIMPLE_BORDER.match(line):
            borders += 1
            if borders == 2 or i + 1 == len(lines) or not lines[i + 1]:
                table_at = None
        elif i - table_at > _TABLE_LINES:
            table_at = None
        said = line or said
    yield start, len(lines)


def _opens_a_block(lines: Sequence[str], i: int) -> bool:
    return bool(lines[i]) and not lines[i][0].isspace() and not lines[i - 1]


def _tree(lines: list[str], start: int, words: Words, settings: object) -> nodes.document | None:
    document = utils.new_document("", settings)
    made = machine()
    try:
        made.run(StringList(lines, items=[("", start + i) for i in range(len(lines))]), document, start, inliner=words)
    except RecursionError:
        return None
    return document
