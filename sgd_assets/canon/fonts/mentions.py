"""Known families that a text on type gives a part to: 'Lato is for headings', 'gesetzt in der Futura'.

A family that the trade knows needs no word that calls it a font, only a text that speaks of type and a clause that
gives it a part: a verb of use before it, a use behind it, a word for fonts beside it, or company of one with a part.
What must not live here: names outside the trade's list (`fonts/statements.py`), labels and lists (`fonts/labels.py`).
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from sgd_assets.canon.fonts import patterns as font_patterns
from sgd_assets.canon.fonts.lists import names_type
from sgd_assets.canon.fonts.names import STYLE_WORDS, family_of, known_families_in
from sgd_assets.canon.fonts.quotes import FontStatement, sentences, stands_in, without_other
from sgd_assets.canon.reading.sections import PlacedBlock

_REACH = 80  # characters of the same clause before a name
_AFTER = 140  # 'is used for' and its object may stand behind a subordinate clause
_JOINED = re.compile(
    r"(?i)(?:\s\([^()]{0,60}\))?[\W_]*(?:,|\bor\b|\band\b|&|/|\boder\b|\bund\b|\bet\b|\bou\b|\by\b|\be\b|\ben\b|\bof\b)[\W_]*"
)
_CLAUSE_START = re.compile(r"[;,(]| (?:and|but|und|aber|et|mais|y|pero|ed?|ma|mas|en|maar) ")
_FOR = re.compile(r"(?i)[\W_]*\s(?:for|as|für|als|pour|para|per|voor)\s")
_MARKS = " \t\n\"'“”„`*_-•"
_CONDITION = re.compile(r"(?i)^\W*(?:if|when|where|falls|wenn|sofern|si|se|als|quando|cuando|lorsque)\b")


def mentions(item: PlacedBlock, *, is_on_type: bool) -> Iterator[FontStatement]:
    """Statements of known families in running text, in reading order."""
    if item.block.kind not in ("paragraph", "list_item") or "font-family" in item.block.text:
        return
    if is_on_type:
        yield from _opening(item)
    for start, sentence in sentences(item.block.text):
        known = known_families_in(sentence)
        if known and (is_on_type or _speaks_of_type(sentence, known)):
            yield from _with_a_part(item, start, sentence, known, is_on_type=is_on_type)


def _speaks_of_type(sentence: str, known: list[tuple[str, int, int]]) -> bool:
    return (
        font_patterns.SPEAKS_OF_FONTS.search(sentence) is not None
        or _has_style(sentence, known)
        or any(_is_of_kind(sentence, begin) for _, begin, _ in known)
    )


def _is_of_kind(sentence: str, begin: int) -> bool:
    """Whether the kind of type is told in front of a family: 'a geometric sans-serif (Acme Sans)'."""
    before = sentence[max(0, begin - _REACH) : begin]
    return bool(font_patterns.KIND_BEFORE.search(before)) and not font_patterns.SPEAKS_AGAINST.search(before)


def _has_style(sentence: str, known: list[tuple[str, int, int]]) -> bool:
    """Whether a family's style or size is named behind it ('is Acme Sans Bold'): only type has such."""
    return any(
        font_patterns.SIZE_BEHIND.match(sentence, end) is not None
        or (
            (match := re.match(r"[ -]\(?([A-Za-z]+(?:-[a-z]+)?)", sentence[end:])) is not None
            and match[1].lower().replace("-", "") in STYLE_WORDS
        )
        for _, _, end in known
    )


def _with_a_part(
    item: PlacedBlock, start: int, sentence: str, known: list[tuple[str, int, int]], *, is_on_type: bool
) -> Iterator[FontStatement]:
    last = 0
    starts = list(_CLAUSE_START.finditer(sentence))
    for index, (name, begin, end) in enumerate(known):
        clause_start = max((m.end() for m in starts if m.end() <= begin), default=0)
        before = sentence[max(clause_start, begin - _REACH) : begin]
        if (
            font_patterns.SPEAKS_AGAINST.search(before)
            or _is_refused(sentence, begin)
            or font_patterns.REFUSED_BEHIND.match(sentence, end)
        ):
            continue
        has_part = (
            font_patterns.USE_BEFORE.search(before)
            or font_patterns.USE_AFTER.match(sentence[end : end + _AFTER])
            or font_patterns.SIZE_BEHIND.match(sentence, end)
            or font_patterns.WEIGHTS_BEHIND.match(sentence, end)
            or _is_of_kind(sentence, begin)
            or (is_on_type and not before.strip(_MARKS) and _FOR.match(sentence[end : end + _AFTER]))
            or (last and _JOINED.fullmatch(sentence[last:begin]))
        )
        family = family_of(name) if has_part else None
        if family is None:
            continue
        last = end
        rest = re.match(r"[^,;.]*", sentence[end:])
        clause = sentence[clause_start : end + (rest.end() if rest else 0)]
        quote = item.block.text[start + begin : start + end]
        is_fallback = _is_stand_in(sentence, known, index) or stands_in(item)
        yield FontStatement(family, "known_in_section", quote, clause, item, is_fallback)


def _is_refused(sentence: str, begin: int) -> bool:
    """Whether a guide only compares with a family, speaks against it, or tells of one that was used before."""
    before = sentence[max(0, begin - _REACH) : begin]
    return bool(font_patterns.COMPARED.search(before) or font_patterns.REFUSED.search(before))


def _is_stand_in(sentence: str, known: list[tuple[str, int, int]], index: int) -> bool:
    """Whether the clause of a family, or a condition in front of it, makes it a stand-in for another."""
    _, begin, end = known[index]
    bounds = [0, *(m.end() for m in re.finditer(r"[,;]\s", sentence)), len(sentence)]
    clauses = list(pairwise(bounds))
    mine = next((i for i, (first, stop) in enumerate(clauses) if first <= begin < stop), 0)
    first, stop = clauses[mine]
    if mine and _CONDITION.match(sentence[clauses[mine - 1][0] : clauses[mine - 1][1]]):
        first = clauses[mine - 1][0]
    following = clauses[mine + 1] if mine + 1 < len(clauses) else None
    if following and not any(following[0] <= b < following[1] for _, b, _ in known):
        stop = following[1]
    others_end = max((e for _, _, e in known[:index] if e > first), default=first)
    is_shared = bool(_JOINED.fullmatch(sentence[others_end:begin])) if others_end > first else True
    words = sentence[first if is_shared else others_end : max(stop, end)]
    return bool(font_patterns.FALLBACK.search(without_other(words, sentence[begin:end])))


def _opening(item: PlacedBlock) -> Iterator[FontStatement]:
    """Right under a heading on type, 'Avenir Next, designed by ...': a known family opens the block."""
    if not item.path or not names_type(item.path[-1]):
        return
    known = [(name, end) for name, start, end in known_families_in(item.block.text) if start == 0]
    family = family_of(known[0][0]) if known else None
    if family is not None and re.match(r"\s*(?:[,.(:–—-]|$|\bby\b)", item.block.text[known[0][1] :]):
        is_fallback = bool(font_patterns.FALLBACK.search(item.text))
        yield FontStatement(family, "known_in_section", known[0][0], item.block.text, item, is_fallback)
