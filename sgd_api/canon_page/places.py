"""Citations in words: where in which file, and how a fact was found. What must not live here: pictures, HTML."""

from sgd_assets.canon.model import Citation

METHODS = {
    "stated_hex": "stated as a hex value",
    "recognised_value": "read from a picture (OCR)",
    "stated_rgb": "stated as RGB",
    "stated_css": "stated in CSS notation",
    "stated_cmyk": "stated as CMYK",
    "stated_spot": "stated as a spot colour",
    "latex_definition": "defined in LaTeX",
    "code_in_colour_section": "code in a section on colour",
    "css_variable": "a variable of a style sheet",
    "css_declaration": "used in a style sheet",
    "css_declaration_in_text": "a declaration quoted in the text",
    "css_font_family": "a font-family of a style sheet",
    "inline_style": "used in a page’s own styles",
    "assisted_voice": "named by a model, word for word in its source",
    "assisted_logo": "named by a model, word for word in its source",
    "assisted_colour": "named by a model; the value stands or is shown in its source",
    "assisted_font": "named by a model, word for word in its source",
    "design_token": "a design token",
    "drawn_swatch": "a drawn swatch",
    "filled_cell": "a cell filled with the colour",
    "drawn_swatch_without_words": "a drawn swatch without words",
    "pictured_swatch": "a swatch in a picture",
    "pictured_ramp_lead": "the lead of a colour ramp in a picture",
    "svg_palette": "a palette drawn as SVG",
    "sentence_hex": "named in a sentence, as hex",
    "sentence_rgb": "named in a sentence, as RGB",
    "logo_vector": "drawn in a vector logo",
    "logo_gradient": "a gradient of a vector logo",
    "logo_pixels": "measured on a logo’s pixels",
    "guide_pixels": "measured on a guide’s pixels",
    "office_theme": "an Office theme",
    "office_run": "used in an Office document",
    "font_is_name": "the text names the font",
    "name_is_font": "the text calls it the font",
    "font_named": "the text names the font",
    "font_before_name": "the text calls it the font",
    "font_link": "a link to the font’s own page",
    "use_name_as_font": "the text says to use it",
    "name_as_font": "the text calls it the font",
    "fonts_listed": "the text names the fonts",
    "in_the_name_font": "the text says what is set in it",
    "the_name_typeface": "the text calls it a typeface",
    "font_label": "labelled as the font",
    "font_cell": "a table of fonts",
    "known_in_section": "named in a section on type",
    "role_label": "labelled with its role",
    "set_in_name": "the text says what is set in it",
    "type_specimen": "a type specimen",
    "font_face": "an @font-face rule",
    "name_table": "a font file’s own name",
    "svg_text": "text of an SVG",
    "voice_tone": "a section on voice and tone",
    "voice_do": "a rule of voice",
    "voice_dont": "a rule of voice",
    "logo_clear_space": "a rule on clear space",
    "logo_min_size": "a rule on size",
    "logo_do": "a rule for the logo",
    "logo_dont": "a rule for the logo",
    "sentence_css": "named in a sentence, in CSS notation",
    "css_variable_unnamed": "a variable of a style sheet",
    "sentence_cmyk": "named in a sentence, as CMYK",
    "sentence_spot": "named in a sentence, as a spot colour",
    "picture_vector": "drawn in a vector picture",
    "pdf_font": "a font that the document is set in",
    "confirmed": "confirmed by a person",
    "corrected": "corrected by a person",
}


def method_in_words(method: str) -> str:
    """How a fact was found, for a reader."""
    return METHODS.get(method, method.replace("_", " "))


def place_of(citation: Citation, *, has_pages: bool) -> str:
    """Page, line, selector or path, the most telling first; empty for a picture, which is one place."""
    parts = []
    if has_pages and citation.page is not None and citation.line is None:
        # Without a box it is no place on the page but something the page refers to: a font dictionary.
        is_resource = citation.bbox is None and not citation.xml_path and not citation.selector
        parts.append(f"page {citation.page}" + (" resources" if is_resource else ""))
    if citation.line is not None:
        parts.append(f"line {citation.line}")
    if citation.selector:
        parts.append(citation.selector)
    if citation.xml_path and (citation.line is None or ":/" in citation.xml_path):
        parts.append(_path_in_short(citation.xml_path))
    return " · ".join(parts)


def _path_in_short(path: str) -> str:
    """The part's name and the last two steps; a bare name is a table of a font file."""
    part, colon, steps = path.partition(":/")
    if not colon:
        return f"{path} table" if "/" not in path else path
    tail = steps.split("/")[-2:]
    return f"{part} › {' › '.join(tail)}"
