"""A picture's surface on a grid of samples: which lie in the palette, on edges, in flat areas, in photographs.

Pixels in, `Surface` out; large pictures are sampled, each sample with its real neighbours. The picture's own noise sets
what counts as flat. What must not live here: any verdict.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sgd_assets.renders.compliance.colours.areas import Area, closed, dilated, label_areas
from sgd_resources.colour import delta_e_2000_to_each, hex_of, rgb_of

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Box = tuple[float, float, float, float]

PALETTE_TOLERANCE = 3.0
"""CIEDE2000 within which a sample counts as a palette colour; measured on flat areas of lossless pictures."""
LOSSY_TOLERANCE = 5.0
"""The same where the picture was coded with loss: at quality 60 a flat dark blue moves by up to 4."""
_SAMPLE_PIXELS = 260_000  # about 510 x 510: bounds the cost of a large picture
_CELL = 4  # samples on a side
_FLAT_STEP = 3  # of 255, between neighbours: less is noise
_STRONG_STEP, _BLOCK_PX = 40, 8
_LOSSY_SHARE = 0.004  # of neighbours that differ by one or two levels: drawn pictures have none
_MIX_GAP, _LOSSY_MIX_GAP = 10, 26
"""Of 255: how far an edge's colour may lie off the straight blend of two palette colours; coding rings around edges."""
_DISTINCT = 6  # colours among a cell's 16 samples from which it is of continuous tone
_NOISE_STEP = 90  # of 255: of neighbours in a photograph some belong together
_PHOTO_SHARE = 0.02  # of the picture; a smaller patch of many colours is an icon
_MOST_COLOURS = 4000
_MOSTLY = 0.5
_SPREAD = 14.0  # of 255: an area whose colours differ by more is shaded, not flat


@dataclass(frozen=True)
class FlatArea:
    """A flat area outside the palette: its box in pixels, its colour, its share of the picture."""

    box: Box
    hex: str
    share: float
    nearest_hex: str
    delta_e: float
    is_in_photo: bool = False


