"""A drawing surface over reportlab with the origin at the top left: text in embedded fonts, shapes, logos, wrapping."""

import io
from dataclasses import dataclass

from reportlab.lib.colors import CMYKColor, CMYKColorSep, Color
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from sgd_resources.colour import rgb_of
from tools.sample_kit.brands import Brand, Swatch
from tools.sample_kit.logos import Command, Logo
from tools.sample_kit.type_files import static_instance

PAGE_WIDTH, PAGE_HEIGHT = 960.0, 600.0
MARGIN = 56.0


@dataclass(frozen=True)
class Type:
    """A typographic style: registered font, size and leading in points."""

    font: str
    size: float
    leading: float


@dataclass(frozen=True)
class TypeScale:
    """The styles of one guideline."""

    cover: Type
    title: Type
    lead: Type
    heading: Type
    body: Type
    strong: Type
    label: Type


def rgb(hex_value: str) -> Color:
    """A device RGB colour."""
    return Color(*(channel / 255 for channel in rgb_of(hex_value)))


def register_type(brand: Brand) -> TypeScale:
    """Instances the brand's fonts, registers them with reportlab and returns the scale."""
    head = _register(brand.heading_family, brand.heading_weight, is_display=True)
    body = _register(brand.body_family, 400, is_display=False)
    strong = _register(brand.body_family, 600, is_display=False)
    return TypeScale(
        cover=Type(head, 84, 86), title=Type(head, 34, 38), lead=Type(head, 20, 28), heading=Type(strong, 11.5, 15),
        body=Type(body, 10.5, 16), strong=Type(strong, 10.5, 16), label=Type(body, 8.2, 12),
    )  # fmt: skip


def _register(family: str, weight: int, *, is_display: bool) -> str:
    name = f"{family.replace(' ', '')}-{weight}"
    pdfmetrics.registerFont(TTFont(name, io.BytesIO(static_instance(family, weight, is_display=is_display))))
    return name


