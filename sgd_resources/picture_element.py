"""A picture file as an element of an SVG: what puts a logo on a canvas. Text in, text out; the painter does the rest.

What must not live here: where a logo stands, or what it looks like.
"""

import base64
from functools import lru_cache

from sgd_resources.ports import Painter, Raster


def framed(data: bytes, media_type: str, width: float, height: float, painter: Painter) -> str:
    """An SVG of the given size that shows the whole file."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}">'
        f"{image_element(data, media_type, 0, 0, width, height, painter)}</svg>"
    )


def image_element(
    data: bytes, media_type: str, x: float, y: float, width: float, height: float, painter: Painter
) -> str:
    """The file as an SVG image element; raster files are resampled to the size they are drawn at."""
    if "svg" in media_type:
        source, kind = data, "image/svg+xml"
    else:
        raster = painter.resize(decoded(data, painter), max(1, round(width)), max(1, round(height)))
        source, kind = painter.encode(raster, "png"), "image/png"
    encoded = base64.b64encode(source).decode()
    return (
        f'<image x="{x:.3f}" y="{y:.3f}" width="{width:.3f}" height="{height:.3f}" preserveAspectRatio="xMidYMid meet" '
        f'href="data:{kind};base64,{encoded}"/>'
    )


@lru_cache(maxsize=2)
def decoded(data: bytes, painter: Painter) -> Raster:
    """The file's pixels; the last two files are remembered."""
    return painter.decode(data)
