"""The values and the port between the evidence gate and the code that opens a stranger's bytes.

The gate (`sgd_assets/evidence`) decides; an `Examiner` looks and cleans. The real one runs in a killable child
(`sandbox/`), so everything here is plain data. What must not live here: any reading of bytes, any vendor.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Detection:
    """What some bytes are, judged from the bytes alone."""

    media_type: str
    """The type the content proves; 'text/plain' for any text without a stronger sign."""
    is_text: bool = False
    """Valid text: it may also be a text format that has no signature (CSS, Markdown, JSON)."""
    note: str = ""
    """The detector's own words, for a person."""


@dataclass(frozen=True)
class EmbeddedPart:
    """One file found inside a container, unpacked so that the virus scanner sees it bare."""

    name: str
    data: bytes


@dataclass(frozen=True)
class InnerScan:
    """The embedded scanner's word on some bytes and everything that unpacks from them."""

    engine: str
    rules: str
    verdict: str = "clean"
    """clean | malware | suspicious."""
    signature: str = ""
    why: str = ""
    where: str = ""
    """'file', or the path inside it."""


@dataclass(frozen=True)
class Cleaning:
    """Bytes that are safe to keep, and what was done to get them."""

    data: bytes
    how: str
    """'' (unchanged) | stripped | sanitised | reencoded | partial | decrypted."""
    details: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[EmbeddedPart, ...] = ()


@dataclass(frozen=True)
class Limits:
    """Bounds on what opening a file may cost; from `policies/upload_policy.json`."""

    max_pixels: int = 50_000_000
    """Over all frames of an image."""
    max_scaled_pixels: int = 100_000_000
    """Of a picture with one frame: above `max_pixels` it is scaled to half its sides, up to here."""
    max_frames: int = 500
    max_inflated_bytes: int = 400_000_000
    """Of one container or PDF, counted while inflating; a size written in the file is never trusted."""
    max_archive_entries: int = 10_000
    max_pdf_pages: int = 5_000
    max_pdf_objects: int = 500_000
    max_xml_depth: int = 200
    max_xml_nodes: int = 2_000_000
    max_svg_nodes: int = 200_000
    max_svg_drawn_nodes: int = 1_000_000
    """Elements drawn once every `use` is expanded."""
    max_svg_side_px: int = 16_384


class Examiner(Protocol):
    """Opens bytes that may be hostile."""

    def detect(self, data: bytes) -> Detection:
        """What the bytes are.

        Raises:
            RejectedEvidence: the detector itself could not survive them.
            Unavailable: no child could be started. Retry.
        """
        ...

    def scan(self, data: bytes, media_type: str) -> InnerScan:
        """What the embedded scanner's rules say of the bytes, unpacked.

        Raises:
            RejectedEvidence: `reject:bomb`: they unpack past the bounds.
            Unavailable: no child could be started. Retry.
        """
        ...

    def clean(self, data: bytes, media_type: str, *, wants_parts: bool = False) -> Cleaning:
        """Bounded, checked and cleaned bytes of an allowed type. Deterministic and idempotent.

        Raises:
            RejectedEvidence: with the verdict and the reason.
            Unavailable: no child could be started. Retry.
        """
        ...

    def close(self) -> None:
        """Give back whatever the examiner holds (child processes). Safe to call twice."""
        ...
