"""Which shape and size a picture is asked in, by the place it will have on the canvas. `RenderPlan -> Asked`.

Image models know a few aspect ratios and sizes; what comes is cropped to its place. What must not live here: cropping
(`compose/draw.py`).
"""

import math
from dataclasses import dataclass

from sgd_assets.renders.model import RenderPlan

_RATIOS = ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9")
"""Source: OpenRouter's description of `image_config.aspect_ratio` (2026-08)."""
_PANELS = {
    "split": (0.42, 1.0), "poster": (1.0, 0.42), "tower": (1.0, 0.38), "banner": (0.2, 1.0), "gallery": (0.4, 0.9),
    "thirds": (0.62, 1.0), "window": (0.9, 0.45), "horizon": (1.0, 0.6),
}  # fmt: skip
"""(width, height) of the art panel as shares of the canvas, by the first word of the layout's name."""
_FRAMES = {True: (0.66, 1.0), False: (1.0, 0.73)}  # of a frame that is wider than 3:2, and of any other


@dataclass(frozen=True)
class Asked:
    """`aspect_ratio` and `size` as the gateway takes them."""

    aspect_ratio: str
    size: str


def shape_of(plan: RenderPlan) -> Asked:
    """The nearest known ratio, and the least size that need not be enlarged by more than a third."""
    assert plan.width_px is not None
    assert plan.height_px is not None
    name = (plan.layout or "").split("_")[0]
    if name == "frame":
        wide, high = _FRAMES[plan.width_px > plan.height_px * 1.5]
    else:
        wide, high = _PANELS.get(name, (1.0, 1.0))
    width, height = plan.width_px * wide, plan.height_px * high
    nearest = min(_RATIOS, key=lambda ratio: abs(math.log(_value(ratio) / (width / height))))
    longest = max(width, height)
    return Asked(nearest, "1K" if longest <= 1366 else "2K" if longest <= 2730 else "4K")


def _value(ratio: str) -> float:
    wide, high = ratio.split(":")
    return int(wide) / int(high)
