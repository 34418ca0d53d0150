"""Rules on the logo: clear space, minimum size, dos and donts: `[PlacedBlock] -> [LogoClaim]`.

What must not live here: geometry of renders, the machine form of a rule (`logo_measure.py`), and any rule about other
elements: the padding of a button, the margin of a page and the safe area of a film are no clear space.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sgd_assets.canon import topics
from sgd_assets.canon.claims import LogoClaim
from sgd_assets.canon.logo_measure import QUANTITY, measure_of
from sgd_assets.canon.model import FactKind, Measure
from sgd_assets.canon.sections import PlacedBlock, title_words
from sgd_assets.canon.tables import Tables
from sgd_assets.canon.vocabulary import joined, pattern
from sgd_assets.canon.voice import as_printed, is_voice_topic
from sgd_assets.canon.voice_items import items_of, negated
from sgd_resources.parsed_document import ParsedDocument

_MIN_HEADING = joined(
    r"(?i)\b(?:min(?:imum|imal|\.)?\s+(?:logo\s+|print\s+|digital\s+|display\s+)?(?:sizes?|widths?|heights?|"
    r"dimensions?)|"
    r"smallest (?:size|use)|size limits?|sizes?\s*(?:&|and)\s*min\w*)\b",
    "minimum_size",
)
_MIN_SIZE = joined(
    r"(?i)\b(?:min(?:imum|imal|\.)?|smallest|at least|minimim)(?=\W)[^.;]{0,50}\b(?:size|width|height|wide|tall|"
    r"high)\b"
    r"|\b(?:size|width|height)\b[^.;]{0,40}\b(?:at least|no (?:less|smaller) than|min(?:imum)?)(?!\w)"
    r"|\b(?:never|not|no|don[’']t|avoid)\b[^.;]{0,60}\b(?:smaller|less|below|under|narrower)\b(?: than)?[^.;]{0,20}\d"
    r"|\bmust appear at least\b|\b(?:logo|mark|symbol|icon|lock-?up|wordmark)\b[^.;]{0,40}\bminim[ui]m of \d"
    r"|\bmin(?:imum)?\.? (?:size|width|height)\b|\bsmallest\b.{0,60}\d",
    "minimum_size",
)
_NO_MINIMUM = re.compile(
    r"(?i)\b(?:recommended|maximum|max\.?|no larger|larger than|preferred|optimal|ideal(?:ly)?|default|"
    r"standard usage|"
    r"example|resolution|dpi|stroke|line[- ]weight|font|type|text|touch|tap|click|empfohlen|recommand\w+|"
    r"recomendad\w+)\b"
)
_OTHER_ELEMENT = re.compile(
    r"(?i)\b(?:buttons?|cards?|forms?|inputs?|text fields?|grids?|gutters?|columns?|paragraphs?|headlines?|headings?|"
    r"disks?|storage|memory|databases?|drives?|videos?|films?|footage|of the (?:frame|screen)|titles? within|"
    r"viewports?|notch|"
    r"status bar|tap targets?|touch targets?|click|inner padding|page margins?|between sections|captions?|chapters?|"
    r"menus?|[gmk]b)\b"
)
_SPACE = joined(
    topics.CLEAR_SPACE.pattern
    + r"|\b(?:clearance|stand-?off(?: \([^)]*\))? space|clear margin|margin of (?:clear |white )?space|clear of|"
    r"clear by|"
    r"space to breathe|enough space|some space|spacing|distance|free of|(?:space|room|area|margin|zone) (?:around|"
    r"on (?:all|"
    r"each|every))|clear area|free area|free on (?:all|each|every)|buffer|air)\b",
    "clear_space",
)
_AROUND = re.compile(
    r"(?i)\b(?:around|surround\w*|each side|all (?:\w+ )?sides|every side|both sides|either side|between|border|from|"
    r"around it|all around|edges?|stand-?off|clearance|rund ?um|um das|autour|alrededor|intorno|ao redor|rondom|"
    r"rond)\b"
)
_STRONG = joined(
    topics.STRONG_CLEAR_SPACE.pattern
    + r"|\b(?:(?:minimum )?clearance|exclusion[- ]space|stand-?off(?: \([^)]*\))? space|isolation[- ]space|"
    r"protected space|"
    r"protective (?:area|space|zone)|safety (?:area|zone|margin)|safe (?:margin|distance)|no[- ]go (?:area|zone)|"
    r"breathing (?:room|space)|(?:space|room) to breathe|margin of (?:clear|white) space|buffer[- ](?:zone|space|"
    r"area))\b",
    "clear_space",
)
_TEACHING = re.compile(
    r"(?i)\b(?:is used to|determin|guide|equals?|minimum|at least|or (?:greater|more)|should be|must be|half|"
    r"width|height|equivalent|letter|same as|\d|surrounded)\b|[%½¼=]|" + pattern("dimension") + "|" + pattern("half")
)
_NOTHING_WITHIN = re.compile(
    r"(?i)\b(?:no|nothing|any)\b[^.;]{0,80}\b(?:within|closer than|nearer than)\b[^.;]{0,60}\b(?:of|to|from|than)\b"
)
_CONTINUES = re.compile(
    r"(?i)^(?:this|it|that|these|the (?:minimum|space|area|zone|distance|size|width|amount|padding|clearance)|"
    r"ideally|leave|keep|allow|maintain|provide|x|"
    r"dieser?|sie|elle|il|cette|esta|este|questo|questa|deze|dit)\b"
)
_NEGATIVE = re.compile(
    r"(?i)^\W*(?:please\s+)?(?:do not|don[’']t|never|avoid|must not|should not|no\b)|"
    rf"^\W*(?:{pattern('negative_start')})|\b(?:darf|dürfen|soll|sollte)\b[^.]{{0,60}}\bnicht\b|"
    r"\bne (?:doit|doivent|pas)\b|\bno (?:debe|deben|se debe)\b|\bnon (?:deve|devono)\b|\bnão (?:deve|devem|pode)\b|"
    r"\bmag\b[^.]{0,60}\bniet\b|\bnicht \w+en\W*$"
)
_UNLESS = re.compile(r"(?i)(?:^|[,;:]\s*)(?:please\s+)?(?:don[’']t|do not|never)\b")
_POSITIVE = re.compile(
    r"(?i)^\W*(?:do\s+|always\s+|please\s+)?(?:use|place|keep|ensure|make sure|maintain|leave|give|follow|"
    r"choose|prefer|write|ask|allow|provide|apply)\b"
    rf"|^\W*(?:{pattern('positive_start')})"
)
_ABOUT_THE_GUIDE = re.compile(
    r"(?i)\b(?:this (?:documentation|document|guide|page)|examples? below|these guidelines)\b"
)
_LONG = 420
_SHORT_ITEM = 90


def claim_logo(document: ParsedDocument, placed: Sequence[PlacedBlock], file_name: str) -> list[LogoClaim]:
    """Claims in reading order; dos and donts only where headings, file or sentence speak of the logo."""
    title = title_words(document, placed, file_name)
    claims: list[LogoClaim] = []
    logo_sections = {item.path for item in placed if item.path and topics.LOGO.search(item.text)}
    tables = Tables(placed)
    for item in placed:
        if item.block.kind in ("code", "alt_text"):
            continue
        for kind, text, measure in _read(item, tables, title, item.path in logo_sections):
            if not re.search(r"[^\W\d_]{3}", text) and any(claim.measure == measure for claim in claims):
                continue  # a caption that repeats the number of a rule
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
    if item.block.cell is not None:
        yield from _cells(item, tables, is_logo_topic)
        return
    if is_voice_topic(item, title):
        return
    was_space = False
    for sentence in _sentences(item):
        names_logo = bool(topics.LOGO.search(sentence))
        speaks_of_logo = is_logo_topic or names_logo
        is_other = _is_about_other(item, sentence) and not (names_logo and _STRONG.search(sentence))
        is_about_space = (speaks_of_logo or is_logo_section) and not is_other
        goes_on = was_space and bool(_CONTINUES.match(sentence))
        if is_about_space and (_is_clear_space(sentence, item) or (goes_on and _has_measure(sentence, item))):
            was_space = True
            yield "logo_clear_space", sentence[:_LONG], measure_of(sentence, context=item.text)
        elif speaks_of_logo and not is_other and _is_min_size(sentence, item):
            yield "logo_min_size", sentence[:_LONG], measure_of(sentence, is_size=True)
        elif (speaks_of_logo and len(sentence) <= 200 and item.block.kind != "heading") or _is_misuse_line(
            item, sentence
        ):
            yield from _rule(item, sentence)
        was_space = was_space or (is_about_space and _speaks_of_space(sentence))


def _speaks_of_space(sentence: str) -> bool:
    """Whether the next sentence may say how much space is meant."""
    return bool(_STRONG.search(sentence) or (_SPACE.search(sentence) and _AROUND.search(sentence)))


def _is_about_other(item: PlacedBlock, sentence: str) -> bool:
    """Whether a sentence, or the heading right above it, is about another element than the logo."""
    heading = item.path[-1] if item.path else ""
    is_other_section = _OTHER_ELEMENT.search(heading) and not topics.LOGO.search(heading)
    return bool(is_other_section or _OTHER_ELEMENT.search(sentence))


def _sentences(item: PlacedBlock) -> Iterator[str]:
    for text in items_of(_without_label(item)):
        for part in re.split(r"(?<=[.!?)])(?<!\d\.)\s+(?=[A-ZÀ-Þ(])", text):
            yield part.lstrip(" ✗✘❌✓✔✅•–-")


def _rule(item: PlacedBlock, sentence: str) -> Iterator[tuple[FactKind, str, Measure | None]]:
    """A do or don't on the logo."""
    names_logo = bool(topics.LOGO.search(sentence))
    if _NEGATIVE.search(sentence) or (len(sentence) < 120 and _UNLESS.search(sentence) and names_logo):
        yield "logo_dont", sentence, None
    elif item.block.kind == "list_item" and _is_misuse_line(item, sentence) and len(sentence) <= _SHORT_ITEM:
        yield "logo_dont", negated(sentence, item.path[-1]), None
    elif _POSITIVE.match(sentence) and names_logo and not _ABOUT_THE_GUIDE.search(sentence):
        yield "logo_do", sentence, None


