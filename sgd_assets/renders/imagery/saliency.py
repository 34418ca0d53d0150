"""Where the eye goes on a picture, and the part to keep when it is cropped: no model, arithmetic on a small copy.

Spectral residual (what the picture's own spectrum does not repeat), colour that stands out from the mean, edges and the
tones of skin, under a weak pull to the middle and the upper half, where subjects and heads are. From pixels to numbers.
What must not live here: decoding, resizing, drawing.
"""

import numpy as np
from numpy.typing import NDArray

SIDE_PX = 64
"""Longest side of the small copy that is looked at."""
_SKIN_CB, _SKIN_CR = (77.0, 127.0), (133.0, 173.0)
"""Chrominance of skin of every complexion (Chai and Ngan 1999), BT.601."""
_QUIET = 0.6
"""Share of a picture that is backdrop: it is large, and would outweigh the subject."""
_SHIFTS = 4
Floats = NDArray[np.float64]


def saliency_of(pixels: NDArray[np.uint8]) -> Floats:
    """How much each pixel of a small RGB or RGBA copy draws the eye; sums to 1."""
    rgb = pixels[..., :3].astype(np.float64)
    gray = rgb @ np.array([0.299, 0.587, 0.114])
    apart = np.sqrt(((rgb - rgb.mean(axis=(0, 1))) ** 2).sum(axis=2))
    parts = (_residual(gray), _scaled(_blurred(apart)), _scaled(_blurred(_edges(gray))), 0.8 * _skin(rgb))
    whole = sum(parts, np.zeros_like(gray)) * _prior(*gray.shape)
    whole = np.maximum(whole - np.quantile(whole, _QUIET), 0.0) ** 2
    total = whole.sum()
    return whole / total if total > 0 else np.full(gray.shape, 1 / gray.size)


def crop_start(saliency: Floats, share: float, *, axis: int) -> float:
    """Where to begin a crop that keeps `share` of a side (axis 0: height, 1: width): 0 to 1 - share, of that side.

    The crop holds as much of what draws the eye as it can, and has the middle of that in its own middle.
    """
    along = saliency.sum(axis=1 - axis)
    size = len(along)
    kept = max(1, round(size * share))
    if kept >= size:
        return 0.0
    held = np.convolve(along, np.ones(kept), "valid")
    off = np.abs(np.arange(len(held)) - (size - kept) / 2) / size
    start = int(np.argmax(held - 0.02 * off))  # of crops that hold the same, the one nearest to the middle
    for _ in range(_SHIFTS):
        part = along[start : start + kept]
        middle = start + float((part * (np.arange(kept) + 0.5)).sum() / max(part.sum(), 1e-12))
        start = int(np.clip(round(middle - kept / 2), 0, size - kept))
    return min(start / size, 1.0 - share)


def _residual(gray: Floats) -> Floats:
    """Hou and Zhang 2007; nothing where there is hardly any light and shade."""
    if gray.std() < 1.0:
        return np.zeros_like(gray)
    spectrum = np.fft.fft2(gray)
    log = np.log(np.abs(spectrum) + 1e-9)
    phase = np.angle(spectrum)
    return _scaled(_blurred(np.abs(np.fft.ifft2(np.exp(log - _blurred(log) + 1j * phase))) ** 2))


def _edges(gray: Floats) -> Floats:
    down, right = np.gradient(gray)
    steep: Floats = np.hypot(down, right)
    return steep


def _skin(rgb: Floats) -> Floats:
    """Patches in the tones of skin; nothing where half of the picture has them (sand, wood, a sunset)."""
    cb = 128 + rgb @ np.array([-0.168736, -0.331264, 0.5])
    cr = 128 + rgb @ np.array([0.5, -0.418688, -0.081312])
    light = rgb.max(axis=2)
    found = (cb > _SKIN_CB[0]) & (cb < _SKIN_CB[1]) & (cr > _SKIN_CR[0]) & (cr < _SKIN_CR[1]) & (light > 50)
    return _blurred(found.astype(np.float64)) if 0.002 < found.mean() < 0.5 else np.zeros_like(cb)


def _prior(rows: int, columns: int) -> Floats:
    y = (np.arange(rows) + 0.5) / rows - 0.46
    x = (np.arange(columns) + 0.5) / columns - 0.5
    pull: Floats = np.exp(-(y[:, None] ** 2) / 0.4 - (x[None, :] ** 2) / 0.5)
    return pull


def _blurred(values: Floats) -> Floats:
    """A box of 3 x 3, twice."""
    for _ in range(2):
        padded = np.pad(values, 1, mode="edge")
        rows, columns = values.shape
        values = (
            sum(
                (padded[dy : dy + rows, dx : dx + columns] for dy in range(3) for dx in range(3)), np.zeros_like(values)
            )
            / 9
        )
    return values


def _scaled(values: Floats) -> Floats:
    span = float(values.max() - values.min())
    return (values - values.min()) / span if span > 1e-9 else np.zeros_like(values)
