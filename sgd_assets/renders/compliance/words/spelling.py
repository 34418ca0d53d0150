"""How near words that were read are to words that were wanted: folded alike, then counted letter by letter.

Readers of pixels confuse what looks alike and lose spaces; both are folded away before anything is counted. What must
not live here: which distance is too much.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_ALIKE = str.maketrans({
    "0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "5": "s", "8": "b", "$": "s", "€": "e", "ı": "l", "j": "l",
})  # fmt: skip
_MOST_LINES, _SLACK = 12, 6
_LEAST_PART, _PART_FAULTS = 5, 0.26
_NOT_READ = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Letters and digits alone, without case, accents and marks that readers lose."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return _NOT_READ.sub("", "".join(letter for letter in decomposed if not unicodedata.combining(letter)))


def look(text: str) -> str:
    """Plain letters, those that look alike made one."""
    return text.translate(_ALIKE).replace("rn", "m").replace("vv", "w").replace("cl", "d")


def distance(first: str, second: str) -> int:
    """Least number of letters to change, add, leave out or swap with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def best_reading(wanted: str, read: Sequence[str], *, may_join: bool = False, beside: str = "") -> tuple[str, int]:
    """(the reading nearest to the wanted words, letters that differ); ("", all letters) where nothing was read.

    Args:
        wanted: plain.
        read: plain, in the order of reading.
        may_join: lines may be one text that was broken; other columns may stand between them.
        beside: every other text, plain: a line that was read across two columns holds some of it, too.
    """
    tried = [line for line in read if line]
    if may_join:
        tried += [_joined(wanted, tried), *_runs(wanted, tried)]
    best, least = "", len(wanted)
    for line in dict.fromkeys(tried):
        if _holds(look(line), look(wanted), look(beside)):
            return wanted, 0
        found = distance(look(wanted), look(line))
        if found < least:
            best, least = line, found
    return best, least


def _holds(line: str, wanted: str, beside: str) -> bool:
    """Whether a line is the wanted words, with nothing before and behind but other texts."""
    if not wanted or wanted not in line:
        return False
    before, _, behind = line.partition(wanted)
    return before in beside and behind in beside


def _runs(wanted: str, read: Sequence[str]) -> Iterator[str]:
    """Lines that follow each other, joined, as long as they may be the wanted words."""
    for start in range(len(read)):
        joined = read[start]
        for line in read[start + 1 : start + _MOST_LINES]:
            joined += line
            if len(joined) > len(wanted) + _SLACK:
                break
            if len(joined) >= len(wanted) - _SLACK:
                yield joined


def _joined(wanted: str, read: Sequence[str]) -> str:
    """Every line that is a part of the wanted words, in the order in which they come there."""
    parts = [(place, line) for line in read if (place := _place(look(line), look(wanted))) is not None]
    return "".join(line for _, line in sorted(parts, key=lambda part: part[0]))


def _place(part: str, whole: str) -> int | None:
    """Where a part that was read, a fault or two aside, ends in the whole; None where it is none."""
    if (at := whole.find(part)) >= 0:
        return at + len(part)
    if len(part) < _LEAST_PART:
        return None
    # Sellers' algorithm: the distance to any stretch of the whole, by where that ends.
    row = [0] * (len(whole) + 1)
    for letter in part:
        before, row = row, [row[0] + 1]
        for at, other in enumerate(whole, 1):
            row.append(min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != other)))
    least = min(row)
    return row.index(least) if least <= _PART_FAULTS * len(part) else None
