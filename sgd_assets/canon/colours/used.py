"""Colours that a document uses or defines rather than prints: `ParsedDocument -> [ColourClaim]`.

Tokens and variables, swatches drawn or pictured, logo vectors, Office themes, style sheets, pixels: each gets the
tier the precedence of `weigh/palette.py` weighs. What must not live here: printed notations (`colours/stated.py`) and
weighing.
"""

import re
from collections.abc import Sequence

from sgd_assets.canon.colours.components import Sections, component_claim
from sgd_assets.canon.colours.likeness import is_black_or_white, is_neutral
from sgd_assets.canon.colours.roles import role_of
from sgd_assets.canon.colours.swatches import drawn_swatches, filled_cells, pictured_swatches
from sgd_assets.canon.facts.claims import ColourClaim, ColourTier, Rank
from sgd_assets.canon.model import Role
from sgd_assets.canon.reading.sections import PlacedBlock, file_words
from sgd_assets.canon.words import topics
from sgd_resources.parsed_document import ColourUse, ParsedDocument

OFFICE_DEFAULTS = frozenset(
    [
        "#4472C4",
        "#ED7D31",
        "#A5A5A5",
        "#FFC000",
        "#5B9BD5",
        "#70AD47",
        "#44546A",
        "#E7E6E6",
        "#0563C1",
        "#954F72",
        "#156082",
        "#E97132",
        "#196B24",
        "#0F9ED5",
        "#A02B93",
        "#4EA72E",
        "#0E2841",
        "#E8E8E8",
        "#467886",
        "#96607D",
        "#4F81BD",
        "#C0504D",
        "#9BBB59",
        "#8064A2",
        "#4BACC6",
        "#F79646",
        "#1F497D",
        "#EEECE1",
        "#0000FF",
        "#800080",
        "#4285F4",
        "#212121",
        "#78909C",
        "#FFAB40",
        "#0097A7",
        "#EEFF41",
        "#729FCF",
        "#3465A4",
    ]
)
"""Theme colours that an office program ships with: no choice of the brand's. Source: Office 2007, 2013, 2023 and Google
Slides default themes; LibreOffice Draw's default fill and line."""

_TOKEN_WORD = re.compile(
    r"(?i)colou?rs?|palette|brand|swatch|theme|(?:^|[-_.$])clr(?:[-_.]|$)|primary|secondary|accent"
)
_HUE_NAME = re.compile(
    r"(?i)^[-_$@]*(?:(?:sass|scss|css|c|color|colour)[-_])?(?:(?:light|dark|bright|deep|pale)[-_]?)?(?:red|orange|yellow|"
    r"green|blue|teal|purple|violet|pink|gr[ae]y|navy|magenta|cyan|brown|gold|turquoise|indigo|lime|maroon|coral|"
    r"aqua|beige|cream|charcoal|slate)$"
)
"""A variable that is called by a colour's name alone."""
_NETWORK = re.compile(
    r"(?i)(?:^|[-_.$])(facebook|twitter|instagram|linked-?in|youtube|pinterest|whatsapp|tik-?tok|reddit|snapchat|"
    r"telegram|tumblr|vimeo|flickr|mastodon|bluesky|threads|discord|slack|github|gitlab|google|skype|xing|wechat|weibo)"
    r"(?:[-_.]|$)"
)
"""Social networks: two of them among one file's variables are buttons for sharing, not the brand's colours."""
_DERIVED = re.compile(
    r"(?i)(?:^|[-_. $])(?:hover|active|focus|disabled|pressed|visited|selected|shadow|overlay|alpha|"
    r"transparent|opacity|light(?:er|est)|dark(?:er|est)|"
    r"tints?|shades?|muted|inverse|rgb|filter|contrast|on)(?:[-_. ]|$)"
)
_FUNCTIONAL = re.compile(
    r"(?i)(?:^|[-_. $])(?:error|warning|success|info|danger|alert|caution|code|syntax|hljs|token|link|border|"
    r"divider|outline|placeholder|selection|"
    r"scrollbar|input|form|button|btn|table|nav|footer|header|sidebar|toast|badge|print|diff|ansi|terminal|"
    r"charts?|graphs?|metrics|data-?vi[sz])(?:[-_. ]|$)"
)
_SHOP_SCHEME = re.compile(r"color_schemes\.[\w.-]+\.(?:primary_)?button$")
"""The accent of a shop's colour scheme is called after its buttons. Source: shopify.dev, "Color schemes" (2026-11)."""
_GUIDE_FILE = re.compile(r"(?i)\b(?:guide(?:lines?)?s?|style ?guide|brand ?(?:board|book|sheet)|identity)\b")
_REFERENCE = re.compile(r"\s*(?:var\(\s*--|[\w-]*\.?\$[\w-]+\s*$|@[\w-]+\s*$|\{[^{}]+\}\s*$|map[-.])")
_DARK = re.compile(r"(?i)\bdark\b|\bnight\b")
_GROUND_OR_TEXT = re.compile(
    r"(?i)(?:^|[-_. $])(?:text|bg|background|surface|canvas|foreground|fg|body|icons?|typography|"
    r"headings?|labels?|captions?)(?:[-_. ]|$)"
)
_SET = re.compile(
    r"(?i)^\W*(?:our |the )?(?:brand|primary|main|core|secondary|tertiary|accents?|supporting|extended|additional|"
    r"complementary|auxiliary)\b[\w &-]{0,36}\W*$"
)
"""A comment that titles a set of variables; a longer one tells what a variable is for."""
_PART_OF_A_PAGE = re.compile(
    r"(?i)^\W*(?:ui |page )?(?:backgrounds?|text|typography|borders?|surfaces?|buttons?|links?|forms?|inputs?)"
    r"(?: colou?rs?)?\W*$"
)
_LEADING = re.compile(r"(?i)\b(?:primary|brand|main|core)\b")
_OTHER_SET = re.compile(
    r"(?i)^\W*(?:\w+ ){0,2}(?:social(?: media| networks?)?|code|syntax(?: highlight\w*)?|charts?|graphs?|"
    r"data vi[sz]\w*|third[- ]party|vendors?|deprecated|legacy|old|shadows?|dark (?:mode|theme)|status(?:es)?|states?|"
    r"alerts?|feedback|semantic|functional|messages?)(?: colou?rs?| palette)?\W*$|"
    r"^\W*(?:derived|tints?|shades?|hovers?)\b.{0,40}$"
)
_ENOUGH_NETWORKS = 2  # one network's name may be a word of the brand; two make a list of links
_LOGO_SOURCES = ("svg_fill", "svg_stroke", "svg_gradient")


