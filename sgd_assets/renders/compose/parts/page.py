"""Puts the parts of a layout together as a scene."""

from sgd_assets.renders.compose.parts.art import Art
from sgd_assets.renders.compose.parts.canvas import Canvas
from sgd_assets.renders.compose.parts.column import Block
from sgd_assets.renders.compose.parts.seat import band_of
from sgd_assets.renders.compose.scene import Backdrop, LogoPlacement, Scene

NO_ART = Art()


def page(
    canvas: Canvas,
    logo: LogoPlacement | None,
    *blocks: Block,
    shapes: tuple[str, ...] = (),
    art: Art = NO_ART,
    backdrop: Backdrop | None = None,
) -> Scene:
    """The scene: ground or picture, art, shapes, the band under the logo where it needs one, buttons, words."""
    return Scene(
        canvas.width,
        canvas.height,
        canvas.background,
        (*art.shapes, *shapes, *band_of(canvas, logo), *(shape for block in blocks for shape in block.shapes)),
        tuple(text for block in blocks for text in block.texts),
        logo,
        art.pictures,
        backdrop=backdrop,
        dropped=tuple((one.role, one.words) for block in blocks for one in block.dropped),
    )
