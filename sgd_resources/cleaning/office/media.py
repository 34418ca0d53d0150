"""Cleans a picture that lies inside an Office or ODF container; anything else passes unchanged.

What must not live here: containers.
"""

from sgd_resources.cleaning.pictures.images import clean_image
from sgd_resources.cleaning.pictures.segments import has_colour_profile, without_metadata
from sgd_resources.cleaning.web.svg import clean_svg
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports.examination import Limits

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


def clean_media(name: str, content: bytes, limits: Limits) -> bytes:
    """The picture without metadata, or an empty file in place of one that cannot be read.

    Raises:
        RejectedEvidence: `reject:bomb`.
    """
    if name.lower().endswith(".svg"):
        return clean_svg(content, "image/svg+xml", limits).data
    if name.lower().endswith(".webp") or content[8:12] == b"WEBP":
        return _reencoded(content, "image/webp", limits)
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            if media_type in ("image/png", "image/jpeg") and not has_colour_profile(content):
                bare = without_metadata(content)
                if bare is not None:
                    return bare
            return _reencoded(content, media_type, limits)
    return content


def _reencoded(content: bytes, media_type: str, limits: Limits) -> bytes:
    """A damaged picture in a document shows nothing, so nothing is what it becomes."""
    try:
        return clean_image(content, media_type, limits).data
    except RejectedEvidence as refusal:
        if refusal.reason == "bomb":
            raise
        return b""
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, OverflowError):
        return b""
