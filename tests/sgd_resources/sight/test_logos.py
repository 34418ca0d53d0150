"""The logo of a kit is found in pictures, and what was done to it is measured."""

import io
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.ports.sight import LogoSeen
from sgd_resources.sight.drawings import Drawing, draw
from sgd_resources.sight.logos import find_logo
from tests.sgd_assets.renders.brand import SampleBrand

pytestmark = pytest.mark.slow

PAINTER = ResvgPainter()
GROUND = (247, 240, 227)
PLACE = (60, 80)


@lru_cache(maxsize=2)
def _drawings(slug: str) -> tuple[Drawing, ...]:
    logos = SampleBrand(slug).files.logos_with_data(3)
    return tuple(
        draw(
            art.data, art.media_type, name=art.file_name, sha256=art.sha256, frame_aspect=art.frame_aspect,
            ink=art.ink, painter=PAINTER,
        )
        for art in logos
    )  # fmt: skip


def _mark(slug: str = "larkfold", width: int = 176) -> Image.Image:
    drawing = next(one for one in _drawings(slug) if "reversed" not in one.name)
    rgba = np.dstack([drawing.rgb, drawing.alpha])
    image = Image.fromarray(rgba, "RGBA")
    return image.resize((width, round(width * image.height / image.width)), Image.Resampling.LANCZOS)


def _found(mark: Image.Image | None, *, over: tuple[int, int, int, int] | None = None) -> LogoSeen | None:
    page = Image.new("RGB", (640, 480), GROUND)
    pen = ImageDraw.Draw(page)
    pen.rectangle((320, 300, 560, 440), fill=(30, 77, 58))
    pen.text((80, 320), "Open day on Saturday", fill=(34, 38, 31))
    if mark is not None:
        page.paste(mark, PLACE, mark)
    if over is not None:
        pen.rectangle(over, fill=(242, 166, 43))
    return find_logo(_pixels(page), _drawings("larkfold"))


