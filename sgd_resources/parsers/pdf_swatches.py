"""Pairs filled shapes of a PDF page with the words that name them: a caption below, beside, above or inside the shape."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sgd_resources.parsed_document import Bbox

_REACH_PT = 42.0


@dataclass(frozen=True)
class Caption:
    """A block of text that may name a swatch."""

    text: str
    bbox: Bbox


def label_of(shape: Bbox, captions: Sequence[Caption], page_area: float) -> str | None:
    """The words that name a shape, or None. Text inside wins, then the nearest below, right, above, left."""
    width, height = shape[2] - shape[0], shape[3] - shape[1]
    if width < 6 or height < 6 or width * height > 0.5 * page_area:
        return None
    best: tuple[float, str] | None = None
    inside: list[str] = []
    for caption in captions:
        if not re.search(r"[A-Za-z0-9]{2}", caption.text) or len(caption.text) > 240:
            continue
        distance = _distance(shape, caption.bbox)
        if distance is None:
            continue
        if distance < 0:
            inside.append(caption.text)
        elif distance <= _REACH_PT and (best is None or distance < best[0]):
            best = (distance, caption.text)
    words = "\n".join(inside[:4]) if inside else best[1] if best else None
    return re.sub(r"\s*\n\s*", " | ", words).strip()[:160] if words else None


def _distance(shape: Bbox, text: Bbox) -> float | None:
    """Gap between the two boxes when they face each other; negative when the text stands inside; None when they do not face."""
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
