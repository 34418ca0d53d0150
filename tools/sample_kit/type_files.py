"""Static, subset TrueType instances of the open fonts, for embedding in the sample PDF and for shipping beside it."""

import io
from importlib.util import find_spec
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHT_NAMES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
_UNICODES = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x20AC, 0x2122, 0x2192, 0x2212, 0x00D7]
_DISPLAY_AXES = {"opsz": 72.0, "SOFT": 0.0, "WONK": 0.0}


def static_instance(family: str, weight: int, *, is_display: bool) -> bytes:
    """A TrueType file of one weight with Latin glyphs, named so that a PDF's font dictionary tells family and style."""
    font = TTFont(_upright_file(family), recalcTimestamp=False)
    limits = {"wght": float(weight)}
    for axis in font["fvar"].axes:
        if axis.axisTag != "wght":
            wanted = _DISPLAY_AXES.get(axis.axisTag, axis.defaultValue) if is_display else axis.defaultValue
            limits[axis.axisTag] = min(max(wanted, axis.minValue), axis.maxValue)
    font = instantiateVariableFont(font, limits)
    _rename(font, family, weight)
    return _subset(font)


def variable_subset(family: str) -> bytes:
    """The variable upright file with Latin glyphs only."""
    return _subset(TTFont(_upright_file(family), recalcTimestamp=False))


def licence_text(family: str) -> str:
    """The licence that travels with the family."""
    return (_root(family) / "LICENSE").read_text("utf-8")


def _root(family: str) -> Path:
    spec = find_spec("fontpkg_" + family.lower().replace(" ", "_"))
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"the font {family} is not installed")
    return Path(next(iter(spec.submodule_search_locations)))


def _upright_file(family: str) -> Path:
    return next(path for path in sorted((_root(family) / "files").iterdir()) if "Italic" not in path.name)


def _rename(font: TTFont, family: str, weight: int) -> None:
    style = WEIGHT_NAMES[weight]
    names = font["name"]
    plain = family.replace(" ", "")
    values = {
        1: f"{family} {style}",
        2: "Regular",
        4: f"{family} {style}",
        6: f"{plain}-{style}",
        16: family,
        17: style,
    }
    for name_id, value in values.items():
        names.removeNames(nameID=name_id)
        names.setName(value, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


def _subset(font: TTFont) -> bytes:
    options = Options(
        layout_features=["kern", "liga", "mark", "mkmk", "ccmp", "locl"],
        name_IDs=["*"],
        notdef_outline=True,
        hinting=False,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_UNICODES)
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
