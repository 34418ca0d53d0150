"""GIMP palettes, which Inkscape, Krita and Scribus read too. Source: developer.gimp.org, GPL palette format."""

from sgd_assets.canon.export.brand import TITLE, Brand


def write_gpl(brand: Brand) -> bytes:
    """One row per colour. The format has no fonts."""
    lines = ["GIMP Palette", f"Name: {TITLE}", "Columns: 0", f"# Canon {brand.version}"]
    for colour in brand.colours:
        lines += [f"# {colour.source}"] if colour.source else []
        lines.append(" ".join(f"{channel:3d}" for channel in colour.rgb) + f"\t{colour.name}")
    return "\n".join([*lines, ""]).encode()
