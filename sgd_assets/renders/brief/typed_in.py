"""Typefaces and weights that an instruction asks for: "headline in Lora", "set in the font Bodoni", "in bold".

From an instruction and its brief to names as they are written. What must not live here: which font that is, or whether
it can be set (`plan/asked/fonts.py`).
"""

import re
from collections.abc import Callable, Collection
from typing import Literal, NamedTuple

from sgd_assets.renders.brief.beyond import without_words
from sgd_assets.renders.brief.instruction import Instruction
from sgd_assets.renders.brief.model import Brief

_NAME = r"(?P<name>[A-ZÀ-Þ][\w'’&-]*(?:[ ](?!and\b|und\b|et\b)[A-ZÀ-Þ0-9][\w'’&-]*){0,3})"
_FONT = (
    r"(?:fonts?|typefaces?|font family|schrift(?:art)?|typographie|police|fuente|tipograf[íi]a|tipo de letra|font|"
    r"carattere|fonte|tipo de letra|lettertype|typsnitt|skrifttype|krój|písmo|yazı tipi|шрифт\w*)"
)
_CALLED = r"(?:\s+(?:called|named|is|should be|namens|ist|appelée?|est|llamada|es|chiamato|è|chamada|é|genaamd|is))?"
_BEHIND = re.compile(rf"\b{_FONT}{_CALLED}\s*[:=]?\s*[\"“„«']?{_NAME}", re.I)
_BEFORE = re.compile(rf"{_NAME}[ -](?:{_FONT})\b", re.I)
_SET_IN = re.compile(
    rf"\b(?:set in|typeset in|gesetzt in|composée? en|compuesto en|composto in|gezet in)\s+{_NAME}", re.I
)
_KNOWN_BEFORE = r"(?:in|use|using|with|mit|nutze|en|avec|utilise[rz]?|con|usa|com|met|gebruik)"
_IN = re.compile(rf"\b(?:in|en|em)\s+{_NAME}")
_STOP = re.compile(r"[,;:.!?()\n]")
_BOLD = re.compile(
    r"\b(?:in\s+(?:extra[ -])?bold(?!\s+(?:colou?rs?|strokes?|shapes?))|"
    r"bold\s+(?:type|letters?|lettering|text|font|headline|title)|"
    r"(?:in\s+)?fett(?:druck|gedruckt|e[rnms]?\s+schrift)?|fette[rn]?\s+(?:überschrift|schlagzeile)|en\s+gras|caractères\s+gras|"
    r"(?:en\s+)?negrita|(?:in\s+)?grassetto|(?:em\s+)?negrito|vet(?:gedrukt|te\s+letters)|"
    r"(?:headline|title|text|body|copy|überschrift|titel|titre|titular|título|titolo)\s+(?:in\s+)?bold)\b",
    re.I,
)
_BODY = re.compile(r"\b(?:body|copy|sub\w*|fließtext|text(?:e|o)?|corps|cuerpo|corpo|testo|tekst)\b", re.I)


class FontAsked(NamedTuple):
    """A typeface as it is named, and the words that it is for: the headline, or all."""

    name: str
    part: Literal["headline", "all"]


def fonts_asked(
    instruction: str, brief: Brief, *, known: Collection[str] = (), is_typeface: Callable[[str], bool] = lambda _: False
) -> tuple[FontAsked, ...]:
    """Each typeface that is asked for, once, in order.

    Args:
        instruction: as the request has it.
        brief: its words, which name none.
        known: names of typefaces that need no word for "font" beside them.
        is_typeface: whether a name behind "in" is one that others know.
    """
    told = without_words(instruction, brief)
    found: dict[str, tuple[int, str]] = {}
    for pattern in (_BEHIND, _SET_IN, _BEFORE):
        for match in pattern.finditer(told.text):
            name = match["name"].strip()
            if name[:1].isupper() and not _is_term(told, match.start("name")):
                found.setdefault(name.casefold(), (match.start("name"), name))
    for name in known:
        named = re.search(rf"\b{_KNOWN_BEFORE}\s+(?P<name>{re.escape(name)})(?!\w)", told.text, re.I)
        if named and named["name"][:1].isupper():
            found.setdefault(name.casefold(), (named.start("name"), named["name"]))
    for match in _IN.finditer(told.text):
        begin = max((stop.end() for stop in _STOP.finditer(told.text, 0, match.start())), default=0)
        is_place = bool(told.within(begin, match.start(), "link", "image"))
        if match["name"][:1].isupper() and not is_place and is_typeface(match["name"]):
            found.setdefault(match["name"].casefold(), (match.start("name"), match["name"]))
    return tuple(FontAsked(name, _part(told, place)) for place, name in sorted(found.values()))


def wishes_bold(instruction: str, brief: Brief) -> tuple[str, bool] | None:
    """What asks for bold type, and whether it is for more than the headline; None where nothing does."""
    told = without_words(instruction, brief)
    match = _BOLD.search(told.text)
    if match is None or told.within(max(0, match.start() - 24), match.start(), "not"):
        return None
    around = told.text[max(0, match.start() - 24) : match.end()]
    return match.group(), bool(_BODY.search(around)) and not re.search(
        r"headline|title|überschrift|titel", around, re.I
    )


def _is_term(told: Instruction, start: int) -> bool:
    """ "Font Size", "Font Colour"."""
    return bool(told.within(start, start + 1, "part", "thing", "colour", "place", "ask", "case", "mood", "set"))


def _part(told: Instruction, place: int) -> Literal["headline", "all"]:
    """The headline, where the clause names it and nothing else that is set."""
    sentence = next((span for span in told.sentences if span.start <= place < span.end), None)
    begin = sentence.start if sentence else 0
    begin = max([begin, *(match.end() for match in re.finditer(r"[,;]", told.text[:place]))])
    parts = {hit.value for hit in told.within(begin, place, "part")}
    return "headline" if parts == {"headline"} else "all"
