"""Small pictures of three formats, made here, and a signer of their own."""

import io

from PIL import Image, ImageDraw

MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


def picture(picture_format: str = "PNG", size: tuple[int, int] = (240, 160), ground: str = "#225577") -> bytes:
    image = Image.new("RGB", size, ground)
    pen = ImageDraw.Draw(image)
    pen.rectangle((20, 20, 120, 90), fill="#F4C430")
    pen.ellipse((110, 50, 220, 150), fill="#FFFFFF")
    out = io.BytesIO()
    image.save(out, picture_format, **({"lossless": True} if picture_format == "WEBP" else {}))
    return out.getvalue()


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).convert("RGB").tobytes()
