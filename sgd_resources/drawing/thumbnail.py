"""A picture -> a small preview of it as WebP. A job for the sandbox.

What must not live here: what a preview is shown in.
"""

import io
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from sgd_resources.errors import RejectedEvidence

Reply = tuple[dict[str, Any], tuple[bytes, ...]]

_QUALITIES = (75, 50, 25, 5)  # tried in turn until the picture fits its bytes


def draw_thumbnail(data: bytes, arguments: dict[str, Any]) -> Reply:
    """One blob: WebP, at most `longest_side_px` long, of at most `max_bytes` where its lowest quality allows that.

    Raises:
        RejectedEvidence: `reject:malformed` for what is no PNG, JPEG or WebP.
    """
    side = arguments["longest_side_px"]
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as opened:
            # JPEG decodes at a fraction of its size; the others ignore this.
            opened.draft("RGB", (side, side))
            upright = ImageOps.exif_transpose(opened)
            image = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RejectedEvidence("reject", "malformed") from error
    image.thumbnail((side, side), reducing_gap=2.0)
    small = b""
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=2)
        small = out.getvalue()
        if len(small) <= arguments["max_bytes"]:
            break
    return {}, (small,)
