"""Whether a file's extension, its declared type and its content tell the same story.

The content decides what the file *is*; the name and the declared type may only agree or contradict. What must not
live here: looking at bytes (that is the examiner's), bounds, cleaning.
"""

from sgd_assets.evidence.policy import AllowedType, UploadPolicy
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports.examination import Detection

_NO_SIGNATURE = frozenset({"text/plain", "text/markdown", "text/css", "application/json", "text/html"})
"""Text formats that any text may be: nothing in the bytes can prove or refute them."""


_OPENTYPE = frozenset({"font/otf", "font/ttf"})
"""One container whose outlines may be of either kind. Source: OpenType 1.9.1, "Filenames"."""


def agreed_type(detection: Detection, *, file_name: str, declared_type: str | None, policy: UploadPolicy) -> str:
    """The media type that name, declaration and content agree on.

    A format without a signature takes its type from the extension, so `brand.scss` is CSS and `voice.md` is Markdown.

    Raises:
        RejectedEvidence: `reject:type` (not on the allowlist), `reject:encrypted` or `reject:mime_mismatch`.
    """
    extension = file_extension(file_name)
    allowed = policy.by_extension.get(extension)
    if allowed is None:
        raise RejectedEvidence(
            "reject", "type", details={"extension": extension, "detected_type": detection.media_type}
        )
    if detection.media_type == "application/x-encrypted-office":
        raise RejectedEvidence("reject", "encrypted", details={"detected_type": detection.media_type})
    is_other_outline = _is_other_outline(detection, allowed, policy)
    if not is_other_outline and not _content_agrees(detection, allowed):
        is_nothing_known = detection.media_type == "application/octet-stream"
        raise RejectedEvidence(
            "reject",
            "malformed" if is_nothing_known else "mime_mismatch",
            details={"extension": extension, "detected_type": detection.media_type, "note": detection.note},
        )
    declared = normal_media_type(declared_type)
    if declared and declared not in policy.generic_declared_types and declared not in allowed.declared:
        raise RejectedEvidence(
            "reject", "mime_mismatch", details={"declared_type": declared, "detected_type": detection.media_type}
        )
    return detection.media_type if is_other_outline else allowed.media_type


def file_extension(file_name: str) -> str:
    """The last extension in lower case without its dot; '' when there is none."""
    stem, dot, extension = file_name.rpartition(".")
    return extension.lower() if dot and stem else ""


def normal_media_type(declared_type: str | None) -> str:
    """A declared type in lower case without parameters; '' when nothing was declared."""
    return (declared_type or "").split(";", 1)[0].strip().lower()


def _is_other_outline(detection: Detection, allowed: AllowedType, policy: UploadPolicy) -> bool:
    """'.otf' with TrueType outlines, or '.ttf' with PostScript ones: the same container, where both are let in."""
    kinds = {detection.media_type, allowed.media_type}
    return kinds == _OPENTYPE and kinds <= {one.media_type for one in policy.by_extension.values()}


def _content_agrees(detection: Detection, allowed: AllowedType) -> bool:
    if detection.media_type == allowed.media_type:
        return True
    if detection.media_type == "text/plain" and detection.is_text:
        return allowed.media_type in _NO_SIGNATURE
    return False
