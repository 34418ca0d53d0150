"""Design tokens of the W3C community group. Source: designtokens.org, Format Module and Color Module 2025.10."""

import json
from typing import Any

from sgd_assets.canon.export.brand import TITLE, Brand, BrandColour
from sgd_assets.canon.export.css import told


def write_dtcg(brand: Brand) -> bytes:
    """Groups `brand` (colours) and `font` (families); the source of each stands in its description."""
    colours = {colour.key: _colour(colour) for colour in brand.colours}
    fonts = {
        font.key: {"$value": [font.family], **({"$description": font.source} if font.source else {})}
        for font in brand.fonts
    }
    tree: dict[str, Any] = {"$description": f"Canon {brand.version}"}
    if colours:
        tree["brand"] = {"$type": "color", "$description": TITLE, **colours}
    if fonts:
        tree["font"] = {"$type": "fontFamily", **fonts}
    return as_json(tree)


def colour_value(colour: BrandColour) -> dict[str, Any]:
    """The value as the Color Module writes it; `hex` is its own fallback."""
    components = [round(channel / 255, 6) for channel in colour.rgb]
    return {"colorSpace": "srgb", "components": components, "alpha": 1, "hex": colour.hex.lower()}


def description(colour: BrandColour) -> str:
    """The set that the colour is of, and what the evidence says of it."""
    return ": ".join(filter(None, (TITLE, told(colour))))


def as_json(tree: dict[str, Any]) -> bytes:
    """Indented UTF-8, in the order given."""
    return (json.dumps(tree, indent=2, ensure_ascii=False) + "\n").encode()


def _colour(colour: BrandColour) -> dict[str, Any]:
    return {"$value": colour_value(colour), "$description": description(colour)}
