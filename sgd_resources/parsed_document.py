"""What a parser says about one file: text, colours, fonts, images, each with the place it stands in the exact bytes.

Contract: `contracts/parsed_document.schema.json`. A parsed document speaks of bytes (a sha256), never of a file name,
so that the same bytes under two names are parsed once. Order is reading order; the same bytes give the same document.

What must not live here: any opinion on what is the brand's (that is `sgd_assets/canon`).
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Bbox = tuple[float, float, float, float]
"""(x0, y0, x1, y1) in points for pages (origin top-left), in pixels for raster images."""


Side = Literal["do", "dont"]
"""Whether something is to be done, or not."""


class Shape(BaseModel):
    """A frozen stored value; unknown fields are an error, so that a changed shape is noticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Location(Shape):
    """Where a thing stands. At least one field is set; which ones depends on the media type."""

    page: int | None = Field(default=None, ge=1, description="1-based page or slide")
    bbox: Bbox | None = None
    selector: str | None = Field(default=None, description="CSS selector or declaration path, e.g. ':root --brand'")
    xml_path: str | None = Field(
        default=None,
        description="XPath-like path, with the part name first for OOXML: 'ppt/theme/theme1.xml:/a:theme/...'",
    )
    line: int | None = Field(default=None, ge=1, description="1-based source line of a text file")


class TableCell(Shape):
    """Position of a block in a table of the document."""

    table: int = Field(ge=0)
    row: int = Field(ge=0)
    column: int = Field(ge=0)
    is_header: bool = False


class FormField(Shape):
    """A field of a form; its block says both as one line."""

    name: str
    value: str = Field(default="", description="as printed; empty where nothing is filled in")
    is_ticked: bool | None = Field(default=None, description="of a box to tick; null for any other field")


class TextBlock(Shape):
    """One run of text a reader sees as a unit: a line or paragraph, a heading, a list item, a table cell."""

    text: str
    kind: Literal["heading", "paragraph", "list_item", "table_cell", "caption", "code", "alt_text"] = "paragraph"
    level: int | None = Field(
        default=None, ge=1, description="heading level, 1 = largest; nesting depth for list items"
    )
    location: Location
    cell: TableCell | None = None
    field: FormField | None = None
    font: str | None = Field(default=None, description="raw font name, as in the font dictionary or style")
    font_size_pt: float | None = None
    color_hex: str | None = None
    is_recognised: bool = Field(default=False, description="read from pixels by OCR, so it may be misread")
    is_quote: bool = Field(default=False, description="set as a block quotation")
    side: Side | None = Field(
        default=None, description="what the slot, class or component around it says: to be done, or not"
    )
    is_hidden: bool = False
    hidden_reason: str | None = Field(
        default=None, description="white_on_white | zero_size | off_page | zero_width | tag_characters | css_hidden ..."
    )


class ColourUse(Shape):
    """One colour as the file states or shows it."""

    hex: str = Field(
        pattern=r"^#[0-9A-F]{6}$",
        description="sRGB; converted through a profile when the source is CMYK or a spot colour",
    )
    space: Literal["rgb", "gray", "cmyk", "spot", "lab", "hsl", "oklch", "pixel"] = "rgb"
    components: tuple[float, ...] = Field(
        default=(), description="as stated, in the space's own units (cmyk and spot 0..1, rgb 0..255)"
    )
    spot_name: str | None = None
    source: Literal[
        "text",
        "fill",
        "stroke",
        "text_fill",
        "gradient",
        "css_declaration",
        "css_variable",
        "design_token",
        "office_theme",
        "svg_fill",
        "svg_stroke",
        "svg_gradient",
        "pixels",
        "latex_definition",
        "code",
    ]
    name: str | None = Field(
        default=None, description="variable, token, theme slot or property name, e.g. '--brand-primary', 'accent1'"
    )
    label: str | None = Field(
        default=None, description="nearest words that name it: a swatch's caption, a table row's other cells"
    )
    operator: str | None = Field(
        default=None, description="exact text or operator that states it: '#0A7' or '0 .5 1 0 k'"
    )
    alpha: float | None = Field(default=None, ge=0, le=1)
    area_ratio: float | None = Field(default=None, ge=0, le=1, description="share of the page or image it covers")
    uses: int = Field(default=1, ge=1, description="how often, when identical uses are folded together")
    location: Location


class FontUse(Shape):
    """One font family as the file states or embeds it."""

    family: str = Field(description="normalised family: no subset prefix, no style suffix")
    raw_name: str
    source: Literal[
        "pdf_font",
        "css_font_family",
        "font_face",
        "css_variable",
        "design_token",
        "name_table",
        "office_theme",
        "office_run",
        "svg_text",
    ]
    name: str | None = Field(default=None, description="selector, variable or theme slot that states it")
    stack: tuple[str, ...] = Field(default=(), description="the whole font-family stack, in order")
    style: str | None = Field(default=None, description="weight and slope words of the raw name, e.g. 'Bold Italic'")
    share_ratio: float | None = Field(
        default=None, ge=0, le=1, description="share of the document's characters set in it"
    )
    is_embedded: bool = False
    location: Location


class ImageUse(Shape):
    """One picture inside the file, or the file itself."""

    width_px: int = Field(ge=1)
    height_px: int = Field(ge=1)
    media_type: str | None = None
    sha256: str | None = Field(default=None, description="of its encoded bytes")
    alt_text: str | None = None
    has_alpha: bool | None = None
    location: Location


class Page(Shape):
    """One page, slide, or the whole canvas of a picture."""

    number: int = Field(ge=1)
    width: float = Field(ge=0, description="points for pages, pixels for pictures")
    height: float = Field(ge=0)
    has_text_layer: bool = True


class StandIn(Shape):
    """The parser that was asked could not be used for the moment, and another one's reading stands in for its own."""

    parser: str = Field(description="that was asked")
    reason: str
    tries: int = Field(ge=1, description="how often it was asked in vain")
    tried_at: datetime = Field(description="when it was asked last, UTC")


def _no_flag(version: object) -> object:
    """To Python `True` is 1; to JSON it is no number."""
    if isinstance(version, bool):
        raise ValueError("the version is a number")
    return version


class ParsedDocument(Shape):
    """Everything a parser read from one file of evidence."""

    schema_version: Annotated[Literal[1], BeforeValidator(_no_flag)] = 1
    evidence_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    media_type: str
    parser: str = Field(description="name of the parser that made it, e.g. 'pdfium'")
    parser_version: str = Field(description="part of the storage key: a new version parses again")
    title: str | None = None
    pages: tuple[Page, ...] = ()
    text_blocks: tuple[TextBlock, ...] = ()
    colours: tuple[ColourUse, ...] = ()
    fonts: tuple[FontUse, ...] = ()
    images: tuple[ImageUse, ...] = ()
    warnings: tuple[str, ...] = Field(default=(), description="what could not be read, in plain words")
    stand_in: StandIn | None = Field(default=None, description="set while the file is to be read again later")
