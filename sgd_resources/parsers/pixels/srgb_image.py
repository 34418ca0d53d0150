"""A picture's pixels in sRGB: through its own profile, else CMYK as Acrobat shows it; never `1 - ink`.

What must not live here: reading files (`raster_image`), or what the colours mean.
"""

import io

from PIL import Image, ImageCms

from sgd_resources.parsers.pixels.cmyk_image import cmyk_image_to_rgb


def to_srgb(image: Image.Image) -> Image.Image:
    """`image` in sRGB: through its embedded profile when it has a sound one, else CMYK through pdfium's table.

    Other modes without a profile are taken for sRGB and come back as they are.
    """
    converted = _through_profile(image)
    if converted is not None:
        return converted
    return cmyk_image_to_rgb(image) if image.mode == "CMYK" else image


def _through_profile(image: Image.Image) -> Image.Image | None:
    """None where there is no profile, or one that does not fit the picture."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "L", "CMYK"):
        return None
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if image.mode != "CMYK" and "sRGB" in (ImageCms.getProfileDescription(source) or ""):
            return image
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return None
