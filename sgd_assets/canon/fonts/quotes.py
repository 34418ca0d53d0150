"""One family with the words that state it, and how those words are cut: names, sentences, stand-ins.

What must not live here: which words state a font (`fonts/patterns.py` and its readers).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sgd_assets.canon.fonts import patterns as font_patterns
from sgd_assets.canon.fonts.names import STYLE_WORDS, family_of, is_known, known_families_in
from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.words import topics

LONGEST_SENTENCE = 2_000  # bounds every pattern on text without a full stop
_NO_NAME_OPENS = re.compile(r"(?i)^(?:logo|page|section|please|note|figure|if|when|while|however|also)\b")


@dataclass(frozen=True)
class FontStatement:
    """One family, where it is said, and the words that tell its role."""

    family: str
    method: str
    quote: str
    words: str
    placed: PlacedBlock
    is_fallback: bool = False


def stated(item: PlacedBlock, raw: str, method: str, sentence: str, quote: str) -> Iterator[FontStatement]:
    """The statement of a written name, or nothing when it is no name of a family."""
    family = family_of(trimmed(raw))
    if family is None or (not is_known(family) and _NO_NAME_OPENS.search(family)):
        return
    said = _about_the_first(sentence, raw) if method in ("font_label", "font_is_name", "name_is_font") else sentence
    is_fallback = bool(font_patterns.FALLBACK.search(without_other(said, raw))) and not re.search(
        rf"(?i)\bprimary\b[^.]*{re.escape(family)}", sentence
    )
    is_fallback = is_fallback or (method == "font_label" and stands_in(item))
    yield FontStatement(cased(family, sentence.strip()), method, quote, sentence, item, is_fallback)


def without_other(words: str, name: str) -> str:
    """Words without what they say, behind a name, of the stand-in for it."""
    end = words.find(name) + len(name)
    return words[:end] + font_patterns.OTHER_STANDS_IN.split(words[end:], maxsplit=1)[0]


def stands_in(item: PlacedBlock) -> bool:
    """Whether a block stands under a heading for stand-ins: the innermost heading that speaks of type decides."""
    own = (item.text,) if item.block.kind == "heading" else ()
    for heading in reversed((*item.path, *own)):
        if font_patterns.FALLBACK.search(heading):
            return True
        if topics.TYPOGRAPHY.search(heading):
            return False
    return False


def _about_the_first(sentence: str, raw: str) -> str:
    """Up to the comma behind a name: 'Typeface: X, alternative Y if X is not available' makes Y the stand-in."""
    end = sentence.find(raw) + len(raw)
    return sentence[:end] + re.split(r"[,;(]", sentence[end:], maxsplit=1)[0]


def cased(family: str, line: str) -> str:
    """A name printed in capitals only because its whole line is gets a capital and small letters."""
    is_shouted = family.isupper() and line.isupper() and len(family) > 4 and len(line.split()) > len(family.split())
    return family.title() if is_shouted else family


def trimmed(raw: str) -> str:
    """A captured name, cut where a known family or its line ends inside it."""
    if "\n" in raw and not is_known(" ".join(raw.split())):
        raw = raw.split("\n", maxsplit=1)[0].strip()
    known = [name for name, start, _ in known_families_in(raw) if start == 0]
    rest = raw[len(known[0]) :].strip().lower().split() if known else []
    if known and rest and (rest[0] in STYLE_WORDS or rest[0].isdigit()):
        return known[0]
    return raw


def one_line(quote: str) -> str:
    """A quoted name without the next line that a name cannot run into."""
    return quote if is_known(" ".join(quote.split())) else quote.split("\n", maxsplit=1)[0]


def whole_family(text: str, begin: int, end: int) -> int:
    """Where a captured name ends: further on when a known family goes on in small letters ('Ubuntu mono')."""
    known = [stop for _, start, stop in known_families_in(text[begin : begin + 80]) if start == 0]
    return max(end, begin + known[0]) if known else end


def semicolon_part(sentence: str, begin: int, end: int) -> str:
    """The part of a sentence, between semicolons, that holds a name."""
    stop = sentence.find(";", end)
    return sentence[sentence.rfind(";", 0, begin) + 1 : stop if stop >= 0 else len(sentence)]


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """(offset, sentence); a line break inside a sentence stays, so that offsets hold. What never ends is cut."""
    start = 0
    ends = [(m.start(), m.end()) for m in re.finditer(r"(?<=[.!?])\s+(?=[A-Z\"'“(])|\n{2,}", text)]
    for stop, begin in (*ends, (len(text), len(text))):
        for cut in range(start, max(stop, start + 1), LONGEST_SENTENCE):
            yield cut, text[cut : min(stop, cut + LONGEST_SENTENCE)]
        start = begin
