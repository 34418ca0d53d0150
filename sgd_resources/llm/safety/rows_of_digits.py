"""Numbers of cards and accounts within rows of signs: other numbers before and behind one are no part of it.

A row is read as its groups: `4111 1111 1111 1111 12/27` is a card and a month. What must not live here: replacing what
was found (`redaction.py`), or numbers by which a state names a person (`national_ids.py`).

Source: ISO/IEC 7812 (13 to 19 digits, Luhn; the first digits say whose card it is), ISO 13616 (IBAN, modulo 97).
"""

import itertools
import re
from collections.abc import Iterator, Sequence

_ANY_GROUPS = re.compile(r"(?<![\d.-])\d(?:[ -]?\d){12,18}(?![\d-])")
"""A card that stands alone may be written in whatever groups."""
_ROW = re.compile("\\d(?:[ \u00a0\u202f.\u2010-\u2013-]?\\d){12,}")
"""Between two groups stands one sign, as people write it: blanks, points, dashes."""
_GROUP = re.compile(r"\d+")
_FORMS = {
    (4, 4, 4, 4): r"[4-6]|35|2[2-7]",
    (8, 8): r"[4-6]|35|2[2-7]",
    (16,): r"[4-6]|35|2[2-7]",
    (4, 6, 5): "3[47]",
    (15,): "3[47]",
    (4, 6, 4): "3[0689]",
    (14,): "3[0689]",
    (4, 4, 4, 4, 3): "[46]",
    (6, 13): "6",
    (19,): "[46]",
}
"""Lengths of the groups that cards are written in, and how a card of so many digits begins: without that one row of
numbers in ten would pass for a card."""
_ISSUED = {lengths: re.compile(begin) for lengths, begin in _FORMS.items()}
_MOST_GROUPS = max(map(len, _FORMS))
_FRACTION = re.compile(r"(?:^|[\W\d_])\.$")
_GOES_ON = re.compile(r"\w|\.\d")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,4})?(?![A-Za-z0-9])")
_IBAN_DIGITS = range(15, 35)
_CARD_DIGITS = range(13, 20)
Span = tuple[int, int]


def cards(text: str) -> Iterator[Span]:
    """Where cards stand, from left to right; no two overlap."""
    at = 0
    for row in _ANY_GROUPS.finditer(text):
        if _is_luhn(_digits(row[0])):
            yield from _in_rows(text, at, row.start())
            yield row.span()
            at = row.end()
    yield from _in_rows(text, at, len(text))


def ibans(text: str) -> Iterator[Span]:
    """Where numbers of accounts stand, from left to right; no two overlap."""
    at = 0
    while (row := _IBAN.search(text, at)) is not None:
        end = next((end for end in _ends(row) if _is_iban(text[row.start() : end])), None)
        if end is not None:
            yield row.start(), end
        # A word of two letters and two digits may stand before one.
        at = row.start() + 1 if end is None else end


def _in_rows(text: str, start: int, end: int) -> Iterator[Span]:
    """Cards with other numbers before and behind them."""
    for row in _ROW.finditer(text, start, end):
        groups = [found.span() for found in _GROUP.finditer(text, *row.span())]
        at = 0
        while at < len(groups):
            most = min(_MOST_GROUPS, len(groups) - at)
            taken = next((n for n in range(most, 0, -1) if _is_card(text, groups[at : at + n])), 0)
            if taken:
                yield groups[at][0], groups[at + taken - 1][1]
            at += taken or 1


def _is_card(text: str, groups: Sequence[Span]) -> bool:
    begin = _ISSUED.get(tuple(end - start for start, end in groups))
    if begin is None:
        return False
    start, end = groups[0][0], groups[-1][1]
    gaps = {text[one[1] : other[0]] for one, other in itertools.pairwise(groups)}
    digits = "".join(text[one:other] for one, other in groups)
    is_apart = not _FRACTION.search(text[max(0, start - 2) : start]) and not _GOES_ON.match(text[end : end + 2])
    return is_apart and len(gaps) <= 1 and begin.match(digits) is not None and _is_luhn(digits)


def _is_luhn(text: str) -> bool:
    digits = [int(sign) for sign in text]
    if len(digits) not in _CARD_DIGITS or len(set(digits)) == 1:
        return False
    doubled = [digit * 2 - 9 * (digit > 4) if at % 2 else digit for at, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _ends(row: re.Match[str]) -> Iterator[int]:
    """Where the number may end: at the end of the row, or before a blank of it; the farthest first."""
    yield row.end()
    yield from reversed([row.start() + at for at, sign in enumerate(row[0]) if sign == " "])


def _is_iban(text: str) -> bool:
    plain = text.replace(" ", "")
    if len(plain) not in _IBAN_DIGITS:
        return False
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
