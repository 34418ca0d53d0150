"""`_brand.yml`. Source: posit-dev.github.io/brand-yml, sections color and typography (2025).

A font's `source` must be named there: `system`, for the canon holds no font files to hand over.
"""

import json

from sgd_assets.canon.export.brand import Brand, BrandColour
from sgd_assets.canon.export.css import found_in, told

_COLOUR_ROLES = (
    ("primary", "primary"),
    ("secondary", "secondary"),
    ("tertiary", "accent"),
    ("foreground", "text"),
    ("background", "background"),
)
_FONT_ROLES = (("base", "body"), ("headings", "heading"), ("monospace", "mono"))


def write_brand_yml(brand: Brand) -> bytes:
    """Colours by name, then by the part that the evidence gives them; fonts, then their uses."""
    lines = [f"# Canon {brand.version}"]
    if brand.colours:
        lines += ["color:", "  palette:"]
        lines += [f"    {_key(colour)}: {_text(colour.hex)}{_comment(told(colour))}" for colour in brand.colours]
        for key, role in _COLOUR_ROLES:
            colour = next((one for one in brand.colours if one.role == role), None)
            lines += [f"  {key}: {_key(colour)}"] if colour is not None else []
    if brand.fonts:
        lines += ["typography:", "  fonts:"]
        for font in brand.fonts:
            lines += [f"    - family: {_text(font.family)}{_comment(found_in(font))}", "      source: system"]
        for key, role in _FONT_ROLES:
            used = brand.font_for(role)
            lines += [f"  {key}: {_text(used.family)}"] if used is not None else []
    return "\n".join([*lines, ""]).encode()


def _key(colour: BrandColour) -> str:
    return _text(colour.key) if not colour.key[:1].isalpha() else colour.key


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a YAML string


def _comment(text: str) -> str:
    return f"  # {text}" if text else ""
