"""Re-encodes raster images: the pixels stay, everything else goes.

Order: bounds from the header, upstream C2PA read and recorded, decode every frame, a scan of too many pixels halved,
orientation applied, colour profile to sRGB, encode afresh in the same format. Runs inside the sandbox's child. What
must not live here: which types are let in.
"""

import io
import warnings
from collections.abc import Iterator
from typing import Any, NoReturn

from PIL import Image, ImageCms, ImageOps

from sgd_resources.cleaning.pictures.halving import halved
from sgd_resources.cleaning.pictures.large_webp import halved_webp, webp_header
from sgd_resources.cleaning.pictures.provenance import c2pa_facts
from sgd_resources.cleaning.refusal import bomb, reject
from sgd_resources.filetype import looks_like_another_format
from sgd_resources.ports.examination import Cleaning, Limits

_FORMATS = {
    "image/png": ("PNG",),
    "image/jpeg": ("JPEG", "MPO"),
    "image/webp": ("WEBP",),
    "image/tiff": ("TIFF",),
    "image/gif": ("GIF",),
}
_METADATA_KEYS = frozenset(
    {
        "exif",
        "xmp",
        "XML:com.adobe.xmp",
        "photoshop",
        "comment",
        "icc_profile",
        "mp",
        "extension",
        "Raw profile type exif",
    }
)
_PNG_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16", "I"})
_TIFF_DEFLATE_MODES = frozenset({"L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "LAB"})
_MOST_WHOLE_WEBP = 24_000_000
"""Pixels; Pillow's WebP decoder holds two canvases beside the picture: more do not pass the child's memory whole."""
_LOSSY_WEBP_QUALITY = 95  # of a file that was lossy before: chosen so that it is not seen, not measured
_JPEG_QUALITY = 96
"""The lowest at which a flat area keeps its exact colour: the first step of both quantisation tables is 1."""
_PNG_LEVEL = 4
"""zlib level: level 6 takes twice as long for a few percent."""


def clean_image(data: bytes, media_type: str, limits: Limits) -> Cleaning:
    """The same picture, re-encoded without metadata or trailing bytes.

    PNG, TIFF and GIF lose no pixel; JPEG keeps the exact colour of flat areas; lossless WebP stays lossless.

    Raises:
        RejectedEvidence: `reject:malformed`, `reject:bomb` (pixels over all frames) or `reject:empty`.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own bound below counts all frames and is an error, not a warning
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if media_type == "image/webp" and (cleaned_webp := _cleaned_large_webp(data, limits)) is not None:
            return cleaned_webp
        with Image.open(io.BytesIO(data), formats=_FORMATS[media_type]) as image:
            is_scaled = _must_be_scaled(image, media_type, limits)
            details: dict[str, Any] = {"width_px": image.width, "height_px": image.height}
            details.update(c2pa_facts(data, media_type))
            had_metadata = bool(set(image.info) & _METADATA_KEYS) and not looks_like_another_format(data)
            _draft(image, media_type, is_scaled=is_scaled)
            frames, durations = _frames(image, media_type, limits, details, is_scaled=is_scaled)
            facts = _source_facts(image, data, media_type)
    cleaned = _encode(frames, durations, media_type, facts)
    details["frames"] = len(frames)
    return Cleaning(cleaned, "stripped" if had_metadata else "reencoded", details)


def _cleaned_large_webp(data: bytes, limits: Limits) -> Cleaning | None:
    """A still WebP of too many pixels, halved; None where it is small enough, moves, or is not readable as one."""
    header = webp_header(data)
    if header is None or not header.is_still:
        return None
    pixels = header.width * header.height
    if pixels <= min(_MOST_WHOLE_WEBP, limits.max_pixels):
        return None
    if pixels > limits.max_scaled_pixels:
        _too_many_megapixels(pixels, limits.max_scaled_pixels)
    details: dict[str, Any] = {"scaled_from_px": [header.width, header.height], **c2pa_facts(data, "image/webp")}
    picture = halved_webp(data, header)
    details |= {"width_px": picture.width, "height_px": picture.height, "frames": 1}
    upright = _bare(_in_srgb(_upright(picture, picture, details), details))
    cleaned = _encode([upright], [0], "image/webp", {"lossless": header.is_lossless, "loop": 0})
    had_metadata = bool(header.info) and not looks_like_another_format(data)
    return Cleaning(cleaned, "stripped" if had_metadata else "reencoded", details)


def _too_many_megapixels(pixels: int, most: int) -> NoReturn:
    bomb("megapixels", pixels / 1e6, most / 1e6, pixels=pixels, max_pixels=most)


def as_png(data: bytes) -> bytes:
    """The first frame of an already cleaned image as PNG."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        picture = image.convert("RGBA" if image.has_transparency_data else "RGB")
    picture.save(out, "PNG", compress_level=_PNG_LEVEL)
    return out.getvalue()


def _must_be_scaled(image: Image.Image, media_type: str, limits: Limits) -> bool:
    """Whether a single picture has more pixels than are kept, and few enough to be read at all."""
    width, height = image.size
    if width < 1 or height < 1:
        reject("malformed", message="an image without pixels")
    pixels = width * height
    if pixels <= limits.max_pixels:
        return False
    is_single = media_type == "image/jpeg" or getattr(image, "n_frames", 1) == 1
    most = limits.max_scaled_pixels if is_single and media_type != "image/webp" else limits.max_pixels
    if pixels > most:
        _too_many_megapixels(pixels, most)
    return True


def _frames(
    image: Image.Image, media_type: str, limits: Limits, details: dict[str, Any], *, is_scaled: bool
) -> tuple[list[Image.Image], list[int]]:
    frames: list[Image.Image] = []
    durations: list[int] = []
    pixels = 0
    for frame in _each_frame(image, media_type):
        pixels += 0 if is_scaled else frame.width * frame.height
        told = {"pixels": pixels, "frames": len(frames) + 1, "max_pixels": limits.max_pixels}
        if pixels > limits.max_pixels:
            bomb("pixels in all its frames", pixels, limits.max_pixels, **told)
        if len(frames) >= limits.max_frames:
            bomb("frames", len(frames) + 1, limits.max_frames, **told)
        frame.load()
        durations.append(int(frame.info.get("duration") or 0))
        picture = _scaled(frame, details) if is_scaled else frame
        frames.append(_bare(_in_srgb(_upright(frame, picture, details), details)))
    return frames, durations


def _scaled(frame: Image.Image, details: dict[str, Any]) -> Image.Image:
    """The picture at half its sides, unless the decoder has halved it already."""
    source = (details["width_px"], details["height_px"])
    picture = halved(frame) if frame.size == source else frame
    details |= {"scaled_from_px": list(source), "width_px": picture.width, "height_px": picture.height}
    return picture


def _each_frame(image: Image.Image, media_type: str) -> Iterator[Image.Image]:
    yield image
    if media_type == "image/jpeg":
        return  # the further pictures of an MPO are previews and depth maps
    index = 0
    while True:
        index += 1
        try:
            image.seek(index)
        except EOFError:
            return
        yield image


def _upright(frame: Image.Image, picture: Image.Image, details: dict[str, Any]) -> Image.Image:
    """The picture turned as the frame's EXIF data says."""
    try:
        orientation = int(frame.getexif().get(0x0112, 1))
    except (SyntaxError, ValueError, TypeError, KeyError, OverflowError, EOFError, OSError, IndexError):
        details["has_damaged_exif"] = True
        return picture
    if orientation not in _TURNS:
        return picture
    details["orientation_applied"] = orientation
    return picture.transpose(_TURNS[orientation])


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation to the turn that makes the picture upright. Source: EXIF 2.32, tag 0x0112."""


def _draft(image: Image.Image, media_type: str, *, is_scaled: bool) -> None:
    """Have a JPEG decoded as it is stored where it needs no conversion, and at half its sides where it is too large.

    A detour over RGB shifts clipped colours by one. Halving in the decoder never holds the whole picture.
    """
    if media_type != "image/jpeg":
        return
    is_plain = image.mode == "RGB" and image.info.get("adobe_transform", 1) != 0
    mode = "YCbCr" if is_plain and _is_srgb(image.info.get("icc_profile")) else None
    if mode or is_scaled:
        image.draft(mode, (image.width // 2, image.height // 2) if is_scaled else image.size)


def _is_srgb(profile: bytes | None) -> bool:
    """Whether pixels under this profile (or none) are sRGB already."""
    if not profile:
        return True
    try:
        name = ImageCms.getProfileName(ImageCms.ImageCmsProfile(io.BytesIO(profile))) or ""
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return True
    return "srgb" in name.lower()


def _in_srgb(frame: Image.Image, details: dict[str, Any]) -> Image.Image:
    profile = frame.info.get("icc_profile")
    if not profile or _is_srgb(profile) or frame.mode in ("I;16", "I", "F", "1"):
        return frame
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        picture = frame.convert("RGBA" if "transparency" in frame.info else "RGB") if frame.mode == "P" else frame
        alpha = picture.getchannel("A") if picture.mode in ("RGBA", "LA") else None
        base = picture.convert("L" if picture.mode == "LA" else "RGB") if alpha is not None else picture
        converted = ImageCms.profileToProfile(base, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        details["has_damaged_icc"] = True
        return frame
    assert converted is not None
    if alpha is not None:
        converted.putalpha(alpha)
    details["icc_converted"] = True
    return converted


def _bare(frame: Image.Image) -> Image.Image:
    """Pixels, palette and transparency only: encoders copy whatever else lies in `info`."""
    transparency = frame.info.get("transparency")
    bare = frame.copy()
    bare.info = {}
    if transparency is not None and bare.mode in ("P", "L", "RGB", "1"):
        bare.info["transparency"] = transparency
    bare.getexif().clear()
    return bare


def _source_facts(image: Image.Image, data: bytes, media_type: str) -> dict[str, Any]:
    if media_type == "image/webp":
        return {"lossless": b"VP8L" in data[:64] or b"VP8L" in data, "loop": image.info.get("loop", 0)}
    return {"loop": image.info.get("loop")}


def _encode(frames: list[Image.Image], durations: list[int], media_type: str, facts: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    first, rest = frames[0], frames[1:]
    if media_type == "image/jpeg":
        _save_jpeg(first, out)
    elif media_type == "image/png":
        options: dict[str, Any] = {"compress_level": _PNG_LEVEL}
        if rest:
            options |= {"save_all": True, "append_images": rest, "duration": durations, "loop": facts["loop"] or 0}
        (first if first.mode in _PNG_MODES else first.convert("RGBA")).save(out, "PNG", **options)
    elif media_type == "image/webp":
        options = {"lossless": facts["lossless"], "quality": _LOSSY_WEBP_QUALITY, "exact": True, "method": 2}
        if rest:
            options |= {"save_all": True, "append_images": rest, "duration": durations, "loop": facts["loop"] or 0}
        first.save(out, "WEBP", **options)
    elif media_type == "image/gif":
        options = {}
        if rest:
            options = {"save_all": True, "append_images": rest, "duration": durations, "disposal": 1}
            if facts["loop"] is not None:
                options["loop"] = facts["loop"]
        first.save(out, "GIF", **options)
    else:
        compression = "tiff_adobe_deflate" if first.mode in _TIFF_DEFLATE_MODES else None
        first.save(out, "TIFF", compression=compression, save_all=bool(rest), append_images=rest)
    return out.getvalue()


def _save_jpeg(picture: Image.Image, out: io.BytesIO) -> None:
    if picture.mode not in ("L", "RGB", "CMYK", "YCbCr"):
        picture = ImageOps.grayscale(picture) if picture.mode == "LA" else picture.convert("RGB")
    picture.save(out, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
