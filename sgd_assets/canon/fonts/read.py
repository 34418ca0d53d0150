"""Which font families a document gives the brand: `ParsedDocument -> [FontClaim]`.

Stated in words > tokens and `font-family` variables > style-sheet use > font files > Office theme. The fonts a PDF is
set in are the document's own and are claimed only as such ('document'), never as the brand's. What must not live
here: name rules (`fonts/names.py`) and weighing (`weigh/resolve.py`).
"""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

from sgd_assets.canon.facts.claims import FontClaim, FontTier
from sgd_assets.canon.fonts.families import KNOWN_FAMILIES
from sgd_assets.canon.fonts.names import EMOJI_OR_SYMBOL, family_key, family_of
from sgd_assets.canon.fonts.statements import font_statements
from sgd_assets.canon.model import Role
from sgd_assets.canon.reading.sections import PlacedBlock, file_words
from sgd_assets.canon.words import topics
from sgd_assets.canon.words.vocabulary import joined
from sgd_resources.parsed_document import FontUse, ParsedDocument
from sgd_resources.parsers.font_names import is_generic_family, split_font_name

_TIERS: dict[str, FontTier] = {
    "css_variable": "token",
    "design_token": "token",
    "css_font_family": "stylesheet",
    "font_face": "font_file",
    "name_table": "font_file",
    "office_theme": "theme",
    "office_run": "theme",
    "svg_text": "stylesheet",
    "pdf_font": "document",
}
_MONO = re.compile(r"(?i)\b(?:mono(?:space[d]?)?|code|pre|kbd|samp|tt|terminal)\b")
_HEAD = joined(r"(?i)\b(?:head(?:ing|line|er)?s?|titles?|display|h[1-6])\b", "heading_text")
_BODY = joined(
    r"(?i)\b(?:body(?:text)?|text|copy|paragraphs?|base|running|long(?:er)? (?:sections?|form))\b", "body_text"
)
_KEYED = frozenset({"role_label", "font_label"})
_TINY_SHARE = 0.05  # a word or two of a document in another font: pasted, not chosen
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/markdown", "text/mdx"})
"""Documents to read: what their own style element sets them in is the page's font, as a PDF's fonts are."""
OFFICE_DEFAULTS = frozenset(
    {
        "arial",
        "calibri",
        "calibri light",
        "cambria",
        "aptos",
        "aptos display",
        "times new roman",
        "liberation sans",
        "liberation serif",
        "liberation mono",
        "liberation sans unicode ms",
        "dejavu sans",
        "dejavu serif",
        "dejavu sans mono",
        "carlito",
        "caladea",
        "courier",
        "courier new",
        "consolas",
    }
)
"""Families that office programs choose when nobody does, for code and for want of another too. Source: Office 2007 to
2024, Google Slides, LibreOffice, pandoc."""
_OF_THEMES = frozenset({"calibri", "calibri light", "cambria", "aptos", "aptos display"})
"""Those of the themes that Office ships with: one of them beside another font may be left over."""


def claim_fonts(document: ParsedDocument, placed: Sequence[PlacedBlock], file_name: str) -> list[FontClaim]:
    """Claims in reading order, stated ones first."""
    words = file_words(file_name)
    claims: list[FontClaim] = []
    chosen = _is_theme_chosen(document.fonts)
    is_data = any(use.source == "design_token" for use in document.fonts)
    own = frozenset(family_key(use.family) for use in document.fonts if use.source == "pdf_font")
    for statement in font_statements(placed, f"{document.title or ''} {words}", own):
        if is_data and statement.method in _KEYED:
            continue  # a key of the data, read below with its fellows
        claims.append(
            FontClaim(
                family=statement.family,
                tier="stated",
                method=statement.method,
                role=role_of(statement.words),
                is_fallback=statement.is_fallback,
                quote=statement.quote,
                location=statement.placed.block.location,
                order=len(claims),
            )
        )
    for use in document.fonts:
        claim = _use_claim(use, words, len(claims), file_name, is_page=document.media_type in _PAGES, is_chosen=chosen)
        if claim is not None:
            claims.append(claim)
    return claims


def role_of(words: str) -> Role | None:
    """heading | body | mono, from the words beside a font."""
    spaced = re.sub(r"(?i)\b(?:except|but not|not for)\b.*", " ", re.sub(r"[-_.$#]+", " ", words))
    for pattern, role in ((_MONO, "mono"), (_HEAD, "heading"), (_BODY, "body")):
        if pattern.search(spaced):
            return role  # type: ignore[return-value]  # each is a Role
    return None


def _is_theme_chosen(fonts: Sequence[FontUse]) -> bool:
    """Whether a theme's heading or body font is one that no program chooses: its pair is then set by hand."""
    names = {use.raw_name.lower() for use in fonts if use.source == "office_theme"}
    return bool(names - OFFICE_DEFAULTS)


def _by_file_name(use: FontUse, file_name: str, order: int) -> FontClaim | None:
    """A font whose name table says nothing, as foundries' web fonts do, by its file's name: 'Sohne-Buch.woff2'."""
    stem = PurePosixPath(file_name.replace("\\", "/")).stem
    named = _known_by_letters(stem) or family_of(split_font_name(stem)[0])
    return (
        FontClaim(family=named, tier="font_file", method="name_table", quote=stem, location=use.location, order=order)
        if named
        else None
    )


def _known_by_letters(stem: str) -> str | None:
    """The longest family in general use that a file's name begins with, accents and spaces aside."""
    found = [name for name in KNOWN_FAMILIES if re.match(rf"{re.escape(_letters(name))}(?![a-z0-9])", _letters(stem))]
    named = max(found, key=len, default=None)
    return named.title() if named else None


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"(?<=[a-z]) (?=[a-z])", "", plain)


def _use_claim(
    use: FontUse, words: str, order: int, file_name: str, *, is_page: bool, is_chosen: bool
) -> FontClaim | None:
    tier = _TIERS[use.source]
    if is_page and use.source == "css_font_family" and (use.location.selector or "").startswith("style "):
        tier = "document"
    if use.stack and is_generic_family(use.stack[0]):
        return None  # a system stack: the reader's own font first
    named = next((name for name in (use.stack or (use.family,)) if not is_generic_family(name)), None)
    if named is None or named.startswith(("var(", "$", "--")) or re.search(r"(?i)\bemoji\b|\bicons?\b", use.name or ""):
        return None
    if use.source == "name_table" and family_of(use.family) is None:
        return _by_file_name(use, file_name, order)
    family = family_of(named if use.source not in ("pdf_font", "name_table") else use.family)
    if family is None or EMOJI_OR_SYMBOL.search(family):
        return None
    if use.source == "office_theme" and use.raw_name.lower() in KNOWN_FAMILIES:
        family = use.raw_name  # 'Arial Narrow' and 'Arial Black' are families of their own
    is_left = not is_chosen or use.source != "office_theme" or family.lower() in _OF_THEMES
    if tier == "theme" and family.lower() in OFFICE_DEFAULTS and is_left:
        tier = "document"
    if use.source == "svg_text" and not topics.LOGO_FILE.search(words):
        tier = "document"
    if use.source == "office_run" and use.share_ratio is not None and use.share_ratio < _TINY_SHARE:
        tier = "document"
    return FontClaim(
        family=family,
        tier=tier,
        method=use.source,
        role=role_of(use.name or ""),
        quote=use.raw_name,
        location=use.location,
        order=order,
    )
