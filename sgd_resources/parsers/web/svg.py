"""SVG -> fills, strokes and gradients as resolved (CSS, classes, inheritance, `use`), text, fonts, title.

The default black fill is no statement and gives nothing. Areas come from the outlines, so that a logo's main colour is
known from its specks.
"""

import base64
import binascii
import re
from itertools import islice

from lxml import etree

from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ColourUse, FontUse, ImageUse, Location, Page, TextBlock
from sgd_resources.parsers.colours.css_colour import parse_css_colour
from sgd_resources.parsers.colours.text_colours import text_colours
from sgd_resources.parsers.font_names import is_generic_family, split_font_name
from sgd_resources.parsers.hidden_text import unseen_characters
from sgd_resources.parsers.parts import ParsedParts
from sgd_resources.parsers.pixels.carried_picture import carried_colours
from sgd_resources.parsers.web.css import families
from sgd_resources.parsers.web.css_variables import Variables
from sgd_resources.parsers.web.svg_geometry import Box, Matrix, area_and_box, matrix_of, view_box
from sgd_resources.parsers.web.svg_style import StyledElements
from sgd_resources.parsers.xml_paths import XmlPaths
from sgd_resources.parsers.xml_tree import local_name, parse_xml, source_line, words_of

_DRAWN = {"path", "rect", "circle", "ellipse", "polygon", "polyline", "line", "text"}
_UNDRAWN = {
    "defs",
    "symbol",
    "clipPath",
    "mask",
    "marker",
    "metadata",
    "style",
    "script",
    "title",
    "desc",
    "filter",
    "linearGradient",
    "radialGradient",
    "namedview",
}
_INHERITED = (
    "fill",
    "stroke",
    "color",
    "font-family",
    "font-size",
    "font-weight",
    "visibility",
    "fill-opacity",
    "stroke-opacity",
)
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_CARRIED = re.compile(r"\s*data:image/(?:png|jpe?g|gif|webp);base64,([A-Za-z0-9+/=\s]+)\Z", re.I)
_MOST_PICTURES = 4  # each is decoded; a logo holds one
_PX_TO_PT = 0.75  # CSS: 96 px and 72 pt to the inch
_FRAME_REACH = 0.005
"""Share of the longer side that half the line of a frame takes."""


def parse_svg(data: bytes, suffix: str) -> ParsedParts:
    """Everything of one SVG.

    Raises:
        RejectedEvidence: not well-formed, declares entities, or is no SVG.
    """
    del suffix
    root = parse_xml(data, "SVG")
    return _Reader(root).read()


