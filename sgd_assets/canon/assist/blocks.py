"""What a model is shown of an org's documents: every visible block, in pages. `documents, canon -> pages`.

A page is of one document, so that a new document asks about itself alone, and what was answered of a document goes when
it goes. Hidden text and text that reads like orders to a model is left out. What must not live here: the words of the
question (`question.py`), or what is believed of an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sgd_assets.canon.model import Canon, Citation, Fact
from sgd_assets.canon.reading.sections import PlacedBlock, file_words, place_blocks
from sgd_assets.canon.weigh.resolve import cite
from sgd_assets.canon.words import topics
from sgd_resources.llm.safety.injection import screen, visible
from sgd_resources.parsed_document import ColourUse, ParsedDocument

PAGE_CHARACTERS = 40_000
"""Under half of what the task may send, so that schema, known facts and block numbers fit beside it."""
MOST_PAGES = 40
"""Questions of one derivation: far below `max_calls_per_job`, and about what a request's budget holds."""
_LONGEST_BLOCK = 2_000  # some paragraphs: a longer block is code or data, and would crowd others out of its page
_MOST_KNOWN = 60
"""Known facts told with a page: more than a page of a guide states."""


@dataclass(frozen=True)
class Snippet:
    """One visible block a model may see and cite."""

    id: str
    text: str
    """White space folded, without signs that nobody sees."""
    item: PlacedBlock
    citation: Citation


@dataclass(frozen=True)
class Page:
    """What one question shows."""

    evidence_sha256: str
    file_name: str
    title: str
    snippets: tuple[Snippet, ...]
    known: tuple[Fact, ...]
    """Facts of the canon that cite this document."""
    rows: Mapping[tuple[int, int], str]
    """Words of each row of the document's tables, by (table, row)."""
    colours: tuple[ColourUse, ...]
    """All that the document states or shows."""


@dataclass(frozen=True)
class Shown:
    """The pages to ask about, and how many more there would be."""

    pages: tuple[Page, ...]
    left_out: int


def choose_pages(documents: Sequence[tuple[str, ParsedDocument]], canon: Canon) -> Shown:
    """Pages in order of files and reading; where there are too many, those that speak of a brand come first."""
    found: list[Page] = []
    for file_name, document in sorted(documents, key=lambda pair: (pair[0], pair[1].evidence_sha256)):
        found += _pages_of(file_name, document, canon)
    if len(found) <= MOST_PAGES:
        return Shown(tuple(found), 0)
    telling = sorted(range(len(found)), key=lambda at: (not _speaks_of_brand(found[at]), at))[:MOST_PAGES]
    return Shown(tuple(found[at] for at in sorted(telling)), len(found) - MOST_PAGES)


def _pages_of(file_name: str, document: ParsedDocument, canon: Canon) -> list[Page]:
    title = f"{document.title or ''} {file_words(file_name)}".strip()
    placed = place_blocks(document)
    known = tuple(
        fact for fact in canon.facts if any(c.evidence_sha256 == document.evidence_sha256 for c in fact.citations)
    )[:_MOST_KNOWN]
    rows = _rows(placed)
    pages: list[list[Snippet]] = [[]]
    left, seen = PAGE_CHARACTERS, set[tuple[str, str]]()
    for item in placed:
        text = " ".join(visible(item.text[:_LONGEST_BLOCK]).split())
        if not text or (text, item.context) in seen or screen(f"{item.context} {text}").is_flagged:
            continue
        seen.add((text, item.context))
        if len(text) > left:
            pages.append([])
            left = PAGE_CHARACTERS
        left -= len(text)
        place = cite(document.evidence_sha256, file_name, item.block.location, text)
        pages[-1].append(Snippet(f"s{len(seen)}", text, item, place))
    return [
        Page(document.evidence_sha256, file_name, title, tuple(page), known, rows, document.colours)
        for page in pages
        if page
    ]


def _rows(placed: Sequence[PlacedBlock]) -> dict[tuple[int, int], str]:
    rows: dict[tuple[int, int], str] = {}
    for item in placed:
        cell = item.block.cell
        if cell is not None and not cell.is_header:
            rows[cell.table, cell.row] = f"{rows.get((cell.table, cell.row), '')} {item.text}".strip()
    return rows


def _speaks_of_brand(page: Page) -> bool:
    subjects = (topics.COLOUR, topics.TYPOGRAPHY, topics.VOICE, topics.WRITING, topics.LOGO)
    return bool(page.known) or any(subject.search(page.title) for subject in subjects)
