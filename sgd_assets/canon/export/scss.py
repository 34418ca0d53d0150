"""Sass variables in SCSS syntax. Source: sass-lang.com/documentation/variables."""

from sgd_assets.canon.export.brand import TITLE, Brand
from sgd_assets.canon.export.css import found_in, quoted, told


def write_scss(brand: Brand) -> bytes:
    """One variable per colour and font."""
    lines = [f"// Canon {brand.version}", ""]
    lines += [f"// {TITLE}"] if brand.colours else []
    lines += [f"$brand-{one.key}: {one.hex};{_comment(told(one))}" for one in brand.colours]
    lines += ["", "// Fonts"] if brand.fonts else []
    lines += [f"$font-{font.key}: {quoted(font.family)};{_comment(found_in(font))}" for font in brand.fonts]
    return "\n".join([*lines, ""]).encode()


def _comment(text: str) -> str:
    return f" // {text}" if text else ""
