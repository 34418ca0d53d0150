"""Flat colours of a small picture that another document carries: `bytes -> [ColourUse]` without places in it.

What must not live here: pictures that are files of their own (`pictures/raster_image.py`), words in pictures.
"""

import io
import warnings

import numpy as np
from PIL import Image

from sgd_resources.colour import hex_of
from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ColourUse, Location
from sgd_resources.parsers.pixels.flat_colours import LONGEST_SIDE, flat_colours
from sgd_resources.parsers.pixels.srgb_image import to_srgb

_MOST_PIXELS = 50_000_000  # the gate's bound for a picture of its own
_PHOTO_FLAT_RATIO = 0.25  # parts photographs from drawings, as for pictures of their own


def carried_colours(data: bytes, place: Location) -> list[ColourUse]:
    """The picture's flat colours, all of them at the place of the picture; none of a photograph.

    Raises:
        RejectedEvidence: damaged, or more pixels than any picture may have.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data))
            if image.width * image.height > _MOST_PIXELS:
                raise RejectedEvidence("reject", f"image has more than {_MOST_PIXELS} pixels")
            has_alpha = "A" in image.getbands() or "transparency" in image.info
            step = max(1, -(-max(image.size) // LONGEST_SIDE))
            pixels = np.asarray(to_srgb(image).convert("RGBA" if has_alpha else "RGB"))[::step, ::step]
    except (
        OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning,
    ) as error:  # fmt: skip
        raise RejectedEvidence("reject", "image is damaged or cannot be decoded") from error
    regions = flat_colours(pixels[..., :3], alpha=pixels[..., 3] if has_alpha else None)
    return [
        ColourUse(
            hex=hex_of(*colour.rgb),
            space="pixel",
            components=tuple(float(channel) for channel in colour.rgb),
            source="pixels",
            operator=hex_of(*colour.rgb),
            area_ratio=min(1.0, colour.area_ratio),
            location=place,
        )
        for colour in (regions.colours if regions.flat_ratio >= _PHOTO_FLAT_RATIO else ())
    ]
