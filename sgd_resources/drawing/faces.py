"""Font files as faces: the open ones from wheels and those given as bytes, measured and shaped by HarfBuzz.

Runs in the confined child only: it opens and shapes what strangers sent. System fonts are never used, so that the same
text is the same outlines on every machine. What must not live here: which open families there are (`font_shelf.py`), or
which family a brand gets (`sgd_assets/renders/compose/typefaces.py`).
"""

import hashlib
import io
import struct
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import Any

import uharfbuzz as hb
from fontTools.ttLib import TTFont, TTLibError

from sgd_resources.errors import ValidationFailed
from sgd_resources.font_shelf import FontShelf, family_key
from sgd_resources.ports import FontFace, FontFileFacts, FontMetrics, Glyph, ShapedText, Shaping
from sgd_resources.writing.scripts import COMMON, is_unwritten, script_of

_MAX_FONT_BYTES = 20_000_000  # room for a CJK font of one language
_FACE_CACHE = 64  # faces of a few brands; bounds a warm worker's memory
_MAX_LINE_POINTS = 300_000
"""Of one shaped line; all of Latin-1 in an ornate face has 20,000."""
_LEAST_LETTERS = 20
"""A face with fewer characters of a script only borrows some of its signs; the smallest alphabets have 22."""


class WheelFontLibrary(FontShelf):
    """`FontLibrary` over the installed font wheels; reads a font file once and keeps its shaped faces."""

    def __init__(self) -> None:
        super().__init__()
        self._face = lru_cache(maxsize=_FACE_CACHE)(self._open_face)
        self._blob = lru_cache(maxsize=_FACE_CACHE)(lambda path: _sfnt(path.read_bytes()))
        self._loaded: dict[tuple[bytes, int, bool], FontFace] = {}

    def face(self, family: str, *, weight: int, is_italic: bool = False, is_display: bool = False) -> FontFace | None:
        """The nearest weight of an installed family, or None when the family is not installed."""
        key = family_key(family)
        return self._face(key, weight, is_italic, is_display) if self.family(family) is not None else None

    def read(self, data: bytes) -> FontFileFacts:
        """Facts of a TTF, OTF, WOFF or WOFF2 file.

        Raises:
            ValidationFailed: not a font that can be read; another file must be sent.
        """
        font = _open(data)
        try:
            return _facts(font)
        except (KeyError, AttributeError, TTLibError, AssertionError, struct.error) as error:
            raise ValidationFailed("the font file lacks the tables that name it") from error

    def load(self, data: bytes, *, weight: int, is_display: bool = False) -> FontFace:
        """A face of a font file; the weight is applied when the file is variable.

        Raises:
            ValidationFailed: not a font that can be read.
        """
        key = (hashlib.sha256(data).digest(), weight, is_display)
        if key not in self._loaded:
            facts = self.read(data)
            if len(self._loaded) >= _FACE_CACHE:
                self._loaded.clear()
            self._loaded[key] = HarfBuzzFace(
                hb.Face(_sfnt(data)), family=facts.family, weight=weight if facts.is_variable else facts.weight,
                is_italic=facts.is_italic, is_display=is_display,
            )  # fmt: skip
        return self._loaded[key]

    def _open_face(self, key: str, weight: int, is_italic: bool, is_display: bool) -> FontFace:
        family = self.family(key)
        assert family is not None
        file = family.nearest_file(weight, is_italic=is_italic)
        return HarfBuzzFace(
            hb.Face(self._blob(file.path)), family=family.name, weight=weight if file.weight is None else file.weight,
            is_italic=file.is_italic, is_display=is_display,
        )  # fmt: skip


