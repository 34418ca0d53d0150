"""Sizes of a scene as they came out, and wishes for larger or smaller ones that it does not meet.

What must not live here: setting anything larger (`parts/`), or reading a wish (`brief/edits.py`).
"""

from collections.abc import Iterator, Sequence

from sgd_assets.renders.compose.scene import Scene
from sgd_assets.renders.model import SizeWish

_NOTICED = 1.04  # times: less is no change to the eye


def headline_px(scene: Scene) -> float | None:
    """Size of the headline's type in pixels; None where none stands on the scene."""
    sizes = [text.text.size_px for text in scene.texts if text.role == "headline"]
    return round(max(sizes), 2) if sizes else None


def unmet_sizes(wishes: Sequence[SizeWish], scene: Scene) -> Iterator[str]:
    """`edit: element change: why` of each wish that the scene does not show."""
    for wish in wishes:
        size = headline_px(scene) if wish.element == "headline" else _logo_px(scene)
        if size is None or wish.was_px is None:
            yield f"edit: {wish.element} {wish.change}: there is none, or its size is not known"
        elif (size / wish.was_px if wish.change == "larger" else wish.was_px / size) < _NOTICED:
            reason = "no room for more" if wish.change == "larger" else "it has its least legible size"
            yield f"edit: {wish.element} {wish.change}: {reason} at {scene.width_px}x{scene.height_px}"


def _logo_px(scene: Scene) -> float | None:
    return scene.logo.box[3] - scene.logo.box[1] if scene.logo is not None else None
