"""The evidence that a canon cites, as the page needs it: names, types, and bytes on demand.

From a folder's clean files or an org's stored ones. What must not live here: reading the bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

Kind = Literal["pdf", "raster", "svg", "package", "font", "text"]

_RASTER_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/tiff")
_FONT_SUFFIXES = (".ttf", ".otf", ".woff", ".woff2", ".ttc")


@dataclass(frozen=True)
class EvidenceFile:
    """One clean file; `read` gives its bytes, or raises one of our errors."""

    sha256: str
    file_name: str
    media_type: str
    size_bytes: int
    read: Callable[[], bytes]

    @property
    def kind(self) -> Kind:
        """How places in it are shown."""
        if self.media_type == "application/pdf":
            return "pdf"
        if self.media_type in _RASTER_TYPES:
            return "raster"
        if self.media_type == "image/svg+xml":
            return "svg"
        if "officedocument" in self.media_type or "opendocument" in self.media_type:
            return "package"
        suffix = PurePosixPath(self.file_name.lower()).suffix
        return "font" if self.media_type.startswith("font/") or suffix in _FONT_SUFFIXES else "text"


def bytes_at_hand(data: bytes) -> Callable[[], bytes]:
    """A reader of bytes that are already in memory."""
    return lambda: data
