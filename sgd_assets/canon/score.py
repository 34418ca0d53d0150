"""How much of a written truth a canon found: `Canon, Truth -> measure -> share`. Pure; asks nobody.

A measure is there only where the truth states something to find. What must not live here: reading folders, or which
route made the canon.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_resources.colour import delta_e_2000
from sgd_resources.errors import InvalidInput

SAME_COLOUR = 3.0
"""CIEDE2000 below which two colours pass for one on a screen; rounding between CMYK and sRGB stays below it."""
_COVERED = 0.5
"""Share of a stated sentence's content words that one found sentence must hold."""
_LEAST_LETTERS = 4
"""Shorter words (and, the, you) carry no rule."""


@dataclass(frozen=True)
class Truth:
    """What a brand says of itself, written down by a person."""

    palette_hex: tuple[str, ...]
    roles: Mapping[str, str]
    """Role of a colour by its hex, where the truth names one."""
    fonts: tuple[str, ...]
    fonts_optional: tuple[str, ...]
    voice: tuple[str, ...]
    """Tone, dos and don'ts."""
    logo: tuple[str, ...]
    """Dos and don'ts."""


def truth_of(document: Mapping[str, Any]) -> Truth:
    """The truth as `truth.json` has it. Raises InvalidInput for what is none."""
    try:
        voice = document.get("voice") or {}
        return Truth(
            palette_hex=tuple(document.get("palette_hex") or ()),
            roles={one["hex"]: one["role"] for one in document.get("colours") or () if one.get("role")},
            fonts=tuple(document.get("fonts") or ()),
            fonts_optional=tuple(document.get("fonts_optional") or ()),
            voice=tuple(filter(None, (voice.get("tone"), *voice.get("dos", ()), *voice.get("donts", ())))),
            logo=(*(document.get("logo_dos") or ()), *(document.get("logo_donts") or ())),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise InvalidInput("a truth.json holds palette_hex, fonts, voice and colours in their own forms") from error


def scores(canon: Canon, truth: Truth) -> dict[str, float]:
    """By measure, 0 to 1; F1 is the harmonic mean of what was found and what was right."""
    found: dict[str, float] = {}
    if truth.palette_hex:
        found["palette F1"] = _f1(_pairs(canon.palette_hex, truth.palette_hex), canon.palette_hex, truth.palette_hex)
    if truth.roles:
        found["colour roles"] = _roles(canon, truth)
    if truth.fonts:
        optional = {_family(name) for name in truth.fonts_optional}
        named = [name for name in map(_family, canon.fonts) if name not in optional]
        right = {_family(name) for name in truth.fonts}
        found["font F1"] = _f1(len(right & set(named)), named, sorted(right))
    if truth.voice:
        voice = canon.voice
        said = (voice.tone, *voice.dos, *voice.donts) if voice else ()
        found["voice coverage"] = _covered(truth.voice, said)
    if truth.logo:
        found["logo rules coverage"] = _covered(truth.logo, (*canon.logo_dos, *canon.logo_donts))
    return {name: round(value, 4) for name, value in found.items()}


def means(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Over brands, by measure; a brand without the measure is left out of it."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: round(_mean(row[name] for row in rows if name in row), 4) for name in names}


def _pairs(found: Sequence[str], stated: Sequence[str]) -> int:
    """One to one, nearest pair first."""
    near = sorted(
        (distance, one, other)
        for one in found
        for other in stated
        if (distance := delta_e_2000(one, other)) <= SAME_COLOUR
    )
    left, right = set[str](), set[str]()
    for _, one, other in near:
        if one not in left and other not in right:
            left.add(one)
            right.add(other)
    return len(left)


def _roles(canon: Canon, truth: Truth) -> float:
    """Share of the colours with a stated role that the canon gives the same one."""
    given = [(fact.colour.hex, fact.role) for fact in canon.facts if fact.colour is not None and fact.role]
    right = sum(
        any(named == role and delta_e_2000(one, hex_value) <= SAME_COLOUR for one, named in given)
        for hex_value, role in truth.roles.items()
    )
    return right / len(truth.roles)


def _covered(stated: Sequence[str], said: Iterable[str]) -> float:
    heard = [_words(text) for text in said]
    return _mean(
        float(any(len(wanted & words) >= _COVERED * len(wanted) for words in heard)) for wanted in map(_words, stated)
    )


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) >= _LEAST_LETTERS}


def _family(name: str) -> str:
    return re.sub(r"[\W_]+|variable$", "", name.casefold())


def _f1(right: int, found: Sequence[str], stated: Sequence[str]) -> float:
    return 2 * right / (len(found) + len(stated)) if found or stated else 0.0


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
