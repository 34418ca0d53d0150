"""Parts of a scene that were to have a colour and have another.

What must not live here: giving it (`parts/canvas.py`).
"""

from collections.abc import Iterator, Sequence

from sgd_assets.renders.compose.scene import Scene
from sgd_assets.renders.model import ColourWish


def unmet_part_colours(wishes: Sequence[ColourWish], scene: Scene) -> Iterator[str]:
    """`colour: part colour: why` of each wish that the scene does not show."""
    for wish in wishes:
        placed = [text for text in scene.texts if text.role == wish.element]
        shown = {text.ground_hex if wish.element == "call_to_action" else text.hex for text in placed}
        if not placed:
            yield f"colour: {wish.element} {wish.asked}: there is no such part on the picture"
        elif wish.hex not in shown and not (
            wish.element == "call_to_action" and {text.hex for text in placed} == {wish.hex}
        ):
            yield f"colour: {wish.element} {wish.asked}: it cannot be read where that part stands"