def _without_label(item: PlacedBlock) -> PlacedBlock:
    """A paragraph without the label printed as its first line ('Clear Space' above the rule itself)."""
    first, _, rest = item.block.text.partition("\n")
    if not rest.strip() or not (
        topics.PAGE_LABEL.fullmatch(first.strip()) or topics.STRONG_CLEAR_SPACE.fullmatch(first.strip())
    ):
        return item
    return replace(item, block=item.block.model_copy(update={"text": rest}))


def _is_clear_space(sentence: str, item: PlacedBlock) -> bool:
    if item.block.kind == "heading" or len(sentence) < 12:
        return False
    heading = item.path[-1] if item.path else ""
    is_headed = bool(_STRONG.search(heading))
    if _STRONG.search(sentence):
        return bool(_TEACHING.search(sentence)) or is_headed
    if _NOTHING_WITHIN.search(sentence) and QUANTITY.search(sentence):
        return True
    if _SPACE.search(sentence) and _TEACHING.search(sentence) and _AROUND.search(sentence):
        return _has_measure(sentence, item) or bool(topics.CLEAR_SPACE.search(sentence))
    measure = measure_of(sentence, context=item.text) if is_headed else None
    return measure is not None and (measure.unit in ("ratio", "percent") or not _MIN_SIZE.search(sentence))


