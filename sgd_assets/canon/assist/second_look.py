"""A second look at a claim, by the product's own rules: does the role or the side follow from the words that it quotes?

Independent of the model: only the quote, its mark and the headings above it are read. What must not live here: whether
the quote stands there (`reopen.py`), or what becomes of a claim (`merge.py`).
"""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Literal

from sgd_assets.canon.assist.blocks import Page
from sgd_assets.canon.assist.reopen import NotThere, Place
from sgd_assets.canon.colours import roles as colour_roles
from sgd_assets.canon.fonts import patterns as font_patterns
from sgd_assets.canon.fonts.read import role_of as font_role_of
from sgd_assets.canon.logo.measure import measure_of
from sgd_assets.canon.model import Measure
from sgd_assets.canon.sides.imperatives import NEGATIVE, imperative
from sgd_assets.canon.sides.marks import mark_of
from sgd_assets.canon.sides.polarity import standing_of
from sgd_assets.canon.words import topics
from sgd_assets.canon.words.vocabulary import pattern

_ROLE_WORDS = {
    "primary": r"primary|main|core|principal|lead(?:s|ing)?|dominant|hero|signature|most (?:used|important)",
    "secondary": r"secondary|support(?:s|ing|ive)?|complement\w*|tertiary|extended",
    "accent": r"accents?|highlights?|emphasis|calls?[- ]to[- ]actions?|ctas?|sparingly|stand out",
    "neutral": r"neutrals?|gr[ae]ys?|greyscale|grayscale",
    "background": r"backgrounds?|grounds?|surfaces?|canvas|backdrop",
    "text": r"text|copy|body|ink|type|paragraphs?|headings?|headlines?|titles?|lettering",
}
"""Wider than the local rules' words: the model has read the sentence, this only looks that it says so at all."""
_ROLES: Mapping[str, re.Pattern[str]] = {
    role: re.compile(rf"(?i)\b(?:{words})\b|{pattern(role)}") for role, words in _ROLE_WORDS.items()
}
_FORBIDS = re.compile(
    r"(?i)\b(?:do not|don[’']t|never|avoid(?:ed|s|ing)?|refrain|cannot|can[’']t|"
    r"(?:may|must|can|should|shall) (?:not|never)|(?:mustn|shouldn)[’']t|(?:is|are) not to be|"
    r"not (?:permitted|allowed|acceptable)|"
    rf"prohibited|forbidden|unacceptable)\b|{pattern('negative_start')}"
)
_ASKS = re.compile(
    r"(?i)\b(?:please|always|must|should|shall|may|can|ensure|make sure|use[sd]?|keep|write|be|place|maintain|leave)\b|"
    rf"{pattern('must')}|{pattern('positive_start')}"
)
_RETIRED = re.compile(
    r"(?i)\b(?:no longer|not (?:part|ours?|the brand|a brand|an? official)|retired|deprecated|obsolete|superseded|"
    r"legacy|outdated|replaced|former(?:ly)?|old|previous(?:ly)?|third[- ]part(?:y|ies)|partners?|examples? only|"
    r"for example|placeholder|dummy|do not use|don[’']t use|never use|not be used|instead of)\b|"
    rf"{pattern('negative_start')}|{pattern('misuse')}"
)
_LABELS_ABOVE, _LABEL = 2, 60
_TYPE_WORDS = ("typeface", "typefaces", "typography")
_ONE_SLIP = 0.9  # one letter of seven or more that is missing or too many
_MEASURE_SLACK = 0.02
"""Share by which a told measure may differ from the read one: thirds are rounded."""


def check_colour_role(role: str, name: str | None, place: Place) -> None:
    """Raises NotThere: neither the quote nor a heading above it gives the colour this role."""
    item = place.snippet.item
    read = colour_roles.role_of(name, item.path, place.quote)
    if read == role:
        return
    nearest = item.path[-1] if item.path else ""
    if not any(_ROLES[role].search(words) for words in (place.quote, nearest)):
        raise NotThere("the role does not follow from the quote or its headings")
    if read is not None and not _ROLES[role].search(place.quote):
        raise NotThere("the words give another role")


def check_is_brand_colour(name: str | None, place: Place, title: str) -> None:
    """Raises NotThere: where the colour stands is no section on the brand's colours, or one on what not to do."""
    item = place.snippet.item
    words = f"{title} / {item.context} / {place.quote}"
    if not topics.COLOUR.search(words):
        raise NotThere("nothing there speaks of the brand's colours")
    if topics.NOT_COLOUR_SECTION.search(item.context) or topics.FUNCTIONAL.search(item.context):
        raise NotThere("it stands among colours that are not the brand's own")
    if colour_roles.is_state(name, item.context):
        raise NotThere("it tells a state of a page")
    if side_of(place) == "dont":
        raise NotThere("it stands among what not to do")


