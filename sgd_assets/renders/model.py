"""What a render is made of: the request, the plan, the critique, the outputs. Contracts of the same names."""

from typing import Literal

from pydantic import Field

from sgd_assets.renders.brief.model import Alignment, Brief, Corner, LetterCase
from sgd_resources.parsed_document import Bbox, Shape

VectorFormat = Literal["pdf", "svg"]
Op = Literal["local_edit", "inpaint", "style_transfer", "multi_image_fusion", "text_overlay"]


class RenderSafety(Shape):
    """Promises the compositor must keep and the critique measures."""

    respect_logo_safe_zone: bool = True
    palette_only: bool = True


class FontChoice(Shape):
    """The font that sets a family's words, and why that one."""

    requested: str = Field(description="family the canon or the request names")
    family: str = Field(description="family that is drawn")
    source: Literal["evidence", "open"]
    weight: int
    evidence_sha256: str | None = None
    license: str | None = Field(default=None, description="SPDX expression of an open font")
    reason: str


class PlannedImagery(Shape):
    """The picture that a plan shows: what it is, where it is from, and why that one."""

    kind: Literal["photo", "illustration", "pattern", "reference", "generated"]
    keys: tuple[str, ...] = Field(default=(), description="object keys of the pictures, in order; none for a pattern")
    evidence_sha256s: tuple[str, ...] = ()
    reason: str


class MotifTraits(Shape):
    """What patterns take from the brand: the shapes of its logo, or of its colours' own number where it has none."""

    roundness: float = Field(default=1.0, ge=0, le=1, description="0 sharp corners, 1 discs")
    slant: float = Field(default=0.0, ge=0, le=1, description="share of slanted lines")
    angle: float = Field(default=45.0, ge=0, le=90, description="of slanted lines, in degrees")
    density: float = Field(default=0.6, ge=0, le=1)
    stroke: float = Field(default=0.5, ge=0, le=1, description="0 hairlines, 1 solid bodies")
    scale: int = Field(default=2, ge=1, le=4, description="figures along the shorter side")


class ColourChange(Shape):
    """A flat colour of a picture and what takes its place."""

    was: str = Field(description="a hex, or a word for one of the picture's flat colours")
    hex: str = Field(description="of the palette")


class PictureEdit(Shape):
    """What is done to a picture that was made elsewhere."""

    fit: Literal["crop", "extend"] = Field(
        default="crop", description="how it fills the format: cut round its subject, or whole on more of its own ground"
    )
    duotone_hex: tuple[str, str] | None = Field(default=None, description="dark and light colour that it is set in")
    colours: tuple[ColourChange, ...] = ()


class SizeWish(Shape):
    """A part of a picture of ours that is asked to be larger or smaller than it was."""

    element: Literal["headline", "logo"]
    change: Literal["larger", "smaller"]
    was_px: float | None = Field(default=None, description="size of the type, or height of the logo's ink")


class ColourWish(Shape):
    """A part of the copy that is to have a colour of the palette; of a call to action, its button."""

    element: Literal["headline", "body", "call_to_action", "date", "price", "url", "legal", "extra"]
    hex: str
    asked: str = Field(description="the colour in the request's words")


