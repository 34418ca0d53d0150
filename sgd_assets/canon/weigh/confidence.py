"""How sure a fact is, by the rule that found it.

The numbers are shares of right answers measured per rule on real brands, pulled towards the middle where few cases were
seen; agreement of a second document raises them. What must not live here: the rules.
"""

from sgd_resources.errors import BrokenContract

BASE = {
    "stated_hex": 0.95,
    "recognised_value": 0.85,
    "stated_rgb": 0.9,
    "stated_css": 0.9,
    "stated_cmyk": 0.7,
    "stated_spot": 0.6,
    "latex_definition": 0.95,
    "code_in_colour_section": 0.8,
    "css_variable": 0.85,
    "design_token": 0.9,
    "drawn_swatch": 0.85,
    "filled_cell": 0.85,
    "drawn_swatch_without_words": 0.75,
    "pictured_ramp_lead": 0.75,
    "pictured_swatch": 0.8,
    "svg_palette": 0.75,
    "sentence_hex": 0.75,
    "sentence_rgb": 0.7,
    # too few cases seen to move these from the middle
    "sentence_css": 0.5,
    "sentence_cmyk": 0.5,
    "sentence_spot": 0.5,
    "css_variable_unnamed": 0.5,
    "picture_vector": 0.5,
    "pdf_font": 0.5,
    "logo_vector": 0.8,
    "logo_gradient": 0.6,
    "guide_pixels": 0.45,
    "logo_pixels": 0.5,
    "office_theme": 0.5,
    "office_run": 0.6,
    "css_declaration": 0.4,
    "inline_style": 0.4,
    "font_is_name": 0.95,
    "name_is_font": 0.95,
    "font_named": 0.95,
    "font_before_name": 0.9,
    "font_link": 0.85,
    "use_name_as_font": 0.9,
    "name_as_font": 0.95,
    "fonts_listed": 0.9,
    "in_the_name_font": 0.9,
    "the_name_typeface": 0.85,
    "font_label": 0.9,
    "font_cell": 0.95,
    "known_in_section": 0.8,
    "role_label": 0.9,
    "set_in_name": 0.85,
    "type_specimen": 0.85,
    "css_declaration_in_text": 0.85,
    "css_font_family": 0.6,
    "font_face": 0.7,
    "name_table": 0.7,
    "svg_text": 0.6,
    "voice_tone": 0.85,
    "voice_do": 0.8,
    "voice_dont": 0.8,
    "assisted_voice": 0.7,
    "assisted_logo": 0.7,
    "assisted_colour": 0.7,
    "assisted_font": 0.7,
    "logo_clear_space": 0.95,
    "logo_min_size": 0.95,
    "logo_do": 0.8,
    "logo_dont": 0.9,
}
"""Confidence of one statement by its method."""


def confidence_of(method: str, *, documents: int = 1, is_contested: bool = False) -> float:
    """0..1, two places. `documents` that agree raise it; a contradiction lowers it.

    Raises:
        BrokenContract: no rule is called so; a claim that nobody weighed is worth no guess.
    """
    if method not in BASE:
        raise BrokenContract(f"no rule is called {method}")
    sure = BASE[method]
    if documents > 1:
        sure += (1 - sure) * 0.4
    if is_contested:
        sure *= 0.9
    return round(min(sure, 0.99), 2)
