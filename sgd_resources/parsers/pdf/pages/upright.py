"""Rewrites pages that are turned for viewing (/Rotate) as upright ones, so that every step reads what a reader sees.

Text, operators and renders then share one space: the page as displayed. What must not live here: reading a page.
"""

from typing import cast

import pikepdf

_MATRICES = {
    90: "0 -1 1 0 {bottom_off} {right}",
    180: "-1 0 0 -1 {right} {top}",
    270: "0 1 -1 0 {top} {left_off}",
}
"""Content matrix by clockwise turn; the visible box's lower left corner goes to the origin."""


def make_upright(document: pikepdf.Pdf, *, page_limit: int) -> bool:
    """Turn the content of rotated pages instead of the pages; False when there is none to turn.

    Patterns keep to the page they were written for: those of a turned page may be rendered off their place.
    """
    is_changed = False
    for page in document.pages[:page_limit]:
        turn = _turn_of(page)
        if turn not in _MATRICES:
            continue
        left, bottom, right, top = _visible_box(page)
        matrix = _MATRICES[turn].format(
            bottom_off=f"{-bottom:.4f}", left_off=f"{-left:.4f}", right=f"{right:.4f}", top=f"{top:.4f}"
        )
        # a stray Q in the page's own stream would undo the turn, so the stream is closed off
        page.contents_add(f"q {matrix} cm q\n".encode("ascii"), prepend=True)
        page.contents_add(b"\nQ Q")
        width, height = right - left, top - bottom
        size = (height, width) if turn in (90, 270) else (width, height)
        page.obj["/MediaBox"] = pikepdf.Array([0, 0, *size])
        page.obj["/CropBox"] = pikepdf.Array([0, 0, *size])
        page.obj["/Rotate"] = 0
        is_changed = True
    return is_changed


def _turn_of(page: pikepdf.Page) -> int:
    node = page.obj
    for _ in range(32):
        if "/Rotate" in node:
            try:
                return int(node["/Rotate"]) % 360
            except (TypeError, ValueError):
                return 0
        if "/Parent" not in node:
            return 0
        node = cast("pikepdf.Dictionary", node["/Parent"])
    return 0


def _visible_box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    media, crop = (_ordered([float(side) for side in box]) for box in (page.mediabox, page.cropbox))
    box = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
    return box if box[0] < box[2] and box[1] < box[3] else media


def _ordered(box: list[float]) -> tuple[float, float, float, float]:
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
