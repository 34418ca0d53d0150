"""A text as large as its box allows, in balanced lines.

What must not live here: text at a wanted size (`flow.py`).
"""

from dataclasses import dataclass

from sgd_assets.renders.compose.type.lines import Line, Words, words_of
from sgd_assets.renders.compose.type.missing import Faces, missing_glyphs
from sgd_assets.renders.compose.type.set_text import SetText
from sgd_resources.writing.breaks import ADDRESS, HYPHEN, TOKEN, WORD

_WORTH = 1.35
"""A break inside a token must make the text this much larger: "Open-air" stays whole for less."""
_SMALL, _WORTH_HYPHEN = 0.3, 1.6
"""A word is hyphenated where whole it keeps the text below this share of its largest size, and what that must gain."""


@dataclass(frozen=True)
class _Fit:
    size: float
    lines: tuple[Line, ...]


def fit(
    text: str,
    faces: Faces,
    *,
    width: float,
    height: float,
    largest: float,
    smallest: float,
    leading: float,
    tracking_em: float = 0.0,
    max_lines: int = 8,
    language: str | None = None,
) -> SetText:
    """The text as large as the box allows, in the fewest balanced lines that reach that size.

    Breaks between words first, inside tokens and addresses where that gains much, with hyphens only where a long
    word would make it very small. Never cuts: when even `smallest` does not fit the box, the size still falls until it
    does, and the text says that it is too small.

    Args:
        text: at least one word; its line breaks stand.
        faces: the first sets it, the others lend what that lacks.
        width: of the box, in pixels.
        height: of the box, in pixels.
        largest: size in pixels that is not passed.
        smallest: size in pixels that is legible.
        leading: distance of baselines, as a share of the size.
        tracking_em: added between letters of scripts that are tracked.
        max_lines: of text without line breaks of its own.
        language: BCP 47 of the text; guessed where it is not known.
    """
    words = words_of(text, faces, tracking_em, language)
    leading = words.leading(leading)
    room = (width, height, largest, leading)
    best = _largest(words, WORD, max_lines, room)
    for rank in (TOKEN, ADDRESS):
        if rank in words.ranks() and best.size < largest:
            opened = _largest(words, rank, max_lines, room)
            if opened.size > best.size * (_WORTH if best.size >= smallest else 1.0):
                best = opened
    wanted = max(smallest, largest * _SMALL)
    if best.size < wanted and (opened_words := words.hyphenated(width / wanted)) is not words:
        opened = _largest(opened_words, HYPHEN, max_lines, room)
        best = opened if opened.size > best.size * (_WORTH_HYPHEN if best.size >= smallest else 1.0) else best
    return set_text(words, text, best.lines, best.size, leading, is_too_small=best.size < smallest - 0.01)


def set_text(
    words: Words,
    text: str,
    lines: tuple[Line, ...],
    size: float,
    leading: float,
    *,
    is_too_small: bool,
) -> SetText:
    """Lines as a `SetText`."""
    rise, drop = words.reach_em
    return SetText(
        lines=tuple(line.text for line in lines),
        size_px=size,
        leading=leading,
        tracking_em=words.tracking_em,
        faces=words.faces,
        width_px=max(words.width_em(line) for line in lines) * size,
        missing=missing_glyphs(text, words.faces),
        levels=() if words.is_plain else tuple(line.levels for line in lines),
        direction="rtl" if words.is_rtl else "ltr",
        is_too_small=is_too_small,
        rise_em=rise,
        drop_em=drop,
        language=words.language,
    )


def _largest(words: Words, rank: int, max_lines: int, room: tuple[float, float, float, float]) -> _Fit:
    width, height, largest, leading = room
    rise, drop = words.reach_em
    above = rise if rise is not None else words.faces[0].metrics.cap_height_em
    best: _Fit | None = None
    least = len(words.paragraphs)
    for count in range(least, max(max_lines, least) + 1):
        lines = words.balanced(rank, count)
        if len(lines) != count:
            continue
        widest = max(words.width_em(line) for line in lines)
        size = min(width / max(widest, 1e-6), height / (above + drop + (len(lines) - 1) * leading), largest)
        # One more line must earn its place, or short headlines break for a hair's breadth.
        if best is None or size > best.size * (1.06 if count <= 3 else 1.14):
            best = _Fit(size, lines)
    assert best is not None, "text has at least one word"
    return best
