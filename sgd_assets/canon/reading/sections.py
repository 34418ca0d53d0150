"""Which headings a block of text stands under: `ParsedDocument -> [PlacedBlock]`.

Flowing documents (Markdown, HTML, DOCX) nest headings by level. Pages (PDF, slides) have places instead: a block
belongs to the nearest heading above it in its own column, and to the page's title wherever that is printed. What must
not live here: what a topic means for a fact; callers match the words of a path themselves.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from sgd_assets.canon.words import topics
from sgd_resources.parsed_document import Bbox, ParsedDocument, TextBlock

_VALUES = re.compile(r"(?i)#[0-9a-f]{3,6}\b|\b(?:rgb|cmyk|hex|pantone|pms)\b.*\d|\b[cmykrgb] ?\d+ [cmykrgb] ?\d+")
"""Colour values: a caption in large type, not a heading."""
_SPECIMEN = re.compile(r"Aa|AaBb(?:Cc)?|Aa Bb(?: Cc)?")
"""Letters that show a typeface: large, and no heading."""
_NUMBER = re.compile(r"^\W*\d{1,2}\s*[/|·.:–—-]\s*(?=[^\W\d_])")
"""'07 / Voice': a section's number in front of its name, in a running head."""
_SPACED_OUT = re.compile(r"(?:[^\W\d_] ){3}[^\W\d_](?: |$)")
"""'I n t r o': a heading set with spaces between its letters."""
_LEAD_IN_LENGTH = 60  # parts 'Use these colours:' from a paragraph that ends with a colon
_RUNNING_TEXT = 60
"""Characters from which a block reads as running text rather than a label."""
_INDENT = 30.0
"""Points by which a list may stand in from its column."""
_LARGER = 1.08  # parts two sizes of a page from one that rounding made two
_DEEPEST = 3  # a page nests title, section and label; deeper sizes are decoration
_SIBLINGS = 2  # two more labels of a size: a row of them, so they open sections
_LONGEST_TITLE = 90  # parts a document's title from a first sentence in large type
_MADE_UP_TITLE = re.compile(
    r"(?i)^\W*(?:untitled|anonymous|unnamed|document\d*|presentation\d*|slide \d|powerpoint|microsoft word)\b|"
    r"\.(?:indd|ai|psd|docx?|pptx?|key|pages|sketch|fig|qxp|cdr)\W*$"
)
_SOFT_HYPHEN = re.compile("(?<=[^\\W\\d_])\u00ad(?=[^\\W\\d_])")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_SLACK = 6.0
"""Points by which left edges of one column may differ."""
_HEADING_GROWTH = 1.2
"""A line this much larger than the page's usual type reads as a heading."""


@dataclass(frozen=True)
class PlacedBlock:
    """A visible block, its place in reading order, and the headings above it, outermost first."""

    block: TextBlock
    order: int
    path: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The block's words with white space folded, without the hyphens and joints that no reader sees."""
        return " ".join(self.block.text.translate(_UNSEEN).split())

    @property
    def context(self) -> str:
        """All headings above, in one string for matching."""
        return " / ".join(self.path)


@dataclass(frozen=True)
class PlacedLine:
    """One printed line of a block on a page, with its estimated box; the whole block where there are no pages."""

    placed: PlacedBlock
    text: str
    bbox: Bbox | None = None


def lines_of(item: PlacedBlock) -> list[PlacedLine]:
    """The lines of a block, top to bottom; they share its height evenly."""
    box = item.block.location.bbox
    texts = item.block.text.split("\n")
    if box is None or item.block.location.page is None:
        return [PlacedLine(item, item.block.text)]
    height = (box[3] - box[1]) / len(texts)
    return [
        PlacedLine(item, text.strip(), (box[0], box[1] + i * height, box[2], box[1] + (i + 1) * height))
        for i, text in enumerate(texts)
        if text.strip()
    ]


