"""Rules on the logo: clear space, minimum size, dos and donts: `[PlacedBlock] -> [LogoClaim]`.

What must not live here: geometry of renders, and any rule about other elements (spacing of a caption is no clear
space).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from sgd_assets.canon import topics
from sgd_assets.canon.claims import LogoClaim
from sgd_assets.canon.model import FactKind, Measure
from sgd_assets.canon.sections import PlacedBlock, file_words
from sgd_assets.canon.tables import Tables
from sgd_assets.canon.voice import as_printed, is_voice_topic
from sgd_assets.canon.voice_items import items_of
from sgd_resources.parsed_document import ParsedDocument

_Unit = Literal["ratio", "px", "mm", "cm", "in", "pt", "percent"]
_MIN_SIZE = re.compile(
    r"(?i)\b(?:min(?:imum|imal|\.)?|smallest|no smaller than|not smaller than|at least|never smaller "
    r"than)\b[^.]{0,50}\b(?:size|width|height|wide|tall|high)\b"
    r"|\b(?:size|width|height)\b[^.]{0,30}\b(?:at least|no (?:less|smaller) than|min(?:imum)?)\b"
)
_QUANTITY = re.compile(
    r"(?i)(?<![\w.])(\d+(?:[.,]\d+)?)\s*(px|pixels?|mm|millimet(?:er|re)s?|cm|centimet(?:er|re)s?|"
    r"in(?:ch(?:es)?)?\b|[\"”″]|pt|points?|%|percent|x(?=\s*(?:the|height|width|-))|times)"
)
_FRACTION = re.compile(
    r"(?i)\b(half|one[- ]half|a third|one[- ]third|two[- ]thirds|a quarter|one[- ]quarter|three[- ]quarters|"
    r"twice|double|1/2|1/3|1/4|50%|equal(?:s)? to|the same as|same as|the (?:width|height|size|cap[- ]height|"
    r"x[- ]height))\b"
    r"[^.]{0,60}?\b((?:(?:cap|capital|x)[- ]?height)|(?:height|width|size|diameter|letter|icon|mark|symbol|"
    r"logo)(?:[’'‘]?s?)?(?:[- ](?:width|height))?(?:\s+of\s+(?:the\s+|our\s+|"
    r"a\s+)?[\w“”\"'‘’-]+(?:\s+[\w“”\"'‘’-]+){0,2})?)"
)
_HALVED = re.compile(
    r"(?i)\b(height|width)\s+of\s+(?:the\s+)?([\w“”\"']+)\b[^.]{0,30}\b(?:divide(?:d)?\s+(?:it\s+)?(?:in|"
    r"by)\s+(?:half|two|2)|/\s*2)"
)
_FACTORS = {
    "half": 0.5,
    "one-half": 0.5,
    "1/2": 0.5,
    "50%": 0.5,
    "a third": 1 / 3,
    "one-third": 1 / 3,
    "1/3": 1 / 3,
    "two-thirds": 2 / 3,
    "a quarter": 0.25,
    "one-quarter": 0.25,
    "1/4": 0.25,
    "three-quarters": 0.75,
    "twice": 2.0,
    "double": 2.0,
}
_UNITS: dict[str, _Unit] = {"p": "px", "m": "mm", "c": "cm", "i": "in", '"': "in", "”": "in", "″": "in", "%": "percent"}
_NEGATIVE = re.compile(r"(?i)^\W*(?:please\s+)?(?:do not|don[’']t|never|avoid|must not|should not|no\b)")
_UNLESS = re.compile(r"(?i)(?:^|[,;:]\s*)(?:please\s+)?(?:don[’']t|do not|never)\b")
_POSITIVE = re.compile(
    r"(?i)^\W*(?:do\s+|always\s+|please\s+)?(?:use|place|keep|ensure|make sure|maintain|leave|give|follow|"
    r"choose|prefer|write|ask|allow|provide|apply)\b"
)
_ABOUT_THE_GUIDE = re.compile(
    r"(?i)\b(?:this (?:documentation|document|guide|page)|examples? below|these guidelines)\b"
)
_TEACHING = re.compile(
    r"(?i)\b(?:is used to|determin|guide|equal|minimum|at least|or (?:greater|more)|should be|must be|half|"
    r"width|height|equivalent|letter|same as|\d)\b"
)
_LONG = 420


def claim_logo(document: ParsedDocument, placed: Sequence[PlacedBlock], file_name: str) -> list[LogoClaim]:
    """Claims in reading order; dos and donts only where headings, file or sentence speak of the logo."""
    title = f"{document.title or ''} {file_words(file_name)}"
    claims: list[LogoClaim] = []
    logo_sections = {item.path for item in placed if item.path and topics.LOGO.search(item.text)}
    tables = Tables(placed)
    for item in placed:
        if item.block.kind in ("code", "alt_text"):
            continue
        for kind, text, measure in _read(item, tables, title, item.path in logo_sections):
            claims.append(
                LogoClaim(
                    kind=kind,
                    text=text,
                    measure=measure,
                    quote=as_printed(item, text),
                    location=item.block.location,
                    order=len(claims),
                )
            )
    return claims


def _read(
    item: PlacedBlock, tables: Tables, title: str, is_logo_section: bool
) -> Iterator[tuple[FactKind, str, Measure | None]]:
    is_logo_topic = any(topics.LOGO.search(text) for text in (*item.path, title)) or _is_rule_page(item)
    row = _row_text(item, tables)
    if row is not None:
        yield from _row(row, is_logo_topic)
        return
    if item.block.cell is not None or is_voice_topic(item, title):
        return
    sentences = [
        part for text in items_of(_without_label(item)) for part in re.split(r"(?<=[.!?)])\s+(?=[A-Z(])", text)
    ]
    for sentence in (part.lstrip(" ✗✘❌✓✔✅•–-") for part in sentences):
        speaks_of_logo = is_logo_topic or bool(topics.LOGO.search(sentence))
        if _is_clear_space(sentence, item, speaks_of_logo or is_logo_section):
            yield "logo_clear_space", sentence[:_LONG], measure_of(sentence)
        elif speaks_of_logo and _MIN_SIZE.search(sentence) and _QUANTITY.search(sentence):
            yield "logo_min_size", sentence[:_LONG], measure_of(sentence)
        elif (speaks_of_logo and len(sentence) <= 200 and item.block.kind != "heading") or _is_misuse_line(
            item, sentence
        ):
            if _NEGATIVE.match(sentence) or (
                len(sentence) < 120 and _UNLESS.search(sentence) and topics.LOGO.search(sentence)
            ):
                yield "logo_dont", sentence, None
            elif _POSITIVE.match(sentence) and topics.LOGO.search(sentence) and not _ABOUT_THE_GUIDE.search(sentence):
                yield "logo_do", sentence, None


def _without_label(item: PlacedBlock) -> PlacedBlock:
    """A paragraph without the label printed as its first line ('Clear Space' above the rule itself)."""
    first, _, rest = item.block.text.partition("\n")
    if not rest.strip() or not (
        topics.PAGE_LABEL.fullmatch(first.strip()) or topics.STRONG_CLEAR_SPACE.fullmatch(first.strip())
    ):
        return item
    return replace(item, block=item.block.model_copy(update={"text": rest}))


def measure_of(sentence: str) -> Measure | None:
    """The rule in machine form, or None where it cannot be read for sure."""
    if match := _HALVED.search(sentence):
        return Measure(unit="ratio", value=0.5, reference=f"{match[2].strip(chr(34) + '“”')} {match[1].lower()}")
    if match := _FRACTION.search(sentence):
        word = re.sub(r"\s+", "-", match[1].lower()).replace("a-", "a ")
        factor = _FACTORS.get(word, _FACTORS.get(match[1].lower(), 1.0))
        reference = match[2]
        if match[1].lower().startswith("the "):
            tail = sentence[match.start() : match.end() + 40]
            named = re.match(
                r"(?i)the ((?:width|height|size|cap[- ]height|x[- ]height)(?: of (?:the |a )?[\w“”\"'-]+(?: "
                r"[“”\"']?\w+[“”\"']?)?)?)",
                tail,
            )
            reference = named[1] if named else match[2]
        reference = re.split(
            r"\b(?:in|on|at|is|are|around|between|for|when|from|used|should|must|free)\b", " ".join(reference.split())
        )[0]
        return Measure(unit="ratio", value=round(factor, 4), reference=reference.strip() or None)
    if match := _QUANTITY.search(sentence):
        value = float(match[1].replace(",", "."))
        unit = match[2].lower()
        if unit in ("x", "times"):
            return Measure(unit="ratio", value=value, reference=None)
        if unit.startswith("pt") or unit.startswith("point"):
            return Measure(unit="pt", value=value)
        if unit == "percent":
            return Measure(unit="percent", value=value)
        return Measure(unit=_UNITS[unit[0]], value=value)
    return None


def _is_clear_space(sentence: str, item: PlacedBlock, speaks_of_logo: bool) -> bool:
    if item.block.kind == "heading" or len(sentence) < 20 or not speaks_of_logo:
        return False
    heading = item.path[-1] if item.path else ""
    if topics.STRONG_CLEAR_SPACE.search(sentence):
        return bool(_TEACHING.search(sentence)) or bool(topics.STRONG_CLEAR_SPACE.search(heading))
    if topics.CLEAR_SPACE.search(sentence) and _TEACHING.search(sentence):
        return bool(
            re.search(r"(?i)\b(?:around|surround\w*|each side|all sides|every side|between|border|from)\b", sentence)
        )
    return (
        bool(topics.STRONG_CLEAR_SPACE.search(heading))
        and bool(measure_of(sentence))
        and not _MIN_SIZE.search(sentence)
    )


def _row_text(item: PlacedBlock, tables: Tables) -> str | None:
    """The words of a table row, for its first cell."""
    cell = item.block.cell
    return " ".join(o.text for o in tables.row_of(item)) if cell is not None and cell.column == 0 else None


def _row(row: str, is_logo_topic: bool) -> Iterator[tuple[FactKind, str, Measure | None]]:
    if len(row) > 160 or not is_logo_topic or not _QUANTITY.search(row):
        return
    if topics.CLEAR_SPACE.search(row):
        yield "logo_clear_space", row, measure_of(row)
    elif _MIN_SIZE.search(row):
        yield "logo_min_size", row, measure_of(row)


def _is_rule_page(item: PlacedBlock) -> bool:
    """Headings on clear space or misuse are about the logo even when they do not say so."""
    if any(topics.COLOUR.search(text) or topics.TYPOGRAPHY.search(text) for text in item.path):
        return False
    return any(
        topics.STRONG_CLEAR_SPACE.search(text)
        or topics.MISUSE.fullmatch(text.strip())
        or re.search(r"(?i)\bincorrect (?:use|usage)|\bmisuse", text)
        for text in item.path
    )


def _is_misuse_line(item: PlacedBlock, sentence: str) -> bool:
    return len(sentence) <= 160 and any(re.search(r"(?i)\bincorrect|\bmis-?use", text) for text in item.path)
