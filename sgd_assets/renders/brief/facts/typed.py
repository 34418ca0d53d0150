"""Dates, prices and web addresses in a text: where each begins and where it ends.

What must not live here: which of them are printed (`loose.py`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sgd_assets.renders.brief.instruction import Instruction
from sgd_assets.renders.brief.lexicon import UNSPACED, Hit
from sgd_assets.renders.brief.looks import CURRENCY, web_addresses

_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º|ª)?\.?"
_WEEKDAY = (
    r"(?:\b(?:mo|di|mi|do|fr|sa|so|ma|wo|vr|za|zo|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom|gio|sab|seg|ter|qua|qui|sex|"
    r"mån|tis|ons|tors|fre|lör|sön|man|tir|tor|lør|søn|pon|wt|śr|czw|pt|sob|nd|út|st|čt|pá|ne|ti|ke|to|pe|la|su|пн|вт|ср|"
    r"чт|пт|сб|вс|нд)\.?,?\s+)?"
)
"""Short names of weekdays; they count right before a day of a month only."""
_RANGE = r"\s*(?:[-–—]|\b(?:al?|à|au|bis|to|till|til|tot|e|y|i|do|und|and|et|og|och|en|a)\b|&)\s*"
_OF = r"(?:\s+(?:de|of|d['’])\s*|\s*)"
_YEAR = r"(?:,?\s+(?:de\s+|del\s+)?(?:19|20)\d\d\b)?"
_CLOCK = (
    r"(?:,?\s+(?:(?:at|um|à|a las|alle|às|om|kl\.?|o|v|klo|ore|в|о|saat)\s+)?"
    r"(?:\d{1,2}[:.h]\d{2}(?:\s?(?:am|pm|uhr|uur|hrs|h))?|\d{1,2}\s?(?:am|pm|uhr|uur|hrs|h)"
    r"|(?<=klo )\d{1,2}|(?<=kl )\d{1,2}|(?<=kl\. )\d{1,2})\b)?"
)
_BEFORE = re.compile(rf"{_WEEKDAY}(?:{_DAY}{_OF}(?:\w+{_OF})?{_RANGE})?{_DAY}{_OF}$", re.I)
_PLAIN_BEFORE = re.compile(rf"{_WEEKDAY}(?:{_DAY}{_RANGE})?{_DAY}{_OF}$", re.I)
_AFTER = re.compile(
    rf"(?:\s+\d{{1,2}}(?:st|nd|rd|th|er|re|º)?(?:{_RANGE}\d{{1,2}}(?:st|nd|rd|th|er|re|º)?)?(?![\d:h%/]|\.\d|\s?(?:am|pm|uhr|uur)\b))?{_YEAR}{_CLOCK}",
    re.I,
)
_D, _M = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_NUMERIC = re.compile(
    rf"(?<![\w.,/-])(?:\d{{1,2}}\.?\s*[-–]\s*)?(?:{_D}\.\s?{_M}\.(?:\s?(?:20)?\d\d)?|{_D}[./-]{_D}[./-](?:19|20)\d\d|"
    rf"(?:19|20)\d\d-\d\d-\d\d)(?![\w%]|[.,]\d){_CLOCK}",
    re.I,
)
_EASTERN = re.compile(
    r"(?:\d{4}\s*[年년]\s*)?\d{1,2}\s*[月월]\s*\d{1,2}\s*[日일号號](?:\s*[（(][^）)]{1,4}[）)])?"
    r"(?:\s*[~〜～至到\-–]\s*(?:\d{1,2}\s*[月월]\s*)?\d{1,2}\s*[日일号號])?"
)
_FROM = (
    r"(?:(?:from|only|ab|nur|à partir de|dès|desde|sólo|solo|a partire da|da|a partir de|apenas|vanaf|slechts|från|"
    r"fra|kun|od|tylko|jen|alkaen|от|від|de la|από|już od|lige nu|начиная с)\s+)?"
)
_AMOUNT = r"\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3}){0,4}(?:[.,]\d{1,2})?(?:[.,]-|,–)?|\d+(?:[.,]\d{1,2})?"
_CODE = r"(?:\s?(?:USD|MXN|CAD|AUD|NZD|EUR|ARS|CLP|COP|HKD|SGD|BRL)\b)?"
_PER = (
    r"(?:\s?/\s?(?:month|mo|year|yr|night|person|pers|hour|Monat|Jahr|Nacht|mois|an|nuit|mes|año|mese|anno|mês|ano|maand|jaar|"
    r"månad|år|md|mdr|mies|kk|day|Tag|jour|día|kg|St|pp)\b|"
    r"/(?:\d{1,3}\s?)?[^\W\d_]{1,9}[²³2]?(?!\w)|"
    r"\s(?:per|a|pro|par|al|por|je|na|za|each|p\.?p\.?|i)\s?(?:month|year|night|person|head|hour|day|ticket|week|Monat|Jahr|"
    r"Nacht|Person|Tag|Woche|Stück|mois|an|nuit|personne|jour|semaine|mes|año|noche|persona|día|mese|anno|notte|giorno|"
    r"mês|ano|noite|pessoa|maand|jaar|nacht|persoon|dag|week|månad|person|måned|miesiąc|osobę|měsíc|osobu)\b|"
    r"\s(?:pp|p\.p\.|each|pro Person|mensuel(?:le)?s?|mensuales)(?![\w]))?"
)
_PRICE = re.compile(
    rf"(?<![^\W{UNSPACED}])(?<!\d[.,]){_FROM}(?:(?:{CURRENCY})\s?(?:{_AMOUNT})(?:\s*[-–]\s*(?:{CURRENCY})?\s?(?:{_AMOUNT}))?{_CODE}"
    rf"|(?:{_AMOUNT})(?:\s*[-–]\s*(?:{_AMOUNT}))?\s?(?:{CURRENCY})(?![^\W\d_])\.?){_PER}",
    re.I,
)
_GOES_ON = re.compile(r"[^\W\d_]\.(?:\s*[,;)、，]|\s+[^\W\d_A-ZÀ-ÞА-Я])")
"""The point of "kr." before a comma or a small letter; elsewhere it ends the sentence."""
_UNCLEAR = (
    "may",
    "march",
    "mar",
    "sat",
    "sun",
    "wed",
    "jan",
    "mai",
    "mars",
    "mayo",
    "mei",
    "set",
    "ago",
    "maja",
    "lis",
)
"""Months and days that are other words, too: they count with a capital or behind a day."""
_KINDS = ("date", "price", "url")
_GOES_ON_BEHIND = re.compile(r"[ \t\u00a0]*[^\s.,;:|!?()/\n\r-]")
_MOST = 12  # of a kind: what is looked at


class Typed(NamedTuple):
    """A date, a price or an address, and where it stands."""

    kind: str
    start: int
    end: int


@lru_cache(maxsize=4)  # asked for at every label of an instruction
def typed_values(told: Instruction) -> tuple[Typed, ...]:
    """Every date with a day, every price and every address outside of quotations, in order."""
    addresses = [Typed("url", start, end) for start, end in web_addresses(told.text)[:_MOST]]
    prices = [Typed("price", *span) for span in _prices(told.text)]
    found = [*addresses]
    for value in [*prices, *(Typed("date", *span) for span in _dates(told))]:
        if not any(value.start < other.end and other.start < value.end for other in found):
            found.append(value)
    return tuple(sorted(found, key=lambda value: value.start))


def typed_end(told: Instruction, part: str, start: int, end: int) -> int | None:
    """Where the date, price or address ends with which the words behind a label begin; None where none does."""
    for value in typed_values(told):
        if value.kind == part and start <= value.start < end and len(told.text[start : value.start].split()) <= 1:
            return min(value.end, end)
    return None


def is_named_fact(told: Instruction, start: int, values: tuple[Typed, ...]) -> bool:
    """Whether the clause at `start` is nothing but a date, price or address behind its name: "Price from $49.90"."""
    place = start + len(told.text[start : start + 8]) - len(told.text[start : start + 8].lstrip())
    place = max([place, *(hit.end + 1 for hit in told.within(place, place + 1, "the"))])
    names = {hit.value: hit.end for hit in told.within(place, place + 1, "part") if hit.value in _KINDS}
    if not names:
        return False
    for value in values:
        named = names.get(value.kind)
        if named is not None and named <= value.start and len(told.text[named : value.start].split()) <= 1:
            return not _GOES_ON_BEHIND.match(told.text, value.end)
    return False


def _prices(text: str) -> Iterator[tuple[int, int]]:
    for match, _ in zip(_PRICE.finditer(text), range(_MOST), strict=False):
        end = match.end()
        if match.group().endswith(".") and not _GOES_ON.match(text, end - 2):
            end -= 1
        yield match.start(), end


def _dates(told: Instruction) -> Iterator[tuple[int, int]]:
    for pattern in (_EASTERN, _NUMERIC):
        for match, _ in zip(pattern.finditer(told.text), range(_MOST), strict=False):
            yield match.start(), match.end()
    reached = 0
    for hit in told.within(0, len(told.text), "when")[: 3 * _MOST]:
        if hit.start < reached or (span := _date(told, hit)) is None:
            continue
        reached = span[1]
        yield span


def _date(told: Instruction, hit: Hit) -> tuple[int, int] | None:
    """The date around a month's or a day's name, with the names and figures that belong to it."""
    text = told.text
    before = _BEFORE.search(text, max(0, hit.start - 32), hit.start)
    if before and before.group()[:1].isdigit() and text[before.start() - 1 : before.start()].strip(" \u00a0(,:"):
        before = _PLAIN_BEFORE.search(text, max(0, hit.start - 16), hit.start)
    first = before.start() if before else hit.start
    word = text[hit.start : hit.end]
    if not before and word.islower() and word in _UNCLEAR:
        return None
    after = _AFTER.match(text, hit.end)
    last = after.end() if after else hit.end
    # "Sunday 17 May", "Sunday, 17 May at 10:00": names go on into each other
    following = next((other for other in told.within(last, last + 10, "when") if other.start > hit.start), None)
    if following and re.fullmatch(
        r"\.?,?\s*(?:(?:the|den|el|le|il)\s+)?(?:\d{1,2}(?:st|nd|rd|th|er|re|º|ª)?\.?)?(?:\s+(?:de|of))?\s*",
        text[last : following.start],
    ):
        after = _AFTER.match(text, following.end)
        last = after.end() if after else following.end
    return (first, last) if any(c.isdigit() for c in text[first:last]) else None
