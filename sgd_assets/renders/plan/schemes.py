"""Colour schemes from a palette: which colour is the ground, which carries text, which ones the art panel uses.

From palette hexes (most primary first) to `Scheme`s, strongest first. Text always meets WCAG AA on its ground; black
and white come in only where no pair of palette colours does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sgd_resources.colour import BLACK, WHITE, contrast, delta_e_2000, oklch_of

TEXT_CONTRAST, LARGE_TEXT_CONTRAST = 4.5, 3.0
"""WCAG 2.2 success criterion 1.4.3, level AA."""
_DISTINCT = 11.0  # CIEDE2000; parts colours that are told apart at a glance from shades of one


@dataclass(frozen=True)
class Scheme:
    """One way to use a palette. `neutrals` lists black or white where they had to be added."""

    background: str
    text: str
    accent: str
    surface: str
    art: tuple[str, ...]
    neutrals: tuple[str, ...] = ()


def schemes(palette: Sequence[str], roles: Mapping[str, str], *, mood: str | None = None) -> tuple[Scheme, ...]:
    """Every legible scheme, strongest first: primary ground, lightest, darkest, then the other colours.

    Args:
        palette: hexes in capitals, most primary first; at least one.
        roles: role of a hex where the canon states one.
        mood: 'dark', 'light' or 'vivid' where the instruction asks for it; moves such grounds to the front.
    """
    grounds = _grounds(palette, roles)
    found = [scheme for ground in grounds if (scheme := _scheme(ground, palette, roles, palette))]
    if not found:
        found = [scheme for ground in grounds if (scheme := _scheme(ground, palette, roles, (WHITE, BLACK)))]
        # White on a full colour looks like a choice; black on a middling one looks like an accident.
        found.sort(key=lambda s: (s.text != WHITE, contrast(s.text, s.background) < 7))
    found.sort(key=lambda s: _is_mid_grey(s.background))
    order = {
        "dark": lambda s: oklch_of(s.background)[0],
        "light": lambda s: -oklch_of(s.background)[0],
        "vivid": lambda s: -oklch_of(s.background)[1],
    }
    return tuple(sorted(found, key=order[mood])) if mood in order else tuple(found)


def scheme_on(ground: str, palette: Sequence[str], roles: Mapping[str, str] | None = None) -> Scheme:
    """A scheme on one ground; its text is black or white where no palette colour can be read there."""
    found = _scheme(ground, palette, roles or {}, palette) or _scheme(ground, palette, roles or {}, (WHITE, BLACK))
    assert found is not None, "black or white is legible on every ground"
    return found


def _grounds(palette: Sequence[str], roles: Mapping[str, str]) -> list[str]:
    stated = [value for value in palette if roles.get(value) == "background"]
    light = max(palette, key=lambda value: oklch_of(value)[0] - oklch_of(value)[1])
    dark = min(palette, key=lambda value: oklch_of(value)[0])
    return list(dict.fromkeys([palette[0], *stated[:1], light, dark, *palette]))


def visible_on(surface: str, colours: Sequence[str]) -> list[str]:
    """Colours that differ from a surface, in their order, those of nearly its lightness last."""
    distinct = [value for value in colours if delta_e_2000(value, surface) >= _DISTINCT]
    return sorted(distinct, key=lambda value: contrast(value, surface) < 1.3)


def _is_mid_grey(value: str) -> bool:
    lightness, chroma, _ = oklch_of(value)
    return chroma < 0.03 and 0.35 < lightness < 0.85


def _scheme(ground: str, palette: Sequence[str], roles: Mapping[str, str], inks: Sequence[str]) -> Scheme | None:
    legible = [ink for ink in inks if contrast(ink, ground) >= TEXT_CONTRAST]
    if not legible:
        return None

    def merit(ink: str) -> float:
        _, chroma, _ = oklch_of(ink)
        bonus = 7.0 if ink == palette[0] else 3.0 if roles.get(ink) == "text" else 0.0
        # Strongly coloured text on a dark ground vibrates; a quiet light reads better.
        loud = chroma * 30 if oklch_of(ground)[0] < 0.6 else chroma * 8
        return min(contrast(ink, ground), 13.0) + bonus - loud

    text = max(legible, key=merit)
    others = [value for value in palette if delta_e_2000(value, ground) >= _DISTINCT]
    lively = [value for value in others if oklch_of(value)[1] > 0.05]
    quiet = [value for value in others if value not in lively]
    accents = [value for value in lively if contrast(value, ground) >= 1.6 and value != text]
    accent = accents[0] if accents else text
    surface = next((value for value in (*lively, *quiet) if value != accent), accent if others else text)
    art = visible_on(surface, (*lively, *quiet))[:3]
    if delta_e_2000(ground, surface) >= _DISTINCT:
        art = [*art[:3], ground]
    return Scheme(ground, text, accent, surface, tuple(art) or (ground,), () if text in palette else (text,))
