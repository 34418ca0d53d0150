"""The contrast of words as a reader sees it: ink and ground read from the pixels of their box, coding noise aside.

A lossy format spreads a flat colour over many near ones and smears the ink of thin strokes; so grounds are counted in
groups of near colours, and the ink is the mean of what lies nearest to its own colour. What must not live here: which
contrast is enough (`words/contrast.py`).
"""

import numpy as np
from numpy.typing import NDArray

from sgd_resources.colour import contrast, hex_of, rgb_of

Pixels = NDArray[np.uint8]

_SAMPLE_PIXELS = 20_000  # of a box; strokes one pixel wide are still met thousands of times
_INK_REACH = 40  # of 255: ink that differs more from its own colour is not there
_LOSSY_INK_REACH = 72  # thin strokes never reach their colour once they were coded with loss
_GROUND_AWAY = 24  # of 255: nearer to the ink is the ink's own edge
_GROUND_SHARE = 0.08  # of the box: a ground covers real area, edges do not
_GRAIN = 20.0  # of 255: noise of a lossy format around one flat colour
_INK_SHARE = 0.003  # of the box: a few stray pixels at its rim are no words
_LOSSY_SHARE = 0.5  # a drawn box holds its two flat colours exactly; edges are a fraction of it
_CANDIDATES = 6


def contrast_seen(box: Pixels, ink_hex: str) -> float:
    """WCAG contrast between the ink and the worst ground it touches; 1.0 where ink or ground is not to be seen.

    Args:
        box: RGBA pixels of the words' box, `(height, width, 4)`.
        ink_hex: the colour that the words were drawn in.
    """
    rgb = _sampled(box)
    if not len(rgb):
        return 1.0
    away = _away(rgb, np.array(rgb_of(ink_hex)))
    nearest = int(away.min())
    is_lossy = _exact_share(rgb) < _LOSSY_SHARE
    reach = _LOSSY_INK_REACH if is_lossy else _INK_REACH
    if float((away <= reach).mean()) < _INK_SHARE:
        return 1.0  # nothing of the text's colour is there: it was painted over or never drawn
    ink = rgb[away <= nearest + 3].mean(axis=0)
    least_away = _LOSSY_INK_REACH if is_lossy else _GROUND_AWAY
    grounds = [
        mean
        for mean, share in _groups(rgb, _GRAIN if is_lossy else 2.0)
        if share >= _GROUND_SHARE and np.abs(mean - np.array(rgb_of(ink_hex))).max() > least_away
    ]
    if is_lossy:
        grounds = _without_blends(grounds, ink)
    return min((contrast(_hex(ink), _hex(ground)) for ground in grounds), default=1.0)


def ink_and_ground(box: Pixels) -> tuple[str, str]:
    """(ink, ground) of the words that a box shows: its commonest colour, and the colour that stands out most from it.

    Args:
        box: RGB pixels around one line, `(height, width, 3)`.
    """
    rgb = _sampled(box)
    groups = _groups(rgb, _GRAIN)
    ground = groups[0][0]
    # Words hold at least a twentieth of their box; what stands out in fewer pixels is an edge or grain.
    away = _away(rgb, ground)
    farthest = np.argsort(-away, kind="stable")[: max(3, len(rgb) // 25)]
    return _hex(np.median(rgb[farthest], axis=0)), _hex(_near_median(rgb, ground))


def _away(rgb: Pixels, colour: NDArray[np.generic]) -> NDArray[np.float32]:
    """The most that a channel of each `(n, 3)` colour differs; by channels, for that is several times quicker."""
    red, green, blue = (np.abs(rgb[:, c].astype(np.float32) - np.float32(colour[c])) for c in range(3))
    away: NDArray[np.float32] = np.maximum(np.maximum(red, green), blue)
    return away


def _near_median(rgb: Pixels, colour: NDArray[np.float64]) -> NDArray[np.float64]:
    near = rgb[_away(rgb, colour) <= _GRAIN]
    middle: NDArray[np.float64] = np.median(near, axis=0) if len(near) else colour
    return middle


def _hex(colour: NDArray[np.float64]) -> str:
    return hex_of(*(round(float(value)) for value in colour))


def _without_blends(grounds: list[NDArray[np.float64]], ink: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """The grounds, largest first, less those between the ink and a larger one: smeared edges of small words."""
    kept: list[NDArray[np.float64]] = []
    for ground in grounds:
        if not any(_is_between(ground, ink, larger) for larger in kept):
            kept.append(ground)
    return kept


def _is_between(colour: NDArray[np.float64], first: NDArray[np.float64], second: NDArray[np.float64]) -> bool:
    along = second - first
    share = float((colour - first) @ along / max(float(along @ along), 1.0))
    return 0.0 < share < 1.0 and float(np.abs(colour - (first + share * along)).max()) <= _GRAIN


def _sampled(box: Pixels) -> Pixels:
    step = max(1, int(np.sqrt(box.shape[0] * box.shape[1] / _SAMPLE_PIXELS)))
    sampled: Pixels = np.ascontiguousarray(box[::step, ::step, :3]).reshape(-1, 3)
    return sampled


def _groups(rgb: Pixels, merge: float) -> list[tuple[NDArray[np.float64], float]]:
    """(mean colour, share) of the largest groups of near colours, largest first.

    Colours fall into 32 steps a channel; a group takes in what lies within `merge`: grain crosses the steps' borders.
    """
    steps = (rgb >> 3).astype(np.int32)
    keys = (steps[:, 0] << 10) | (steps[:, 1] << 5) | steps[:, 2]
    counts = np.bincount(keys, minlength=1 << 15)
    present = np.flatnonzero(counts)
    sums = np.stack([np.bincount(keys, weights=rgb[:, c], minlength=1 << 15)[present] for c in range(3)], axis=1)
    sizes = counts[present]
    means = sums / sizes[:, None]
    peaks = _peaks(means, np.argsort(-sizes, kind="stable")[:_CANDIDATES], merge)
    return [(means[i], float(sizes[np.abs(means - means[i]).max(axis=1) <= merge].sum() / len(rgb))) for i in peaks]


def _peaks(means: NDArray[np.float64], order: NDArray[np.intp], merge: float) -> list[int]:
    """Groups, largest first, less those that lie in the grain of a larger one."""
    kept: list[int] = []
    for index in order.tolist():
        if all(np.abs(means[index] - means[other]).max() > merge for other in kept):
            kept.append(index)
    return kept


def _exact_share(rgb: Pixels) -> float:
    """Share of the two most frequent exact colours: nearly all of a drawn box, little of one coded with loss."""
    packed = (rgb[:, 0].astype(np.uint32) << 16) | (rgb[:, 1].astype(np.uint32) << 8) | rgb[:, 2]
    packed.sort()
    edges = np.flatnonzero(np.diff(packed)) + 1
    runs = np.diff(np.concatenate([[0], edges, [len(packed)]]))
    runs.sort()
    return float(runs[-2:].sum() / len(packed))
