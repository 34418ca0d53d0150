"""Sets text in a box: line breaks, sizes, glyph fallback, outlines. All measures come from the shaped font itself.

What must not live here: where a text stands and in which colour (`layouts.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sgd_resources.ports import FontFace

Faces = tuple[FontFace, ...]


@dataclass(frozen=True)
class SetText:
    """Text broken into lines at a size in pixels."""

    lines: tuple[str, ...]
    size_px: float
    leading: float
    tracking_em: float
    faces: Faces
    width_px: float
    missing: tuple[str, ...]

    @property
    def cap_px(self) -> float:
        """Height of capitals: the visible top of the first line above its baseline."""
        return self.faces[0].metrics.cap_height_em * self.size_px

    @property
    def height_px(self) -> float:
        """From the top of the first line's capitals to the bottom of the last line's descenders."""
        return self.cap_px + (len(self.lines) - 1) * self.leading * self.size_px + 0.22 * self.size_px

    def svg(self, x: float, top: float, hex_value: str, *, anchor: str = "start") -> str:
        """Outlines, the first line's capitals touching `top`; x is their left, centre (middle) or right (end)."""
        parts = []
        baseline = top + self.cap_px
        for line in self.lines:
            share = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
            left = x - share * line_width(line, self.faces, self.size_px, self.tracking_em)
            for face, run in runs(line, self.faces):
                shaped = face.shape(run, tracking_em=self.tracking_em)
                scale = self.size_px / face.metrics.units_per_em
                if shaped.path:
                    parts.append(
                        f'<path transform="translate({left:.2f} {baseline:.2f}) scale({scale:.6f} {-scale:.6f})" '
                        f'd="{shaped.path}"/>'
                    )
                left += (shaped.advance_em + self.tracking_em) * self.size_px
            baseline += self.leading * self.size_px
        return f'<g fill="{hex_value}">{"".join(parts)}</g>'


def runs(line: str, faces: Faces) -> list[tuple[FontFace, str]]:
    """The line cut into runs, each with the first face that has all its glyphs; what none has stays with the first."""
    if not faces[0].missing(line):
        return [(faces[0], line)]
    cut: list[tuple[FontFace, str]] = []
    for character in line:
        face = next((face for face in faces if not face.missing(character)), faces[0])
        if cut and (cut[-1][0] is face or character.isspace()):
            cut[-1] = (cut[-1][0], cut[-1][1] + character)
        else:
            cut.append((face, character))
    return cut


def missing_glyphs(text: str, faces: Faces) -> tuple[str, ...]:
    """Characters that no face can draw."""
    lacking = faces[0].missing(text)
    for face in faces[1:]:
        lacking = tuple(character for character in lacking if face.missing(character))
    return lacking


def line_width(line: str, faces: Faces, size_px: float, tracking_em: float) -> float:
    """Width of a set line in pixels."""
    total = sum(face.advance_em(run) + tracking_em * len(run) for face, run in runs(line, faces))
    return (total - tracking_em) * size_px


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
) -> SetText:
    """The text as large as the box allows, in the fewest balanced lines that reach that size.

    Never cuts or hyphenates. When even `smallest` does not fit the box, the size still falls until it does, and the
    critique says that it is too small.
    """
    paragraphs = [paragraph.split() for paragraph in text.splitlines() if paragraph.strip()]
    best: tuple[float, tuple[str, ...]] | None = None
    for count in range(len(paragraphs), max(max_lines, len(paragraphs)) + 1):
        lines = _balanced(paragraphs, faces, tracking_em, count)
        if len(lines) != count:
            continue
        widest = max(line_width(line, faces, 1.0, tracking_em) for line in lines)
        cap = faces[0].metrics.cap_height_em
        size = min(width / max(widest, 1e-6), height / (cap + 0.22 + (len(lines) - 1) * leading), largest)
        # One more line must earn its place, or short headlines break for a hair's breadth.
        if best is None or size > best[0] * (1.06 if count <= 3 else 1.14):
            best = (size, lines)
    assert best is not None, "text has at least one word"
    size, lines = best
    size = max(size, min(smallest, size))
    widest = max(line_width(line, faces, size, tracking_em) for line in lines)
    return SetText(lines, size, leading, tracking_em, faces, widest, missing_glyphs(text, faces))


def flow(
    text: str,
    faces: Faces,
    *,
    width: float,
    height: float,
    size: float,
    smallest: float,
    leading: float,
    tracking_em: float = 0.0,
) -> SetText:
    """The text at a wanted size, broken greedily; smaller in steps when the box is too low or a word too wide."""
    paragraphs = [paragraph.split() for paragraph in text.splitlines() if paragraph.strip()]
    current = size
    measured = [_measured(words, faces, tracking_em) for words in paragraphs]
    space = _space_em(faces, tracking_em)
    while True:
        lines = tuple(line for words in measured for line in _greedy(words, space, width / current))
        widest = max(line_width(line, faces, current, tracking_em) for line in lines)
        made = SetText(lines, current, leading, tracking_em, faces, widest, missing_glyphs(text, faces))
        if (widest <= width + 0.01 and made.height_px <= height + 0.01) or current < 3:
            return _without_widow(made, paragraphs, width)
        current = current * 0.96 if current * 0.96 >= smallest or current <= smallest else smallest


def _without_widow(made: SetText, paragraphs: Sequence[Sequence[str]], width: float) -> SetText:
    """The same number of lines, evened out, so that no line holds a single word where it need not."""
    lines = _balanced(paragraphs, made.faces, made.tracking_em, len(made.lines))
    if len(lines) != len(made.lines) or len(paragraphs) != 1:
        return made
    widest = max(line_width(line, made.faces, made.size_px, made.tracking_em) for line in lines)
    if widest > width:
        return made
    return SetText(lines, made.size_px, made.leading, made.tracking_em, made.faces, widest, made.missing)


def _balanced(paragraphs: Sequence[Sequence[str]], faces: Faces, tracking_em: float, count: int) -> tuple[str, ...]:
    """Lines of the least widest width that break into at most `count` lines."""
    measured = [_measured(words, faces, tracking_em) for words in paragraphs]
    space = _space_em(faces, tracking_em)
    widths = [wide for words in measured for _, wide in words]
    low = max(widths)
    high = sum(widths) + 0.4 * len(widths)

    def broken(width_em: float) -> list[str]:
        return [line for words in measured for line in _greedy(words, space, width_em)]

    for _ in range(12):
        middle = (low + high) / 2
        if len(broken(middle)) <= count:
            high = middle
        else:
            low = middle
    return tuple(broken(high))


def _measured(words: Sequence[str], faces: Faces, tracking_em: float) -> list[tuple[str, float]]:
    """Each word with its width in em: measured once, however often the text is broken."""
    return [(word, line_width(word, faces, 1.0, tracking_em)) for word in words]


def _space_em(faces: Faces, tracking_em: float) -> float:
    return line_width("n n", faces, 1.0, tracking_em) - line_width("nn", faces, 1.0, tracking_em)


def _greedy(words: Sequence[tuple[str, float]], space_em: float, width_em: float) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for word, wide in words:
        if line and used + space_em + wide > width_em + 1e-9:
            lines.append(line)
            line, used = word, wide
        else:
            line, used = (f"{line} {word}", used + space_em + wide) if line else (word, wide)
    return [*lines, line]
