"""Draws a sample brand's logo: symbol pieces and the outlined name, as paths that SVG and PDF both take."""

import re
from dataclasses import dataclass

from sgd_resources.drawing.faces import build_font_library
from tools.sample_kit.brands import Brand

_TOKEN = re.compile(r"[MLQCZ]|-?\d+(?:\.\d+)?(?:e-?\d+)?")
_NAME_SIZE = 92.0
_GAP = 30.0

Command = tuple[str, tuple[float, ...]]


@dataclass(frozen=True)
class Shape:
    """A filled outline: absolute commands, y downwards."""

    commands: tuple[Command, ...]
    hex: str

    def svg(self) -> str:
        """As an SVG path element."""
        data = "".join(
            letter + " ".join(f"{value:.2f}".rstrip("0").rstrip(".") for value in values)
            for letter, values in self.commands
        )
        return f'<path fill="{self.hex}" d="{data}"/>'


@dataclass(frozen=True)
class Logo:
    """A logo variant on its own canvas."""

    shapes: tuple[Shape, ...]
    width: float
    height: float

    def svg(self, title: str) -> str:
        """A complete file."""
        body = "\n  ".join(shape.svg() for shape in self.shapes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {self.height:g}" '
            f'width="{self.width:g}" height="{self.height:g}" role="img">\n  <title>{title}</title>\n  {body}\n</svg>\n'
        )


def parse_path(
    data: str, *, scale: float = 1.0, dx: float = 0.0, dy: float = 0.0, flip: bool = False
) -> tuple[Command, ...]:
    """Commands of M, L, Q, C and Z, each with its own letter, scaled (y mirrored when `flip`) and moved."""
    commands: list[Command] = []
    letter, numbers = "", list[float]()

    def close() -> None:
        if letter:
            moved = tuple(
                value * scale + dx if index % 2 == 0 else value * scale * (-1 if flip else 1) + dy
                for index, value in enumerate(numbers)
            )
            commands.append((letter, moved))

    for token in _TOKEN.findall(data):
        if token.isalpha():
            close()
            letter, numbers = token, []
        else:
            numbers.append(float(token))
    close()
    return tuple(commands)


def symbol(brand: Brand, *, reversed_out: bool = False) -> Logo:
    """The symbol alone."""
    shapes = tuple(Shape(parse_path(p.path), p.reversed_hex if reversed_out else p.hex) for p in brand.pieces)
    width = max(value for shape in shapes for _, values in shape.commands for value in values[::2])
    return Logo(shapes, round(width, 2), 100.0)


def lockup(brand: Brand, *, reversed_out: bool = False, name_hex: str | None = None) -> Logo:
    """Symbol and name side by side, trimmed to their ink."""
    mark = symbol(brand, reversed_out=reversed_out)
    face = build_font_library().face(brand.heading_family, weight=brand.wordmark_weight, is_display=True)
    if face is None:
        raise LookupError(f"the font {brand.heading_family} is not installed")
    shaped = face.shape(brand.name, tracking_em=brand.wordmark_tracking_em)
    left = mark.width + _GAP
    # The name's x-height is centred on the symbol, which reads as level because both names have few descenders.
    baseline = 50 + face.metrics.cap_height_em * _NAME_SIZE / 2
    name = parse_path(shaped.path, scale=_NAME_SIZE / face.metrics.units_per_em, dx=left, dy=baseline, flip=True)
    ink = name_hex or (brand.light if reversed_out else brand.primary)
    right = max(value for _, values in name for value in values[::2])
    return Logo((*mark.shapes, Shape(name, ink)), round(right, 2), 100.0)
