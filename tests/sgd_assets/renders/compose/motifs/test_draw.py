"""Motifs are made of the brand's shapes: two brands never get the same pattern, and no seam shows in one."""

from itertools import combinations

import numpy as np
import pytest

from sgd_assets.renders.compose.motifs.draw import MOTIFS, draw_motif
from sgd_assets.renders.model import MotifTraits
from sgd_resources.ports import Raster
from tests.sgd_assets.renders.laying import PAINTER
from tests.sgd_assets.renders.looks import unlike

pytestmark = pytest.mark.slow

ROUND = MotifTraits(roundness=1.0, density=0.8, stroke=0.9, scale=1)
SQUARE = MotifTraits(roundness=0.0, density=0.4, stroke=0.3, scale=3)
SLANTED = MotifTraits(roundness=0.1, slant=0.8, angle=60, density=0.6, stroke=0.5, scale=2)
COLOURS = ("#F2A62B", "#BF4F2A", "#A9BFA0")


def _drawn(name: str, traits: MotifTraits, colours: tuple[str, ...] = COLOURS, seed: int = 4) -> Raster:
    motif = draw_motif(name, (0, 0, 301, 223), "#1E4D3A", colours, seed, traits)
    return PAINTER.draw(f'<svg xmlns="http://www.w3.org/2000/svg" width="301" height="223">{motif}</svg>')


@pytest.mark.parametrize("name", [name for name in MOTIFS if name != "pennants"])
def test_brands_of_other_shapes_get_other_pictures_of_the_same_motif(name: str) -> None:
    drawn = [_drawn(name, traits) for traits in (ROUND, SQUARE, SLANTED)]
    assert min(unlike(a, b) for a, b in combinations(drawn, 2)) > 0.06


@pytest.mark.slow
@pytest.mark.parametrize("name", MOTIFS)
def test_a_motif_shows_its_colours_and_repeats_itself(name: str) -> None:
    first = _drawn(name, ROUND)
    assert first.rgba == _drawn(name, ROUND).rgba
    seen = {tuple(p) for p in np.frombuffer(first.rgba, np.uint8).reshape(-1, 4)[:, :3].tolist()}
    assert len(seen & {tuple(bytes.fromhex(value[1:])) for value in COLOURS}) >= 1


@pytest.mark.parametrize("name", ["patches", "pennants", "quarters"])
def test_neighbours_of_one_colour_show_no_seam(name: str) -> None:
    full = MotifTraits(roundness=0.0, density=1.0, scale=3)
    drawn = _drawn(name, full, ("#F2A62B",), seed=9)
    pixels = np.frombuffer(drawn.rgba, np.uint8).reshape(223, 301, 4)[..., :3].astype(int)
    orange = np.abs(pixels - np.array([0xF2, 0xA6, 0x2B])).max(axis=2) < 3
    # A seam is a line one or two pixels thin between pixels of the colour on both its sides.
    thin = ~orange[:, 1:-1] & orange[:, :-2] & orange[:, 2:]
    assert thin.sum(axis=0).max() < 40
