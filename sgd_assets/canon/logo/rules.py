"""Rules on the logo: clear space, minimum size, dos and donts: `[PlacedBlock] -> [LogoClaim]`.

What must not live here: geometry of renders, the machine form of a rule (`logo/measure.py`), and any rule about other
elements: the padding of a button, the margin of a page and the safe area of a film are no clear space.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from sgd_assets.canon.facts.claims import LogoClaim
from sgd_assets.canon.logo.dos_donts import Told, is_labelled, names_look, told_by
from sgd_assets.canon.logo.measure import QUANTITY, measure_of
from sgd_assets.canon.logo.place import LICENCE, MIN_HEADING, Subject, is_guide_to_look, is_misuse, subject_of
from sgd_assets.canon.logo.printed_lines import listed_lines, printed_again
from sgd_assets.canon.logo.run_on import rules_of
from sgd_assets.canon.logo.sentences import RULES_ON_A_PAGE, side_of_sentence
from sgd_assets.canon.logo.sided_cells import printed_in_columns, side_of_cell
from sgd_assets.canon.logo.space import MIN_SIZE, clear_space, has_measure, speaks_of_space
from sgd_assets.canon.model import FactKind, Measure
from sgd_assets.canon.reading.list_labels import with_lead_ins, with_list_labels
from sgd_assets.canon.reading.printed_words import as_printed
from sgd_assets.canon.reading.sections import PlacedBlock, title_words
from sgd_assets.canon.reading.tables import Tables
from sgd_assets.canon.sides.carried import with_carried_columns
from sgd_assets.canon.sides.marks import mark_of, without_mark
from sgd_assets.canon.sides.polarity import Standing, standing_of
from sgd_assets.canon.sides.rejected import rejected_part
from sgd_assets.canon.sides.two_sides import two_sides
from sgd_assets.canon.voice.columns import with_column_heads
from sgd_assets.canon.voice.items import items_of
from sgd_assets.canon.voice.lines import is_quotation
from sgd_assets.canon.voice.sections import is_voice_topic
from sgd_assets.canon.words import topics
from sgd_resources.parsed_document import ParsedDocument

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
    r"menus?|[gmk]b|bleed|trim|crop marks)\b"
)
_CONTINUES = re.compile(
    r"(?i)^(?:this|it|that|these|the (?:minimum|space|area|zone|distance|size|width|amount|padding|clearance)|"
    r"ideally|leave|keep|allow|maintain|provide|x|"
    r"dieser?|sie|elle|il|cette|esta|este|questo|questa|deze|dit)\b"
)
_LONGEST_RULE = 300  # two sentences; a longer one is prose
_LONG = 420  # what a page can show of a quoted rule; the citation leads to the rest
_SENTENCE_END = re.compile(
    r"(?<=[.!?)])(?<!\s\d\.)(?<!\s\d\d\.)(?<!^\d\.)(?<!^\d\d\.)\s+(?=[A-ZÀ-Þ(])|(?<=。)\s*(?=\S)"
)
"""Not behind a list's number ('02. Do not turn it'), but behind one that ends a sentence ('in Lato 300.')."""


_SIDES: dict[Literal["do", "dont"], Literal["logo_do", "logo_dont"]] = {"do": "logo_do", "dont": "logo_dont"}


class _Rule(NamedTuple):
    kind: FactKind
    text: str
    measure: Measure | None = None
    is_vague: bool = False
    is_on_look: bool = False


def claim_logo(document: ParsedDocument, placed: Sequence[PlacedBlock], file_name: str) -> list[LogoClaim]:
    """Claims in reading order; dos and donts only where headings, file or sentence speak of the logo.

    That the logo keeps some space is a rule only where nothing says how much, or in front of what says it.
    """
    title = title_words(document, placed, file_name)
    logo_sections = {item.path for item in placed if item.path and topics.LOGO.search(item.text)}
    tables = Tables(placed)
    opened: tuple[str, ...] | None = None
    rules: list[tuple[PlacedBlock, _Rule]] = []
    repeated = printed_again(placed)
    is_guide = is_guide_to_look(placed, title)
    for item in with_carried_columns(with_column_heads(with_lead_ins(with_list_labels(placed)))):
        if item.block.kind == "code" or (item.block.kind == "alt_text" and not is_labelled(item.text)):
            continue
        is_first = item.block.kind != "heading" and item.path != opened
        for rule in _read(
            item,
            tables,
            title,
            repeated,
            is_logo_section=item.path in logo_sections,
            opens_section=is_first,
            is_guide=is_guide,
        ):
            opened = item.path if rule.kind == "logo_clear_space" else opened
            is_caption = not re.search(r"[^\W\d_]{3}", rule.text)
            if is_caption and any(rule.measure == known.measure for _, known in rules):
                continue  # it repeats the number of a rule
            rules.append((item, rule))
    exact = [item.order for item, rule in rules if rule.kind == "logo_clear_space" and not rule.is_vague]
    kept = [(item, rule) for item, rule in rules if not rule.is_vague or not exact or item.order in exact]
    return [
        LogoClaim(
            kind=rule.kind,
            text=rule.text,
            measure=rule.measure,
            is_on_look=rule.is_on_look,
            quote=as_printed(item, rule.text, may_lack_first_word=True),
            location=item.block.location,
            order=order,
        )
        for order, (item, rule) in enumerate(kept)
    ]


