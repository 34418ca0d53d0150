"""Pairs filled shapes of a PDF page with the words that name them: captions below, beside, above or inside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sgd_resources.parsed_document import Bbox

_NEAREST_PT = 36.0  # a caption's least reach, for swatches of a centimetre
_FARTHEST_PT = 90.0  # a caption's longest reach: full-page fills would else claim every word
_STACK_GAP_PT = 16.0  # a line's height: captions of one swatch stand that close


@dataclass(frozen=True)
class Caption:
    """A block of text that may name a swatch."""

    text: str
    bbox: Bbox


def label_of(shape: Bbox, captions: Sequence[Caption], page_area: float) -> str | None:
    """The words that name a shape, or None. Text inside wins, then the nearest stack below, right, above, left."""
    width, height = shape[2] - shape[0], shape[3] - shape[1]
    if width < 6 or height < 6 or width * height > 0.5 * page_area:
        return None
    # a large swatch may keep its caption further off than a small one
    reach = min(_FARTHEST_PT, max(_NEAREST_PT, 0.9 * min(width, height)))
    best: tuple[float, Caption] | None = None
    inside: list[Caption] = []
    for caption in captions:
        distance = _distance(shape, caption.bbox)
        if distance is None:
            continue
        if distance < 0:
            inside.append(caption)
        elif distance <= reach and (best is None or distance < best[0]):
            best = (distance, caption)
    chosen = inside[:4] or (_stack(best[1], captions, shape) if best else [])
    words = "\n".join(caption.text for caption in chosen)
    return re.sub(r"\s*\n\s*", " | ", words).strip()[:160] or None


def usable_captions(captions: Sequence[Caption]) -> list[Caption]:
    """Those that can name a swatch: short, and of words or values."""
    return [caption for caption in captions if len(caption.text) <= 240 and re.search(r"[A-Za-z0-9]{2}", caption.text)]


def _stack(start: Caption, captions: Sequence[Caption], shape: Bbox) -> list[Caption]:
    """`start` with the captions right above and below it in the same column; none on the shape's other side."""
    chosen = [start]
    is_below = start.bbox[1] >= shape[3] - 2
    is_above = start.bbox[3] <= shape[1] + 2
    for caption in sorted(captions, key=lambda item: item.bbox[1]):
        if caption is start or abs(caption.bbox[0] - start.bbox[0]) > 8 or len(chosen) >= 4:
            continue
        middle = (caption.bbox[1] + caption.bbox[3]) / 2
        if not is_below and not is_above and not shape[1] - 2 <= middle <= shape[3] + 2:
            continue  # beside the next swatch of a column, not this one
        top, bottom = min(item.bbox[1] for item in chosen), max(item.bbox[3] for item in chosen)
        if (is_below and caption.bbox[1] < shape[3] - 2) or (is_above and caption.bbox[3] > shape[1] + 2):
            continue
        if -2 <= caption.bbox[1] - bottom <= _STACK_GAP_PT or -2 <= top - caption.bbox[3] <= _STACK_GAP_PT:
            chosen.append(caption)
    return sorted(chosen, key=lambda item: (item.bbox[1], item.bbox[0]))


def _distance(shape: Bbox, text: Bbox) -> float | None:
    """Gap between boxes that face each other; negative when the text stands inside; None when they do not face."""
    middle_x, middle_y = (text[0] + text[2]) / 2, (text[1] + text[3]) / 2
    if shape[0] - 1 <= middle_x <= shape[2] + 1 and shape[1] - 1 <= middle_y <= shape[3] + 1:
        return -1.0
    across = min(shape[2], text[2]) - max(shape[0], text[0])
    along = min(shape[3], text[3]) - max(shape[1], text[1])
    if across > 0.3 * min(shape[2] - shape[0], text[2] - text[0]):
        below, above = text[1] - shape[3], shape[1] - text[3]
        if below >= -2:
            return max(0.0, below)
        if above >= -2:
            return max(0.0, above) + 6  # captions stand below more often than above
    if along > 0.3 * min(shape[3] - shape[1], text[3] - text[1]):
        right, left = text[0] - shape[2], shape[0] - text[2]
        if right >= -2:
            return max(0.0, right) + 2
        if left >= -2:
            return max(0.0, left) + 10
    return None