def used_colours(
    document: ParsedDocument, placed: Sequence[PlacedBlock], file_name: str, *, first_order: int
) -> list[ColourClaim]:
    """Claims in the order the document uses them; nothing is dropped, what is no brand colour says why."""
    words = file_words(file_name)
    claims: list[ColourClaim] = []
    swatches = {
        id(use): method
        for use, method in [
            *filled_cells(document, placed, words),
            *drawn_swatches(document, placed, words),
            *pictured_swatches(document, words),
        ]
    }
    plain_names = {use.name for use in document.colours if use.name and not _DARK.search(use.location.selector or "")}
    sections = Sections(placed)
    for use in document.colours:
        order = first_order + len(claims)
        claim = component_claim(use, sections, words, order=order) or _claim(
            use, words, document.media_type, swatches.get(id(use)), order
        )
        if claim is not None and use.name in plain_names and _DARK.search(use.location.selector or ""):
            claim = claim.model_copy(update={"excluded": claim.excluded or "the same name's value on dark grounds"})
        if claim is not None:
            claims.append(claim)
    return _without_networks(claims)


def token_claim(use: ColourUse, file_name: str, *, order: int) -> ColourClaim | None:
    """The claim of one token or variable; None where neither its name nor its file's speaks of colour."""
    claim = _claim(use, file_words(file_name), "", None, order)
    return claim if claim is not None and claim.tier == "token" else None


def _without_networks(claims: list[ColourClaim]) -> list[ColourClaim]:
    """Two social networks among the names: the colours called so are those companies' own."""
    named = [_NETWORK.search(claim.name or "") if claim.tier == "token" else None for claim in claims]
    if len({match[1].lower() for match in named if match}) < _ENOUGH_NETWORKS:
        return claims
    return [
        claim.model_copy(update={"excluded": claim.excluded or "another company's colour"}) if match else claim
        for claim, match in zip(claims, named, strict=True)
    ]


def _claim(use: ColourUse, words: str, media_type: str, swatch: str | None, order: int) -> ColourClaim | None:
    tier, method = ("swatch", swatch) if swatch else _tier(use, words, media_type)
    if tier is None:
        return None
    name = use.name if use.source in ("css_variable", "design_token", "office_theme", "latex_definition") else use.label
    if swatch == "drawn_swatch_without_words":
        name = None  # its page does not speak of colour, so what stands near it is no colour's name
    return ColourClaim(
        hex=use.hex,
        tier=tier,
        method=method,
        rank=_rank(use, words, tier),
        role=_role(use, name, words, tier),
        name=name,
        cmyk=_inks(use),
        spot_names=(use.spot_name,) if use.spot_name else (),
        set_name=words,
        quote=use.operator or use.hex,
        location=use.location,
        order=order,
        is_in_titled_set=tier == "token" and _is_titled(use.label or ""),
        is_reference=tier == "token" and bool(_REFERENCE.match(use.operator or "")),
        weight=round((use.area_ratio or 0.0) + min(use.uses, 1000) / 1e6, 6),
        excluded=_exclusion(use, name, tier),
    )


def _inks(use: ColourUse) -> tuple[float, float, float, float] | None:
    if use.space != "cmyk" or len(use.components) != 4:
        return None
    c, m, y, k = (round(ink * 100, 2) for ink in use.components)
    return c, m, y, k


