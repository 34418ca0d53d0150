"""Four invented brands, written out as their designers would hand them over: a guide and logo files.

Each guide states what the sample kits do not all state: shares of colours, banned words, minimum sizes, grounds. What
must not live here: reading them (the product does) or drawing pictures.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from sgd_resources.font_shelf import font_shelf


@dataclass(frozen=True)
class Invented:
    """A brand's files by name, and what its guide says that a picture can break."""

    slug: str
    files: Mapping[str, bytes]
    banned: tuple[str, ...]
    bans_exclamation: bool
    proportions: tuple[tuple[str, float], ...]
    logo_grounds: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class _Told:
    slug: str
    name: str
    colours: tuple[tuple[str, str, str, int], ...]
    """(name, hex, role, share of a layout in percent), most primary first."""
    fonts: tuple[str, str]
    symbol: str
    """An SVG drawing in a box of 100 x 100, with the colour names in braces."""
    ink: str
    light: str
    space: str
    minimum: str
    tone: str
    donts: tuple[str, ...]
    banned: tuple[str, ...]
    bans_exclamation: bool
    light_grounds: tuple[str, ...]
    dark_grounds: tuple[str, ...]


_BRANDS = (
    _Told(
        slug="brightwater", name="Brightwater",
        colours=(("Deep", "#0B3C5D", "primary", 60), ("Foam", "#F3F7F8", "background", 25),
                 ("Buoy", "#E4572E", "accent", 10), ("Kelp", "#3A7D5C", "secondary", 5)),
        fonts=("Poppins", "Open Sans"),
        symbol='<circle cx="50" cy="50" r="46" fill="{Buoy}"/>'
               '<path d="M8 62 Q29 44 50 62 T92 62 L86 78 Q50 104 14 78 Z" fill="{Deep}"/>',
        ink="Deep", light="Foam", space="Keep a clear space of half the logo height on every side of the logo.",
        minimum="Minimum size: 28 px high on screen.",
        tone="Warm, plain and on time, like a good skipper.",
        donts=("Do not use exclamation marks", "Do not use the words cheap, guaranteed or luxury",
               "Do not promise calm seas"),
        banned=("cheap", "guaranteed", "luxury"), bans_exclamation=True,
        light_grounds=("#F3F7F8", "#FFFFFF"), dark_grounds=("#0B3C5D",),
    ),
    _Told(
        slug="oakmere", name="Oakmere",
        colours=(("Bark", "#4A2C2A", "primary", 15), ("Paper", "#FBF6EC", "background", 70),
                 ("Moss", "#6B8E23", "secondary", 10), ("Lantern", "#F2B134", "accent", 5)),
        fonts=("Source Serif 4", "Source Sans 3"),
        symbol='<path d="M10 88 V30 L50 8 L90 30 V88 H64 V52 H36 V88 Z" fill="{Bark}"/>'
               '<rect x="42" y="60" width="16" height="28" fill="{Lantern}"/>',
        ink="Bark", light="Paper",
        space="Clear space around the logo equals the full height of the symbol divided by four: one quarter of the "
              "logo height.",
        minimum="Minimum size: the logo is never smaller than 32 px high on screen.",
        tone="Quiet, curious and generous.",
        donts=("Do not use the words awesome, hurry or exclusive", "Do not shout: never use exclamation marks",
               "Do not talk down to readers"),
        banned=("awesome", "hurry", "exclusive"), bans_exclamation=True,
        light_grounds=("#FBF6EC", "#FFFFFF"), dark_grounds=("#4A2C2A",),
    ),
    _Told(
        slug="voltara", name="Voltara",
        colours=(("Graphite", "#1F2430", "primary", 50), ("Violet", "#6C4CF1", "secondary", 30),
                 ("Lime", "#C6F135", "accent", 5), ("Mist", "#EEF0F6", "background", 15)),
        fonts=("Space Grotesk", "Inter"),
        symbol='<path d="M56 4 L18 58 H44 L36 96 L82 38 H54 Z" fill="{Violet}"/>',
        ink="Graphite", light="Mist", space="Leave clear space equal to the logo height on all sides of the logo.",
        minimum="Minimum logo size: 20 px high on screen.",
        tone="Precise and dry, never breathless.",
        donts=("Do not use the words disruptive, magic or effortless", "Do not promise savings",
               "Avoid exclamation marks"),
        banned=("disruptive", "magic", "effortless"), bans_exclamation=True,
        light_grounds=("#EEF0F6", "#FFFFFF"), dark_grounds=("#1F2430",),
    ),
    _Told(
        slug="marzipane", name="Marzipane",
        colours=(("Plum", "#5B1647", "primary", 40), ("Almond", "#FFF3E2", "background", 40),
                 ("Rose", "#E05780", "accent", 15), ("Mint", "#9AD1B5", "secondary", 5)),
        fonts=("Playfair Display", "Lato"),
        symbol='<path d="M50 6 C78 30 94 52 72 78 C60 92 40 92 28 78 C6 52 22 30 50 6 Z" fill="{Rose}"/>'
               '<circle cx="50" cy="58" r="14" fill="{Almond}"/>',
        ink="Plum", light="Almond", space="The clear space on each side of the logo is one third of the logo height.",
        minimum="Minimum size: 30 px high on screen.",
        tone="Playful, sensual and exact about ingredients.",
        donts=("Do not use the words guilty, skinny or sinful", "Do not make health claims"),
        banned=("guilty", "skinny", "sinful"), bans_exclamation=False,
        light_grounds=("#FFF3E2", "#FFFFFF"), dark_grounds=("#5B1647",),
    ),
)  # fmt: skip


