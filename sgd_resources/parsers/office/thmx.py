"""Office themes as files of their own (`.thmx`) -> the slots and fonts of their themes, and the custom colours.

The custom colours are a palette with names that somebody set up, so they are read like tokens. What must not live
here: themes inside documents (`theme.py`).
"""

from lxml import etree

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ColourUse, Location
from sgd_resources.parsers.office.package import OfficePackage
from sgd_resources.parsers.office.theme import Theme, base_colour, read_theme
from sgd_resources.parsers.parts import ParsedParts
from sgd_resources.parsers.xml_tree import local_name, xml_path

_THEME = "theme/theme/theme1.xml"


def parse_thmx(data: bytes, suffix: str) -> ParsedParts:
    """Custom colours first, then the slots.

    Raises:
        RejectedEvidence: no theme in it, damaged or encrypted.
    """
    del suffix
    package = OfficePackage(data)
    part = _theme_part(package)
    root = package.xml(part)
    if root is None:
        raise RejectedEvidence("reject", "office theme has no theme part")
    parts = ParsedParts(title=root.get("name") or None)
    theme = read_theme(package, part, parts)
    parts.colours = [*_custom(root, part, theme), *parts.colours]
    return parts


def _theme_part(package: OfficePackage) -> str:
    """The theme behind the manager that the package is about."""
    manager = next((target for kind, target in package.relations("").values() if kind == "officeDocument"), "")
    return next((target for kind, target in package.relations(manager).values() if kind == "theme"), _THEME)


def _custom(root: etree._Element, part: str, theme: Theme) -> list[ColourUse]:
    uses = []
    for entry in root.iter("{*}custClr"):
        value = next((child for child in entry if local_name(child).endswith("Clr")), None)
        hex_value, stated = base_colour(value, theme) if value is not None else (None, "")
        if hex_value is None:
            continue
        uses.append(
            ColourUse(
                hex=hex_value,
                source="design_token",
                name=(entry.get("name") or "")[:160] or None,
                label=(root.get("name") or "")[:160] or None,
                operator=stated,
                location=Location(xml_path=f"{part}:{xml_path(entry)}"),
            )
        )
    return uses