def check_font(use: str | None, place: Place, page: Page) -> None:
    """Raises NotThere: nothing there speaks of type, the family only stands in for another, or its use does not
    follow."""
    item = place.snippet.item
    above = _blocks_above(place, page)
    words = f"{page.title} / {item.context} / {above} / {place.snippet.text}"
    if not (
        topics.TYPOGRAPHY.search(words)
        or font_patterns.SPEAKS_OF_FONTS.search(words)
        or _is_nearly_type(f"{above} {place.snippet.text}")
    ):
        raise NotThere("nothing there speaks of type")
    if font_patterns.FALLBACK.search(f"{item.context} {place.quote}"):
        raise NotThere("the family only stands in for another")
    if side_of(place) == "dont":
        raise NotThere("it stands among what not to do")
    if use is not None and use not in (font_role_of(place.quote), *(font_role_of(head) for head in item.path)):
        raise NotThere("the use does not follow from the quote or its headings")


def side_of(place: Place) -> Literal["do", "dont"] | None:
    """The side that the quote's mark, its own words, or the words above it take; a prohibition anywhere wins.

    Nothing below a heading of don'ts is ever a do, and what says 'never' is a don't below any heading.
    """
    item, quote = place.snippet.item, place.quote
    standing = standing_of(item)
    mark = mark_of(place.snippet.text) if place.snippet.text.endswith(quote) else None
    own = imperative(quote)
    if mark == "dont" or own == "voice_dont" or NEGATIVE.match(quote) or _FORBIDS.search(quote):
        return "dont"
    if standing is not None and standing.stance == "dont":
        return "dont"
    if standing is not None and standing.stance == "forbids":
        return None
    is_asked = mark == "do" or own == "voice_do" or standing is not None or bool(_ASKS.search(quote))
    return "do" if is_asked else None


def _blocks_above(place: Place, page: Page) -> str:
    """The label that a block stands below or beside, where a page has no headings: the two blocks before it."""
    at = page.snippets.index(place.snippet)
    return " / ".join(one.text for one in page.snippets[max(0, at - _LABELS_ABOVE) : at] if len(one.text) <= _LABEL)


def _is_nearly_type(text: str) -> bool:
    """'TYPFACE': one slip in a long word is forgiven."""
    words = re.findall(r"[a-z]{6,}", text.lower())
    return any(get_close_matches(word, _TYPE_WORDS, n=1, cutoff=_ONE_SLIP) for word in words)


def check_voice(kind: str, place: Place, title: str) -> None:
    """Raises NotThere: nothing there speaks of how the brand writes, or the words take another side."""
    words = f"{title} / {place.snippet.item.context} / {place.quote}"
    if topics.NO_BRAND_VOICE.search(words) or not (topics.VOICE.search(words) or topics.WRITING.search(words)):
        raise NotThere("nothing there speaks of the brand's voice")
    _check_side(kind, "voice_do", "voice_dont", place)
    if kind == "voice_tone" and side_of(place) == "dont":
        raise NotThere("the words take another side")


def check_logo(kind: str, place: Place, title: str) -> None:
    """Raises NotThere: nothing there speaks of the logo, or the words take another side."""
    words = f"{title} / {place.snippet.item.context} / {place.snippet.text}"
    if not any(subject.search(words) for subject in (topics.LOGO, topics.MISUSE, topics.CLEAR_SPACE)):
        raise NotThere("nothing there speaks of the logo")
    near = f"{place.snippet.item.context} / {place.quote}"
    if kind == "logo_clear_space" and not topics.SPACE.search(near):
        raise NotThere("nothing there speaks of clear space")
    if kind == "logo_min_size" and measure_of(place.quote, is_size=True) is None:
        raise NotThere("the quote states no size")
    _check_side(kind, "logo_do", "logo_dont", place)


def measure_at(kind: str, told: Mapping[str, object] | None, place: Place) -> Measure | None:
    """The measure as the product reads it of the quote. Raises NotThere: a told one is another, or is not there."""
    read = measure_of(place.quote, is_size=kind == "logo_min_size", context=place.snippet.item.context)
    if told is None:
        return read if kind in ("logo_clear_space", "logo_min_size") else None
    if read is None or read.unit != told.get("unit") or not _is_same(read.value, told.get("value")):
        raise NotThere("the measure is not the one that the quote states")
    return read


def check_retired(place: Place) -> None:
    """Raises NotThere: the quote does not say that what it speaks of is not the brand's, or not to be used."""
    nearest: Sequence[str] = place.snippet.item.path[-1:]
    if not any(_RETIRED.search(words) for words in (place.quote, *nearest)):
        raise NotThere("the quote gives no reason for a veto")


def _check_side(kind: str, do: str, dont: str, place: Place) -> None:
    if kind in (do, dont) and side_of(place) != ("do" if kind == do else "dont"):
        raise NotThere("the side does not follow from the quote or its headings")


def _is_same(read: float, told: object) -> bool:
    return isinstance(told, int | float) and abs(read - told) <= _MEASURE_SLACK * max(abs(read), 1.0)
