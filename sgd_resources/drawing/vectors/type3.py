"""Fonts of a PDF that hold the glyphs of one picture: their outlines as composed, and the characters they stand for.

Type 3 (ISO 32000-2, 9.6.4): glyphs of any font file, weight and axis are embedded alike, and only those that are used.
What must not live here: where a glyph stands (`page.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name

from sgd_resources.drawing.vectors.paths import path_operators
from sgd_resources.ports import FontFace, Glyph

_CODES = 256


_Drawn = tuple[tuple[int, int, int], ...]
"""(glyph, x, y) of what stands for a cluster of characters, in font units."""


@dataclass
class _Font:
    face: FontFace
    glyphs: dict[tuple[_Drawn, str], int] = field(default_factory=dict)
    widths: list[float] = field(default_factory=list)


class GlyphFonts:
    """All fonts of one page; a font takes 256 glyphs of one face."""

    def __init__(self) -> None:
        self._fonts: list[_Font] = []

    def code(self, face: FontFace, cluster: Sequence[Glyph], tracking_em: float) -> tuple[str, int, float]:
        """(name of the font, code in it, advance as a share of the em) of the glyphs of some characters."""
        key = (_drawn(face, cluster, tracking_em), "".join(glyph.text for glyph in cluster))
        own = [(index, font) for index, font in enumerate(self._fonts) if font.face is face]
        for index, font in own:
            if key in font.glyphs:
                return f"F{index}", font.glyphs[key], font.widths[font.glyphs[key]]
        if not own or len(own[-1][1].glyphs) >= _CODES:
            self._fonts.append(_Font(face))
            own.append((len(self._fonts) - 1, self._fonts[-1]))
        index, font = own[-1]
        font.glyphs[key] = len(font.glyphs)
        font.widths.append(sum(glyph.nominal_em for glyph in cluster))
        return f"F{index}", font.glyphs[key], font.widths[font.glyphs[key]]

    def resources(self, document: pikepdf.Pdf) -> Dictionary:
        """The fonts by name, written into the document."""
        return Dictionary({f"/F{index}": self._made(document, font) for index, font in enumerate(self._fonts)})

    def _made(self, document: pikepdf.Pdf, font: _Font) -> pikepdf.Object:
        upem = font.face.metrics.units_per_em
        names = [Name(f"/g{code}") for code in font.glyphs.values()]
        shapes = {}
        for (drawn, _), code in font.glyphs.items():
            wide = font.widths[code] * upem
            parts = [(path_operators(font.face.outline(glyph_id)), x, y) for glyph_id, x, y in drawn]
            moved = [f"q 1 0 0 1 {x} {y} cm\n{path}\nf Q" if x or y else f"{path}\nf" for path, x, y in parts]
            outline = "\n".join(moved)
            # d1: the glyph takes the colour of the text; a box of nothing bounds nothing (9.6.4, table 111).
            shapes[f"/g{code}"] = document.make_stream(f"{wide:.2f} 0 0 0 0 0 d1\n{outline}\n".encode())
        family = "".join(c for c in font.face.family if c.isascii() and c.isalnum()) or "Font"
        return document.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type3,
                Name=Name(f"/{family}"),
                FontBBox=Array([0, 0, 0, 0]),
                FontMatrix=Array([1 / upem, 0, 0, 1 / upem, 0, 0]),
                CharProcs=Dictionary(shapes),
                Encoding=Dictionary(Type=Name.Encoding, Differences=Array([0, *names])),
                FirstChar=0,
                LastChar=len(names) - 1,
                Widths=Array([round(width * upem, 2) for width in font.widths]),
                Resources=Dictionary(),
                ToUnicode=document.make_stream(_to_unicode(font)),
            )
        )


def clusters_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs of a run by the characters that they stand for together: a letter with its marks is one."""
    found: list[list[Glyph]] = []
    for glyph in glyphs:
        if glyph.text or not found:
            found.append([])
        found[-1].append(glyph)
    return found


def _drawn(face: FontFace, cluster: Sequence[Glyph], tracking_em: float) -> _Drawn:
    upem, pen, found = face.metrics.units_per_em, 0.0, []
    for glyph in cluster:
        found.append((glyph.glyph_id, round((pen + glyph.dx_em) * upem), round(glyph.dy_em * upem)))
        pen += glyph.advance_em + tracking_em
    return tuple(found)


def _to_unicode(font: _Font) -> bytes:
    lines = [
        f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for (_, text), code in font.glyphs.items() if text
    ]
    parts = ["/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap", "/CMapName /SGD def",
             "/CMapType 2 def", "1 begincodespacerange", "<00> <FF>", "endcodespacerange"]  # fmt: skip
    for start in range(0, len(lines), 100):
        part = lines[start : start + 100]
        parts += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    parts += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(parts).encode()