@dataclass(frozen=True)
class Surface:
    """The grid: `(rows, columns)` samples, every `step`-th pixel of every `step`-th row."""

    step: int
    rgb: Pixels
    is_judged: Mask
    """Visible, and not part of what is left out."""
    farthest: NDArray[np.uint8]
    """How far each sample is from the farthest of its four neighbours, of 255."""
    difference: NDArray[np.float64]
    """CIEDE2000 to the nearest allowed colour."""
    nearest: NDArray[np.intp]
    is_mix: Mask
    """An edge sample between two allowed colours."""
    is_lossy: bool
    allowed: tuple[str, ...]
    has_unknown_photos: bool = True
    """Whether photographs are to be looked for: where the scene is known, so are its pictures."""

    @cached_property
    def is_edge(self) -> Mask:
        """A neighbour differs by more than noise."""
        edge: Mask = self.farthest > _FLAT_STEP
        return edge

    @property
    def tolerance(self) -> float:
        """Difference up to which a sample counts as its nearest palette colour."""
        return LOSSY_TOLERANCE if self.is_lossy else PALETTE_TOLERANCE

    @cached_property
    def is_kept(self) -> Mask:
        """In the palette, antialiased edges included."""
        kept: Mask = (self.difference <= self.tolerance) | (self.is_mix & self.is_edge)
        return kept

    @cached_property
    def is_smeared(self) -> Mask:
        """Of a picture coded with loss: samples within a block of a strong edge, where coding leaves other colours."""
        if not self.is_lossy:
            return np.zeros(self.is_edge.shape, bool)
        return dilated(self.farthest > _STRONG_STEP, math.ceil(_BLOCK_PX / self.step)) & ~self.is_kept

    @cached_property
    def is_photo(self) -> Mask:
        """Samples in areas of continuous tone: photographs, and shadings drawn like them."""
        # Between two palette colours lie half of all a photograph's colours; at the rims of forms they stand out.
        is_drawn = (self.difference <= self.tolerance) | (self.is_mix & (self.farthest > _STRONG_STEP))
        cells = self._cells(self.is_judged & ~is_drawn).mean(axis=(1, 3)) >= 0.4
        if not self.has_unknown_photos or not cells.any():
            return np.zeros(self.is_judged.shape, bool)
        calm = self._cells(self.farthest).mean(axis=(1, 3)) < _NOISE_STEP
        tone = cells & calm & (_distinct(self._cells(_packed(self.rgb))) >= _DISTINCT)
        found = np.zeros(cells.shape, bool)
        least = _PHOTO_SHARE * cells.size
        for area in label_areas(closed(tone, 2)):
            y0, x0, y1, x1 = area.box
            if area.size < least:
                continue
            # A photograph is a rectangle or a disc: what is calm in it, a sky, lies between its textured parts.
            is_full = area.size >= 0.5 * (y1 - y0) * (x1 - x0)
            found[y0:y1, x0:x1] |= True if is_full else area.mask[y0:y1, x0:x1]
        for area, is_shaded in self._flat_cells:
            if is_shaded and area.size >= least:
                found |= area.mask
        return self._spread_out(found)

    @cached_property
    def flat_areas(self) -> tuple[FlatArea, ...]:
        """Flat areas outside the palette, largest first; photographs hold none but those painted over them."""
        found = []
        for area, is_shaded in self._flat_cells:
            if is_shaded:
                continue
            inside = self._spread_out(area.mask) & self.is_judged & (self.difference > self.tolerance)
            colours = self.rgb[inside]
            if not len(colours):
                continue
            middle = np.median(colours, axis=0)
            near = np.abs(self.rgb.astype(np.int16) - middle.astype(np.int16)).max(axis=2) <= 8
            y0, x0, y1, x1 = area.box
            side = _CELL * self.step
            box = (float(x0 * side), float(y0 * side), float(x1 * side), float(y1 * side))
            difference, nearest = _nearest(middle.reshape(1, 3).astype(np.uint8), self.allowed)
            hex_value = hex_of(*middle.tolist())
            share = float((near & inside).sum() / self.is_judged.size)
            in_photo = bool(self.is_photo[inside].mean() > _MOSTLY)
            near_hex = self.allowed[int(nearest[0])]
            found.append(FlatArea(box, hex_value, share, near_hex, float(difference[0]), in_photo))
        return tuple(sorted(found, key=lambda area: -area.share))

    @cached_property
    def _flat_cells(self) -> list[tuple[Area, bool]]:
        """Connected cells of flat samples outside the palette, and whether their colours run into each other."""
        off = self.is_judged & ~self.is_kept & ~self.is_edge & (self.difference > self.tolerance)
        cells = self._cells(off).mean(axis=(1, 3)) >= 0.5
        found = []
        for area in label_areas(cells):
            samples = self.rgb[self._spread_out(area.mask) & off].astype(np.float64)
            low, high = np.percentile(samples, (8, 92), axis=0)
            found.append((area, bool((high - low).max() > _SPREAD)))
        return found

    def _cells(self, values: NDArray[np.generic]) -> NDArray[Any]:
        rows, columns = (side // _CELL for side in values.shape)
        whole = values[: rows * _CELL, : columns * _CELL]
        return whole.reshape(rows, _CELL, columns, _CELL)

    def _spread_out(self, cells: Mask) -> Mask:
        """Of cells, on samples; the rest of a side that does not divide belongs to the last cell."""
        rows, columns = self.is_judged.shape
        if cells.size == 0:
            return np.zeros((rows, columns), bool)
        wide = cells.repeat(_CELL, axis=0).repeat(_CELL, axis=1)
        spread: Mask = np.pad(wide, ((0, rows - wide.shape[0]), (0, columns - wide.shape[1])), mode="edge")
        return spread


def surface_of(pixels: Pixels, is_judged: Mask, allowed: Sequence[str], *, has_unknown_photos: bool = True) -> Surface:
    """The surface of a picture.

    Args:
        pixels: RGBA, `(height, width, 4)`.
        is_judged: of each pixel, whether its colour is to be judged.
        allowed: hexes that may appear; at least one.
        has_unknown_photos: whether photographs are to be looked for.
    """
    step = max(1, math.ceil(math.sqrt(pixels.shape[0] * pixels.shape[1] / _SAMPLE_PIXELS)))
    rgb = np.ascontiguousarray(pixels[::step, ::step, :3])
    farthest, is_lossy = _steps(pixels, rgb, step)
    colours, places = _coloured(rgb)
    difference, nearest = _nearest(colours, allowed)
    gap = _LOSSY_MIX_GAP if is_lossy else _MIX_GAP
    tolerance = LOSSY_TOLERANCE if is_lossy else PALETTE_TOLERANCE
    present = [allowed[i] for i in np.unique(nearest[difference <= tolerance])]
    is_mix = np.zeros(len(colours), bool)
    doubtful = difference > tolerance
    if doubtful.any() and present:
        is_mix[doubtful] = _between(colours[doubtful], present, gap)
    return Surface(
        step=step,
        rgb=rgb,
        is_judged=is_judged[::step, ::step],
        farthest=farthest,
        difference=difference[places],
        nearest=nearest[places],
        is_mix=is_mix[places],
        is_lossy=is_lossy,
        allowed=tuple(allowed),
        has_unknown_photos=has_unknown_photos,
    )


def _steps(pixels: Pixels, rgb: Pixels, step: int) -> tuple[NDArray[np.uint8], bool]:
    """How far each sample is from the farthest of its four neighbours, and whether the picture was coded with loss."""
    height, width = pixels.shape[:2]
    rows, columns = np.arange(0, height, step), np.arange(0, width, step)
    # One number a pixel: its four bytes are taken together, several times as quickly as one by one.
    whole = np.ascontiguousarray(pixels).view(np.uint32)[..., 0]
    here = np.ascontiguousarray(whole[::step, ::step])
    farthest = np.zeros(rgb.shape[:2], np.uint8)
    small = 0.0
    for beside in (
        whole[::step].take(np.minimum(columns + 1, width - 1), axis=1),
        whole[::step].take(np.maximum(columns - 1, 0), axis=1),
        whole[np.minimum(rows + 1, height - 1), ::step],
        whole[np.maximum(rows - 1, 0), ::step],
    ):
        away = _apart(beside, here)
        small += np.count_nonzero((away > 0) & (away <= 2)) / away.size / 4
        np.maximum(farthest, away, out=farthest)
    return farthest, small > _LOSSY_SHARE


def _apart(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """The most that red, green or blue differ, of pixels as numbers of four bytes."""
    one, other = (np.ascontiguousarray(side).view(np.uint8).reshape(*side.shape, 4) for side in (first, second))
    away = np.maximum(one, other) - np.minimum(one, other)
    return np.asarray(np.maximum(np.maximum(away[..., 0], away[..., 1]), away[..., 2]), np.uint8)


def _coloured(rgb: Pixels) -> tuple[Pixels, NDArray[np.intp]]:
    """`(n, 3)` colours that stand for all samples, and which for each; beyond 4,000 those of 5 bits a channel."""
    packed = _packed(rgb)
    values, places = _numbered(packed)
    colours = np.stack([values >> 16, (values >> 8) & 255, values & 255], axis=1).astype(np.uint8)
    if len(values) <= _MOST_COLOURS:
        return colours, places
    groups = ((values >> 19) << 10) | (((values >> 11) & 31) << 5) | ((values & 255) >> 3)
    counts = np.bincount(places.ravel(), minlength=len(values)).astype(np.float64)
    _, of_value = np.unique(groups, return_inverse=True)
    total = np.bincount(of_value, weights=counts)
    means = np.stack([np.bincount(of_value, weights=counts * colours[:, c]) / total for c in range(3)], axis=1)
    return means.round().astype(np.uint8), of_value[places]


def _packed(rgb: Pixels) -> NDArray[np.uint32]:
    red, green, blue = (rgb[..., channel].astype(np.uint32) for channel in range(3))
    packed = (red << np.uint32(16)) | (green << np.uint32(8)) | blue
    return np.asarray(packed, np.uint32)


def _numbered(packed: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """Each value once, in order, and which of them stands where: runs of one value along a row are sorted as one."""
    flat = packed.ravel()
    starts = np.flatnonzero(np.concatenate(([True], flat[1:] != flat[:-1])))
    values, of_run = np.unique(flat[starts], return_inverse=True)
    places = np.repeat(of_run.astype(np.intp), np.diff(np.append(starts, flat.size)))
    return values, places.reshape(packed.shape)


def _nearest(colours: Pixels, allowed: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    every = delta_e_2000_to_each(colours, allowed)
    which = every.argmin(axis=1)
    return every[np.arange(len(colours)), which], which


def _between(rgb: Pixels, present: Sequence[str], gap: int) -> Mask:
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
            is_mix |= np.abs(points - (corners[first] + t[:, None] * along)).max(axis=1) <= gap
    return is_mix


def _distinct(cells: NDArray[np.uint32]) -> NDArray[np.intp]:
    """How many colours each cell of `(rows, side, columns, side)` holds."""
    rows, side, columns, _ = cells.shape
    ordered = np.sort(cells.transpose(0, 2, 1, 3).reshape(rows, columns, side * side), axis=2)
    found: NDArray[np.intp] = (np.diff(ordered, axis=2) != 0).sum(axis=2) + 1
    return found
