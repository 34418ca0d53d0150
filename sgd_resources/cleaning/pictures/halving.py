"""Halves a decoded picture in strips, so that no second copy of a hundred megapixels ever lies in memory.

What must not live here: which pictures are too large, decoding.
"""

from PIL import Image

_STRIP_ROWS = 512
"""Even, so that no strip but the last splits a pair of rows."""
_WORKING_MODES = {
    "1": "L", "PA": "RGBa", "LA": "La", "RGBA": "RGBa", "I;16": "I", "I;16B": "I", "I;16L": "I", "I;16N": "I",
}  # fmt: skip
"""Averages need numbers, and colours that count by their opacity: what lies under transparent pixels must not show."""
_RESULT_MODES = {"La": "LA", "RGBa": "RGBA", "I": "I;16"}


def halved(picture: Image.Image) -> Image.Image:
    """The picture at half its sides, rounded up; flat areas keep their exact colour.

    Pictures with a palette come back in true colour, and those with a transparent colour with an alpha channel.
    """
    working = _working_mode(picture)
    result = "I" if picture.mode == "I" else _RESULT_MODES.get(working, working)
    half = Image.new(result, ((picture.width + 1) // 2, (picture.height + 1) // 2))
    for top in range(0, picture.height, _STRIP_ROWS):
        strip = picture.crop((0, top, picture.width, min(top + _STRIP_ROWS, picture.height)))
        half.paste(_converted(strip, working).reduce(2).convert(result), (0, top // 2))
    half.info = {key: value for key, value in picture.info.items() if key != "transparency"}
    return half


def _working_mode(picture: Image.Image) -> str:
    if "transparency" in picture.info and picture.mode in ("1", "L", "P", "RGB"):
        return "RGBa"
    return "RGB" if picture.mode == "P" else _WORKING_MODES.get(picture.mode, picture.mode)


def _converted(strip: Image.Image, working: str) -> Image.Image:
    if working == "RGBa":
        return strip.convert("RGBA").convert("RGBa")
    return strip if strip.mode == working else strip.convert(working)