class RenderPlan(Shape):
    """Contract `render_plan`: required fields first, ours optional behind."""

    goal: str = Field(min_length=5)
    ops: tuple[Op, ...]
    safety: RenderSafety = RenderSafety()
    layout: str | None = Field(default=None, description="name of the layout the compositor draws")
    headline: str | None = None
    body: str | None = None
    call_to_action: str | None = None
    date: str | None = None
    price: str | None = None
    url: str | None = None
    legal: str | None = None
    extra: tuple[str, ...] = ()
    palette_hex: tuple[str, ...] = ()
    background_hex: str | None = None
    text_hex: str | None = None
    accent_hex: str | None = None
    font_family: str | None = Field(default=None, description="family the headline is drawn in")
    logo_sha256: str | None = Field(default=None, description="evidence sha256 of the logo to place")
    logo_safe_zone_ratio: float | None = Field(
        default=None, ge=0, description="clear space on each side, as a share of the logo's shorter side"
    )
    seed: int = 0
    width_px: int | None = None
    height_px: int | None = None
    attribution: str | None = Field(default=None, description="who said a quotation")
    is_verbatim: bool = Field(
        default=False, description="headline and body were quoted in the instruction and stand unchanged"
    )
    surface_hex: str | None = Field(default=None, description="ground of the art panel")
    art_hex: tuple[str, ...] = Field(default=(), description="colours of the art panel, in order")
    motif: str | None = Field(default=None, description="name of the pattern in the art panel")
    motif_traits: MotifTraits | None = Field(default=None, description="what the pattern takes from the brand")
    logo_ground_hex: str | None = Field(
        default=None, description="colour of the band under the logo; the background when unset"
    )
    logo_minimum_px: float | None = Field(default=None, description="minimum logo height the canon states, in pixels")
    heading_font: FontChoice | None = None
    body_font: FontChoice | None = None
    reference_keys: tuple[str, ...] = ()
    neutral_hex: tuple[str, ...] = Field(
        default=(), description="black or white, only where no pair of palette colours is legible"
    )
    logo_box_px: Bbox | None = Field(default=None, description="where the logo's ink was placed")
    picture_boxes_px: tuple[Bbox, ...] = Field(default=(), description="where reference pictures were placed")
    notes: tuple[str, ...] = Field(default=(), description="decisions a person should know of")
    brief: Brief | None = Field(default=None, description="what was asked, as it was understood")
    imagery: PlannedImagery | None = None
    logo_corner: Corner | None = Field(default=None, description="where the logo was asked to stand")
    alignment: Alignment | None = None
    letter_case: LetterCase | None = None
    unmet: tuple[str, ...] = Field(default=(), description="what was asked and is not done, as 'what: which'")
    picture_edit: PictureEdit | None = None
    headline_scale: float = Field(default=1.0, ge=0.1, le=8, description="of the largest size that a layout gives")
    logo_scale: float = Field(default=1.0, ge=0.1, le=8, description="of the height that a layout gives")
    headline_px: float | None = Field(default=None, description="size that the headline was set in")
    size_wishes: tuple[SizeWish, ...] = ()
    colour_wishes: tuple[ColourWish, ...] = ()


class Violation(Shape):
    """One finding of a rule, measured. `measured` and `limit` are `value` and `threshold` under their first names."""

    rule: str
    message: str
    measured: float | None = None
    limit: float | None = None
    severity: Literal["violation", "notice"] | None = Field(
        default=None, description="a violation breaks the canon and lowers the score; a notice is only told"
    )
    value: float | None = None
    threshold: float | None = None
    boxes: tuple[Bbox, ...] = Field(default=(), description="where, in pixels of the picture: x0, y0, x1, y1")
    repair: str | None = None


class RuleVerdict(Shape):
    """What became of one rule on one picture, kept ones included."""

    rule: str
    verdict: Literal["kept", "broken", "notice", "not_told"] = Field(
        description="not_told: this picture gives nothing to measure the rule by; `reason` says what is missing"
    )
    weight: float = Field(ge=0, description="taken off the score where it is wholly broken")
    value: float | None = None
    threshold: float | None = None
    reason: str | None = None


class Critique(Shape):
    """Contract `critique`: 1.0 keeps every rule."""

    score: float = Field(ge=0, le=1)
    violations: tuple[str, ...] = ()
    repair_suggestions: tuple[str, ...] = ()
    findings: tuple[Violation, ...] = ()
    measurements: dict[str, float] = Field(default_factory=dict)
    likeness: str | None = Field(
        default=None,
        exclude_if=lambda likeness: likeness is None,
        description="of the picture: 128 bits as hex that stay nearly the same when it is scaled or coded anew",
    )
    rules: tuple[RuleVerdict, ...] = Field(
        default=(), exclude_if=lambda rules: not rules, description="every rule of the profile, kept ones included"
    )