def _has_measure(sentence: str, item: PlacedBlock) -> bool:
    return measure_of(sentence, context=item.text) is not None


def _is_min_size(sentence: str, item: PlacedBlock) -> bool:
    measure = measure_of(sentence, is_size=True)
    if measure is None or measure.unit in ("ratio", "percent") or item.block.kind == "heading":
        return False
    if _NO_MINIMUM.search(sentence):
        return False
    if _MIN_SIZE.search(sentence):
        return True
    headings = item.path[-2:]
    return len(sentence) <= 160 and any(_MIN_HEADING.search(heading) for heading in headings)


def _cells(item: PlacedBlock, tables: Tables, is_logo_topic: bool) -> Iterator[tuple[FactKind, str, Measure | None]]:
    """The rule of a table row, told by its first cell: by the row's own words, or by the head of the column."""
    cell = item.block.cell
    if cell is None or cell.column != 0 or not is_logo_topic:
        return
    row = tables.row_of(item)
    words = " ".join(other.text for other in row)
    if len(words) > 200 or _OTHER_ELEMENT.search(item.text):
        return
    sized = next((other for other in row[1:] if _is_sized(other, tables)), None)
    if sized is not None:
        yield "logo_min_size", words, measure_of(sized.text, is_size=True)
    elif topics.CLEAR_SPACE.search(item.text) and measure_of(words) is not None:
        yield "logo_clear_space", words, measure_of(" ".join(other.text for other in row[1:])) or measure_of(words)
    elif (_MIN_SIZE.search(words) or _MIN_HEADING.search(item.text)) and QUANTITY.search(words):
        yield "logo_min_size", words, measure_of(words, is_size=True)


def _is_sized(item: PlacedBlock, tables: Tables) -> bool:
    head = tables.head_of(item)
    return head is not None and bool(_MIN_HEADING.search(head.text)) and bool(QUANTITY.search(item.text))


def _is_rule_page(item: PlacedBlock) -> bool:
    """Headings on clear space or misuse are about the logo even when they do not say so."""
    if any(topics.COLOUR.search(text) or topics.TYPOGRAPHY.search(text) for text in item.path):
        return False
    return any(
        (topics.STRONG_CLEAR_SPACE.search(text) and not _OTHER_ELEMENT.search(" ".join(item.path)))
        or topics.MISUSE.fullmatch(text.strip())
        or re.search(r"(?i)\bincorrect (?:use|usage)|\bmisuse", text)
        for text in item.path
    )


def _is_misuse_line(item: PlacedBlock, sentence: str) -> bool:
    return len(sentence) <= 160 and any(
        re.search(r"(?i)\bincorrect|\bmis-?use", text) or topics.MISUSE.fullmatch(text.strip()) for text in item.path
    )
