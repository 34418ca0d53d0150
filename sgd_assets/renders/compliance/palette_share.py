"""How much of a picture keeps to a palette: CIEDE2000 on its pixels, antialiasing told from real colours.

Pixels in, a share and the stray colours out. The verdict is `critique.py`'s.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sgd_resources.colour import delta_e_2000_to_each, hex_of, rgb_of

Pixels = NDArray[np.uint8]

PALETTE_TOLERANCE = 3.0
"""CIEDE2000 within which a pixel counts as a palette colour."""
_SAMPLE_PIXELS = 260_000  # about 510 x 510: bounds the cost of a large picture
_RGB = np.uint32(0xFFFFFF)


@dataclass(frozen=True)
class StrayColour:
    """A flat colour that is not in the palette, its share, and the palette colour nearest to it."""

    hex: str
    share: float
    nearest_hex: str
    delta_e: float


def palette_share(
    pixels: Pixels, mask: NDArray[np.bool_], allowed: Sequence[str]
) -> tuple[float, tuple[StrayColour, ...]]:
    """Share of judged pixels in the palette, and the flat colours outside it.

    Edge pixels whose colour lies between two palette colours are antialiasing and count as kept; they are told from
    flat areas by a neighbour that differs. Large pictures are sampled on a regular grid, each with its neighbours.
    """
    step = max(1, math.ceil(math.sqrt(pixels.shape[0] * pixels.shape[1] / _SAMPLE_PIXELS)))
    own, is_edge = _sampled(_words(pixels), step)
    judged = mask[::step, ::step]
    colours, counts, edges = _counted(own[judged], is_edge[judged])
    rgb = unpacked(colours)
    difference, nearest = _differences(rgb, allowed)
    is_kept = difference <= PALETTE_TOLERANCE
    doubtful = ~is_kept & (edges > 0)
    is_mix = np.zeros(len(colours), bool)
    if doubtful.any() and is_kept.any():
        present = [allowed[i] for i in np.unique(nearest[is_kept])]
        is_mix[doubtful] = _between(rgb[doubtful], present)
    kept = counts[is_kept].sum() + edges[is_mix].sum()
    share = float(kept / counts.sum())
    stray_counts = np.where(is_kept, 0, np.where(is_mix, counts - edges, counts))
    order = np.argsort(-stray_counts, kind="stable")[:5]
    strays = tuple(
        StrayColour(
            hex_of(*rgb[i].tolist()),
            float(stray_counts[i] / counts.sum()),
            allowed[int(nearest[i])],
            float(difference[i]),
        )
        for i in order
        if stray_counts[i] > 0
    )
    return share, strays


def _words(rgba: Pixels) -> NDArray[np.uint32]:
    """Each `(..., 4)` colour as one number; alpha is its highest byte."""
    words: NDArray[np.uint32] = np.ascontiguousarray(rgba).view("<u4")[..., 0]
    return words


def _sampled(words: NDArray[np.uint32], step: int) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """Every `step`-th pixel of every `step`-th row without alpha, and whether one of its four neighbours differs."""
    height, width = words.shape
    rows, columns = np.arange(0, height, step), np.arange(0, width, step)
    own = words[::step, ::step] & _RGB
    is_edge = np.zeros(own.shape, bool)
    for beside in (np.minimum(columns + 1, width - 1), np.maximum(columns - 1, 0)):
        is_edge |= (words[::step].take(beside, axis=1) & _RGB) != own
    for beside in (np.minimum(rows + 1, height - 1), np.maximum(rows - 1, 0)):
        is_edge |= (words[beside, ::step] & _RGB) != own
    return own, is_edge


def _counted(
    colours: NDArray[np.uint32], is_edge: NDArray[np.bool_]
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64]]:
    """Each colour once, in order, how often it occurs, and how often on an edge; colour and edge are sorted as one."""
    keys = np.sort((colours << np.uint32(1)) | is_edge)
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    runs, of_key = np.diff(np.append(starts, len(keys))), keys[starts]
    own = of_key >> np.uint32(1)
    firsts = np.flatnonzero(np.concatenate([[True], own[1:] != own[:-1]]))
    edges = np.where((of_key & np.uint32(1)) == 1, runs, 0)
    return own[firsts], np.add.reduceat(runs, firsts), np.add.reduceat(edges, firsts)


def unpacked(colours: NDArray[np.uint32]) -> Pixels:
    """`(n, 3)` R, G, B of packed numbers."""
    return np.ascontiguousarray(colours, dtype="<u4").view(np.uint8).reshape(-1, 4)[:, :3]


def _differences(rgb: Pixels, allowed: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Least CIEDE2000 to the palette and which colour has it; colours beyond 4,000 are judged by their 5-bit group."""
    if len(rgb) > 4000:
        groups, inverse = np.unique((rgb & np.uint8(0xF8)) | np.uint8(4), axis=0, return_inverse=True)
        least, which = _differences_exact(groups, allowed)
        return least[inverse], which[inverse]
    return _differences_exact(rgb, allowed)


def _differences_exact(rgb: Pixels, allowed: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    every = delta_e_2000_to_each(rgb, allowed)
    which = every.argmin(axis=1)
    return every[np.arange(len(rgb)), which], which


def _between(rgb: Pixels, present: Sequence[str]) -> NDArray[np.bool_]:
    """Whether each colour lies on a straight blend of two palette colours (resvg and browsers blend in sRGB)."""
    points = rgb.astype(np.float64)
    corners = np.array([rgb_of(value) for value in present], np.float64)
    is_mix = np.zeros(len(points), bool)
    for first in range(len(corners)):
        for second in range(first + 1, len(corners)):
            along = corners[second] - corners[first]
            length = float(along @ along)
            if length == 0:
                continue
            t = np.clip((points - corners[first]) @ along / length, 0, 1)
            gap = np.abs(points - (corners[first] + t[:, None] * along)).max(axis=1)
            is_mix |= gap <= 10
    return is_mix
