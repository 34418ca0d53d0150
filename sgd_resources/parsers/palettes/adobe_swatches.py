"""Adobe swatch exchange (`.ase`) -> colours by their swatches' names, in file order; a group's name is their label.

Big-endian blocks of a type, a length and a body, as Adobe's programs write them. What must not live here: the gate's
own check of the bytes (`cleaning/swatches.py`).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from sgd_resources.colour import hex_of
from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ColourUse, Location
from sgd_resources.parsers.colours.cmyk import cmyk_to_hex
from sgd_resources.parsers.colours.css_colour import parse_css_colour
from sgd_resources.parsers.parts import ParsedParts

_GROUP_START, _GROUP_END, _COLOUR = 0xC001, 0xC002, 0x0001
_SPOT = 1
_CHANNELS = {b"RGB ": 3, b"CMYK": 4, b"LAB ": 3, b"Gray": 1}


@dataclass(frozen=True)
class _Swatch:
    group: str
    name: str
    model: bytes
    values: tuple[float, ...]
    is_spot: bool


def parse_adobe_swatches(data: bytes, suffix: str) -> ParsedParts:
    """Swatches in file order.

    Raises:
        RejectedEvidence: no swatch exchange, or damaged.
    """
    del suffix
    parts = ParsedParts()
    try:
        swatches = list(_swatches(data))
    except (struct.error, UnicodeDecodeError, IndexError) as error:
        raise RejectedEvidence("reject", "swatch exchange is damaged") from error
    for number, swatch in enumerate(swatches, start=1):
        use = _use(swatch, number)
        if use is not None:
            parts.colours.append(use)
    if len(parts.colours) < len(swatches):
        parts.warnings.append(f"swatches of a colour model nobody knows: {len(swatches) - len(parts.colours)}")
    return parts


def _swatches(data: bytes) -> Iterator[_Swatch]:
    if not data.startswith(b"ASEF"):
        raise RejectedEvidence("reject", "no swatch exchange file")
    (count,) = struct.unpack(">I", data[8:12])
    position, group = 12, ""
    for _ in range(count):
        kind, length = struct.unpack(">HI", data[position : position + 6])
        body = data[position + 6 : position + 6 + length]
        position += 6 + length
        if kind == _GROUP_START:
            group = _name(body)[0]
        elif kind == _GROUP_END:
            group = ""
        elif kind == _COLOUR:
            yield _swatch(body, group)


def _swatch(body: bytes, group: str) -> _Swatch:
    name, rest = _name(body)
    model = rest[:4]
    channels = _CHANNELS.get(model, 0)
    values = struct.unpack(f">{channels}f", rest[4 : 4 + 4 * channels])
    (way,) = struct.unpack(">H", rest[4 + 4 * channels : 6 + 4 * channels]) if channels else (0,)
    return _Swatch(group, name, model, values, way == _SPOT)


def _name(body: bytes) -> tuple[str, bytes]:
    (units,) = struct.unpack(">H", body[:2])
    end = 2 + 2 * units
    if end > len(body):
        raise RejectedEvidence("reject", "swatch exchange is damaged")
    return body[2:end].decode("utf-16-be").rstrip("\0"), body[end:]


def _use(swatch: _Swatch, number: int) -> ColourUse | None:
    found = _colour(swatch.model, swatch.values)
    if found is None:
        return None
    space, components, hex_value = found
    stated = " ".join(f"{value:g}" for value in swatch.values)
    return ColourUse(
        hex=hex_value,
        space=space,
        components=components,
        spot_name=swatch.name or None if swatch.is_spot else None,
        source="design_token",
        name=swatch.name[:160] or None,
        label=swatch.group[:160] or None,
        operator=f"{swatch.model.decode('ascii').strip()} {stated}",
        location=Location(selector=f"swatch {number}"),
    )


def _colour(model: bytes, values: tuple[float, ...]) -> tuple[str, tuple[float, ...], str] | None:
    """(space, components, hex), or None where the model is unknown or a number is none."""
    if not values or not all(-1000 < value < 1000 for value in values):  # NaN compares with nothing
        return None
    if model == b"RGB ":
        channels = tuple(round(value * 255, 3) for value in values)
        return "rgb", channels, hex_of(*channels)
    if model == b"CMYK":
        inks = tuple(min(max(round(value, 4), 0.0), 1.0) for value in values)
        return "cmyk", inks, cmyk_to_hex(*inks)
    if model == b"Gray":
        return "gray", (round(values[0], 4),), hex_of(*(values[0] * 255,) * 3)
    lightness = values[0] * 100
    found = parse_css_colour(f"lab({lightness:.4f} {values[1]:.4f} {values[2]:.4f})")
    return ("lab", (round(lightness, 3), values[1], values[2]), found.hex) if found else None