def place_blocks(document: ParsedDocument) -> list[PlacedBlock]:
    """Visible blocks with their headings (and, for list items, the line and the items they hang from), in reading
    order. Hidden text is no evidence and is left out."""
    visible = [
        (i, _unhyphenated(block))
        for i, block in enumerate(document.text_blocks)
        if not block.is_hidden and block.text.strip()
    ]
    if any(block.location.bbox is not None and block.location.page is not None for _, block in visible):
        return _place_on_pages(visible)
    return _place_in_flow(visible)


def _unhyphenated(block: TextBlock) -> TextBlock:
    """The block without the hyphens that a program put into its words for line breaks nobody sees."""
    text = _SOFT_HYPHEN.sub("", block.text) if "\u00ad" in block.text else block.text
    return block if text == block.text else block.model_copy(update={"text": text})


def title_words(document: ParsedDocument, placed: Sequence[PlacedBlock], file_name: str) -> str:
    """What a document calls itself, and its file's name as words.

    A title that a program made up gives way to the largest line of the first page.
    """
    title = document.title or ""
    if not title.strip() or _MADE_UP_TITLE.search(title):
        first = [item for item in placed if item.block.location.page == 1 and item.block.font_size_pt]
        largest = max(first, key=lambda item: (item.block.font_size_pt or 0.0, -item.order), default=None)
        title = largest.text if largest is not None and len(largest.text) <= _LONGEST_TITLE else title
    return f"{title} {file_words(file_name)}"


def file_words(file_name: str) -> str:
    """A file name as words: 'scss/_brand-colors.scss' -> 'scss brand colors'."""
    path = PurePosixPath(file_name.replace("\\", "/"))
    stem = path.name.split(".")[0] if not path.name.startswith(".") else path.name
    parts = [*path.parts[:-1], stem]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", " ".join(parts))
    return " ".join(re.split(r"[\s_\-./]+", words)).strip().lower()


def _place_in_flow(visible: list[tuple[int, TextBlock]]) -> list[PlacedBlock]:
    placed: list[PlacedBlock] = []
    open_headings: list[tuple[int, str]] = []
    lists = _Lists()
    for order, block in visible:
        if block.kind == "heading":
            level = block.level or 1
            open_headings = [(lvl, text) for lvl, text in open_headings if lvl < level]
        path = tuple(text for _, text in open_headings)
        placed.append(PlacedBlock(block, order, path + lists.path_of(block)))
        if block.kind == "heading":
            open_headings.append((block.level or 1, " ".join(block.text.split())))
    return placed


class _Lists:
    """What list items hang from, block by block in reading order: the line before their list, and outer items."""

    def __init__(self) -> None:
        self._announced: tuple[str, ...] = ()
        self._parents: list[tuple[int, str]] = []

    def path_of(self, block: TextBlock) -> tuple[str, ...]:
        text = " ".join(block.text.split())
        if block.kind != "list_item":
            is_lead_in = block.kind != "heading" and text.endswith(":") and len(text) <= _LEAD_IN_LENGTH
            self._announced, self._parents = (text,) if is_lead_in else (), []
            return ()
        level = block.level or 1
        self._parents = [(lvl, words) for lvl, words in self._parents if lvl < level]
        path = self._announced + tuple(words for _, words in self._parents)
        if len(text) <= _LEAD_IN_LENGTH and not _VALUES.search(text):
            self._parents.append((level, text))
        return path


