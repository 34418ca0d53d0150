"""Files of one logo beside each other: cut to margins of their own, in other colours, a symbol without its name."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sgd_resources.sight.drawings import Drawing, Pixels, edges_of
from sgd_resources.sight.logos import find_logo

GROUND, INK, RED = (245, 240, 230), (20, 30, 90), (200, 40, 60)


def test_files_of_one_logo_whose_heights_differ_by_a_pixel_are_looked_for_together() -> None:
    mark, other = _drawing("mark.svg", INK), _drawing("other.svg", RED)
    other = replace(other.at_size((other.size[0], other.size[1] + 1)), aspect=mark.aspect)
    seen = find_logo(_page(_drawing("other.svg", RED)), [mark, other])
    assert seen is not None
    assert (seen.name, seen.missing < 0.05, seen.colour_away < 3) == ("other.svg", True, True)


@pytest.mark.slow
def test_a_symbol_that_stands_alone_is_no_logo_whose_name_was_cut_off() -> None:
    whole = _drawing("whole.svg", INK)
    symbol = _cut(whole, "symbol.svg", 48)
    seen = find_logo(_page(symbol), [whole, symbol])
    assert seen is not None
    assert (seen.name, seen.missing) == ("symbol.svg", 0.0)


@pytest.mark.slow
def test_a_logo_without_its_last_letter_is_cut_where_its_symbol_is_a_file_too() -> None:
    whole = _drawing("whole.svg", INK)
    seen = find_logo(_page(_cut(whole, "part", 130)), [whole, _cut(whole, "symbol.svg", 48)])
    assert seen is not None
    assert (seen.name, seen.is_cut) == ("whole.svg", True)
    assert seen.missing > 0.1


def _drawing(name: str, ink: tuple[int, int, int]) -> Drawing:
    """A symbol, and four letters beside it."""
    image = Image.new("RGBA", (176, 48), (*ink, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((0, 2, 44, 46), fill=ink)
    pen.polygon([(10, 36), (22, 8), (36, 40)], fill=(*ink, 0))
    for at in range(4):
        x = 58 + at * 30
        pen.rectangle((x, 8, x + 6, 40), fill=ink)
        pen.rectangle((x, 8 + 8 * at, x + 20, 14 + 8 * at), fill=ink)
    rgba = np.asarray(image)
    return _made(name, np.ascontiguousarray(rgba[..., :3]), np.ascontiguousarray(rgba[..., 3]))


def _cut(drawing: Drawing, name: str, width: int) -> Drawing:
    rgb, alpha = (np.ascontiguousarray(one[:, :width]) for one in (drawing.rgb, drawing.alpha))
    return _made(name, rgb, alpha)


def _made(name: str, rgb: Pixels, alpha: Pixels) -> Drawing:
    edges = edges_of(np.repeat(alpha[..., None], 3, axis=2))
    return Drawing(name, name, rgb, alpha, edges, rgb.shape[1] / rgb.shape[0])


def _page(drawing: Drawing) -> Pixels:
    page = Image.new("RGB", (420, 300), GROUND)
    mark = Image.fromarray(np.dstack([drawing.rgb, drawing.alpha]), "RGBA")
    page.paste(mark, (60, 80), mark)
    return np.asarray(page, np.uint8)
