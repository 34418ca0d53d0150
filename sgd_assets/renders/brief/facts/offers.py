"""Offers of a sentence that names what is announced: "30% off all bikes". They are told where they are not printed.

What must not live here: prices (`typed.py`), or the name of what is announced (`names.py`).
"""

import re

from sgd_assets.renders.brief.instruction import BLANK, Instruction
from sgd_assets.renders.brief.model import LEFT_OUT, BriefCopy
from sgd_assets.renders.brief.vocabulary.held_back import UNTIL

_OFFER = re.compile(
    r"(?:(?:up to|bis zu|jusqu'à|hasta(?: un)?|fino al?|até|tot)\s+)?(?<![\w.,])[-–−]?\d{1,2}\s?%"
    r"(?:[ \t\u00a0]+[^\W\d][\w'’-]*){0,6}",
    re.I,
)
_STOPS = ("image", "part", "place", "ask", "not", "when")
_UNTIL = re.compile(rf"\s+(?:{'|'.join(re.escape(term.strip()) for term in UNTIL.split(','))})$", re.I)


def lost_offers(told: Instruction, copy: BriefCopy) -> tuple[str, ...]:
    """A line on each share off that the instruction gives and the copy does not.

    Args:
        told: the instruction; what is printed of it is blanked.
        copy: what is printed.
    """
    said = " ".join(words for _, words in copy.elements()).casefold()
    found: list[str] = []
    for match in _OFFER.finditer(told.text):
        stop = min((hit.start for hit in told.within(match.start() + 1, match.end(), *_STOPS)), default=match.end())
        words = _UNTIL.sub("", told.raw[match.start() : stop].strip(BLANK + " \t\u00a0"))
        if words.casefold() not in said and not _is_measure(told, match.start(), stop):
            found.append(f"{LEFT_OUT}{words}: left out beside the name of what is announced")
    return tuple(dict.fromkeys(found))


def _is_measure(told: Instruction, start: int, end: int) -> bool:
    """ "The logo at 20% of the width"; "20% darker"."""
    sentence = next((span.start for span in told.sentences if span.start <= start < span.end), start)
    return bool(told.within(sentence, end, "thing", "case") or told.within(start, end, "mood", "role", "colour"))
