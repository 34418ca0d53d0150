"""Colours that a document's words state: `ParsedDocument -> ColourClaim, Disagreement, PrimaryRule`.

A notation under a colour heading (or in a table whose head says hex, RGB, CMYK) is *stated*; one in a sentence
elsewhere is only a *sentence*. Printed hex decides over the RGB beside it, and the RGB is kept as a disagreement.
What must not live here: measured colours (`colours/used.py`) and weighing (`weigh/palette.py`).
"""

import re
from collections.abc import Sequence

from sgd_assets.canon.colours.group import ColourGroup, Statement
from sgd_assets.canon.colours.groups import group_colours
from sgd_assets.canon.colours.likeness import is_same_colour
from sgd_assets.canon.colours.proved import beside_their_swatches, guide_values, shown_colours, verified
from sgd_assets.canon.colours.roles import role_of
from sgd_assets.canon.colours.sets import (
    by_nearest_heading,
    logo_colours_behind,
    other_brands_behind,
    states_behind,
    without_tints,
)
from sgd_assets.canon.facts.claims import ColourClaim, ColourTier, Disagreement, PrimaryRule, Rank
from sgd_assets.canon.reading.printed_words import as_printed
from sgd_assets.canon.reading.sections import PlacedBlock, file_words
from sgd_assets.canon.reading.tables import Tables
from sgd_assets.canon.words import topics
from sgd_resources.colour import oklch_of
from sgd_resources.parsed_document import ParsedDocument

_NEGATED = re.compile(
    r"(?i)\b(?:rather than|instead of|not|never|no longer|replac\w+|old|former\w*|previous\w*|unlike|"
    r"formerly)\s+(?:use |the |our |using )?[\w` ]{0,20}$|\bavoid(?:\s+[\w-]+){0,4}$"
)
_OF_A_STATE = re.compile(r"(?i)\b(?:hover(?:ed)?|pressed|active|focus(?:ed)?|visited|disabled)\W*$")
_WARNING = re.compile(
    r"(?i)\b(?:do not|don[’']t|never|e\.g\.?|for example|such as)(?!\w)(?:(?!\.\s+[A-Z]|\n[A-Z]).)*$", re.DOTALL
)
_TYPE_STYLE = re.compile(r"(?i)\bfont\b[^:\n]{0,12}:[^\n]*\bsize\b[^:\n]{0,6}:[^\n]*$")
"""'Font: ... Size: ... Color:' in one line tells how a heading is set."""
_ANY_COLOUR_WORD = re.compile(
    r"(?i)\bcolou?rs?\b|\b(?:red|orange|yellow|green|blue|teal|purple|violet|pink|grey|gray|navy|magenta|cyan|"
    r"brown|gold|turquoise|indigo|pantone|pms|cmyk|rgb)\b"
)
_THEME_PAIR = re.compile(
    r"(?i)\b(?:primary|secondary)\b[^.,;]{0,60}\b(?:on|for|in|against)\b[^.]{0,20}\b(?:dark|"
    r"light)\b[^.]{0,20}\b(?:backgrounds?|themes?|modes?)\b"
)
_NOTES = re.compile(
    r"(?i)^\W*(?:uses?|used for|usage|notes?|descriptions?|comments?|purpose|when to use|"
    r"contrast\b.*|hover\w*|pressed|active|focus\w*|visited|disabled|text(?: colou?r)?|foreground)\W*$"
)
_HEX = re.compile(r"#[0-9A-Fa-f]{3,8}\b")
_OUTDATED = re.compile(
    r"(?i)\b(?:legacy|deprecated|obsolete|outdated|no longer (?:in use|used)|"
    r"(?:was|were|been) (?:replaced|superseded|retired))\b"
)
_NUMBERED = re.compile(
    r"(?i)\b(?:fix(?:es|ed)?|clos(?:es|ed)|resolv(?:es|ed)|issues?|tickets?|bugs?|prs?|pull requests?|tracker)\b"
)
"""Words beside numbers of issues and changes."""
_TINT_HEAD = re.compile(r"[1-9]\d?\s?%")
"""The head of a column of tints; that of 100 % holds the colour itself."""
_ROLE_LABEL = re.compile(
    r"(?i)^\W*((?:primary|main|secondary|tertiary|accent|neutral|background|text)\b[\w &/-]{0,24}?)\W*:"
)
_PART_OF_A_PAGE = re.compile(
    r"(?i)\W*(?:ui |interface )?(?:backgrounds?|texts?|typography|dividers?|borders?|links?|buttons?|overlays?|"
    r"feedbacks?|surfaces?|inputs?|forms?|shadows?|gradients?)(?: colou?rs?)?\W*|"
    r"\W*(?:ui|user interface|interface|web ?sites?|web ?pages?|pages?|documentation|docs|apps?|dashboards?) "
    r"(?:colou?rs?|palettes?|themes?)\W*"
)
"""A heading over colours that parts of a page have: a set behind the brand's own."""
_SAMPLE = re.compile(r"(?i)^\W*(dark|black|light|white)\s+(?:text|copy|type)\W*$")
_MIDDLE = 0.6
"""Lightness (OKLCh) from which dark text reads better than light."""
_ENOUGH = 2  # once may be chance
_LONGEST_USE = 120  # parts what a colour is for from a paragraph on it
_LABEL = 60
"""Characters up to which a text is a label of its value, whatever it says."""
_REACH = 600
"""How far around a value its sentence is looked for: a text without an end costs no more than its length."""
_Printed = dict[tuple[str | None, int | None, int | None], str]
"""Hex by (notation, page, line), as the parser converted it: inks through a real profile."""
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_FIRST_N = re.compile(
    r"(?i)\b(?:primary|main|core) colou?rs?\b[^.]{0,40}\bfirst (two|three|four|five|six|seven|eight|\d)\b"
)
_NAMED_PRIMARY = re.compile(
    r"(?i)\b(?:primary|main|core) (?:brand )?(?:palette )?colou?rs? (?:are|is|:|include)\s+([^.:;\n]{3,120})"
)