class _Reader:
    """One walk over one drawing."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._styles = StyledElements(root)
        self._variables = Variables(self._styles.declarations)
        self._ids = {str(element.get("id")): element for element in root.iter() if element.get("id")}
        self._box = view_box(root)
        self._canvas = max(1e-9, self._box[2] * self._box[3])
        self._seen_gradients: set[str] = set()
        self._paths = XmlPaths()
        self._budget = 20_000
        self.parts = ParsedParts()

    def read(self) -> ParsedParts:
        width, height = self._box[2], self._box[3]
        self.parts.pages.append(
            Page(number=1, width=width, height=height, has_text_layer=self._root.find(".//{*}text") is not None)
        )
        self.parts.images.append(
            ImageUse(
                width_px=max(1, round(width)),
                height_px=max(1, round(height)),
                media_type="image/svg+xml",
                location=Location(page=1, bbox=(0, 0, width, height)),
            )
        )
        for element in self._root.iter():
            if local_name(element) in ("title", "desc") and (text := words_of(element)):
                self.parts.title = self.parts.title or (text if local_name(element) == "title" else None)
                self.parts.text_blocks.append(TextBlock(text=text, kind="alt_text", location=self._place(element)))
        start = Matrix(1, 0, 0, 1, -self._box[0], -self._box[1])
        self._walk(self._root, {}, start, 1.0, 0)
        if not self.parts.colours:
            self._pictures()
        self.parts.colours = text_colours(self.parts.text_blocks) + self.parts.colours
        return self.parts

    def _pictures(self) -> None:
        """Flat colours of the pictures that a drawing without paint of its own carries: design programs export so."""
        for element in islice(self._root.iter("{*}image"), _MOST_PICTURES):
            carried = next((found for key in _HREF if (found := _CARRIED.match(element.get(key) or ""))), None)
            if carried is None:
                continue
            try:
                self.parts.colours += carried_colours(base64.b64decode(carried[1]), self._place(element))
            except (RejectedEvidence, binascii.Error) as error:
                self.parts.warnings.append(f"a picture in the drawing was not read: {error}")

    def _walk(
        self, element: etree._Element, inherited: dict[str, str], matrix: Matrix, opacity: float, depth: int
    ) -> None:
        name = local_name(element)
        self._budget -= 1
        if depth > 60 or self._budget < 0:
            return
        own = self._styles.of(element)
        if own.get("display") == "none" or (element.get("aria-hidden") == "true" and name == "text"):
            return
        style = {**inherited, **{key: own[key] for key in _INHERITED if key in own and own[key] != "inherit"}}
        opacity *= _ratio(own.get("opacity"))
        matrix = matrix.transform(matrix_of(element.get("transform")))
        if name == "use":
            target = self._ids.get(_reference(element))
            if target is not None and target is not element:
                self._walk(target, style, matrix, opacity, depth + 1)
            return
        is_own_ink = name == "tspan" and ("fill" in own or "stroke" in own)  # a full stop in another colour
        if (name in _DRAWN or is_own_ink) and style.get("visibility") != "hidden":
            self._paint(element, name, style, matrix, opacity)
        if name == "text":
            self._text(element, style, depth)
        for child in element:
            child_name = local_name(child)
            if child_name and (child_name not in _UNDRAWN or (name == "use" and child_name == "symbol")):
                self._walk(child, style, matrix, opacity, depth + 1)

    def _paint(self, element: etree._Element, name: str, style: dict[str, str], matrix: Matrix, opacity: float) -> None:
        area, box = area_and_box(element, name, matrix)
        ratio = min(1.0, area / self._canvas) if area else None
        for prop, source in (("fill", "svg_fill"), ("stroke", "svg_stroke")):
            value = self._variables.resolve(style.get(prop, ""))
            if not value or (prop == "fill" and name == "line"):
                continue
            if value.lower() == "currentcolor":
                value = self._variables.resolve(style.get("color", ""))
            if value.startswith("url("):
                server, _, fallback = value.partition(")")
                if self._gradient(f"{server})", ratio) or not fallback.strip():
                    continue
                value = fallback.strip()  # painted where the address leads nowhere
            colour = parse_css_colour(value)
            if colour is None:
                continue
            alpha = opacity * _ratio(style.get(f"{prop}-opacity")) * (1 if colour.alpha is None else colour.alpha)
            if alpha <= 0:
                continue
            self.parts.colours.append(
                ColourUse(
                    hex=colour.hex,
                    space=colour.space,
                    components=colour.components,
                    source=source,
                    name="frame" if prop == "stroke" and self._is_frame(element, name, style, box) else prop,
                    label=element.get("id") or element.get("{http://www.inkscape.org/namespaces/inkscape}label"),
                    operator=style[prop],
                    alpha=None if alpha >= 1 else round(alpha, 4),
                    area_ratio=None if ratio is None or prop == "stroke" else round(ratio, 6),
                    location=self._place(element, box),
                )
            )

    def _is_frame(self, element: etree._Element, name: str, style: dict[str, str], box: Box | None) -> bool:
        """Whether an empty rectangle with square corners runs along the edges of the drawing: its artboard's frame."""
        if name != "rect" or box is None or element.get("rx") or element.get("ry"):
            return False
        if style.get("fill", "none") != "none":
            return False
        reach = _FRAME_REACH * max(self._box[2], self._box[3])
        edges = (0.0, 0.0, self._box[2], self._box[3])
        return all(abs(side - edge) <= reach for side, edge in zip(box, edges, strict=True))

    def _gradient(self, value: str, ratio: float | None) -> bool:
        """Adds a gradient's stops, once; whether the address leads to an element of the drawing."""
        match = re.match(r"url\(\s*[\"']?#([^)\"']+)", value)
        identity = match[1] if match else ""
        element = self._ids.get(identity)
        is_there = element is not None
        hops = 0
        while element is not None and element.find("{*}stop") is None and hops < 5:
            identity = _reference(element)
            element = self._ids.get(identity)
            hops += 1
        if element is None or identity in self._seen_gradients:
            return is_there
        self._seen_gradients.add(identity)
        stops = element.findall("{*}stop")
        for stop in stops:
            style = self._styles.of(stop)
            stated = style.get("stop-color", "")
            resolved = self._variables.resolve(stated)
            colour = parse_css_colour(resolved if resolved.lower() != "currentcolor" else style.get("color", ""))
            if colour is None:
                continue
            alpha = _ratio(style.get("stop-opacity")) * (1 if colour.alpha is None else colour.alpha)
            self.parts.colours.append(
                ColourUse(
                    hex=colour.hex,
                    space=colour.space,
                    components=colour.components,
                    # a gradient of one stop is how Inkscape keeps a swatch: a plain fill
                    source="svg_gradient" if len(stops) > 1 else "svg_fill",
                    name="stop-color",
                    label=identity or None,
                    operator=stated,
                    alpha=None if alpha >= 1 else round(alpha, 4),
                    area_ratio=None if ratio is None else round(ratio, 6),
                    location=self._place(stop),
                )
            )
        return is_there

    def _text(self, element: etree._Element, style: dict[str, str], depth: int) -> None:
        text = " ".join("".join(str(part) for part in element.itertext()).split())
        if not text:
            return
        reason = unseen_characters(text) or ("css_hidden" if style.get("visibility") == "hidden" else None)
        colour = parse_css_colour(style.get("fill", ""))
        font = style.get("font-family")
        self.parts.text_blocks.append(
            TextBlock(
                text=text,
                location=self._place(element),
                font=font,
                color_hex=colour.hex if colour else None,
                is_hidden=reason is not None,
                hidden_reason=reason,
            )
        )
        for stated in {font, *(self._styles.of(child).get("font-family") for child in element.iter())} - {None}:
            stack = families(self._variables.resolve(str(stated)))
            first = next((name for name in stack if not is_generic_family(name)), None)
            if first is None:
                continue
            family, words = split_font_name(first)
            self.parts.fonts.append(
                FontUse(
                    family=family,
                    raw_name=first,
                    source="svg_text",
                    name="font-family",
                    stack=tuple(stack),
                    style=words,
                    location=self._place(element),
                )
            )
        self.parts.fonts.sort(key=lambda use: (use.location.line or 0, use.raw_name))

    def _place(self, element: etree._Element, box: tuple[float, float, float, float] | None = None) -> Location:
        identity = element.get("id")
        return Location(
            page=1,
            bbox=box,
            selector=f"#{identity}" if identity else None,
            xml_path=self._paths.of(element),
            line=source_line(element),
        )


def _reference(element: etree._Element) -> str:
    for key in _HREF:
        value = element.get(key)
        if value and value.startswith("#"):
            return value[1:]
    return ""


def _ratio(value: str | None) -> float:
    if not value:
        return 1.0
    try:
        number = float(value.rstrip("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        return 1.0
    return min(1.0, max(0.0, number))