def _place_on_pages(visible: list[tuple[int, TextBlock]]) -> list[PlacedBlock]:
    usual = _usual_size([block for _, block in visible])
    by_page: dict[int, list[tuple[int, TextBlock]]] = {}
    for order, block in visible:
        by_page.setdefault(block.location.page or 1, []).append((order, block))
    placed: list[PlacedBlock] = []
    open_section: tuple[str, ...] = ()
    running = _running_lines(by_page)
    for page in sorted(by_page):
        blocks = by_page[page]
        headings = [
            block for _, block in blocks if _is_heading(block, usual) and " ".join(block.text.split()) not in running
        ]
        label = _page_label(blocks, headings)
        title = None if label else _page_title(headings)
        first = _first_in_flow(blocks, title)
        goes_on = not label and not headings and any(_may_go_on(block) for _, block in blocks)
        lists = _Lists()
        latest: TextBlock | None = None
        for order, block in blocks:
            lead_in = lists.path_of(block)
            above = _heading_above(block, [h for h in headings if h is not block])
            if above is not None and latest is not None and _ends_beside(latest, above, block, blocks):
                above = latest
            latest = block if block in headings else latest
            if goes_on or (above is None and first is not None and _box(block)[1] < _box(first)[1]):
                placed.append(PlacedBlock(block, order, open_section + lead_in))
                continue
            path = [label] if label else [title.text] if title is not None and title is not block else []
            path += [h.text for h in _enclosing(above, headings) if h is not title]
            placed.append(PlacedBlock(block, order, tuple(" ".join(text.split()) for text in path) + lead_in))
        open_section = _open_section(placed, page) or open_section
    return placed


def _first_in_flow(blocks: list[tuple[int, TextBlock]], title: TextBlock | None) -> TextBlock | None:
    """The page's title where it opens a section below running text of its own column: what stands above belongs to the
    section that the page before left open. None on a page that its title names as a whole."""
    if title is None or title.location.bbox is None:
        return None
    top, left = _box(title)[1], _box(title)[0]
    above = [block for _, block in blocks if block is not title and _box(block)[3] <= top + 1 and _may_go_on(block)]
    # cells of a table stand all over its width
    is_flow = bool(above) and all(abs(_box(block)[0] - left) <= _INDENT or block.cell is not None for block in above)
    return title if is_flow else None


def _may_go_on(block: TextBlock) -> bool:
    """Whether a block may belong to a section of the page before: running text, or part of a list or a table."""
    return _is_running_text(block) or block.kind == "list_item" or block.cell is not None


def _is_running_text(block: TextBlock) -> bool:
    return len(block.text) >= _RUNNING_TEXT


def _enclosing(heading: TextBlock | None, headings: list[TextBlock]) -> list[TextBlock]:
    """A heading and the larger ones above it in its column, outermost first."""
    chain: list[TextBlock] = []
    while heading is not None and len(chain) < _DEEPEST:
        chain.insert(0, heading)
        size = heading.font_size_pt or 0.0
        heading = _heading_above(heading, [h for h in headings if (h.font_size_pt or 0.0) > size * _LARGER])
    return chain


def _open_section(placed: list[PlacedBlock], page: int) -> tuple[str, ...]:
    """The headings that the last block of a page stands under: what the next page may go on with."""
    last = next((item for item in reversed(placed) if (item.block.location.page or 1) == page), None)
    if last is None:
        return ()
    return (*last.path, last.text) if last.block.kind == "heading" else last.path


def _usual_size(blocks: list[TextBlock]) -> float:
    """Type size that most characters are set in."""
    counts: dict[float, int] = {}
    for block in blocks:
        if block.font_size_pt:
            size = round(block.font_size_pt, 1)
            counts[size] = counts.get(size, 0) + len(block.text)
    return max(counts, key=lambda size: (counts[size], -size)) if counts else 0.0


def _running_lines(by_page: dict[int, list[tuple[int, TextBlock]]]) -> set[str]:
    """Lines printed on most pages: headers and footers, never a section's heading."""
    if len(by_page) < 3:
        return set()
    counts: dict[str, int] = {}
    for blocks in by_page.values():
        for text in {" ".join(block.text.split()) for _, block in blocks}:
            counts[text] = counts.get(text, 0) + 1
    return {text for text, count in counts.items() if count > len(by_page) / 2}