class Sheet:
    """One PDF in the making. All coordinates in points from the page's top left."""

    def __init__(self, target: io.BytesIO, *, title: str, author: str) -> None:
        self._canvas = Canvas(target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)

    def next_page(self) -> None:
        """End the page."""
        self._canvas.showPage()

    def save(self) -> None:
        """Write the file."""
        self._canvas.save()

    def rect(self, x: float, y: float, width: float, height: float, hex_value: str, *, radius: float = 0.0) -> None:
        """A filled rectangle."""
        self._canvas.setFillColor(rgb(hex_value))
        self._fill_rect(x, y, width, height, radius)

    def cmyk_rect(self, x: float, y: float, width: float, height: float, swatch: Swatch) -> None:
        """A rectangle in DeviceCMYK."""
        self._canvas.setFillColor(CMYKColor(*(part / 100 for part in swatch.cmyk)))
        self._fill_rect(x, y, width, height, 0)

    def spot_rect(self, x: float, y: float, width: float, height: float, swatch: Swatch) -> None:
        """A rectangle in a Separation colour space with the swatch's spot name."""
        self._canvas.setFillColor(CMYKColorSep(*(part / 100 for part in swatch.cmyk), spotName=swatch.spot))
        self._fill_rect(x, y, width, height, 0)

    def _fill_rect(self, x: float, y: float, width: float, height: float, radius: float) -> None:
        if radius:
            self._canvas.roundRect(x, PAGE_HEIGHT - y - height, width, height, radius, stroke=0, fill=1)
        else:
            self._canvas.rect(x, PAGE_HEIGHT - y - height, width, height, stroke=0, fill=1)

    def frame(
        self, x: float, y: float, width: float, height: float, hex_value: str, *, line: float = 0.6, dash: bool = False
    ) -> None:
        """A stroked rectangle."""
        self._canvas.setStrokeColor(rgb(hex_value))
        self._canvas.setLineWidth(line)
        self._canvas.setDash(*([3, 2], 0) if dash else ([], 0))
        self._canvas.rect(x, PAGE_HEIGHT - y - height, width, height, stroke=1, fill=0)
        self._canvas.setDash([], 0)

    def line(self, x0: float, y0: float, x1: float, y1: float, hex_value: str, *, line: float = 0.6) -> None:
        """A stroked segment."""
        self._canvas.setStrokeColor(rgb(hex_value))
        self._canvas.setLineWidth(line)
        self._canvas.line(x0, PAGE_HEIGHT - y0, x1, PAGE_HEIGHT - y1)

    def text(self, x: float, y: float, words: str, style: Type, hex_value: str) -> float:
        """One line, its baseline at y; returns its width."""
        self._canvas.setFillColor(rgb(hex_value))
        self._canvas.setFont(style.font, style.size)
        self._canvas.drawString(x, PAGE_HEIGHT - y, words)
        return float(pdfmetrics.stringWidth(words, style.font, style.size))

    def paragraph(self, x: float, y: float, width: float, words: str, style: Type, hex_value: str) -> float:
        """Wrapped text, the first baseline at y; returns the y of the line after the last."""
        for line in wrap(words, style, width):
            self.text(x, y, line, style, hex_value)
            y += style.leading
        return y

    def outline(
        self, commands: tuple[Command, ...], hex_value: str, *, x: float, y: float, scale: float, stroke: float = 0.0
    ) -> None:
        """A path at a position; stroked when `stroke` is a width, else filled."""
        path = self._canvas.beginPath()
        pen = (0.0, 0.0)
        for letter, values in commands:
            points = [
                (x + values[i] * scale, PAGE_HEIGHT - y - values[i + 1] * scale) for i in range(0, len(values), 2)
            ]
            if letter == "M":
                path.moveTo(*points[0])
            elif letter == "L":
                path.lineTo(*points[0])
            elif letter == "C":
                path.curveTo(*points[0], *points[1], *points[2])
            elif letter == "Q":
                (cx, cy), (ex, ey) = points
                path.curveTo(
                    pen[0] + (cx - pen[0]) * 2 / 3, pen[1] + (cy - pen[1]) * 2 / 3,
                    ex + (cx - ex) * 2 / 3, ey + (cy - ey) * 2 / 3, ex, ey,
                )  # fmt: skip
            else:
                path.close()
            if points:
                pen = points[-1]
        if stroke:
            self._canvas.setStrokeColor(rgb(hex_value))
            self._canvas.setLineWidth(stroke)
            self._canvas.drawPath(path, stroke=1, fill=0)
        else:
            self._canvas.setFillColor(rgb(hex_value))
            self._canvas.drawPath(path, stroke=0, fill=1)

    def logo(
        self,
        logo: Logo,
        x: float,
        y: float,
        height: float,
        *,
        recolour: tuple[str, ...] = (),
        stretch: float = 1.0,
        angle: float = 0.0,
    ) -> float:
        """A logo with its top left at (x, y); returns its width. The keyword effects are for misuse examples only."""
        scale = height / logo.height
        self._canvas.saveState()
        self._canvas.translate(x, PAGE_HEIGHT - y)
        self._canvas.rotate(angle)
        self._canvas.scale(stretch, 1)
        self._canvas.translate(0, -PAGE_HEIGHT)
        for index, shape in enumerate(logo.shapes):
            self.outline(
                shape.commands, recolour[index % len(recolour)] if recolour else shape.hex, x=0, y=0, scale=scale
            )
        self._canvas.restoreState()
        return logo.width * scale

    def clip(self, x: float, y: float, width: float, height: float) -> None:
        """Start clipping to a rectangle; `unclip` ends it."""
        self._canvas.saveState()
        path = self._canvas.beginPath()
        path.rect(x, PAGE_HEIGHT - y - height, width, height)
        self._canvas.clipPath(path, stroke=0, fill=0)

    def unclip(self) -> None:
        """End the innermost clip."""
        self._canvas.restoreState()


def wrap(words: str, style: Type, width: float) -> list[str]:
    """Greedy lines no wider than `width`."""
    lines, line = list[str](), ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and pdfmetrics.stringWidth(longer, style.font, style.size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines
