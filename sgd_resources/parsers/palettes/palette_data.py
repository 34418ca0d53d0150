"""Palettes kept as data: YAML and TOML trees (read as design tokens) and GIMP palettes -> colours, fonts, text.

A tree with aliases is read as plain text, because aliases multiply. What must not live here: JSON (`design_tokens`).
"""

import re
import tomllib
from typing import Any

import yaml

from sgd_resources.colour import hex_of
from sgd_resources.parsed_document import ColourUse, Location
from sgd_resources.parsers.palettes.design_tokens import token_parts
from sgd_resources.parsers.parts import ParsedParts, decode_text
from sgd_resources.parsers.plain_text import parse_plain_text

_MOST_CHARACTERS = 400_000  # far longer than a palette: such files are data about something else
_KEY = re.compile(r"\s*(?:-\s+)?[\"']?([\w .-]+?)[\"']?\s*[:=]")
_BRAND_PALETTE = "Brand palette"
"""What `color.palette` is by the format's own words. Source: posit-dev.github.io/brand-yml, section color (2025)."""
_GIMP_ROW = re.compile(r"\s*(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})(?:\s+(\S.*))?$")


def parse_palette_data(data: bytes, suffix: str) -> ParsedParts:
    """Everything of one file, with the lines of the file."""
    text = decode_text(data)
    if text.startswith("GIMP Palette"):
        return _gimp(text)
    tree = _tree(text, suffix) if len(text) <= _MOST_CHARACTERS else None
    if not isinstance(tree, dict | list):
        return parse_plain_text(data, suffix)
    parts = token_parts(tree)
    lines = _lines_by_key(text)
    parts.colours = [
        use.model_copy(
            update={
                "location": _line_of(use.name, use.operator or "", lines),
                "label": use.label or (_BRAND_PALETTE if (use.name or "").startswith("color.palette.") else None),
            }
        )
        for use in parts.colours
    ]
    parts.fonts = [use.model_copy(update={"location": _line_of(use.name, use.raw_name, lines)}) for use in parts.fonts]
    parts.text_blocks = parse_plain_text(data, suffix).text_blocks
    return parts


def _tree(text: str, suffix: str) -> Any:
    try:
        if suffix == ".toml":
            return tomllib.loads(text)
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            return None
        return yaml.safe_load(text)
    except (ValueError, yaml.YAMLError, RecursionError):
        return None


def _lines_by_key(text: str) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        match = _KEY.match(line)
        found.setdefault(match[1] if match else "", []).append((number, line))
    return found


def _line_of(name: str | None, written: str, lines: dict[str, list[tuple[int, str]]]) -> Location:
    """The first line with the last named key of a path and the value as written."""
    for key in [*reversed((name or "").split(".")), "value", "$value", "hex", ""]:
        for number, line in lines.get(key, ())[:200]:
            if written in line:
                return Location(line=number)
    return Location(line=1)


def _gimp(text: str) -> ParsedParts:
    parts = ParsedParts()
    for number, line in enumerate(text.split("\n"), start=1):
        match = _GIMP_ROW.match(line)
        if line.startswith("Name:"):
            parts.title = line.partition(":")[2].strip() or None
        elif match and max(int(part) for part in match.groups()[:3]) <= 255:
            channels = tuple(float(part) for part in match.groups()[:3])
            parts.colours.append(
                ColourUse(
                    hex=hex_of(*channels),
                    components=channels,
                    source="design_token",
                    name=match[4],
                    label=parts.title,
                    operator=" ".join(line.split()[:3]) if "  " not in line.strip() else match[0].strip(),
                    location=Location(line=number),
                )
            )
    return parts
