"""What one document claims, before documents are weighed against each other.

`ParsedDocument -> DocumentClaims`. Claims are facts of one file only, so they are stored by its hash and read again
only when its bytes, its name or the rules change. What must not live here: any rule (each rule has its own module),
and any comparison between documents (that is `weigh/resolve.py`).
"""

from typing import Literal

from pydantic import Field

from sgd_assets.canon.model import FactKind, Measure, Role
from sgd_resources.parsed_document import Location, Shape

ColourTier = Literal["stated", "token", "swatch", "sentence", "logo", "theme", "stylesheet", "pixels"]
FontTier = Literal["stated", "token", "stylesheet", "font_file", "theme", "document"]
Rank = Literal["primary", "plain", "secondary", "accent"]


class ColourClaim(Shape):
    """One colour as one place of one document gives it."""

    hex: str = Field(pattern=r"^#[0-9A-F]{6}$")
    tier: ColourTier
    method: str
    rank: Rank = "plain"
    role: Role | None = None
    name: str | None = None
    cmyk: tuple[float, float, float, float] | None = None
    spot_names: tuple[str, ...] = ()
    set_name: str = Field(default="", description="heading or file that the colour stands under")
    quote: str
    location: Location
    order: int = Field(ge=0, description="reading order inside the document")
    weight: float = Field(default=0.0, ge=0, description="area or number of uses, for claims without words")
    is_in_titled_set: bool = Field(default=False, description="a comment over it titles the set of its variables")
    is_reference: bool = Field(default=False, description="a variable that only refers to another one's colour")
    excluded: str | None = Field(
        default=None, description="why this is no brand colour; kept so that conflicts can name it"
    )


class Disagreement(Shape):
    """Two notations of one colour in one place that are not the same colour."""

    kept: str
    dropped: str
    rule: str
    quote: str
    location: Location


class PrimaryRule(Shape):
    """A sentence that says which colours are the primary ones."""

    names: tuple[str, ...] = ()
    first_count: int | None = Field(default=None, ge=1, description="'the first two rows'")
    set_name: str = ""
    quote: str
    location: Location


class ReferenceClaim(Shape):
    """A token or variable whose value is the name of one that another file defines."""

    name: str
    target: str
    quote: str
    location: Location
    order: int = Field(ge=0)


class FontClaim(Shape):
    """One font family as one place of one document gives it."""

    family: str
    tier: FontTier
    method: str
    role: Role | None = None
    is_fallback: bool = False
    quote: str
    location: Location
    order: int = Field(ge=0)


class VoiceClaim(Shape):
    """A sentence or line that says how the brand speaks."""

    kind: Literal["voice_tone", "voice_do", "voice_dont"]
    text: str
    is_voice_topic: bool = Field(
        description="stands under voice or tone; else under a writing topic that only adds to it"
    )
    is_style_guide: bool = Field(
        default=False,
        description="stands in a document titled a guide to writing, which may be all that states a voice",
    )
    rank: int = Field(default=0, ge=0, description="0 an instruction, 1 what the brand says it does, 2 a weak remark")
    quote: str
    location: Location
    order: int = Field(ge=0)


class LogoClaim(Shape):
    """A rule on the logo, or on the look that it is part of."""

    kind: FactKind
    text: str
    measure: Measure | None = None
    is_on_look: bool = Field(default=False, description="on colours, type, pictures or layout, not on the logo itself")
    quote: str
    location: Location
    order: int = Field(ge=0)


class DocumentClaims(Shape):
    """Everything one document claims. Round-trips through JSON unchanged."""

    evidence_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    file_name: str
    parser_version: str = ""
    claims_version: str = Field(default="", description="of the rules that read the document")
    colours: tuple[ColourClaim, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    primary_rules: tuple[PrimaryRule, ...] = ()
    references: tuple[ReferenceClaim, ...] = ()
    fonts: tuple[FontClaim, ...] = ()
    voice: tuple[VoiceClaim, ...] = ()
    logo: tuple[LogoClaim, ...] = ()