def stated_colours(
    document: ParsedDocument, placed: Sequence[PlacedBlock], file_name: str
) -> tuple[list[ColourClaim], list[Disagreement], list[PrimaryRule]]:
    """Claims in reading order; bare numbers count only where the headings, the table or the file speak of colour."""
    title = f"{document.title or ''} {file_words(file_name)}"
    shown = shown_colours(document)
    printed: _Printed = {
        (use.operator, use.location.page, use.location.line): use.hex for use in document.colours if use.operator
    }
    pairs = [item.path for item in placed if _THEME_PAIR.search(item.text)]
    claims: list[ColourClaim] = []
    near: list[bool] = []
    tables = Tables(placed)
    disagreements: list[Disagreement] = []
    for group in group_colours(placed, hint=title if topics.COLOUR.search(title) else ""):
        lead = group.lead
        value = _value(lead, printed)
        if value is None:
            continue
        claim = _claim(group, value, title, len(claims), pairs, tables)
        if lead.placed.block.is_recognised:
            others = [s.mention.hex for s in group.statements if s is not lead and s.mention.hex]
            claim = verified(claim, others, shown, is_picture=document.media_type.startswith("image/"))
        claims.append(claim)
        near.append(rank_of(None, lead.placed.path[-1:]) == "primary")
        disagreements.extend(_disagreements(group, lead, value))
    proved = guide_values(beside_their_swatches(claims, document), title)
    ranked = by_nearest_heading(proved, near)
    ranked = other_brands_behind(logo_colours_behind(states_behind(without_tints(ranked))))
    return ranked, disagreements, _primary_rules(placed)


def _value(statement: Statement, printed: _Printed) -> str | None:
    if statement.kind == "spot":
        return None  # only a swatch book knows its value; numbers beside it make a group of their own
    place = statement.placed.block.location
    return statement.mention.hex or printed.get((statement.mention.text, place.page, place.line))


def _claim(
    group: ColourGroup, value: str, title: str, order: int, pairs: list[tuple[str, ...]], tables: Tables
) -> ColourClaim:
    lead = group.lead
    item = lead.placed
    cmyk = next(
        (s.mention.components for s in group.statements if s.kind == "cmyk" and len(s.mention.components) == 4), None
    )
    tier, method = _tier(group, title)
    group.name = None if _is_sample(group.name, value) else group.name
    rank = "primary" if _is_main_set(lead) else rank_of(group.name, item.path)
    if rank in ("primary", "secondary") and any(path and path[-1] in item.path for path in pairs):
        rank = "plain"
    return ColourClaim(
        hex=value,
        tier=tier,
        method=method,
        rank=rank,
        role=role_of(group.name, (*item.path, _label_before(lead)), _use(group, tables)),
        name=group.name,
        cmyk=tuple(round(ink * 100, 2) for ink in cmyk) if cmyk else None,
        spot_names=tuple(dict.fromkeys(s.mention.spot_name for s in group.statements if s.mention.spot_name)),
        set_name=item.path[-1] if item.path else title.strip(),
        quote=lead.quote,
        location=item.block.location,
        order=order,
        excluded=_exclusion(lead, tables),
    )


