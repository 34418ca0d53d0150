"""The brand canon: what the brand says of itself, each fact cited. Contracts: `canon` (complete), `stored_canon`.

A canon's version is the sha256 of its canonical JSON, so it holds no clock, no machine and no run id.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from sgd_resources.parsed_document import Bbox, Shape

FactKind = Literal[
    "colour",
    "font",
    "voice_tone",
    "voice_do",
    "voice_dont",
    "logo_clear_space",
    "logo_min_size",
    "logo_do",
    "logo_dont",
]
Role = Literal["primary", "secondary", "accent", "neutral", "background", "text", "heading", "body", "mono"]


class Citation(Shape):
    """Where in which bytes a fact stands; opening the evidence there finds `quote` again."""

    evidence_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    file_name: str
    page: int | None = None
    bbox: Bbox | None = Field(default=None, description="points from top-left for pages, pixels for pictures")
    selector: str | None = None
    xml_path: str | None = None
    line: int | None = None
    quote: str = Field(description="the exact text or operator")
    source_sha256: str | None = Field(
        default=None,
        pattern=r"^[0-9a-f]{64}$",
        exclude_if=lambda sha256: sha256 is None,
        description="of the file as uploaded, in which the place is the same",
    )
    audit_entry: int | None = Field(
        default=None,
        exclude_if=lambda entry: entry is None,
        description="of a person's statement: its row in the org's audit log; `evidence_sha256` is the statement's own",
    )
    subject: str | None = Field(
        default=None, exclude_if=lambda subject: subject is None, description="of a person's statement: who made it"
    )


class ColourValue(Shape):
    """A colour in every notation the evidence states, beside sRGB and OKLab."""

    hex: str = Field(pattern=r"^#[0-9A-F]{6}$")
    rgb: tuple[int, int, int]
    oklab: tuple[float, float, float]
    cmyk: tuple[float, float, float, float] | None = Field(default=None, description="0..100 each, only where stated")
    spot_names: tuple[str, ...] = ()
    name: str | None = Field(default=None, description="the brand's own name for it")


class Measure(Shape):
    """A logo rule in machine form: `value` of `unit`, relative to `reference` when the unit is a ratio."""

    unit: Literal["ratio", "px", "mm", "cm", "in", "pt", "percent"]
    value: float
    reference: str | None = Field(
        default=None, description="what a ratio is of: 'logo height', 'icon width', 'x-height'"
    )


class Fact(Shape):
    """One thing the evidence says. No citation, no fact."""

    id: str = Field(description="stable: derived from kind and value")
    kind: FactKind
    value: str
    role: Role | None = None
    colour: ColourValue | None = None
    measure: Measure | None = None
    citations: tuple[Citation, ...] = Field(min_length=1)
    method: str = Field(description="rule that found it, e.g. 'stated_hex', 'css_variable', 'swatch'")
    confidence: float = Field(ge=0, le=1)


class Conflict(Shape):
    """Two statements that cannot both hold, and the rule that decided."""

    kind: FactKind
    kept: str
    dropped: str
    rule: str
    citations: tuple[Citation, ...] = Field(min_length=1)


class Statement(Shape):
    """What a person said of a fact; evidence of its own, which outranks what the files say."""

    id: str = Field(pattern=r"^[0-9a-f]{64}$", description="sha256 of the other fields")
    verb: Literal["confirm", "correct", "reject"]
    fact_id: str
    kind: FactKind = Field(description="of the fact as it was")
    value: str = Field(description="of the fact as it was")
    role: Role | None = Field(default=None, description="of the fact as it was")
    name: str | None = Field(default=None, description="the brand's own name of a colour, as it was")
    new_kind: FactKind | None = None
    new_value: str | None = None
    new_role: Role | None = None
    reason: str
    subject: str = Field(description="who said it, as the audit log names callers")
    audit_entry: int = Field(description="row of the org's audit log")


class Abstention(Shape):
    """What was looked for and not found."""

    what: Literal["palette", "fonts", "voice", "logo_safe_zone"]
    reason: str


class Voice(Shape):
    """How the brand speaks."""

    tone: str = ""
    dos: tuple[str, ...] = ()
    donts: tuple[str, ...] = ()


class Canon(Shape):
    """Value of the asset `brand_canon` for one org."""

    palette_hex: tuple[str, ...] = Field(default=(), description="most primary first")
    fonts: tuple[str, ...] = Field(default=(), description="families, primary first")
    voice: Voice | None = None
    logo_safe_zone: str | None = None
    logo_dos: tuple[str, ...] = ()
    logo_donts: tuple[str, ...] = ()
    status: Literal["complete", "incomplete"] = "incomplete"
    facts: tuple[Fact, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    abstained: tuple[Abstention, ...] = ()
    statements: tuple[Statement, ...] = Field(
        default=(),
        exclude_if=lambda statements: not statements,
        description="what people decided, in the order in which they did",
    )
    notes: tuple[str, ...] = Field(
        default=(),
        exclude_if=lambda notes: not notes,
        description="what was left out of the weighing, where anything was",
    )
    derived_by: str = Field(default="local", description="route and code version, e.g. 'local@3'")
    evidence_sha256s: tuple[str, ...] = Field(default=(), description="sorted; all evidence that was read")

    @property
    def version(self) -> str:
        """sha256 of the canonical JSON: the name this canon is stored under."""
        return hashlib.sha256(self.canonical_json()).hexdigest()

    def canonical_json(self) -> bytes:
        """Sorted keys, no spaces, UTF-8: the same canon is the same bytes on every machine."""
        return json.dumps(
            self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        ).encode()


def status_of(palette: Sequence[str], fonts: Sequence[str], voice: Voice | None) -> Literal["complete", "incomplete"]:
    """Whether renders can keep to it: two colours, a family and a tone."""
    return "complete" if len(palette) >= 2 and fonts and voice is not None and voice.tone else "incomplete"


def decode_version(data: bytes, version: str) -> Canon:
    """A stored canon version. Raises ValueError when the bytes are not the ones that the version names."""
    if hashlib.sha256(data).hexdigest() != version:
        raise ValueError("other bytes than the version names")
    return Canon.model_validate_json(data)