def invented_brands() -> tuple[Invented, ...]:
    """The invented brands, the same bytes at every call."""
    return tuple(_files(told) for told in _BRANDS)


def _files(told: _Told) -> Invented:
    by_name = {name: hex_value for name, hex_value, _, _ in told.colours}
    reversed_names = {**by_name, told.ink: by_name[told.light], told.light: by_name[told.ink]}
    logo, back = f"{told.slug}-logo.svg", f"{told.slug}-logo-reversed.svg"
    return Invented(
        told.slug,
        {
            f"{told.slug} brand guide.md": _guide(told).encode(),
            logo: _logo(told, by_name, by_name[told.ink]),
            back: _logo(told, reversed_names, by_name[told.light]),
        },
        told.banned,
        told.bans_exclamation,
        tuple((hex_value, share / 100) for _, hex_value, _, share in told.colours),
        ((logo, told.light_grounds), (back, told.dark_grounds)),
    )


def _guide(told: _Told) -> str:
    rows = "\n".join(f"| {name} | {hex_value} | {role} |" for name, hex_value, role, _ in told.colours)
    shares = ", ".join(f"{share} % {name} ({hex_value})" for name, hex_value, _, share in told.colours)
    donts = "\n".join(f"- {line}" for line in told.donts)
    return f"""# {told.name} brand guide

## Colour

| name | hex | role |
|---|---|---|
{rows}

Use the colours in these proportions: {shares}. White and black may be used for text.

## Typography

Headlines are set in {told.fonts[0]}. Body copy is set in {told.fonts[1]}.

## Logo

{told.space}

{told.minimum}

Place the logo on {told.light} or white. Use the reversed logo on {told.ink}.

Don't:

- Do not recolour the logo
- Do not stretch or condense the logo
- Do not rotate the logo
- Do not crop the logo
- Do not place the logo on a busy picture

## Voice

Our tone of voice: {told.tone}

Don't:

{donts}
"""


def _logo(told: _Told, colours: Mapping[str, str], ink: str) -> bytes:
    symbol = told.symbol
    for name, hex_value in colours.items():
        symbol = symbol.replace("{" + name + "}", hex_value)
    outline, width = _outlined(told.fonts[0], told.name, size=74.0, x=116.0, baseline=76.0)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="100" viewBox="0 0 {width:.0f} 100">'
    return f'{head}{symbol}<path fill="{ink}" d="{outline}"/></svg>'.encode()


def _outlined(family: str, words: str, *, size: float, x: float, baseline: float) -> tuple[str, float]:
    """Path data of words, and where they end."""
    font = _font(family)
    scale = size / font["head"].unitsPerEm
    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.2f}")
    for letter in words:
        glyph = glyphs[names[ord(letter)]]
        glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, baseline)))
        x += glyph.width * scale
    return pen.getCommands(), x + 2


@lru_cache
def _font(family: str) -> TTFont:
    return TTFont(font_file(family))


def font_file(family: str, *, weight: int = 700) -> Path:
    """The installed file of an open family that is nearest to a weight."""
    found = font_shelf().family(family)
    assert found is not None, family
    return found.nearest_file(weight, is_italic=False).path
