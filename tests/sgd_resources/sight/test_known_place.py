"""Where a logo has to stand, what is left of it tells that it is covered or cut."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sgd_resources.ports.sight import LogoSeen
from sgd_resources.sight.drawings import Drawing, edges_of
from sgd_resources.sight.known_place import KnownPlace, fits_where_placed, look_where_placed
from sgd_resources.sight.placed_logo import look_closely

GROUND, INK, DOT = (30, 77, 58), (247, 240, 227), (242, 166, 43)
GROUND_HEX = "#1E4D3A"
BOX = (40, 30, 160, 54)
Pixels = NDArray[np.uint8]


def _art(ink: tuple[int, int, int] = INK, size: tuple[int, int] = (120, 24)) -> Image.Image:
    """A ring, and five strokes of a name beside it."""
    large = Image.new("RGBA", (960, 192), (*ink, 0))
    pen = ImageDraw.Draw(large)
    pen.ellipse((0, 0, 191, 191), fill=(*DOT, 255))
    for at in range(5):
        pen.rectangle((250 + at * 145, 16, 320 + at * 145, 176), fill=(*ink, 255))
        pen.rectangle((250 + at * 145, 80, 350 + at * 145, 112), fill=(*ink, 255))
    return large.resize(size, Image.Resampling.LANCZOS)


def _drawing() -> Drawing:
    rgba = np.asarray(_art(size=(176, 35)), np.uint8)
    rgb, alpha = np.ascontiguousarray(rgba[..., :3]), np.ascontiguousarray(rgba[..., 3])
    share = alpha[..., None].astype(np.float32) / 255
    shown = (rgb * share + 128 * (1 - share)).astype(np.uint8)
    return Drawing("mark.svg", "0" * 64, rgb, alpha, edges_of(shown), 5.0)


def _seen(
    art: Image.Image, *, over: tuple[int, int, int, int] | None = None, cover: tuple[int, int, int] = (191, 79, 42)
) -> LogoSeen | None:
    page = Image.new("RGB", (240, 120), GROUND)
    page.paste(art, BOX[:2], art)
    if over is not None:
        ImageDraw.Draw(page).rectangle(over, fill=cover)
    return look_where_placed(np.asarray(page, np.uint8), KnownPlace(_drawing(), BOX, GROUND_HEX))


@pytest.mark.parametrize("cover", [(191, 79, 42), INK, (34, 38, 31)], ids=["another", "its own", "dark on dark"])
def test_a_logo_under_a_form_of_any_colour_is_covered(cover: tuple[int, int, int]) -> None:
    seen = _seen(_art(), over=(95, 26, 125, 58), cover=cover)
    assert seen is not None
    assert seen.missing > 0.1
    assert not seen.is_cut
    assert seen.box == BOX


def test_a_logo_whose_end_shows_the_ground_is_cut() -> None:
    seen = _seen(_art(), over=(130, 26, 170, 58), cover=GROUND)
    assert seen is not None
    assert seen.is_cut


def test_strokes_that_go_on_beyond_a_cut_do_not_hide_it() -> None:
    seen = _seen(_art(), over=(30, 46, 170, 58), cover=GROUND)
    assert seen is not None
    assert seen.is_cut
    assert seen.is_at_place


def test_a_whole_logo_is_left_to_the_other_measures() -> None:
    assert _seen(_art()) is None


@pytest.mark.parametrize("angle", [6, 90, 180])
def test_a_turned_logo_is_not_covered(angle: int) -> None:
    turned = _art().rotate(angle, Image.Resampling.BICUBIC)
    assert _seen(turned) is None


@pytest.mark.parametrize("size", [(84, 24), (120, 16), (60, 12)])
def test_a_stretched_or_small_logo_is_not_covered(size: tuple[int, int]) -> None:
    page = Image.new("RGBA", (120, 24), (*GROUND, 0))
    art = _art(size=size)
    page.paste(art, ((120 - size[0]) // 2, (24 - size[1]) // 2), art)
    assert _seen(page) is None


@pytest.mark.parametrize(("size", "stretch"), [((74, 24), 0.62), ((120, 15), 1.6)])
def test_a_logo_that_is_squeezed_at_its_place_is_fitted_there(size: tuple[int, int], stretch: float) -> None:
    page = Image.new("RGB", (240, 120), GROUND)
    art = _art(size=size)
    page.paste(art, ((BOX[0] + BOX[2] - size[0]) // 2, (BOX[1] + BOX[3] - size[1]) // 2), art)
    pixels = np.asarray(page, np.uint8)
    place = KnownPlace(_drawing(), BOX, GROUND_HEX)
    best = max(fits_where_placed(edges_of(pixels), place, [place.drawing]), key=lambda one: one.likeness)
    seen = look_closely(pixels, best.transform, [best.drawing], best.likeness)
    assert seen.likeness > 0.85
    assert seen.stretch == pytest.approx(stretch, abs=0.08)


def test_a_logo_with_a_part_in_another_colour_is_not_covered() -> None:
    assert _seen(_art(ink=(90, 120, 220))) is None


def test_a_place_without_its_logo_tells_nothing() -> None:
    assert _seen(Image.new("RGBA", (120, 24), (*GROUND, 255))) is None