class ModelCall(Shape):
    """One call of a model for a render, also one that failed or whose answer was refused."""

    task: str
    outcome: Literal["succeeded", "failed", "refused"] = Field(description="refused: paid for, and not used")
    requested_model: str | None = None
    served_model: str | None = None
    provider: str | None = None
    cost_usd_micros: int = Field(default=0, ge=0)
    tokens_in: int = 0
    tokens_out: int = 0
    attempts: int = 0
    cache: str | None = Field(default=None, description="where the answer lay, when nobody was asked")
    trace_id: str | None = None
    reason: str | None = Field(default=None, description="why it failed or was refused")


class Watermark(Shape):
    """What the maker of a model says of its pictures. It speaks of the picture as served, not of the finished one."""

    provider: str
    model: str
    mark: str
    doc: str
    read_on: str = Field(description="day on which a person read it in the maker's documentation")


class PictureSource(Shape):
    """A generated picture as it was served, before words and logo were set on it."""

    index: int = Field(ge=0, description="of the output that it was generated for")
    key: str
    sha256: str
    media_type: str
    width_px: int
    height_px: int
    size_bytes: int
    requested_model: str
    served_model: str
    provider: str | None = None
    has_c2pa: bool = Field(default=False, description="the file carries a C2PA manifest; it was not verified")
    watermark: Watermark | None = Field(default=None, description="declared by the maker of the served model")


class CritiqueRound(Shape):
    """A critique that a model had a part in."""

    index: int = Field(ge=0, description="of the output")
    round: int = Field(ge=0, description="0 is the first picture, 1 the one after the critic's suggestions")
    critique: Critique
    is_kept: bool


class VectorFile(Shape):
    """The composition of a picture as vectors."""

    index: int = Field(ge=0, description="of the output")
    format: VectorFormat
    key: str
    sha256: str
    media_type: str
    size_bytes: int
    manifest_key: str | None = Field(default=None, description="of its C2PA manifest, which lies beside it")
    manifest_sha256: str | None = Field(default=None, description="of that manifest as it was delivered")


class RenderOutput(Shape):
    """One picture of one render."""

    index: int = Field(ge=0)
    key: str
    sha256: str
    media_type: str
    width_px: int
    height_px: int
    size_bytes: int
    plan: RenderPlan
    critique: Critique
    unsigned_sha256: str | None = Field(
        default=None, description="of the file before its C2PA manifest was put in; `sha256` is of the file as it is"
    )
    look: int | None = Field(default=None, description="64 bits that survive saving anew; finds copies again")


class RenderRecord(Shape):
    """One finished render request."""

    render_id: str
    project_id: str
    canon_version: str
    outputs: tuple[RenderOutput, ...]
    model_route: str = "local"
    cost_usd_micros: int = 0
    guardrails_ok: bool = True
    verified_by: Literal["declared", "external", "none"] = "none"
    trace_id: str
    models: tuple[ModelCall, ...] = ()
    prompt_sha256s: dict[str, str] = Field(default_factory=dict, description="of the prompts in use, by task")
    plan_sha256: str | None = Field(default=None, description="of the plans of all outputs, in order")
    sources: tuple[PictureSource, ...] = ()
    critiques: tuple[CritiqueRound, ...] = ()
    evidence_used: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="sha256 of each file of evidence -> what it gave: fact, logo, font, ..."
    )
    also: tuple[VectorFile, ...] = ()


class RendersManifest(Shape):
    """Value of the asset `render_outputs` for one org: the renders made by the run that wrote it."""

    org_id: str
    renders: tuple[RenderRecord, ...] = ()
    stale_render_ids: tuple[str, ...] = Field(
        default=(), description="finished renders of the org that were made under an older canon"
    )
