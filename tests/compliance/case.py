"""One picture to judge, what is known to whoever asks, and what the judge must find in it.

What must not live here: how a picture is made or judged.
"""

from dataclasses import dataclass, field
from typing import Literal

from sgd_assets.renders.model import RenderPlan
from tests.compliance.brands.kit import OrgKit

FAMILIES = (
    "palette", "proportions", "contrast", "text", "text_cut", "text_size", "logo_missing", "logo_stretch",
    "logo_rotation", "logo_colour", "logo_crop", "logo_obstructed", "clear_space", "logo_size", "logo_ground",
    "dimensions", "format", "artefacts", "blur", "duplicate", "words",
)  # fmt: skip
"""Names of the families of rules, as they are published."""

ALTERED = "logo_altered"
"""The logo is not as it was drawn, however: right beside any fault of the logo, and no family of its own."""

MediaFormat = Literal["png", "jpg", "webp"]
Source = Literal["own", "pillow", "html", "matplotlib"]


@dataclass(frozen=True)
class Verdict:
    """What is right: the family that must be flagged, none for a clean picture, and those that may be."""

    must: str | None = None
    may: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Case:
    """One picture and its question. `kind` and `note` are for people: the judge never sees them, nor `verdict`."""

    id: str
    kind: str
    source: Source
    brand: OrgKit
    data: bytes
    media_format: MediaFormat
    verdict: Verdict
    note: str = ""
    expected_copy: tuple[str, ...] | None = None
    expected_size: tuple[int, int] | None = None
    expected_format: MediaFormat | None = None
    others: tuple[bytes, ...] = ()
    """Other renders of the org, to be told from this one."""
    plan: RenderPlan | None = field(default=None, repr=False)
    """What an own render was made by; only where the scene is known."""