def _read(
    item: PlacedBlock,
    tables: Tables,
    title: str,
    repeated: set[str],
    *,
    is_logo_section: bool,
    opens_section: bool,
    is_guide: bool,
) -> Iterator[_Rule]:
    is_logo_topic = any(topics.LOGO.search(text) for text in (*item.path, title)) or _is_rule_page(item)
    if is_quotation(item.text) or _is_about_writing(item, title):
        return
    subject = subject_of(item, title, is_guide=is_guide)
    if item.block.cell is not None:
        yield from _cells(item, tables, subject, is_logo_topic=is_logo_topic)
        return
    if any(LICENCE.search(line) for line in item.path if line.endswith(":")):
        return
    was_space = False
    standing = standing_of(item)
    for number, sentence in enumerate(_sentences(item, standing)):
        names_logo = bool(topics.LOGO.search(sentence))
        speaks_of_logo = is_logo_topic or names_logo
        is_other = _is_about_other(item, sentence) and not (names_logo and topics.CLEAR_SPACE.search(sentence))
        is_about_space = (speaks_of_logo or is_logo_section) and not is_other
        goes_on = was_space and bool(_CONTINUES.match(sentence))
        space = clear_space(sentence, item, opens_section=opens_section and not was_space) if is_about_space else None
        if space is None and is_about_space and goes_on and has_measure(sentence, item):
            space = "exact"
        if space is not None:
            was_space = True
            measure = measure_of(sentence, context=item.text)
            yield _Rule("logo_clear_space", sentence[:_LONG], measure, is_vague=space == "vague")
            if standing is not None and item.block.kind == "list_item" and measure is None:
                yield from _listed_space(standing, sentence)
        elif speaks_of_logo and not is_other and _is_min_size(sentence, item):
            yield _Rule("logo_min_size", sentence[:_LONG], measure_of(sentence, is_size=True))
        elif ((speaks_of_logo or _is_on(subject, sentence)) and len(sentence) <= _LONGEST_RULE) or _is_misuse_line(
            item, sentence
        ):
            parted = two_sides(sentence, _side_of_part)
            told = told_by(
                item,
                parted.first if parted is not None else sentence,
                standing,
                is_below_logo=subject is not None,
                is_caption=subject == "logo" and item.text not in repeated,
                is_first=number == 0,
                is_on_look=subject in ("look", "page"),
                is_in_guide=is_guide and subject != "page",
            )
            if told is not None:
                is_on_look = subject != "logo" and not names_logo
                yield from _with_rejected(told, is_on_look=is_on_look)
                if parted is not None and told.side == _SIDES[parted.first_side]:
                    yield _Rule(_SIDES[parted.second_side], parted.second, is_on_look=is_on_look)
        was_space = was_space or (is_about_space and speaks_of_space(sentence))


def _side_of_part(part: str) -> Literal["do", "dont"] | None:
    """What a part of a sentence tells, wherever it stands."""
    side = side_of_sentence(part, is_below_logo=True)
    return None if side is None else "do" if side == "logo_do" else "dont"


def _is_on(subject: Subject | None, sentence: str) -> bool:
    """Whether a sentence is on the look or the logo: on a page without such a heading it has to say so."""
    if subject != "page":
        return subject is not None
    return names_look(sentence) and side_of_sentence(sentence, is_below_logo=True, rules=RULES_ON_A_PAGE) is not None


def _with_rejected(told: Told, *, is_on_look: bool) -> Iterator[_Rule]:
    """A rule, and the prohibition that ends it: 'Decorative use only, never on its own'."""
    yield _Rule(told.side, told.text, is_on_look=is_on_look)
    rejected = rejected_part(told.text) if told.side == "logo_do" else None
    if rejected is not None:
        yield _Rule("logo_dont", rejected, is_on_look=is_on_look)


def _listed_space(standing: Standing, sentence: str) -> Iterator[_Rule]:
    """'Keep clear space around the logo' in a list of dos: one of them, though it does not say how much."""
    if standing.stance in ("do", "dont"):
        yield _Rule("logo_do" if standing.stance == "do" else "logo_dont", without_mark(sentence))


def _is_about_writing(item: PlacedBlock, title: str) -> bool:
    """Whether the block stands under voice or writing, with no nearer heading on the logo or its space."""
    for heading in reversed(item.path):
        if topics.LOGO.search(heading) or topics.CLEAR_SPACE.search(heading):
            return False
        if topics.VOICE.search(heading) or topics.WRITING.search(heading):
            break
    return is_voice_topic(item, title)


