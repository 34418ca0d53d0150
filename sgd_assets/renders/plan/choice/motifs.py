"""Which pattern a picture takes, and what the brand lends it: traits of its mark, the order of motifs that suit them.

From logos and canon to `MotifTraits` and a motif's name. What must not live here: drawing (`compose/motifs/`).
"""

import hashlib
from collections.abc import Sequence

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.model import Mood
from sgd_assets.renders.compose.logos import LogoArt
from sgd_assets.renders.model import MotifTraits

_FOR_ROUND = ("discs", "quarters", "rings", "leaves", "dots", "bars", "steps")
_FOR_SLANTED = ("pennants", "stripes", "discs", "quarters", "leaves", "rings", "steps")
_FOR_SQUARE = ("patches", "steps", "quarters", "bars", "rings", "leaves", "dots")
_FLOATING = ("discs", "bars", "steps", "dots", "stripes")
"""Motifs that stand on the page's own ground: calmer; tiles need a ground of their own."""


def traits_of(canon: Canon, logos: Sequence[LogoArt]) -> MotifTraits:
    """The brand's traits: of its symbol, else of its logo, else of the number that its palette and fonts make."""
    number = _number(canon)
    scale = 1 + number % 3
    measured = [art for art in logos if art.form is not None]
    symbols = [art for art in measured if 0.6 <= art.aspect <= 1.7]
    chosen = next(iter(symbols or measured), None)
    if chosen is None or chosen.form is None:
        return MotifTraits(
            roundness=(number >> 4) % 5 / 4, slant=(number >> 8) % 2 / 2, angle=30.0 + (number >> 12) % 5 * 10,
            density=0.3 + (number >> 16) % 6 / 10, stroke=(number >> 20) % 5 / 4, scale=scale,
        )  # fmt: skip
    form = chosen.form
    return MotifTraits(
        roundness=form.roundness, slant=form.slant, angle=form.angle, density=form.density, stroke=form.stroke,
        scale=scale,
    )  # fmt: skip


def choose_motif(traits: MotifTraits, turn: int, mood: Mood | None = None) -> str:
    """The motif of a turn: those that suit the brand's shapes take turns, from a start that is the brand's own.

    A calm picture takes one that floats, a vivid one takes tiles.
    """
    if traits.slant >= 0.3 and traits.roundness < 0.5:
        suited: tuple[str, ...] = _FOR_SLANTED
    else:
        suited = _FOR_ROUND if traits.roundness >= 0.45 else _FOR_SQUARE
    if mood in ("calm", "vivid"):
        suited = tuple(name for name in suited if (name in _FLOATING) == (mood == "calm"))
    start = round(traits.density * 40) + round(traits.stroke * 12) + traits.scale
    return suited[(start + turn) % len(suited)]


def floats(motif: str, turn: int) -> bool:
    """Whether a motif stands on the page's own ground."""
    return motif in _FLOATING or (motif == "leaves" and turn % 2 == 0)


def _number(canon: Canon) -> int:
    told = "|".join((*canon.palette_hex, *canon.fonts))
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:4], "big")
