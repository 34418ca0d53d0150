"""A scene as an SVG that looks alike everywhere: outlines for the look, the words once more unseen, to be selected.

What must not live here: what stands where, or PDF (`pdf_file.py`).
"""

import base64
from collections.abc import Mapping
from xml.sax.saxutils import escape

from sgd_assets.renders.compose.draw import layers_of, scene_svg
from sgd_assets.renders.compose.scene import Scene
from sgd_resources.ports import Painter, Raster


def svg_file(scene: Scene, pictures: Mapping[str, Raster], painter: Painter) -> bytes:
    """One self-contained file: no fonts, no links; pictures and logo are embedded."""
    drawn = scene_svg(scene, painter)
    opened = drawn.index(">") + 1
    under, over = layers_of(scene, pictures, painter)
    embedded = [[_image(raster, box, painter) for raster, box in layer] for layer in (under, over)]
    body = drawn[opened : -len("</svg>")]
    parts = [drawn[:opened], *embedded[0], body, *embedded[1], *_words(scene), "</svg>"]
    return "".join(parts).encode()


def _image(raster: Raster, box: tuple[int, int, int, int], painter: Painter) -> str:
    data = base64.b64encode(painter.encode(raster, "png")).decode()
    x0, y0, x1, y1 = box
    return f'<image x="{x0}" y="{y0}" width="{x1 - x0}" height="{y1 - y0}" href="data:image/png;base64,{data}"/>'


def _words(scene: Scene) -> list[str]:
    """Each line where its outlines are, as wide as they are, and without a stroke of its own."""
    found = []
    for text in scene.texts:
        for line in text.text.placed(text.x, text.top, text.anchor):
            if not line.words.strip():
                continue
            ends = ' direction="rtl" text-anchor="end"' if line.is_rtl else ""
            found.append(
                f'<text x="{line.left:.2f}" y="{line.baseline:.2f}" font-size="{text.text.size_px:.2f}" '
                f'textLength="{max(line.width, 1.0):.2f}" lengthAdjust="spacingAndGlyphs" opacity="0"{ends}>'
                f"{escape(line.words)}</text>"
            )
    return found
