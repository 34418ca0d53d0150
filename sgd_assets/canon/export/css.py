"""CSS custom properties. Source: CSS Custom Properties for Cascading Variables Level 1 (W3C, 2022)."""

import re
from collections.abc import Callable, Iterator

from sgd_assets.canon.export.brand import TITLE, Brand, BrandColour, BrandFont


def write_css(brand: Brand) -> bytes:
    """A sheet of `:root` with one variable per colour and font."""
    return sheet(brand, ":root", lambda colour: f"--brand-{colour.key}", lambda font: f"--font-{font.key}")


def sheet(
    brand: Brand, selector: str, colour_name: Callable[[BrandColour], str], font_name: Callable[[BrandFont], str]
) -> bytes:
    """A sheet of one rule whose declarations are the brand's."""
    lines = [f"/* Canon {brand.version} */", f"{selector} {{"]
    lines += [f"  /* {TITLE} */"] if brand.colours else []
    lines += [f"  {colour_name(one)}: {one.hex};{_comment(told(one))}" for one in brand.colours]
    lines += ["", "  /* Fonts */"] if brand.fonts else []
    lines += [f"  {font_name(font)}: {quoted(font.family)};{_comment(found_in(font))}" for font in brand.fonts]
    return "\n".join([*lines, "}", ""]).encode()


def told(colour: BrandColour) -> str:
    """A colour's own words for a comment: its stated name, part and source."""
    return ", ".join(_parts(colour))


def _parts(colour: BrandColour) -> Iterator[str]:
    if colour.stated_name:
        yield " ".join(re.sub(r"\*/|/\*|[#\x00-\x1f\x7f]", " ", colour.stated_name).split())
    if colour.role:
        yield colour.role
    if colour.source:
        yield colour.source


def found_in(font: BrandFont) -> str:
    """A family's source for a comment; a bare file name below "Fonts" would read like a family."""
    return f"found in {font.source}" if font.source else ""


def quoted(family: str) -> str:
    """A family as a CSS string."""
    plain = " ".join(family.split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _comment(text: str) -> str:
    return f" /* {text} */" if text else ""
