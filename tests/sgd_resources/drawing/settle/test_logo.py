"""A logo is flattened without changing a pixel, measured on its own pixels, and refused when it cannot be drawn."""

import io

import numpy as np
import pytest
from PIL import Image

from sgd_resources.drawing.painter import ResvgPainter
from sgd_resources.drawing.settle.logo import settle_logo
from sgd_resources.drawing.settle.svg_flat import flattened
from sgd_resources.errors import RejectedEvidence
from sgd_resources.picture_element import framed
from tests.hostile import drawings

PAINTER = ResvgPainter()
SVG = {"media_type": "image/svg+xml"}


def _pixels(data: bytes) -> bytes:
    return PAINTER.draw(framed(data, "image/svg+xml", 200, 200, PAINTER)).rgba


@pytest.mark.parametrize("name", sorted(drawings.HARMLESS))
def test_flattening_changes_no_pixel(name: str) -> None:
    assert _pixels(flattened(drawings.HARMLESS[name])) == _pixels(drawings.HARMLESS[name])


def test_a_flat_drawing_has_no_style_rules_and_no_use() -> None:
    for name in ("style rules", "use of a symbol"):
        flat = flattened(drawings.HARMLESS[name])
        assert b"<style" not in flat
        assert b"<use" not in flat
        assert b"class=" not in flat


def test_flattening_twice_is_flattening_once() -> None:
    for data in drawings.HARMLESS.values():
        assert flattened(flattened(data)) == flattened(data)


def test_what_a_rule_an_attribute_and_an_important_rule_say_is_weighed_as_the_cascade_says() -> None:
    flat = flattened(
        drawings.SVG.format(
            "<style>rect{fill:#111111}.a{fill:#222222}#b{fill:#333333 !important}</style>"
            '<rect class="a" fill="#444444"/><rect class="a" style="fill:#555555"/><rect id="b" style="fill:#666666"/>'
        ).encode()
    )
    assert [part[:7].decode() for part in flat.split(b'fill="')[1:]] == ["#222222", "#555555", "#333333"]


@pytest.mark.parametrize(
    "name", ["markers of markers named in style rules", "use of use", "masks in masks", "patterns in patterns"]
)
def test_references_that_multiply_are_refused_without_drawing(name: str) -> None:
    with pytest.raises(RejectedEvidence) as caught:
        flattened(drawings.LOGOS[name])
    assert caught.value.reason == "bomb"


def test_a_use_that_holds_itself_is_refused() -> None:
    with pytest.raises(RejectedEvidence):
        flattened(drawings.SVG.format('<g id="a"><use href="#a"/></g>').encode())


def test_a_use_where_only_shapes_may_stand_is_left_as_it_is() -> None:
    data = drawings.SVG.format(
        '<clipPath id="c"><use href="#r"/></clipPath><rect id="r" width="50" height="50"/>'
        '<rect width="90" height="90" clip-path="url(#c)"/>'
    ).encode()
    assert b"<use" in flattened(data)
    assert _pixels(flattened(data)) == _pixels(data)


def test_the_ink_of_a_drawing_is_told_with_the_drawing_to_place() -> None:
    head, blobs = settle_logo(drawings.HARMLESS["use of a symbol"], SVG)
    assert head["unusable"] is None
    assert head["ink"]["frame_aspect"] == 1.0
    assert head["ink"]["colours"][0][0] == "#E4572E"
    assert len(blobs) == 1


@pytest.mark.parametrize(
    ("body", "why"),
    [("<text>Acme</text>", "fonts"), ("", "nothing is visible")],
)
def test_a_drawing_that_is_of_no_use_says_why(body: str, why: str) -> None:
    head, blobs = settle_logo(drawings.SVG.format(body).encode(), SVG)
    assert why in head["unusable"]
    assert blobs == ()


def test_a_raster_logo_is_measured_and_placed_as_it_is() -> None:
    image, out = np.zeros((40, 80, 4), np.uint8), io.BytesIO()
    image[10:30, 20:60] = (30, 77, 58, 255)
    Image.fromarray(image).save(out, "PNG")
    head, blobs = settle_logo(out.getvalue(), {"media_type": "image/png"})
    assert (head["ink"]["frame_aspect"], blobs) == (2.0, ())


def test_a_marker_counts_for_each_corner_it_stands_on() -> None:
    corners = " L1 1" * 400
    nested = drawings.SVG.format(
        f'<marker id="a"><path d="M0 0{corners}"/></marker>'
        f'<marker id="b"><path marker-mid="url(#a)" d="M0 0{corners}"/></marker>'
        f'<path marker-mid="url(#b)" d="M0 0{corners}"/>'
    ).encode()
    with pytest.raises(RejectedEvidence) as caught:
        flattened(nested)
    assert caught.value.reason == "bomb"
