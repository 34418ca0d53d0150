"""Office themes: the twelve colour slots and the major and minor fonts, and DrawingML colours resolved through them."""

import colorsys
import math
from dataclasses import dataclass, field

from lxml import etree

from sgd_resources.colour import encoded_of, hex_of, rgb_of
from sgd_resources.parsed_document import ColourUse, FontUse, Location
from sgd_resources.parsers.font_names import split_font_name
from sgd_resources.parsers.office.package import OfficePackage
from sgd_resources.parsers.parts import ParsedParts
from sgd_resources.parsers.xml_tree import local_name, xml_path

_SLOTS = (
    "dk1",
    "lt1",
    "dk2",
    "lt2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/drawingml/main}"
_ALIASES = {
    **{"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"},
    **{"background1": "lt1", "text1": "dk1", "background2": "lt2", "text2": "dk2"},
    **{"dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2"},
    **{"hyperlink": "hlink", "followedHyperlink": "folHlink"},
}


@dataclass
class Theme:
    """Slots -> hex, and the two font families."""

    colours: dict[str, str] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)

    def slot(self, name: str) -> str | None:
        """Hex of a slot or of its alias (`tx1`, `bg1`, `text1`)."""
        return self.colours.get(_ALIASES.get(name, name))

    def font(self, reference: str) -> str | None:
        """Family of `+mj-lt`, `+mn-lt`, `majorHAnsi`, `minorHAnsi`; other names as they are."""
        if reference.startswith("+"):
            return self.fonts.get("major" if reference.startswith("+mj") else "minor")
        if reference.startswith(("major", "minor")):
            return self.fonts.get(reference[:5])
        return reference or None


def read_theme(package: OfficePackage, part: str, parts: ParsedParts) -> Theme:
    """The theme of one part; its slots and fonts are added to `parts`."""
    theme = Theme()
    root = package.xml(part)
    if root is None:
        return theme
    scheme = _first(root, "clrScheme")
    for slot in scheme if scheme is not None else ():
        name = local_name(slot)
        value = next(iter(slot), None)
        if name not in _SLOTS or value is None:
            continue
        hex_value, operator = base_colour(value, theme)
        if hex_value is None:
            continue
        theme.colours[name] = hex_value
        parts.colours.append(
            ColourUse(
                hex=hex_value,
                components=rgb_of(hex_value),
                source="office_theme",
                name=name,
                label=scheme.get("name") if scheme is not None else None,
                operator=operator,
                location=Location(xml_path=f"{part}:{xml_path(slot)}"),
            )
        )
    for kind in ("major", "minor"):
        fonts = _first(root, f"{kind}Font")
        latin = next((child for child in fonts if local_name(child) == "latin"), None) if fonts is not None else None
        face = latin.get("typeface") if latin is not None else None
        if not face or latin is None:
            continue
        theme.fonts[kind] = face
        family, style = split_font_name(face)
        parts.fonts.append(
            FontUse(
                family=family,
                raw_name=face,
                source="office_theme",
                name=f"{kind}Font",
                style=style,
                location=Location(xml_path=f"{part}:{xml_path(latin)}"),
            )
        )
    return theme


def base_colour(element: etree._Element, theme: Theme) -> tuple[str | None, str]:
    """(hex, exact value) of a DrawingML colour element: srgbClr, schemeClr, sysClr, prstClr, hslClr or scrgbClr."""
    kind = local_name(element)
    value = element.get("val") or ""
    if kind == "srgbClr" and len(value) == 6:
        return _checked(value), value
    if kind == "sysClr":
        last = element.get("lastClr") or {"window": "FFFFFF", "windowText": "000000"}.get(value, "")
        return _checked(last), last
    if kind == "schemeClr":
        return theme.slot(value), value
    if kind == "prstClr":
        from sgd_resources.parsers.colours.css_colour import parse_css_colour

        colour = parse_css_colour(value)
        return (colour.hex if colour else None), value
    if kind in ("scrgbClr", "hslClr"):
        stated = " ".join(
            element.get(key) or "0" for key in (("r", "g", "b") if kind == "scrgbClr" else ("hue", "sat", "lum"))
        )
        try:
            return _of_numbers(kind, stated.split(" ")), stated
        except ValueError:  # no numbers: a colour that no program can show
            return None, stated
    return None, value


def _of_numbers(kind: str, numbers: list[str]) -> str:
    """Hex of an scrgbClr (linear light) or hslClr. Raises ValueError where the parts are no finite numbers."""
    if kind == "scrgbClr":
        return hex_of(*(encoded_of(_light(number)) * 255 for number in numbers))
    hue, saturation, lightness = (int(number) for number in numbers)
    red, green, blue = colorsys.hls_to_rgb(hue / 21_600_000, min(lightness / 100_000, 1), min(saturation / 100_000, 1))
    return hex_of(red * 255, green * 255, blue * 255)


def drawing_colour(element: etree._Element, theme: Theme) -> tuple[str, str, float | None, bool] | None:
    """(hex, exact value, alpha, is_derived) of a colour element with its modifiers, or None when it has no value.

    `is_derived` says that lumMod, tint or shade made another colour than the slot; the hex is then the slot's own.
    """
    hex_value, operator = base_colour(element, theme)
    if hex_value is None:
        return None
    alpha: float | None = None
    is_derived = False
    for change in element:
        name = local_name(change)
        if name == "alpha":
            amount = change.get("val") or "100000"
            alpha = float(amount.rstrip("%")) / (100 if amount.endswith("%") else 100_000)
            alpha = min(1.0, max(0.0, alpha))
        elif name in ("lumMod", "lumOff", "tint", "shade", "satMod", "hueMod", "gamma", "inv", "comp", "gray"):
            is_derived = True
    return hex_value, operator, None if alpha is None or alpha >= 1 else round(alpha, 4), is_derived


def _checked(value: str) -> str | None:
    return (
        "#" + value.upper() if len(value) == 6 and all(digit in "0123456789abcdefABCDEF" for digit in value) else None
    )


def _light(value: str) -> float:
    """Linear light, 0..1, of a percentage or of hundred-thousandths."""
    light = float(value.rstrip("%")) / (100 if value.endswith("%") else 100_000)
    if math.isnan(light):
        raise ValueError(value)
    return min(max(0.0, light), 1.0)


def _first(root: etree._Element, name: str) -> etree._Element | None:
    for namespace in (_DRAWING, _STRICT):
        found = next(root.iter(f"{namespace}{name}"), None)
        if found is not None:
            return found
    return None