def _is_sample(name: str | None, value: str) -> bool:
    """'Dark text' on a light colour, or 'Light text' on a dark one, shows what may be read on it: it is no name."""
    match = _SAMPLE.match(name or "")
    is_light = oklch_of(value)[0] > _MIDDLE
    return match is not None and (match[1].lower() in ("dark", "black")) == is_light


def _use(group: ColourGroup, tables: Tables) -> str:
    """What the row's other cells, or the words behind the value in its line, say that a colour is for."""
    item = group.lead.placed
    if item.block.cell is not None:
        notations = {id(statement.placed.block) for statement in group.statements}
        row = tables.row_of(item)
        told = [o.text for o in row if id(o.block) not in notations and o.text != group.name]
        return "; ".join(text for text in told if len(text) <= _LONGEST_USE)
    line = item.block.text[group.lead.mention.end :].split("\n", maxsplit=1)[0]
    return line if len(line) <= _LONGEST_USE and len(group.statements) == 1 else ""


def _label_before(lead: Statement) -> str:
    """'Primary colour:' in front of a name and its value, in the same line."""
    line = lead.placed.block.text[: lead.mention.start].rsplit("\n", maxsplit=1)[-1]
    match = _ROLE_LABEL.match(line) if lead.placed.block.cell is None else None
    return match[1] if match else ""


def _set_before(lead: Statement) -> str:
    """The label that calls what follows in its line a set of the brand's colours: 'Official colours: ...'."""
    line = lead.placed.block.text[: lead.mention.start].rsplit("\n", maxsplit=1)[-1]
    label, colon, _ = line.partition(":")
    is_label = bool(colon) and len(label) <= _LABEL and topics.COLOUR.search(label) is not None
    is_ranked = any(topic.search(label) for topic in (topics.PRIMARY, topics.SECONDARY, topics.ACCENT, topics.NEUTRAL))
    return label if is_label and is_ranked and not topics.NOT_COLOUR_SECTION.search(label) else ""


def _is_main_set(lead: Statement) -> bool:
    """Whether a line calls two values or more the brand's main colours."""
    line = lead.placed.block.text[lead.mention.start :].split("\n", maxsplit=1)[0]
    before = lead.placed.block.text[: lead.mention.start].rsplit("\n", maxsplit=1)[-1]
    is_main = topics.PRIMARY.search(_set_before(lead)) is not None
    return is_main and len(_HEX.findall(before + line)) >= _ENOUGH


def _tier(group: ColourGroup, title: str) -> tuple[ColourTier, str]:
    lead, item = group.lead, group.lead.placed
    if lead.mention.notation == "latex":
        return "token", "latex_definition"
    nearest = item.path[-1] if item.path else ""
    is_section = any(topics.COLOUR.search(text) for text in (*item.path, group.table_header)) or bool(
        item.block.cell and re.search(r"(?i)\b(?:hex|rgb|cmyk|pantone|pms)\b", group.table_header)
    )
    is_section = is_section or (bool(topics.COLOUR.search(title)) and not topics.LOGO.search(nearest))
    if is_section and item.block.kind == "code":
        return "token", "code_in_colour_section"
    is_stated = bool(is_section or _set_before(lead)) and item.block.kind != "code"
    if is_stated and not topics.NOT_COLOUR_SECTION.search(nearest):
        return "stated", f"stated_{lead.kind}"
    return "sentence", f"sentence_{lead.kind}"


def _is_numbered(lead: Statement) -> bool:
    """'Fixes #123456': digits alone behind a number sign, in a sentence on issues."""
    is_number = bool(re.fullmatch(r"#\d+", lead.mention.text))
    return is_number and bool(_NUMBERED.search(_sentence_of(lead)))


