"""Office themes. Source: ECMA-376 part 1 (2016), 14.2.7 and 20.1.6; the package as Office writes `.thmx`.

A theme has slots, not a palette: the first six colours fill the accents, and all stand in order, with their names,
among the custom colours that Office shows below its theme's. The slots for links and grounds must be filled, and take
the brand's own colours or the system's text and window; nothing else is put in. It holds two families: what heads and
what runs.
"""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from sgd_assets.canon.export.brand import TITLE, Brand, BrandColour

_ACCENTS = 6
_FORMAT = "http://schemas.openxmlformats.org"
_OFFICE = f"{_FORMAT}/officeDocument/2006/relationships"
_DRAWING = f"{_FORMAT}/drawingml/2006/main"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can tell: the same canon is the same bytes."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"
_MANAGER_TYPE = "application/vnd.openxmlformats-officedocument.themeManager+xml"


def write_thmx(brand: Brand) -> bytes:
    """The package, its parts in a fixed order."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationship("officeDocument", "theme/theme/themeManager.xml"),
        "theme/theme/themeManager.xml": f'<a:themeManager xmlns:a="{_DRAWING}"/>',
        "theme/theme/_rels/themeManager.xml.rels": _relationship("theme", "theme1.xml"),
        "theme/theme/theme1.xml": _theme(brand),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), (_HEAD + text).encode(), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _content_types() -> str:
    return (
        f'<Types xmlns="{_FORMAT}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/theme/theme/themeManager.xml" ContentType="{_MANAGER_TYPE}"/>'
        f'<Override PartName="/theme/theme/theme1.xml" ContentType="{_THEME_TYPE}"/></Types>'
    )


def _relationship(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_FORMAT}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _theme(brand: Brand) -> str:
    return (
        f'<a:theme xmlns:a="{_DRAWING}" name="{TITLE}">'
        f"<!-- Canon {brand.version}{_sources(brand)} -->"
        f"<a:themeElements>{_colours(brand)}{_fonts(brand)}{_FORMATS}</a:themeElements>"
        f"<a:objectDefaults/><a:extraClrSchemeLst/>{_custom(brand)}</a:theme>"
    )


def _sources(brand: Brand) -> str:
    told = [f"{one.hex}: {one.source}" for one in brand.colours] + [f"{f.family}: {f.source}" for f in brand.fonts]
    return "".join(f"; {escape(text).replace('--', '- -')}" for text in told).rstrip("-")


def _colours(brand: Brand) -> str:
    own = brand.colours
    text = _of_role(brand, "text") or '<a:sysClr val="windowText" lastClr="000000"/>'
    ground = _of_role(brand, "background") or '<a:sysClr val="window" lastClr="FFFFFF"/>'
    slots = [("dk1", text), ("lt1", ground)]
    slots += [("dk2", _rgb(own[0]) if own else text), ("lt2", _rgb(own[-1]) if own else ground)]
    for number in range(_ACCENTS):
        slots.append((f"accent{number + 1}", _rgb(own[number % len(own)]) if own else text))
    slots += [("hlink", _rgb(own[0]) if own else text), ("folHlink", _rgb(own[0]) if own else text)]
    return (
        f'<a:clrScheme name="{TITLE}">{"".join(f"<a:{slot}>{value}</a:{slot}>" for slot, value in slots)}</a:clrScheme>'
    )


def _of_role(brand: Brand, role: str) -> str | None:
    return next((_rgb(colour) for colour in brand.colours if colour.role == role), None)


def _rgb(colour: BrandColour) -> str:
    return f'<a:srgbClr val="{colour.hex[1:]}"/>'


def _fonts(brand: Brand) -> str:
    first = brand.fonts[0].family if brand.fonts else ""
    second = brand.fonts[1].family if len(brand.fonts) > 1 else first
    heading, body = brand.font_for("heading"), brand.font_for("body")
    major = heading.family if heading else second if body and body.family == first else first
    minor = body.family if body else second if major == first else first
    return f'<a:fontScheme name="{TITLE}">{_font("major", major)}{_font("minor", minor)}</a:fontScheme>'


def _font(kind: str, family: str) -> str:
    latin = f"<a:latin typeface={quoteattr(family)}/>"
    return f'<a:{kind}Font>{latin}<a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'


def _custom(brand: Brand) -> str:
    colours = "".join(
        f"<a:custClr name={quoteattr(colour.name)}>{_rgb(colour)}</a:custClr>" for colour in brand.colours
    )
    return f"<a:custClrLst>{colours}</a:custClrLst>" if colours else ""


_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="9525">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_FORMATS = (
    f'<a:fmtScheme name="{TITLE}"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
    f"<a:lnStyleLst>{_LINE * 3}</a:lnStyleLst><a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
)
"""Three plain fills, lines and effects, which the format asks for."""
