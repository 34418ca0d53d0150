"""A picture file -> what a render may place as a logo: flattened, measured, and really drawn once under bounds.

A job for the sandbox. What must not live here: which file is the logo, or storing what came out.
"""

import re
import time
from dataclasses import asdict
from typing import Any

from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.drawing.settle.ink import PROBE_PX, frame_aspect, measure_ink
from sgd_resources.drawing.settle.svg_flat import flattened
from sgd_resources.errors import RejectedEvidence, ValidationFailed
from sgd_resources.picture_element import framed
from sgd_resources.ports import Painter

Reply = tuple[dict[str, Any], tuple[bytes, ...]]

PROOF_SIDE_PX = 1024
"""The largest size that is drawn as a proof. Beside a headline a logo gets larger on canvases of over 10 million pixels
only, and every picture has bounds of its own."""
MAX_DRAWING_CPU_S = 1.0
"""For one drawing at that size. Logos of well-known brands take 0.05 to 0.15 s, most of it for the pixels; a render
draws its logo four times at most."""
_MAX_PIXELS = 50_000_000  # less than a page: it is drawn small, and only bounds are asked
_LETTERS = re.compile(rb"<(?:\w+:)?(?:text|foreignObject|script)\b")


def settle_logo(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{"ink": the fields of `Ink`, or None, "unusable": why or None}`.

    Argument `media_type`. One blob for an SVG: the drawing to place. A raster picture is placed as it is and has none.

    Raises:
        RejectedEvidence: `reject:bomb` for one that costs too much to draw.
    """
    media_type = arguments["media_type"]
    painter = ResvgPainter(max_pixels=_MAX_PIXELS)
    is_svg = "svg" in media_type
    if is_svg and _LETTERS.search(data):
        return _unusable("its letters depend on fonts")  # drawn without them, it would not be the logo
    try:
        drawing = _flat_if_the_same(data, painter) if is_svg else data
        ink = measure_ink(drawing, media_type, painter)
        if ink is None:
            return _unusable("nothing is visible in it")
        if is_svg:
            _prove_cost(drawing, painter)
    except ValidationFailed as error:
        return _unusable(error.message)
    return {"ink": asdict(ink), "unusable": None}, (drawing,) if is_svg else ()


def _unusable(why: str) -> Reply:
    return {"ink": None, "unusable": why}, ()


def _flat_if_the_same(data: bytes, painter: Painter) -> bytes:
    """The flattened drawing; the file as it is where flattening would change a single pixel of it."""
    flat = flattened(data)
    return flat if _probe(flat, painter) == _probe(data, painter) else data


def _probe(data: bytes, painter: Painter) -> bytes:
    aspect = frame_aspect(data, "image/svg+xml", painter)
    width, height = _sides(aspect, PROBE_PX)
    return painter.draw(framed(data, "image/svg+xml", width, height, painter)).rgba


def _prove_cost(drawing: bytes, painter: Painter) -> None:
    width, height = _sides(frame_aspect(drawing, "image/svg+xml", painter), PROOF_SIDE_PX)
    began = time.process_time()
    painter.draw(framed(drawing, "image/svg+xml", width, height, painter))
    spent = time.process_time() - began
    if spent > MAX_DRAWING_CPU_S:
        raise RejectedEvidence(
            "reject", "bomb",
            details={"message": f"drawing it takes more than {MAX_DRAWING_CPU_S:g} s", "cpu_s": round(spent, 2)},
        )  # fmt: skip


def _sides(aspect: float, longest: int) -> tuple[int, int]:
    return (longest, max(8, round(longest / aspect))) if aspect >= 1 else (max(8, round(longest * aspect)), longest)
