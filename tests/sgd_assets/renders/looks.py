"""How alike two pictures look: a difference hash over a small grey copy."""

import numpy as np

from sgd_resources.ports import Raster
from tests.sgd_assets.renders.laying import PAINTER

_SIDE = 12


def dhash(raster: Raster) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
    """For each pair of neighbours of a small grey copy: darker, alike or lighter. Flat fields are alike, not noise."""
    small = PAINTER.resize(raster, _SIDE + 1, _SIDE + 1)
    rgb = np.frombuffer(small.rgba, np.uint8).reshape(_SIDE + 1, _SIDE + 1, 4)[..., :3].astype(np.float64)
    grey = rgb @ np.array([0.299, 0.587, 0.114])
    across, down = np.diff(grey, axis=1)[:-1], np.diff(grey, axis=0)[:, :-1]
    steps = np.stack([across, down])
    return np.where(np.abs(steps) < 4, 0, np.sign(steps)).astype(np.int8)


def unlike(first: Raster, second: Raster) -> float:
    """Share of the hash that differs, 0..1."""
    return float((dhash(first) != dhash(second)).mean())
