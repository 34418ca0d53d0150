"""Draws a card whose shapes are the bars of a chart with matplotlib, as a report's export does."""

import io
from importlib.util import find_spec

import numpy as np
from PIL import Image

from tests.compliance.cards.card import Card

_DPI = 100


def missing() -> str | None:
    """Why charts cannot be drawn here, or None."""
    return None if find_spec("matplotlib") else "matplotlib is not installed"


def draw_chart(card: Card) -> Image.Image:
    """The card as RGB pixels: every shape a patch, every line of text set by matplotlib, pictures as images."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.patches import Ellipse, Rectangle

    figure = Figure(figsize=(card.width / _DPI, card.height / _DPI), dpi=_DPI, facecolor=card.ground)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, card.width)
    axes.set_ylim(card.height, 0)
    axes.axis("off")
    order = 1
    for one in card.photos:
        figure.figimage(np.asarray(one.image), one.box[0], card.height - one.box[3], zorder=0)
    for shape in (*card.shapes, *card.over):
        x0, y0, x1, y1 = shape.box
        is_over = shape in card.over
        kind = (
            Ellipse(((x0 + x1) / 2, (y0 + y1) / 2), x1 - x0, y1 - y0, linewidth=0)
            if shape.is_round
            else Rectangle((x0, y0), x1 - x0, y1 - y0, linewidth=0, antialiased=False)
        )
        kind.set_facecolor(shape.hex)
        kind.set_zorder(900 if is_over else order)
        axes.add_patch(kind)
        order += 1
    for line in card.lines:
        ascent, _ = line.face.at(line.size_px).getmetrics()
        axes.text(
            line.x, line.y + ascent, line.text, color=line.hex, zorder=800, va="baseline", ha="left",
            fontproperties=FontProperties(fname=str(line.face.path), size=line.size_px * 72 / _DPI), parse_math=False,
        )  # fmt: skip
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=_DPI, facecolor=card.ground)
    image = Image.open(out).convert("RGBA")
    if card.logo is not None:  # pasted into the export, as people do: matplotlib would resample it
        layer = Image.new("RGBA", image.size)
        layer.paste(card.logo.image, card.logo.box[:2])
        for shape in card.over:
            layer.paste((0, 0, 0, 0), shape.box)
        image = Image.alpha_composite(image, layer)
    return image.convert("RGB")