def _exclusion(lead: Statement, tables: Tables) -> str | None:
    text = lead.placed.block.text
    if _is_in_a_note(lead, tables):
        return "told in a note on another colour"
    if not lead.placed.block.cell and _OUTDATED.search(_sentence_of(lead)):
        return "the sentence calls it outdated"
    if _is_numbered(lead):
        return "the number of an issue"
    if (head := tables.head_of(lead.placed)) is not None and _TINT_HEAD.fullmatch(head.text.strip()):
        return "a tint of another colour"
    before = text[max(0, lead.mention.start - 60) : lead.mention.start]
    if _OF_A_STATE.search(before) and _HEX.search(text[: lead.mention.start]):
        return "a state of another colour"
    if _NEGATED.search(before.rstrip("`'\"( #")):
        return "the sentence speaks against it"
    if lead.placed.block.kind == "code" and lead.mention.notation != "latex":
        return "stands in code"
    if lead.mention.notation == "latex":
        return None
    if not lead.placed.block.cell and _TYPE_STYLE.search(
        text[max(0, lead.mention.start - _REACH) : lead.mention.start]
    ):
        return "the colour of a type style"
    if not lead.placed.block.cell and _WARNING.search(text[max(0, lead.mention.start - _REACH) : lead.mention.start]):
        return "an example or a warning"
    nearest = lead.placed.path[-1] if lead.placed.path else ""
    if topics.MISUSE.search(nearest) and not topics.COLOUR.search(nearest):
        return "shown as misuse"
    if topics.NOT_COLOUR_SECTION.search(nearest):
        return "shown for another reason than being the brand's"
    if not lead.placed.block.cell and len(text) > _LABEL and not _speaks_of_colour(lead):
        return "no word of colour beside it"
    return None


def _speaks_of_colour(lead: Statement) -> bool:
    text, context = lead.placed.block.text, lead.placed.context
    beside = text[max(0, lead.mention.start - _REACH) : lead.mention.end + _REACH]
    return bool(topics.COLOUR.search(context) or _ANY_COLOUR_WORD.search(f"{beside} {context}"))


def _is_in_a_note(lead: Statement, tables: Tables) -> bool:
    """Whether a table's column of uses or notes tells a colour in a row that states one of its own."""
    head = tables.head_of(lead.placed)
    if head is None or not _NOTES.match(head.text):
        return False
    return any(o is not lead.placed and _HEX.search(o.text) for o in tables.row_of(lead.placed))


def _sentence_of(lead: Statement) -> str:
    text, start, end = lead.placed.block.text, lead.mention.start, lead.mention.end
    first, last = max(0, start - _REACH), end + _REACH
    stop = re.search(r"[.!?]\s", text[end:last])
    begin = max((match.end() for match in re.finditer(r"[.!?]\s", text[first:start])), default=0)
    return text[first + begin : end + stop.start() if stop else last]


def _disagreements(group: ColourGroup, lead: Statement, value: str) -> list[Disagreement]:
    found = []
    for other in group.statements:
        rival = other.mention.hex
        if other is lead or other.kind not in ("hex", "rgb", "css") or rival is None or is_same_colour(value, rival):
            continue
        found.append(
            Disagreement(
                kept=value,
                dropped=rival,
                rule=f"printed {lead.kind} over printed {other.kind} of the same colour",
                quote=other.quote,
                location=other.placed.block.location,
            )
        )
    return found


def rank_of(name: str | None, path: Sequence[str]) -> Rank:
    """Whether the words nearest to a colour call its set primary, secondary or accent. A colour's own name does
    not rank it."""
    is_main = any(re.search(r"(?i)\b(?:primary|main|core)\b", heading) for heading in path)
    for heading in reversed(path):
        if _PART_OF_A_PAGE.fullmatch(heading.strip()) and not is_main:
            return "secondary"
        if topics.SECONDARY.search(heading) and not re.search(r"(?i)\bprimary\b", heading):
            return "secondary"
        if topics.ACCENT.search(heading) and not re.search(r"(?i)\bprimary\b", heading):
            return "accent"
        if topics.PRIMARY.search(heading) and topics.COLOUR.search(
            heading + " colour" if heading == path[-1] else heading
        ):
            return "primary"
    return "plain"


def _primary_rules(placed: Sequence[PlacedBlock]) -> list[PrimaryRule]:
    rules = []
    for item in placed:
        set_name = item.path[-1] if item.path else ""
        if match := _FIRST_N.search(item.text):
            count = _COUNTS.get(match[1].lower()) or int(match[1])
            rules.append(
                PrimaryRule(
                    first_count=max(1, count),
                    set_name=set_name,
                    quote=as_printed(item, match[0]),
                    location=item.block.location,
                )
            )
        elif match := _NAMED_PRIMARY.search(item.text):
            names = [part.strip(" *`'\"") for part in re.split(r",| and | & |/", match[1])]
            names = [name for name in names if name and len(name) < 40]
            if names:
                rules.append(
                    PrimaryRule(
                        names=tuple(names),
                        set_name=set_name,
                        quote=as_printed(item, match[0]),
                        location=item.block.location,
                    )
                )
    return rules
