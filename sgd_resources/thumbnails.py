"""Small previews of pictures as data URLs, for places that show a picture without fetching it (Dagster's UI).

What must not live here: drawing or judging pictures (`painter.py`), or Markdown.
"""

import base64
import io

from sgd_resources.errors import ValidationFailed

LONGEST_SIDE_PX = 200
MAX_BYTES = 11_000
"""Below 15 kB once it is base64: previews lie in the event log, which is no picture store."""
_QUALITIES = (75, 50, 25, 5)


def thumbnail_url(data: bytes) -> str:
    """A `data:image/webp` URL of at most 15,000 characters. The same bytes give the same URL.

    Raises:
        ValidationFailed: the bytes are no PNG, JPEG or WebP.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as opened:
            # JPEG decodes at a fraction of its size; the others ignore this.
            opened.draft("RGB", (LONGEST_SIDE_PX, LONGEST_SIDE_PX))
            upright = ImageOps.exif_transpose(opened)
            image = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationFailed("the picture is not a readable PNG, JPEG or WebP") from error
    image.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX), reducing_gap=2.0)
    small = b""
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=2)
        small = out.getvalue()
        if len(small) <= MAX_BYTES:
            break
    return f"data:image/webp;base64,{base64.b64encode(small).decode()}"
