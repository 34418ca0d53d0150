"""The character of shapes is read from their mask."""

import numpy as np

from sgd_resources.drawing.settle.form import measure_form

Y, X = np.mgrid[0:200, 0:200]


def test_a_disc_is_round_a_square_is_not_and_a_rhomb_is_slanted() -> None:
    disc = measure_form((X - 99.5) ** 2 + (Y - 99.5) ** 2 < 99**2)
    square = measure_form(np.ones((200, 200), bool))
    rhomb = measure_form(np.abs(X - 99.5) + np.abs(Y - 99.5) < 99)
    assert disc is not None
    assert square is not None
    assert rhomb is not None
    assert disc.roundness > 0.85
    assert disc.slant < 0.2
    assert square.roundness < 0.15
    assert (square.slant, square.density) == (0.0, 1.0)
    assert rhomb.slant > 0.7
    assert abs(rhomb.angle - 45) <= 10
    assert rhomb.roundness < 0.4


def test_hairlines_have_a_thin_stroke_and_bodies_a_thick_one() -> None:
    lines = measure_form(X % 40 < 3)
    body = measure_form(np.ones((200, 200), bool))
    assert lines is not None
    assert body is not None
    assert lines.stroke < 0.3 < body.stroke


def test_a_mask_without_edges_has_no_form() -> None:
    assert measure_form(np.ones((1, 1), bool)) is None