class HarfBuzzFace:
    """A `FontFace` over one HarfBuzz font; glyph outlines and line widths are remembered."""

    def __init__(self, face: Any, *, family: str, weight: int, is_italic: bool, is_display: bool) -> None:
        self.family = family
        self.weight = weight
        self.is_italic = is_italic
        self._font = hb.Font(face)
        self._upem = int(face.upem)
        axes = {axis.tag: axis for axis in face.axis_infos}
        variations: dict[str, float] = {}
        if "wght" in axes:
            variations["wght"] = min(max(float(weight), axes["wght"].min_value), axes["wght"].max_value)
        if "opsz" in axes:
            variations["opsz"] = axes["opsz"].max_value if is_display else max(axes["opsz"].min_value, 14.0)
        if variations:
            self._font.set_variations(variations)
        self.metrics = self._measure()
        self._glyphs: dict[int, tuple[tuple[str, tuple[float, ...]], ...]] = {}
        self._advance = lru_cache(maxsize=4096)(self._shaped_advance)
        self._missing = lru_cache(maxsize=4096)(self._without_glyph)

    def advance_em(self, text: str, shaping: Shaping | None = None) -> float:
        """Width of the shaped line as a share of the em, kerning included."""
        return self._advance(text, shaping)

    def reach_em(self, text: str, shaping: Shaping | None = None) -> tuple[float, float]:
        """How far the ink of the shaped line reaches above and below its baseline, as shares of the em."""
        top = bottom = 0.0
        buffer = self._shaped(text, shaping)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if (extents := self._font.get_glyph_extents(info.codepoint)) is not None:
                top = max(top, extents.y_bearing + position.y_offset)
                bottom = min(bottom, extents.y_bearing + extents.height + position.y_offset)
        return top / self._upem, -bottom / self._upem

    def missing(self, text: str) -> tuple[str, ...]:
        """Characters without a glyph, once each, in order; controls and spaces never count."""
        return self._missing(text)

    def _without_glyph(self, text: str) -> tuple[str, ...]:
        lacking = (c for c in text if _has_shape(c) and not self._font.get_nominal_glyph(ord(c)))
        return tuple(dict.fromkeys(c for c in lacking if not is_unwritten(c)))

    def shape(self, text: str, *, tracking_em: float = 0.0, shaping: Shaping | None = None) -> ShapedText:
        """The line as outlines in font units, `tracking_em` added between glyphs."""
        buffer = self._shaped(text, shaping)
        tracking = tracking_em * self._upem
        pen_x = 0.0
        parts: list[str] = []
        count = len(buffer.glyph_infos)
        points = 0
        for index, (info, position) in enumerate(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)):
            if info.codepoint:
                points += len(self._outline(info.codepoint))
                if points > _MAX_LINE_POINTS:
                    raise ValidationFailed("a line of text has too many points", details={"limit": _MAX_LINE_POINTS})
                self._append(parts, info.codepoint, pen_x + position.x_offset, position.y_offset)
            pen_x += position.x_advance + (tracking if index < count - 1 else 0.0)
        return ShapedText("".join(parts), pen_x / self._upem, self.missing(text))

    def glyphs(self, text: str, shaping: Shaping | None = None) -> tuple[Glyph, ...]:
        """The glyphs of a shaped run, from left to right, each with the characters it stands for."""
        buffer, upem = self._shaped(text, shaping), self._upem
        starts = sorted({info.cluster for info in buffer.glyph_infos})
        ends = dict(pairwise([*starts, len(text)]))
        found, told = [], set[int]()
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            words = "" if info.cluster in told else text[info.cluster : ends[info.cluster]]
            told.add(info.cluster)
            found.append(
                Glyph(
                    info.codepoint, words, position.x_advance / upem,
                    self._font.get_glyph_h_advance(info.codepoint) / upem, position.x_offset / upem,
                    position.y_offset / upem,
                )
            )  # fmt: skip
        return tuple(found)

    def outline(self, glyph_id: int) -> str:
        """SVG path data of one glyph in font units; nothing for the glyph of what a font has not."""
        parts: list[str] = []
        if glyph_id:
            self._append(parts, glyph_id, 0.0, 0.0)
        return "".join(parts)

    def _measure(self) -> FontMetrics:
        cap_height = float(self._font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT))
        return FontMetrics(units_per_em=self._upem, cap_height_em=cap_height / self._upem)

    def _shaped(self, text: str, shaping: Shaping | None) -> Any:
        buffer = hb.Buffer()
        buffer.add_str(text)
        if shaping is not None:
            buffer.direction = "rtl" if shaping.is_rtl else "ltr"
            if shaping.script is not None:
                buffer.script = shaping.script
            if shaping.language is not None:
                buffer.language = shaping.language
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer)
        return buffer

    def _shaped_advance(self, text: str, shaping: Shaping | None) -> float:
        return float(sum(position.x_advance for position in self._shaped(text, shaping).glyph_positions)) / self._upem

    def _outline(self, glyph: int) -> tuple[tuple[str, tuple[float, ...]], ...]:
        if glyph not in self._glyphs:
            pen = _RecordingPen()
            self._font.draw_glyph_with_pen(glyph, pen)
            self._glyphs[glyph] = tuple(pen.commands)
        return self._glyphs[glyph]

    def _append(self, parts: list[str], glyph: int, dx: float, dy: float) -> None:
        for command, points in self._outline(glyph):
            parts.append(command)
            numbers = [f"{round(value + (dx if index % 2 == 0 else dy))}" for index, value in enumerate(points)]
            parts.append(" ".join(numbers))