def _is_about_other(item: PlacedBlock, sentence: str) -> bool:
    """Whether a sentence, or the heading right above it, is about another element than the logo."""
    is_other_section = any(
        _OTHER_ELEMENT.search(heading) and not topics.LOGO.search(heading) for heading in item.path[-2:]
    )
    return bool(is_other_section or _OTHER_ELEMENT.search(sentence))


def _sentences(item: PlacedBlock, standing: Standing | None = None) -> Iterator[str]:
    lines = listed_lines(item) if standing is not None and standing.stance in ("do", "dont") else []
    for text in lines or items_of(_without_label(item)):
        for part in _SENTENCE_END.split(text):
            yield from rules_of(part.lstrip(" •–-"))


def _without_label(item: PlacedBlock) -> PlacedBlock:
    """A paragraph without the label printed as its first line ('Clear Space' above the rule itself)."""
    first, _, rest = item.block.text.partition("\n")
    if not rest.strip() or not (
        topics.PAGE_LABEL.fullmatch(first.strip()) or topics.CLEAR_SPACE.fullmatch(first.strip())
    ):
        return item
    return replace(item, block=item.block.model_copy(update={"text": rest}))


def _is_min_size(sentence: str, item: PlacedBlock) -> bool:
    measure = measure_of(sentence, is_size=True)
    if measure is None or measure.unit in ("ratio", "percent"):
        return False
    if item.block.kind == "heading" and not topics.LOGO.search(sentence):
        return False  # of a heading, only one that says it all itself
    if _NO_MINIMUM.search(sentence):
        return False
    if MIN_SIZE.search(sentence):
        return True
    headings = item.path[-2:]
    return len(sentence) <= 160 and any(MIN_HEADING.search(heading) for heading in headings)


def _cells(item: PlacedBlock, tables: Tables, subject: Subject | None, *, is_logo_topic: bool) -> Iterator[_Rule]:
    """The rule of a table row, told by its first cell: by the row's own words, or by the head of the column."""
    cell = item.block.cell
    if cell is None or not (is_logo_topic or subject):
        return
    yield from _sided_cell(item, tables, is_on_look=subject != "logo")
    if cell.column != 0 or not is_logo_topic:
        return
    row = tables.row_of(item)
    words = " ".join(other.text for other in row)
    if len(words) > 200 or _OTHER_ELEMENT.search(item.text):
        return
    sized = next((other for other in row[1:] if _is_sized(other, tables)), None)
    if sized is not None:
        yield _Rule("logo_min_size", words, measure_of(sized.text, is_size=True))
    elif topics.SPACE.search(item.text) and measure_of(words) is not None:
        yield _Rule(
            "logo_clear_space", words, measure_of(" ".join(other.text for other in row[1:])) or measure_of(words)
        )
    elif (MIN_SIZE.search(words) or MIN_HEADING.search(item.text)) and QUANTITY.search(words):
        yield _Rule("logo_min_size", words, measure_of(words, is_size=True))


def _sided_cell(item: PlacedBlock, tables: Tables, *, is_on_look: bool) -> Iterator[_Rule]:
    """The rules of a cell in a column headed Do or Don't, behind a tick or a cross, or printed below such a heading."""
    stance = side_of_cell(item, tables)
    if stance is None and item.block.location.page is not None:
        yield from (_Rule(side, line, is_on_look=is_on_look) for side, line in printed_in_columns(item))
    for sentence in _sentences(item) if stance is not None else ():
        if len(sentence) <= _LONG and len(sentence.split()) > 1:
            bare = without_mark(sentence)
            is_dont = stance == "dont" or mark_of(sentence) == "dont" or side_of_sentence(bare) == "logo_dont"
            yield _Rule("logo_dont" if is_dont else "logo_do", bare, is_on_look=is_on_look)


def _is_sized(item: PlacedBlock, tables: Tables) -> bool:
    head = tables.head_of(item)
    if head is None or not QUANTITY.search(item.text):
        return False
    is_headed = bool(item.path) and bool(MIN_HEADING.search(item.path[-1]))
    return bool(MIN_HEADING.search(head.text)) or (is_headed and bool(re.match(r"(?i)\W*min", head.text)))


def _is_rule_page(item: PlacedBlock) -> bool:
    """Headings on clear space, minimum size or misuse are about the logo even when they do not say so."""
    if any(topics.COLOUR.search(text) or topics.TYPOGRAPHY.search(text) for text in item.path):
        return False
    is_other = bool(_OTHER_ELEMENT.search(item.context)) or bool(_NO_MINIMUM.search(item.context))
    return any(
        (not is_other and (topics.CLEAR_SPACE.search(text) or MIN_HEADING.search(text)))
        or topics.MISUSE.fullmatch(text.strip())
        or re.search(r"(?i)\bincorrect (?:use|usage)|\bmisuse", text)
        for text in item.path
    )


def _is_misuse_line(item: PlacedBlock, sentence: str) -> bool:
    return len(sentence) <= 160 and any(is_misuse(text) for text in item.path)
