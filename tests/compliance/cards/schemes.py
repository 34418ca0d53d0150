"""Which logo stands on which ground, and which words on which colour: pairs that are right for a brand.

What must not live here: places and sizes (`layout.py`).
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tests.compliance.brands.kit import LogoPicture, OrgKit
from tests.compliance.cards.colours import contrast, difference, luminance, rgb

WHITE, BLACK = "#FFFFFF", "#000000"
_LEGIBLE_RATIO, _LEGIBLE_SHARE = 2.6, 0.9
_TEXT_CONTRAST = 4.9
_LIGHT = 0.72  # luminance from which a palette colour serves as paper, so that white is not needed


@dataclass(frozen=True)
class Scheme:
    """Colours of one card; every one is the brand's, or white or black where the guide leaves them."""

    logo: LogoPicture
    logo_ground: str
    ground: str
    text: str
    accents: tuple[str, ...]


def schemes(kit: OrgKit) -> list[tuple[LogoPicture, str]]:
    """(logo, ground) pairs that are right for the brand."""
    told = dict(kit.logo_grounds)
    pairs = []
    for logo in kit.logos[:6]:
        if logo.file_name in told or logo.plate_hex is not None:
            grounds = told.get(logo.file_name) or (str(logo.plate_hex),)
            pairs += [(logo, ground) for ground in grounds]
        else:
            pairs += [(logo, ground) for ground in papers(kit) if stands_out(logo, ground)]
    return pairs


def papers(kit: OrgKit) -> tuple[str, ...]:
    """Colours that cards may be made of: the palette, and white where no colour of it is light."""
    is_light = any(float(luminance(np.array(rgb(h), float))) >= _LIGHT for h in kit.palette)
    return kit.palette if is_light else (*kit.palette, WHITE)


def inks(kit: OrgKit, ground: str) -> list[str]:
    """Colours that words may have on a ground: the palette's, else black or white."""
    own = [hex_value for hex_value in kit.palette if contrast(hex_value, ground) >= _TEXT_CONTRAST]
    return own or [hex_value for hex_value in (BLACK, WHITE) if contrast(hex_value, ground) >= _TEXT_CONTRAST]


def scheme(kit: OrgKit, pairs: Sequence[tuple[LogoPicture, str]], rng: random.Random) -> Scheme:
    """A random right choice of colours."""
    logo, logo_ground = rng.choice(pairs)
    grounds = [hex_value for hex_value in papers(kit) if inks(kit, hex_value)]
    is_one = inks(kit, logo_ground) and (not grounds or rng.random() < 0.6)
    ground = logo_ground if is_one else rng.choice(grounds)
    accents = [h for h in kit.palette if difference(h, ground) > 12 and difference(h, logo_ground) > 12]
    rng.shuffle(accents)
    return Scheme(logo, logo_ground, ground, rng.choice(inks(kit, ground)), tuple(accents))


def stands_out(logo: LogoPicture, ground: str) -> bool:
    """Whether nearly all of the logo's ink has a clear contrast to a ground."""
    return contrast_share(logo, ground) >= _LEGIBLE_SHARE


@lru_cache(maxsize=4000)
def contrast_share(logo: LogoPicture, ground: str, least: float = _LEGIBLE_RATIO) -> float:
    """Share of the ink whose contrast to a ground is at least so much."""
    pixels = np.asarray(logo.image.resize((160, max(1, round(160 / logo.aspect)))), dtype=float)
    ink = pixels[pixels[..., 3] > 128][:, :3]
    if logo.plate_hex is not None:
        ink = ink[np.abs(ink - np.array(rgb(logo.plate_hex))).max(axis=1) > 24]
    if not len(ink):
        return 0.0
    lit, base = luminance(ink), float(luminance(np.array(rgb(ground), float)))
    ratio = (np.maximum(lit, base) + 0.05) / (np.minimum(lit, base) + 0.05)
    return float((ratio >= least).mean())
