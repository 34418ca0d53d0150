"""Measures a picture file. A job for the sandbox: a stranger's bytes in, its measures out.

What must not live here: what the measures tell (`sgd_assets/renders/imagery`).
"""

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from sgd_resources.errors import RejectedEvidence

Reply = tuple[dict[str, Any], tuple[bytes, ...]]

_SIDE_PX = 256
FORMATS = ("PNG", "JPEG", "WEBP")
_MAX_PIXELS = 120_000_000  # as large as a camera's; it is decoded small where the format can
UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError)
_LUMINANCE = (0.299, 0.587, 0.114)  # luma of BT.601, as photographs are coded with
_BLOCK = 8


def measure_picture(data: bytes, arguments: dict[str, Any]) -> Reply:
    """The fields of `PictureMeasures`, which says what each is.

    Raises:
        RejectedEvidence: `reject:malformed` for what is no PNG, JPEG or WebP, `reject:bomb` for one that is too large.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            width, height = opened.size
            if width * height > _MAX_PIXELS:
                raise RejectedEvidence("reject", "bomb", details={"message": f"{width} x {height} px"})
            opened.draft("RGB", (2 * _SIDE_PX, 2 * _SIDE_PX))
            small = opened.convert("RGBA")
    except UNREADABLE as error:
        raise RejectedEvidence("reject", "malformed") from error
    small.thumbnail((_SIDE_PX, _SIDE_PX), Image.Resampling.BILINEAR)
    return {"width_px": width, "height_px": height, **_measures(np.asarray(small, np.uint8))}, ()


def _measures(pixels: NDArray[np.uint8]) -> dict[str, float | int]:
    seen = pixels[..., 3] > 200
    rgb = np.where(seen[..., None], pixels[..., :3], 255).astype(np.int16)
    luminance = rgb @ np.array(_LUMINANCE)
    steps = np.concatenate([np.abs(np.diff(rgb, axis=axis)).max(axis=2).ravel() for axis in (0, 1)])
    codes = rgb[..., 0] // 16 * 256 + rgb[..., 1] // 16 * 16 + rgb[..., 2] // 16
    shares = np.unique(codes, return_counts=True)[1] / codes.size
    found = {
        "see_through": 1.0 - float(seen.mean()),
        "entropy": _entropy(luminance[seen] if seen.any() else luminance),
        "flatness": float((steps <= 1).mean()) if steps.size else 1.0,
        "shading": float(((steps > 2) & (steps <= 24)).mean()) if steps.size else 0.0,
        "edges": float((steps > 48).mean()) if steps.size else 0.0,
        "top_colour": float(shares.max()),
        "writing": _writing(luminance),
    }
    return {**{name: round(value, 4) for name, value in found.items()}, "colours": int((shares >= 1 / 2000).sum())}


def _entropy(luminance: NDArray[np.float64]) -> float:
    counts = np.histogram(luminance, bins=64, range=(0, 256))[0]
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log2(shares)).sum())


def _writing(luminance: NDArray[np.float64]) -> float:
    """Blocks that hold two tones far apart and little between them."""
    rows, columns = (side // _BLOCK for side in luminance.shape)
    if not rows or not columns:
        return 0.0
    blocks = luminance[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK)
    low, high = blocks.min(axis=(1, 3)), blocks.max(axis=(1, 3))
    near_low = blocks <= low[:, None, :, None] + 40
    near_high = blocks >= high[:, None, :, None] - 40
    two_toned = (near_low | near_high).mean(axis=(1, 3)) >= 0.7
    return float(((high - low > 110) & two_toned).mean())
