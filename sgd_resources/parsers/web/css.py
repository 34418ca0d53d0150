"""Style sheets (CSS, SCSS, Less) -> colours, fonts and comments of a ParsedDocument.

Every declaration that states a colour gives a use, with the exact text as written; references are resolved to a value.
"""

import re
from collections.abc import Iterator

from sgd_resources.parsed_document import ColourUse, FontUse, Location, TextBlock
from sgd_resources.parsers.colours.css_colour import CssColour, parse_css_colour
from sgd_resources.parsers.font_names import is_generic_family, split_font_name
from sgd_resources.parsers.parts import ParsedParts, decode_text
from sgd_resources.parsers.web.css_declarations import Declaration, Sheet, scan_sheet
from sgd_resources.parsers.web.css_variables import (
    Variables,
    clean_value,
    has_reference,
    is_reference,
    map_entries,
    split_commas,
)
from sgd_resources.parsers.web.framework_defaults import is_framework_default
from sgd_resources.parsers.web.indented_sass import braced
from sgd_resources.parsers.web.stylus import as_sass

_COLOUR_PROPERTY = re.compile(
    r"(?:.*-)?colou?r$|^(?:background|border|outline|fill|stroke|box-shadow|text-shadow|column-rule|text-decoration|caret|accent)(?:-(?:image|top|right|bottom|left|block|inline|start|end))*$"
)
_PIECE = re.compile(
    r"#[0-9A-Fa-f]{3,8}(?![\w-])|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\((?:[^()]++|\([^()]*+\))*+\)|(?<![\w$@.#-])[A-Za-z]{3,20}(?![\w(.-])"
)
_ALPHA_OF = re.compile(r"rgba\(\s*(#[0-9A-Fa-f]{3,8})\s*,\s*([\d.]+%?)\s*\)")
_NO_COLOUR = re.compile(r"url\([^()]*+\)|\"[^\"]*\"|'[^']*'")
_SHADING = re.compile(
    r"\b(?:darken|lighten|mix|tint|shade|saturate|desaturate|scale|adjust|color-mix|color\.\w+|fade|spin|invert|complement|grayscale)[\w-]*\(",
    re.IGNORECASE,
)
_FONT_VARIABLE = re.compile(
    r"font(?!-?(?:size|weight|style|awesome|smoothing|path|color|stretch|feature|variant))|typeface|family",
    re.IGNORECASE,
)
_STACK = re.compile(r",\s*[\"']?(?:sans-serif|serif|monospace|cursive|system-ui|ui-[a-z-]+)[\"']?\s*\Z")
"""A list that ends in a generic family is a font stack, whatever its variable is called."""
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})\s?|(.))")
_BUNDLED = re.compile(r"__([A-Z]\w*?)_[0-9a-f]{6}")
"""'__Barlow_Condensed_a1b2c3': how Next.js calls a family in its sheets. Source: next/font (Next.js 13 to 15)."""
_WRAPPED = re.compile(r"\A\(([^():]*)\)\Z")
"""A Sass list in brackets; with a colon in it, it is a map."""
_KEYWORDS = frozenset(
    {"auto", "block", "swap", "fallback", "optional", "bold", "bolder", "lighter", "normal", "italic", "oblique"}
)
"""Values of `font-display` and of a font's other properties, after which variables are called too."""
_FONT_SHORTHAND = re.compile(r"^(?:[^,\"']*\s)?[\d.]+(?:px|pt|em|rem|%|vw|vh)(?:\s*/\s*[\w.%]+)?\s+(.+)$", re.DOTALL)


def parse_css(data: bytes, suffix: str) -> ParsedParts:
    """Colours, fonts and comments of one sheet, in source order."""
    source = decode_text(data)
    if suffix == ".styl":
        source = as_sass(source)
    return sheet_parts(scan_sheet(braced(source) if suffix in (".sass", ".styl") else source))


def sheet_parts(sheet: Sheet, *, variables: Variables | None = None, prefix: str = "") -> ParsedParts:
    """The same of a scanned sheet.

    Args:
        sheet: scanned declarations.
        variables: known variables, when several sheets share them.
        prefix: put before each selector (`<style>` of an HTML page).
    """
    known = variables or Variables(sheet.declarations)
    parts = ParsedParts()
    parts.text_blocks += [
        TextBlock(text=comment.text, kind="code", location=Location(line=comment.line)) for comment in sheet.comments
    ]
    for declaration in sheet.declarations:
        parts.colours += declaration_colours(declaration, known, prefix=prefix)
        value = clean_value(declaration.value)
        if declaration.is_variable and is_reference(known.resolve(value)):
            # its target stands in another file
            place = Location(selector=_place(prefix, declaration.selector, declaration.name), line=declaration.line)
            parts.text_blocks.append(TextBlock(text=value, kind="code", location=place))
        font = declaration_font(declaration, known, prefix=prefix)
        if font:
            parts.fonts.append(font)
    return parts


def declaration_colours(declaration: Declaration, variables: Variables, *, prefix: str = "") -> Iterator[ColourUse]:
    """Each colour that one declaration states or refers to."""
    entries = list(map_entries(clean_value(declaration.value))) if declaration.is_variable else []
    if entries:
        for key, value in entries:
            yield from _colours(declaration, f"{declaration.name}.{key}", value, variables, prefix)
        return
    yield from _colours(declaration, declaration.name, clean_value(declaration.value), variables, prefix)


def _colours(declaration: Declaration, name: str, value: str, variables: Variables, prefix: str) -> Iterator[ColourUse]:
    is_colour = declaration.is_variable or bool(_COLOUR_PROPERTY.match(declaration.name.lower()))
    if _SHADING.search(value):
        return  # colour arithmetic is a derived shade, not a stated colour
    resolved = variables.resolve(value) if has_reference(value) else value
    resolved = variables.completed(declaration, resolved)
    if _SHADING.search(resolved):
        return
    for text, colour in _pieces(resolved, names=is_colour, whole_only=declaration.is_variable):
        if declaration.is_variable and is_framework_default(name, colour.hex):
            continue
        yield ColourUse(
            hex=colour.hex,
            space=colour.space,
            components=colour.components,
            source="css_variable" if declaration.is_variable else "css_declaration",
            name=name,
            label=" / ".join(dict.fromkeys(filter(None, (declaration.section, declaration.comment))))[:160] or None,
            operator=text if resolved == value else value[:200],
            alpha=colour.alpha,
            location=Location(selector=_place(prefix, declaration.selector, name), line=declaration.line),
        )


def _pieces(value: str, *, names: bool, whole_only: bool) -> Iterator[tuple[str, CssColour]]:
    value = _NO_COLOUR.sub(" ", value)
    for match in _ALPHA_OF.finditer(value):
        base = parse_css_colour(match[1])
        if base:
            share = float(match[2].rstrip("%")) / (100 if match[2].endswith("%") else 1)
            yield match[0], CssColour(base.hex, base.space, base.components, round(min(1.0, share), 4))
    value = _ALPHA_OF.sub(" ", value)
    for match in _PIECE.finditer(value):
        text = match[0]
        is_name = text.isalpha()
        if is_name and (not names or (whole_only and value.strip() != text)):
            continue
        colour = parse_css_colour(text)
        if colour:
            yield text, colour


def declaration_font(declaration: Declaration, variables: Variables, *, prefix: str = "") -> FontUse | None:
    """The font family a declaration states, or None."""
    prop = declaration.name.lower()
    value = clean_value(declaration.value)
    if prop == "font-family":
        stack_text = value
    elif prop == "font":
        shorthand = _FONT_SHORTHAND.match(variables.resolve(value))
        if shorthand is None:
            return None
        stack_text = shorthand[1]
    elif declaration.is_variable and (_FONT_VARIABLE.search(prop) or _STACK.search(value)):
        stack_text = value
    else:
        return None
    stack = families(_WRAPPED.sub(r"\1", variables.resolve(stack_text).strip()))
    first = next((family for family in stack if not is_generic_family(family)), None)
    if first is None or not _is_family(first) or first.lower() in _KEYWORDS:
        return None
    is_face = f" {declaration.selector[-12:].lower()}".endswith(" @font-face")
    if declaration.is_variable and len(stack) == 1 and not re.search(r"[A-Za-z]{3}", first):
        return None
    family, style = split_font_name(first)
    return FontUse(
        family=family,
        raw_name=first if first in value else value[:160],  # as written: a reference is cited as the reference
        source="font_face" if is_face else "css_variable" if declaration.is_variable else "css_font_family",
        name=declaration.name if declaration.is_variable else declaration.selector or None,
        stack=tuple(stack),
        style=style,
        location=Location(selector=_place(prefix, declaration.selector, declaration.name), line=declaration.line),
    )


def families(stack: str) -> list[str]:
    """Family names of a font stack, in order, without quotes, escapes and what bundlers add to a name."""
    names = (_spoken(part.strip().strip("\"'“”‘’`")) for part in split_commas(stack))
    return [name for name in names if name]


def _spoken(name: str) -> str:
    if "\\" in name:
        name = _ESCAPE.sub(lambda match: _character(match[1]) if match[1] else match[2], name)
    bundled = _BUNDLED.fullmatch(name)
    if bundled is not None:
        name = bundled[1].removesuffix("_Fallback").replace("_", " ")
    return " ".join(name.split())


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _is_family(name: str) -> bool:
    return bool(re.match(r"[^\W\d_][\w .&+'-]*\Z", name)) and len(name) <= 60 and "$" not in name


def _place(prefix: str, selector: str, name: str) -> str:
    return " ".join(part for part in (prefix, selector[:300], name) if part)[:300]
