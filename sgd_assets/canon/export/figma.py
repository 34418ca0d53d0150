"""Variables for Figma: the token files that it imports and exports, one per mode.

Figma has no type for fonts: a family is a string whose scope is FONT_FAMILY. Source: Figma help, "Import and export
variables" (design tokens of the community group with `com.figma` extensions, 2025).
"""

from typing import Any

from sgd_assets.canon.export.brand import Brand
from sgd_assets.canon.export.dtcg import as_json, colour_value, description


def write_figma(brand: Brand) -> bytes:
    """One mode of one collection."""
    tree: dict[str, Any] = {}
    if brand.colours:
        tree["brand"] = {
            colour.key: {
                "$type": "color",
                "$value": colour_value(colour),
                "$description": description(colour),
                "$extensions": {"com.figma.type": "color", "com.figma.scopes": ["ALL_SCOPES"]},
            }
            for colour in brand.colours
        }
    if brand.fonts:
        tree["fontFamily"] = {
            font.key: {
                "$type": "string",
                "$value": font.family,
                "$description": font.source,
                "$extensions": {"com.figma.type": "string", "com.figma.scopes": ["FONT_FAMILY"]},
            }
            for font in brand.fonts
        }
    tree["$extensions"] = {"com.figma.modeName": "Canon"}
    return as_json(tree)
