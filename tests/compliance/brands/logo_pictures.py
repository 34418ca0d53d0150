"""The logo files of a brand as large pictures with transparency, cut to their ink.

Drawn with resvg and Pillow straight from the evidence's bytes. What must not live here: where a logo is put.
"""

import io
import re

import numpy as np
from lxml import etree
from PIL import Image
from resvg import render, usvg

from tests.compliance.brands.kit import LogoPicture
from tests.compliance.cards.colours import hex_of

_LONGEST_PX = 1400
_IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def logo_picture(file_name: str, data: bytes) -> LogoPicture | None:
    """The logo of one file; None where it shows nothing or cannot be read here."""
    image = _svg(data) if file_name.lower().endswith(".svg") else _bitmap(data)
    if image is None:
        return None
    alpha = np.asarray(image.getchannel("A"))
    plate = _plate(image)
    if plate is not None:
        return LogoPicture(file_name, _cut(image, _differs(image, plate)), plate_hex=plate)
    if not (alpha > 24).any():
        return None
    return LogoPicture(file_name, _cut(image, alpha > 24))


def _svg(data: bytes) -> Image.Image | None:
    """Drawn at a large size: the root gets another width and height, and a view box where it has none."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    sides = [re.match(r"[\d.]+", root.get(name, "")) for name in ("width", "height")]
    if root.get("viewBox") is None:
        if sides[0] is None or sides[1] is None:
            return None
        root.set("viewBox", f"0 0 {sides[0][0]} {sides[1][0]}")
    width, height = (float(value) for value in root.get("viewBox", "").replace(",", " ").split()[2:])
    scale = _LONGEST_PX / max(width, height)
    root.set("width", f"{width * scale:.2f}")
    root.set("height", f"{height * scale:.2f}")
    tree = usvg.Tree.from_str(etree.tostring(root, encoding="unicode"), usvg.Options.default())
    return Image.open(io.BytesIO(bytes(render(tree, _IDENTITY)))).convert("RGBA")


def _bitmap(data: bytes) -> Image.Image | None:
    image = Image.open(io.BytesIO(data)).convert("RGBA")
    image.thumbnail((_LONGEST_PX, _LONGEST_PX), Image.Resampling.LANCZOS)
    return image


def _plate(image: Image.Image) -> str | None:
    """The colour of an opaque rim all round, or None."""
    pixels = np.asarray(image)
    rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    if (rim[:, 3] < 250).mean() > 0.02:
        return None
    middle = np.median(rim[:, :3], axis=0)
    return hex_of(middle.tolist()) if (np.abs(rim[:, :3] - middle).max(axis=1) <= 6).mean() > 0.97 else None


def _differs(image: Image.Image, plate: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    ground = np.array([int(plate[i : i + 2], 16) for i in (1, 3, 5)])
    return np.asarray(np.abs(np.asarray(image)[..., :3].astype(int) - ground).max(axis=2) > 24)


def _cut(image: Image.Image, ink: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> Image.Image:
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return image.crop((int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1))
