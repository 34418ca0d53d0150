"""Where a paragraph may be broken into lines: UAX 14 by ICU, strict rules of Japanese, Thai by dictionary, addresses.

Breaks have ranks, since not every one that is allowed is as good: after words; inside a token; inside an address; by
hyphenation. What must not live here: which breaks are used (`sgd_assets/renders/compose/type`).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from icu4py.breakers import CharacterBreaker, LineBreaker

from sgd_resources.writing.clean import is_blank
from sgd_resources.writing.hyphens import hyphen_points
from sgd_resources.writing.number_spaces import spaces_of_numbers, spaces_of_phones
from sgd_resources.writing.scripts import HANGUL, SPACELESS, script_of

WORD, TOKEN, ADDRESS, HYPHEN = 0, 1, 2, 3
"""Ranks, best first: between words (in Japanese phrases); where UAX 14 allows it inside one, and at the slashes of an
address; at other signs of an address; with a hyphen."""

_LINES = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\t \u1680\u2000-\u2006\u2008-\u200a\u205f]+")
"""Spaces that may be any number and end a line; not the no-break ones, nor the ideographic one."""
_HINTS = re.compile("[\u00ad\u200b]")
_SOFT_HYPHEN = "\u00ad"
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+|\S+@\S+\.\S+|[\w-]+(?:\.[\w-]+)+/\S*|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b|\S*_\S*",
    re.I,
)
_EXACT = re.compile(
    r"(?<!\S)\S*@\S+|(?<![\w&])[#\uff03]\w[\w.-]*|(?<!\S)\S*\\\S+|(?<!\S)[~.]*/\S+|"
    r"(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:[a-z][a-z\d]+|[^\W\d_]{2,})\b",
    re.I,
)
"""What else a reader copies sign by sign: handles, hashtags, names of files and hosts in any script, paths."""
_LETTERS = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")
_IN_ADDRESS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"(?<=/)(?=[^/])"), TOKEN),
    (re.compile(r"(?<=[?&#=_@-])(?=\w)|(?<=\w)(?=\.\w)"), ADDRESS),
)


@dataclass(frozen=True)
class Break:
    """A place where a line may end: before the character at `offset`."""

    offset: int
    rank: int
    has_hyphen: bool = False
    """A hyphen is set where the line ends here."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph without needless spaces, and where it may be broken, ascending, its end included."""

    text: str
    breaks: tuple[Break, ...]


@lru_cache(maxsize=512)
def paragraphs_of(text: str, language: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text in a language, those left out that show nothing. Explicit line ends part them."""
    return tuple(_paragraph(line, language) for line in _LINES.split(text) if not is_blank(line))


def hyphenated(paragraph: Paragraph, word: str, language: str) -> Paragraph:
    """The paragraph with the hyphenation points of each place where a word stands.

    None within an address, a hashtag, a code of letters and digits or the like: there a hyphen reads as one of its own.
    """
    found = {place.offset: place for place in paragraph.breaks}
    exact = _exact_spans(paragraph.text)
    for match in re.finditer(re.escape(word), paragraph.text):
        for part in _LETTERS.finditer(paragraph.text, *match.span()):
            if any(first < part.end() and part.start() < last for first, last in exact):
                continue
            for point in hyphen_points(part[0], language):
                offset = part.start() + point
                found.setdefault(offset, Break(offset, HYPHEN, has_hyphen=True))
    return Paragraph(paragraph.text, tuple(found[offset] for offset in sorted(found)))


@lru_cache(maxsize=64)
def _exact_spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for pattern in (_ADDRESS, _EXACT) for match in pattern.finditer(text))


def _paragraph(line: str, language: str) -> Paragraph:
    raw = _SPACES.sub(" ", line).strip(" ")
    found: dict[int, Break] = {}
    spans = [match.span() for match in _ADDRESS.finditer(raw)]
    phrases = _phrase_ends(raw, language)
    kept, phones = spaces_of_numbers(raw, language), spaces_of_phones(raw)
    for end in _ends(raw, f"{language.replace('-', '_')}@lb=strict"):
        if end - 1 not in kept and not any(first < end < last for first, last in spans):
            rank = ADDRESS if end - 1 in phones else _rank(raw, end, phrases)
            found[end] = Break(end, rank, has_hyphen=raw[end - 1] == _SOFT_HYPHEN)
    for first, last in spans:
        for pattern, rank in _IN_ADDRESS:
            for match in pattern.finditer(raw, first, last):
                if first < match.start() < last and not _is_in_number(raw, match.start()):
                    found.setdefault(match.start(), Break(match.start(), rank))
    return _without_hints(raw, [found[end] for end in sorted(found)])


def _ends(raw: str, locale: str) -> list[int]:
    """Where ICU lets a line end. Counted by its pieces: its own offsets are those of UTF-16."""
    return list(accumulate(len(piece) for piece in LineBreaker(raw, locale)))


def _phrase_ends(raw: str, language: str) -> frozenset[int] | None:
    """Where a phrase ends, in the languages whose phrases ICU knows (Japanese and Korean); None in others."""
    if language not in ("ja", "ko"):
        return None
    return frozenset(_ends(raw, f"{language}@lb=strict;lw=phrase"))


def _rank(raw: str, end: int, phrases: frozenset[int] | None) -> int:
    if end == len(raw) or raw[end - 1] in " \u200b":
        return WORD
    if raw[end - 1] == _SOFT_HYPHEN:
        return ADDRESS
    beside = (raw[end - 1], raw[end])
    if not any(_is_spaceless(character) for character in beside):
        return TOKEN
    return WORD if phrases is None or end in phrases else TOKEN


def _is_spaceless(character: str) -> bool:
    script = script_of(character)
    return script in SPACELESS or script == HANGUL or unicodedata.east_asian_width(character) in "WF"


def _is_in_number(raw: str, offset: int) -> bool:
    """Whether a break would part the digits of a number, a date or a time."""
    before, after = raw[max(offset - 2, 0) : offset], raw[offset : offset + 2]
    return bool(re.search(r"\d[.,:/-]?\Z", before) and re.match(r"[.,:/-]?\d", after))


def _without_hints(raw: str, breaks: list[Break]) -> Paragraph:
    """The paragraph as it is set: zero-width spaces and soft hyphens only mark breaks."""
    if not _HINTS.search(raw):
        return Paragraph(raw, tuple(breaks))
    kept = [0]
    for character in raw:
        kept.append(kept[-1] + (character not in "\u00ad\u200b"))
    moved = {kept[one.offset]: Break(kept[one.offset], one.rank, one.has_hyphen) for one in breaks if kept[one.offset]}
    return Paragraph(_HINTS.sub("", raw), tuple(moved[offset] for offset in sorted(moved)))


@lru_cache(maxsize=2048)
def clusters_of(line: str) -> tuple[str, ...]:
    """What a reader takes for one character each (UAX 29): a letter with its marks, a syllable, a joined pictograph."""
    return tuple(CharacterBreaker(line, "en"))