def _is_heading(block: TextBlock, usual: float) -> bool:
    text = block.text.strip()
    is_word = re.search(r"[A-Za-z]{2}", text) or _SPACED_OUT.match(text)
    if not is_word or _SPECIMEN.fullmatch(text):
        return False
    if len(text) > 90 or text.count("\n") > 1 or _VALUES.search(text):
        return False
    if block.kind == "heading":
        return True
    is_larger = bool(usual and block.font_size_pt and block.font_size_pt >= usual * _HEADING_GROWTH)
    return is_larger and block.kind == "paragraph" and text[-1] not in ".,;"


def _page_title(headings: list[TextBlock]) -> TextBlock | None:
    """The largest heading; the topmost of equals."""
    sized = [h for h in headings if h.location.bbox is not None]
    if not sized:
        return None
    return min(sized, key=lambda h: (-round(h.font_size_pt or 0.0, 0), _box(h)[1], _box(h)[0]))


def _page_label(blocks: list[tuple[int, TextBlock]], headings: list[TextBlock]) -> str | None:
    """The one short line that names the page's topic, wherever it is printed; None when there are several, or when it
    is the heading of a section among others: below running text or a larger heading of its column, or beside equals."""
    lines = [
        (_NUMBER.sub("", " ".join(line.split())), block)
        for _, block in blocks
        if block.cell is None
        for line in block.text.split("\n")
    ]
    labels = [(line, block) for line, block in lines if topics.PAGE_LABEL.fullmatch(line)]
    if len({line.lower() for line, _ in labels}) != 1:
        return None
    text, label = labels[0]
    size = label.font_size_pt or 0.0
    column = [h for h in headings if h is not label and abs(_box(h)[0] - _box(label)[0]) <= _SLACK]
    equals = [h for h in column if abs((h.font_size_pt or 0.0) - size) <= 0.05 * size]
    larger = [h for h in column if (h.font_size_pt or 0.0) > size * _LARGER and _box(h)[1] < _box(label)[1]]
    is_section = len(equals) >= _SIBLINGS or bool(larger) or _first_in_flow(blocks, label) is not None
    return None if label in headings and is_section else text


def _heading_above(block: TextBlock, headings: list[TextBlock]) -> TextBlock | None:
    box = block.location.bbox
    if box is None:
        return None
    above = [h for h in headings if h.location.bbox is not None and _may_head(_box(h), block)]
    in_column = [h for h in above if not any(_stands_between(h, other, box) for other in above)]
    return max(in_column, key=lambda h: (_box(h)[1], _box(h)[0])) if in_column else None


def _may_head(heading: Bbox, block: TextBlock) -> bool:
    """Whether a heading stands above a block, or in the margin beside its first line."""
    box = _box(block)
    if heading[0] > box[0] + _SLACK:
        return False
    is_beside = heading[2] < box[0] and heading[1] <= box[1] + 0.5 * (block.font_size_pt or 0.0)
    return heading[1] < box[1] - 1 or is_beside


def _ends_beside(
    latest: TextBlock, above: TextBlock, block: TextBlock, blocks: Sequence[tuple[int, TextBlock]]
) -> bool:
    """Whether a block goes on in a new column where the column of text that both headings stand in has ended."""
    left = _box(block)[0]
    if _box(latest)[2] >= left or _box(above)[2] >= left:
        return False
    return any(
        _may_go_on(other) and _box(other)[2] <= left and abs(_box(other)[0] - _box(latest)[0]) <= _INDENT
        for _, other in blocks
    )


def _stands_between(heading: TextBlock, other: TextBlock, box: Bbox) -> bool:
    """Whether `other` opens a nearer column to the right, beside `heading`, that the box stands in."""
    mine, theirs = _box(heading), _box(other)
    beside = mine[1] < theirs[3] and theirs[1] < mine[3]
    return other is not heading and beside and mine[0] + 6 < theirs[0] <= box[0] + 6


def _box(block: TextBlock) -> Bbox:
    box = block.location.bbox
    return box if box is not None else (0.0, 0.0, 0.0, 0.0)