def _tier(use: ColourUse, words: str, media_type: str) -> tuple[ColourTier | None, str]:
    is_logo_file = bool(topics.LOGO_FILE.search(words))
    if use.source in ("css_variable", "design_token"):
        name = use.name or ""
        is_token = (
            use.source == "design_token"
            or _TOKEN_WORD.search(name)
            or _HUE_NAME.match(name)
            or _TOKEN_WORD.search(words)
            or _SET.match(use.label or "")
        )
        return ("token", use.source) if is_token else ("stylesheet", "css_variable_unnamed")
    if use.source == "office_theme":
        return "theme", "office_theme"
    if use.source in ("css_declaration", "gradient") and "css" in media_type:
        return "stylesheet", "css_declaration"
    if use.source == "css_declaration":
        return "stylesheet", "inline_style"
    if use.source in _LOGO_SOURCES:
        if topics.COLOUR_FILE.search(words) and not is_logo_file:
            return "swatch", "svg_palette"
        return (
            ("logo", "logo_gradient" if use.source == "svg_gradient" else "logo_vector")
            if is_logo_file
            else ("pixels", "picture_vector")
        )
    if (
        use.source in ("fill", "stroke")
        and is_logo_file
        and not topics.COLOUR_FILE.search(words)
        and "guid" not in words
    ):
        return "logo", "logo_vector"
    if use.source == "pixels":
        if is_logo_file:
            return "pixels", "logo_pixels"
        return ("pixels", "guide_pixels") if _GUIDE_FILE.search(words) else (None, "")
    return None, ""


def _rank(use: ColourUse, words: str, tier: ColourTier) -> Rank:
    if tier not in ("token", "swatch"):
        return "plain"
    around, _, own = re.sub("[-_]", " ", _spaced(use.name or "")).rpartition(".")
    label = use.label or ""
    if re.search(r"(?i)\b(?:primary|main|core)\b", own):
        return "primary"
    if _is_titled(label):
        return "secondary" if _PART_OF_A_PAGE.match(label) else _rank_of(label)
    if _LEADING.search(f"{own} {around.replace('.', ' ')}"):
        return "primary"
    ranks = (_rank_of(text) for text in (own, around.replace(".", " "), words if tier == "token" else ""))
    return next((rank for rank in ranks if rank != "plain"), "plain")


def _is_titled(label: str) -> bool:
    return bool(_SET.match(label) or _PART_OF_A_PAGE.match(label))


def _spaced(name: str) -> str:
    """'primaryDark' as 'primary-Dark': capitals part words where hyphens do not."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name)


def _rank_of(text: str) -> Rank:
    if _LEADING.search(text):
        return "primary"
    if topics.SECONDARY.search(text):
        return "secondary"
    return "accent" if topics.ACCENT.search(text) else "plain"


def _role(use: ColourUse, name: str | None, words: str, tier: ColourTier) -> Role | None:
    if tier == "theme":
        slot = (name or "").lower()
        return "text" if slot.startswith(("dk", "tx")) else "background" if slot.startswith(("lt", "bg")) else None
    if tier in ("stylesheet", "logo", "pixels"):
        return _page_role(use)
    return role_of(name, (words,) if tier == "swatch" else ())


def _page_role(use: ColourUse) -> Role | None:
    """Of style-sheet colours only the page's own ground and text have a role."""
    selector = use.location.selector or ""
    if not re.match(r"(?:html|body|:root|html > body)(?: (?:background|background-color|color))?$", selector):
        return None
    is_ground = selector.rstrip().endswith(("background", "background-color"))
    return "background" if is_ground else "text" if selector.rstrip().endswith(" color") else None


def _exclusion(use: ColourUse, name: str | None, tier: ColourTier) -> str | None:
    if use.alpha is not None and use.alpha < 1:
        return "translucent"
    is_in_a_named_set = tier == "token" and re.match(r"(?i)\W*(?:brand|primary|main|core)\b", use.label or "")
    is_neither_swatch_nor_set = not is_in_a_named_set and (tier != "swatch" or use.source in _LOGO_SOURCES)
    if is_black_or_white(use.hex) and is_neither_swatch_nor_set:
        return "black or white that no guide names"
    if tier == "theme" and use.hex in OFFICE_DEFAULTS:
        return "an office program's default"
    if tier == "token" and name:
        name = _spaced(name)
        if _DERIVED.search(name):
            return "derived shade"
        is_interface = _FUNCTIONAL.search(name) and not _SHOP_SCHEME.search(name)
        if is_interface or _OTHER_SET.match(use.label or ""):
            return "serves a function of the interface"
        if is_neutral(use.hex) and _GROUND_OR_TEXT.search(name) and not re.search(r"(?i)brand", name):
            return "the interface's ground or text"
    if use.source == "svg_stroke" and use.name == "frame":
        return "the frame of the drawing's artboard"
    if tier == "logo" and use.area_ratio is not None and use.area_ratio < 0.0005:
        return "a speck"
    return None