class _RecordingPen:
    """Collects a glyph's outline as SVG commands with flat coordinate tuples."""

    def __init__(self) -> None:
        self.commands: list[tuple[str, tuple[float, ...]]] = []

    def moveTo(self, point: tuple[float, float]) -> None:
        """Start a contour."""
        self.commands.append(("M", point))

    def lineTo(self, point: tuple[float, float]) -> None:
        """A straight segment."""
        self.commands.append(("L", point))

    def qCurveTo(self, control: tuple[float, float], point: tuple[float, float]) -> None:
        """A quadratic segment."""
        self.commands.append(("Q", (*control, *point)))

    def curveTo(self, first: tuple[float, float], second: tuple[float, float], point: tuple[float, float]) -> None:
        """A cubic segment."""
        self.commands.append(("C", (*first, *second, *point)))

    def closePath(self) -> None:
        """End a contour."""
        self.commands.append(("Z", ()))

    def endPath(self) -> None:
        """Open contours do not occur in glyphs."""


def _open(data: bytes) -> TTFont:
    if len(data) > _MAX_FONT_BYTES:
        raise ValidationFailed("the font file is too large", details={"limit_bytes": _MAX_FONT_BYTES})
    try:
        return TTFont(io.BytesIO(data), lazy=True, fontNumber=0)
    except (TTLibError, struct.error, AssertionError, KeyError, ValueError) as error:
        raise ValidationFailed("the file is not a TTF, OTF, WOFF or WOFF2 font") from error


def _sfnt(data: bytes) -> bytes:
    """Plain OpenType bytes: WOFF and WOFF2 unpacked, the rest as it is."""
    if data[:4] not in (b"wOFF", b"wOF2"):
        return data
    font = _open(data)
    font.flavor = None
    out = io.BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()


def _facts(font: TTFont) -> FontFileFacts:
    names, os2 = font["name"], font["OS/2"]
    family = names.getDebugName(16) or names.getDebugName(1)
    if not family:
        raise KeyError("family")
    return FontFileFacts(
        family=str(family),
        weight=int(os2.usWeightClass),
        is_italic=bool(os2.fsSelection & 0x01),
        is_variable="fvar" in font,
        # Bit 1 alone means "restricted licence embedding"; any looser bit beside it lifts that.
        # Source: OpenType 1.9.1, OS/2 fsType.
        may_embed=(os2.fsType & 0x000F) != 0x0002,
        license=names.getDebugName(13),
        scripts=_scripts(font),
    )


def _has_shape(character: str) -> bool:
    """Controls, formats and spaces have none; what this Python's Unicode does not know yet has one."""
    category = unicodedata.category(character)
    return category[0] not in "CZ" or category in ("Cn", "Co")


def _scripts(font: TTFont) -> tuple[str, ...]:
    counts = Counter(script_of(chr(code)) for code in font.getBestCmap() or ())
    return tuple(sorted(script for script, count in counts.items() if count >= _LEAST_LETTERS and script != COMMON))


@lru_cache(maxsize=1)
def build_font_library() -> WheelFontLibrary:
    """The library of this process; its files are read once."""
    return WheelFontLibrary()