def _pixels(page: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(page, np.uint8)


@pytest.mark.slow
@pytest.mark.parametrize("width", [110, 176, 300])
def test_a_logo_is_found_where_it_stands_as_it_is(width: int) -> None:
    mark = _mark(width=width)
    seen = _found(mark)
    assert seen is not None
    box = (PLACE[0], PLACE[1], PLACE[0] + mark.width, PLACE[1] + mark.height)
    assert seen.box == pytest.approx(box, abs=0.03 * width)
    assert (abs(seen.angle_deg) < 1, abs(seen.stretch - 1) < 0.06, seen.colour_away < 6) == (True, True, True)
    assert seen.missing < 0.12


@pytest.mark.slow
def test_no_logo_is_found_where_none_stands() -> None:
    assert _found(None) is None


@pytest.mark.slow
def test_another_brands_logo_is_not_taken_for_the_own() -> None:
    page = Image.new("RGB", (640, 480), GROUND)
    other = _mark("kestrine")
    page.paste(other, PLACE, other)
    assert find_logo(_pixels(page), _drawings("larkfold")) is None


@pytest.mark.slow
@pytest.mark.parametrize("angle", [-12, 6, 20])
def test_a_turned_logo_is_found_with_its_angle(angle: int) -> None:
    seen = _found(_mark().rotate(-angle, expand=True, resample=Image.Resampling.BICUBIC))
    assert seen is not None
    assert seen.angle_deg == pytest.approx(angle, abs=2)


@pytest.mark.slow
@pytest.mark.parametrize("stretch", [0.75, 1.25, 1.45])
def test_a_stretched_logo_is_found_with_its_stretch(stretch: float) -> None:
    mark = _mark()
    seen = _found(mark.resize((round(mark.width * stretch), mark.height)))
    assert seen is not None
    assert seen.stretch == pytest.approx(stretch, rel=0.05)


@pytest.mark.slow
@pytest.mark.parametrize("colour", [(214, 0, 60), (0, 120, 220), (120, 60, 200)])
def test_a_recoloured_logo_is_found_with_its_colours(colour: tuple[int, int, int]) -> None:
    mark = _mark()
    painted = Image.new("RGBA", mark.size, colour)
    painted.putalpha(mark.getchannel("A"))
    seen = _found(painted)
    assert seen is not None
    assert seen.colour_away > 12


@pytest.mark.slow
def test_a_covered_logo_and_a_cut_one_are_told_apart() -> None:
    mark = _mark(width=300)
    covered = _found(mark, over=(150, 85, 240, 80 + mark.height - 5))
    assert covered is not None
    assert (covered.missing > 0.12, covered.is_cut) == (True, False)
    cut = mark.crop((0, 0, round(mark.width * 0.72), mark.height))
    seen = _found(cut)
    assert seen is not None
    assert (seen.missing > 0.12, seen.is_cut) == (True, True)


@pytest.mark.parametrize("share", [(0.0, 0.3, 1.0, 1.0), (0.0, 0.0, 1.0, 0.7), (0.1, 0.0, 1.0, 1.0)])
def test_a_cut_logo_lies_where_it_stood_whole_and_is_neither_turned_nor_stretched(
    share: tuple[float, float, float, float],
) -> None:
    mark = _mark(width=240)
    x0, y0, x1, y1 = (round(part * side) for part, side in zip(share, (*mark.size, *mark.size), strict=True))
    seen = _found(mark.crop((x0, y0, x1, y1)))
    assert seen is not None
    whole = (PLACE[0] - x0, PLACE[1] - y0, PLACE[0] - x0 + mark.width, PLACE[1] - y0 + mark.height)
    assert seen.box == pytest.approx(whole, abs=6)
    assert (abs(seen.angle_deg) < 1.5, abs(seen.stretch - 1) < 0.05) == (True, True)
    assert (seen.missing > 0.05, seen.is_cut) == (True, True)


def test_what_lies_over_a_logo_in_its_own_ink_covers_it() -> None:
    mark = _mark(width=240)
    ink = tuple(int(value) for value in np.asarray(mark)[..., :3][np.asarray(mark)[..., 3] > 250][-1])
    page = Image.new("RGB", (640, 480), GROUND)
    page.paste(mark, PLACE, mark)
    ImageDraw.Draw(page).rectangle((160, 85, 230, 120), fill=(ink[0], ink[1], ink[2]))
    seen = find_logo(_pixels(page), _drawings("larkfold"))
    assert seen is not None
    assert (seen.missing > 0.05, seen.is_cut) == (True, False)


@pytest.mark.parametrize("width", [100, 150, 200])
def test_coding_with_loss_stretches_no_small_logo_and_takes_nothing_of_it(width: int) -> None:
    page = Image.new("RGB", (640, 480), GROUND)
    mark = _mark(width=width)
    page.paste(mark, PLACE, mark)
    file = io.BytesIO()
    page.save(file, "JPEG", quality=60)
    seen = find_logo(_pixels(Image.open(file).convert("RGB")), _drawings("larkfold"))
    assert seen is not None
    assert (abs(seen.stretch - 1) < 0.05, seen.missing < 0.03) == (True, True)


@pytest.mark.parametrize("angle", [90, 180])
def test_a_logo_on_its_side_or_head_is_found_with_its_angle(angle: int) -> None:
    seen = _found(_mark().rotate(angle, expand=True))
    assert seen is not None
    assert abs(seen.angle_deg) == pytest.approx(angle, abs=2)


def test_of_variants_that_differ_in_thin_strokes_alone_the_one_that_stands_there_is_whole() -> None:
    page = Image.new("RGB", (640, 480), GROUND)
    drawn = []
    for name, ink in (("reversed.svg", (240, 240, 246)), ("logo.svg", (31, 36, 48))):
        strokes = "".join(
            f'<rect x="{60 + 24 * at}" y="12" width="1.6" height="36" fill="rgb{ink}"/>'
            f'<circle cx="{70 + 24 * at}" cy="38" r="8" fill="none" stroke="rgb{ink}" stroke-width="1.6"/>'
            for at in range(7)
        )
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60" width="240" height="60">'
            f'<path d="M0 0h40v60h-40z" fill="rgb(108, 76, 241)"/>{strokes}</svg>'
        )
        drawn.append((name, svg.encode()))
    drawings = [
        draw(
            data, "image/svg+xml", name=name, sha256=name, frame_aspect=4.0, ink=(0.0, 0.0, 0.95, 1.0), painter=PAINTER
        )
        for name, data in drawn
    ]
    raster = PAINTER.draw(drawn[1][1].decode())
    mark = Image.frombytes("RGBA", (raster.width_px, raster.height_px), raster.rgba)
    page.paste(mark, PLACE, mark)
    seen = find_logo(_pixels(page), drawings)
    assert seen is not None
    assert (seen.name, seen.missing < 0.05) == ("logo.svg", True)
