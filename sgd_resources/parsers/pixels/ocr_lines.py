"""Pixels of a region -> corners of its lines -> the line cut out and levelled -> its text.

The sums around the two networks, as PP-OCR was trained with. What must not live here: choosing regions, threads.

Source: PaddleOCR's DBPostProcess and CTCLabelDecode (Apache-2.0), 2026-11.
"""

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from sgd_resources.parsers.pixels.ocr_models import characters, line_finder, line_reader
from sgd_resources.parsers.pixels.ocr_regions import Region

Pixels = NDArray[np.uint8]
Corners = NDArray[np.float32]
"""(4, 2): x and y of top left, top right, bottom right, bottom left."""
_LIKELY, _LIKELY_LINE = 0.3, 0.5
_GROWTH = 1.6  # of the model's shrunken outlines: `unclip_ratio`, as RapidOCR has it for the same model
_LEAST_SIDE, _LEAST_GROWN_SIDE = 3, 5
_MOST_LINES = 1000  # as in `ocr.py`
_MULTIPLE = 32  # sides that the model takes
_MARGIN = 8  # ground around a part: the model misses lines that touch the edge
_LINE_HEIGHT, _LEAST_WIDTH, _ROOM_BEHIND = 48, 96, 32


def find_lines(picture: Pixels, region: Region, threads: int) -> list[Corners]:
    """Corners of the lines that the region shows, in pixels of the picture.

    Args:
        picture: (height, width, 3) BGR.
        region: the part to look at.
        threads: that share the work; they do not change what is found.
    """
    x0, y0, x1, y1 = region.box
    part = picture[y0:y1, x0:x1]
    if region.scale < 1:
        part = cv2.resize(part, None, fx=region.scale, fy=region.scale, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]  # cv2 says any array
    height, width = part.shape[:2]
    likely = _likelihood(part, threads)
    stretch = np.array([(x1 - x0) / width, (y1 - y0) / height], np.float32)
    origin, last = np.array([x0, y0], np.float32), np.array([width, height], np.float32)
    found = []
    for corners in _outlines(likely):
        inside = np.clip(corners - _MARGIN, 0, last) * stretch + origin
        if region.rows[0] <= float(inside[:, 1].mean()) < region.rows[1]:
            found.append(inside)
    return found


def cut_line(picture: Pixels, corners: Corners) -> Pixels | None:
    """The line alone, level and unscaled; one that runs up the page is laid on its side. None where it has no area."""
    width = int(max(np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[2] - corners[3])))
    height = int(max(np.linalg.norm(corners[0] - corners[3]), np.linalg.norm(corners[1] - corners[2])))
    if min(width, height) <= _LEAST_SIDE:
        return None
    level = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    line = cv2.warpPerspective(
        picture,
        cv2.getPerspectiveTransform(corners, level),
        (width, height),
        borderMode=cv2.BORDER_REPLICATE,
        flags=cv2.INTER_CUBIC,
    )
    return np.asarray(np.rot90(line) if height >= 1.5 * width else line, dtype=np.uint8)


def read_line(line: Pixels) -> tuple[str, float]:
    """(text, how sure the network is of it from 0 to 1)."""
    height, width = line.shape[:2]
    drawn = math.ceil(_LINE_HEIGHT * width / height)
    shown = np.zeros((1, 3, _LINE_HEIGHT, max(_LEAST_WIDTH, drawn + _ROOM_BEHIND)), np.float32)
    shown[0, :, :, :drawn] = _centred(np.asarray(cv2.resize(line, (drawn, _LINE_HEIGHT)), dtype=np.uint8))
    likely = _run(line_reader(), shown)[0]
    best = likely.argmax(axis=1)
    is_new = np.append(True, best[1:] != best[:-1]) & (best != 0)
    if not is_new.any():
        return "", 0.0
    known = characters()
    return "".join(known[index] for index in best[is_new]), float(likely.max(axis=1)[is_new].mean())


def _likelihood(part: Pixels, threads: int) -> NDArray[np.float32]:
    """How likely each pixel belongs to a line; the part lies `_MARGIN` in from the left and top, ground around it."""
    height, width = part.shape[:2]
    below, beside = (-(side + 2 * _MARGIN) % _MULTIPLE + _MARGIN for side in (height, width))
    framed = cv2.copyMakeBorder(part, _MARGIN, below, _MARGIN, beside, cv2.BORDER_REPLICATE)
    shown = _centred(np.asarray(framed, dtype=np.uint8))[np.newaxis]
    return np.asarray(_run(line_finder(threads), shown)[0, 0], dtype=np.float32)


def _run(session: Any, shown: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(session.run(None, {session.get_inputs()[0].name: shown})[0])


def _centred(pixels: Pixels) -> NDArray[np.float32]:
    """(3, height, width) from -1 to 1."""
    return np.ascontiguousarray(pixels.transpose(2, 0, 1), dtype=np.float32) / np.float32(127.5) - np.float32(1)


def _outlines(likely: NDArray[np.float32]) -> list[Corners]:
    """Corners of each likely line, grown to the whole height of its letters: the network marks their middle."""
    mask = cv2.dilate((likely > _LIKELY).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline in outlines[:_MOST_LINES]:
        centre, (width, height), angle = cv2.minAreaRect(outline)
        if min(width, height) < _LEAST_SIDE:
            continue
        if _mean_inside(likely, cv2.boxPoints((centre, (width, height), angle))) < _LIKELY_LINE:
            continue
        growth = width * height * _GROWTH / (width + height)
        if min(width, height) + growth < _LEAST_GROWN_SIDE:
            continue
        found.append(_in_order(cv2.boxPoints((centre, (width + growth, height + growth), angle))))
    return found


def _mean_inside(likely: NDArray[np.float32], corners: NDArray[np.generic]) -> float:
    points = np.asarray(corners, dtype=np.float32)
    last = np.array([likely.shape[1] - 1, likely.shape[0] - 1])
    x0, y0 = np.clip(np.floor(points.min(axis=0)), 0, last).astype(int)
    x1, y1 = np.clip(np.ceil(points.max(axis=0)), 0, last).astype(int)
    mask = np.zeros((y1 - y0 + 1, x1 - x0 + 1), np.uint8)
    cv2.fillPoly(mask, [(points - (x0, y0)).astype(np.int32)], (1,))
    return float(cv2.mean(likely[y0 : y1 + 1, x0 : x1 + 1], mask)[0])


def _in_order(corners: NDArray[np.generic]) -> Corners:
    """Top left, top right, bottom right, bottom left."""
    points = np.asarray(corners, dtype=np.float32)
    points = points[np.argsort(points[:, 0], kind="stable")]
    left = points[:2][np.argsort(points[:2, 1], kind="stable")]
    right = points[2:][np.argsort(points[2:, 1], kind="stable")]
    return np.stack([left[0], right[0], right[1], left[1]])
