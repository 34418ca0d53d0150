"""Cuts documents and canon into chunks of text that are worth finding, each with the place it came from.

ParsedDocument, Canon -> Chunk. A chunk never mixes pages, keeps the headings it stands under, and leaves hidden text
out. The same input gives the same chunks. What must not live here: vectors, ids, stores.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sgd_assets.canon.model import Canon, Fact
from sgd_resources.code_versions.version import version_of
from sgd_resources.parsed_document import Bbox, Location, ParsedDocument, TextBlock

_FULL_WEIGHT = 120  # words by estimate, meant to stay within the 256 tokens that MiniLM reads
_MAX_WEIGHT = 170  # a text a little too long stays whole: half a sentence is found by nobody
_SECTION_WEIGHT = 40  # less is kept with what follows: a heading alone says too little to be found
_SENTENCE_END = re.compile(r"(?<=[.!?;:。！？])\s+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]")
_FACT_NAMES = {
    "colour": "Brand colour",
    "font": "Brand font",
    "voice_tone": "Voice and tone",
    "voice_do": "Voice, do",
    "voice_dont": "Voice, do not",
    "logo_clear_space": "Logo clear space",
    "logo_min_size": "Logo minimum size",
    "logo_do": "Logo, do",
    "logo_dont": "Logo, do not",
}


def chunks_version() -> str:
    """Version of the cutting: part of the name of what is stored about chunks."""
    return version_of(chunk_document, chunk_canon)


@dataclass(frozen=True)
class Chunk:
    """A piece of text and its citation.

    Attributes:
        text: what is embedded and shown: the headings, then the words.
        kind: `document`, or `canon` for a fact.
        line: 1-based line of a text file.
    """

    text: str
    kind: str
    evidence_sha256: str
    file_name: str
    heading: str | None = None
    page: int | None = None
    bbox: Bbox | None = None
    selector: str | None = None
    xml_path: str | None = None
    line: int | None = None


def chunk_document(document: ParsedDocument, file_name: str) -> list[Chunk]:
    """Chunks of about 120 words, in reading order; without text there are none."""
    chunks: list[Chunk] = []
    headings: list[tuple[int, str]] = []
    section = ""
    gathered: list[tuple[str, Location]] = []

    def flush() -> None:
        chunks.extend(_chunks_of(gathered, section, document.evidence_sha256, file_name))
        gathered.clear()

    for block, text in _lines(document.text_blocks):
        if gathered and block.location.page != gathered[-1][1].page:
            flush()
        if block.kind == "heading":
            if _weight_of(gathered) >= _SECTION_WEIGHT:
                flush()
            headings = [*[h for h in headings if h[0] < (block.level or 1)], (block.level or 1, text)]
        if not gathered:
            section = " > ".join(h[1] for h in headings if h[1] != text)[:200]
        gathered.append((text, block.location))
        if _weight_of(gathered) >= _FULL_WEIGHT:
            flush()
    flush()
    return chunks


def chunk_canon(canon: Canon) -> list[Chunk]:
    """One small chunk per fact, cited as the fact's first citation is; ordered as the facts are."""
    return [_chunk_of_fact(fact) for fact in canon.facts]


def _lines(blocks: Iterable[TextBlock]) -> Iterator[tuple[TextBlock, str]]:
    """Visible text in order; the cells of one table row are one line, so that a name stays beside its value."""
    visible = (block for block in blocks if not block.is_hidden and block.text.strip())
    for _, row in groupby(enumerate(visible), key=_row_of):
        cells = [block for _, block in row]
        yield cells[0], " | ".join(" ".join(cell.text.split()) for cell in cells)


def _row_of(numbered: tuple[int, TextBlock]) -> tuple[object, ...]:
    number, block = numbered
    if block.cell is None:
        return ("alone", number)
    return ("row", block.cell.table, block.cell.row, block.location.page)


def _chunks_of(gathered: list[tuple[str, Location]], section: str, sha256: str, file_name: str) -> Iterator[Chunk]:
    if not gathered:
        return
    first = gathered[0][1]
    for words in _split("\n".join(text for text, _ in gathered)):
        yield Chunk(
            text=f"{section}\n{words}" if section else words,
            kind="document",
            evidence_sha256=sha256,
            file_name=file_name,
            heading=section or None,
            page=first.page,
            bbox=_union([place.bbox for _, place in gathered]),
            selector=first.selector,
            xml_path=first.xml_path,
            line=first.line,
        )


def _split(text: str) -> list[str]:
    """The text whole, or cut at sentence ends (at words, when a sentence alone is too long)."""
    if _weight(text) <= _MAX_WEIGHT:
        return [text]
    pieces: list[str] = []
    current, weight = "", 0
    for sentence in _SENTENCE_END.split(text):
        for part in _cut_words(sentence):
            if current and weight + _weight(part) > _FULL_WEIGHT:
                pieces.append(current)
                current, weight = "", 0
            current = f"{current} {part}" if current else part
            weight += _weight(part)
    return [*pieces, current] if current else pieces


def _cut_words(sentence: str) -> Iterator[str]:
    current: list[str] = []
    weight = 0
    for word in sentence.split():
        # A script without spaces, or a very long token, is one "word" to split(): cut it by characters.
        for part in (word[i : i + _FULL_WEIGHT] for i in range(0, len(word), _FULL_WEIGHT)):
            if current and weight + _weight(part) > _FULL_WEIGHT:
                yield " ".join(current)
                current, weight = [], 0
            current.append(part)
            weight += _weight(part)
    if current:
        yield " ".join(current)


def _weight(text: str) -> int:
    """About how many words: long words count for more, and each character of a script without spaces for one."""
    wide = len(_WIDE.findall(text))
    return wide + sum(1 + len(word) // 12 for word in _WIDE.sub(" ", text).split())


def _weight_of(gathered: list[tuple[str, Location]]) -> int:
    return sum(_weight(text) for text, _ in gathered)


def _union(boxes: list[Bbox | None]) -> Bbox | None:
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    left, top, right, bottom = zip(*known, strict=True)
    return (min(left), min(top), max(right), max(bottom))


def _chunk_of_fact(fact: Fact) -> Chunk:
    source = fact.citations[0]
    name = fact.colour.name if fact.colour and fact.colour.name else None
    words = [
        f"{_FACT_NAMES[fact.kind]}:",
        *([name] if name else []),
        fact.value,
        *([f"({fact.role})"] if fact.role else []),
    ]
    quote = " ".join(source.quote.split())[:400]
    lines = [" ".join(words), *([quote] if quote and quote != fact.value else [])]
    return Chunk(
        text="\n".join(lines),
        kind="canon",
        evidence_sha256=source.evidence_sha256,
        file_name=source.file_name,
        heading=_FACT_NAMES[fact.kind],
        page=source.page,
        bbox=source.bbox,
        selector=source.selector,
        xml_path=source.xml_path,
        line=source.line,
    )
