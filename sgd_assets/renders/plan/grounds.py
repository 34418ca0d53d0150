"""The colours of one picture: which palette a request may use, and the scheme whose ground shows the logo.

From canon, constraints and brief to hexes and `Scheme`s. What must not live here: how a scheme is made of a palette
(`schemes.py`).
"""

from collections.abc import Sequence

from sgd_assets.canon.model import Canon
from sgd_assets.renders.compose.logos import LogoArt, choose_logo
from sgd_assets.renders.plan.choice.turns import Turn
from sgd_assets.renders.plan.colour_words import PALETTE_TOLERANCE
from sgd_assets.renders.plan.schemes import Scheme, scheme_on, visible_on
from sgd_resources.colour import BLACK, WHITE, contrast, delta_e_2000, oklch_of
from sgd_resources.errors import ValidationFailed

_STRONGEST = 3  # grounds that a request may start on: the brand's primary, its lightest, its darkest
_STRONG = 7.0
"""WCAG 2.2, level AAA on the bare ground, so that level AA is kept with much of a picture seen through."""


def palette_of(canon: Canon, wanted: Sequence[str]) -> tuple[str, ...]:
    """The canon's palette, most primary first, or those of its colours that the request narrows it to.

    Raises:
        ValidationFailed: the canon states no colours, or not the ones that are wanted.
    """
    own = tuple(dict.fromkeys(value.upper() for value in canon.palette_hex))
    if not own:
        raise ValidationFailed("the canon states no colours", details={"missing": "palette_hex"})
    if not wanted:
        return own
    stated = tuple(dict.fromkeys([*own, *(f.colour.hex for f in canon.facts if f.kind == "colour" and f.colour)]))
    nearest = {value: min(stated, key=lambda mine: delta_e_2000(mine, value.upper())) for value in wanted}
    conflicts = [value for value, near in nearest.items() if delta_e_2000(near, value.upper()) > PALETTE_TOLERANCE]
    if conflicts:
        raise ValidationFailed(
            f"constraints.palette_hex names {', '.join(conflicts)}, which the canon does not hold",
            details={"path": "$.constraints.palette_hex", "conflicts": conflicts, "allowed": list(own)},
        )
    return tuple(dict.fromkeys(nearest.values()))


def legible_for_logo(
    options: tuple[Scheme, ...], logos: Sequence[LogoArt], palette: Sequence[str]
) -> tuple[Scheme, ...]:
    """Schemes whose ground shows the logo clearly, else legibly; all where there is no logo, or nothing shows it.

    Where no palette colour shows it, the whole page is white or black: better than a strip of it under the logo.

    Raises:
        ValidationFailed: there is no scheme at all.
    """
    if not options:
        raise ValidationFailed("no colour of the palette carries legible text", details={"missing": "palette_hex"})
    shown = [(scheme, choose_logo(logos, scheme.background)) for scheme in options]
    if clear := tuple(scheme for scheme, art in shown if art is not None and art.is_clear_on(scheme.background)):
        return clear
    readable = tuple(scheme for scheme, art in shown if art is not None)
    if readable or not logos:
        return readable or options
    pages = tuple(scheme_on(neutral, palette) for neutral in (WHITE, BLACK) if choose_logo(logos, neutral) is not None)
    return pages or options


def strong_for_picture(options: tuple[Scheme, ...]) -> tuple[Scheme, ...]:
    """Schemes whose text stands out so much that a thin veil over a picture does; all where none is so strong."""
    return tuple(one for one in options if contrast(one.text, one.background) >= _STRONG) or options


def first_ground(turn: Turn, options: Sequence[Scheme]) -> int:
    """Which ground the first output takes: of the strongest few, by the request's own start."""
    return turn.start if turn.is_seeded else turn.start // 7919 % min(_STRONGEST, len(options))


def ground_turn(layouts: Sequence[str], first: int, count: int) -> int:
    """Which of `count` grounds the last of these layouts takes: by turns, but never one that the layout had before.

    Args:
        layouts: of all outputs up to this one, in order.
        first: the turn of the first of them.
        count: of grounds.
    """
    had: set[tuple[str, int]] = set()
    ground = 0
    for turn, name in enumerate(layouts, first):
        free = [(turn + step) % count for step in range(count) if (name, (turn + step) % count) not in had]
        ground = free[0] if free else turn % count
        had.add((name, ground))
    return ground


def on_ground(options: tuple[Scheme, ...], ground: str | None, palette: Sequence[str]) -> tuple[Scheme, ...]:
    """The schemes on the ground that is asked for, made with black or white where the palette carries no text on it."""
    if ground is None:
        return options
    return tuple(scheme for scheme in options if scheme.background == ground) or (scheme_on(ground, palette),)


def art_colours(scheme: Scheme, surface: str, palette: Sequence[str]) -> tuple[str, ...]:
    """Colours of the art panel on its surface, in order; at least one."""
    if surface == scheme.surface:
        return scheme.art
    lively = sorted(palette, key=lambda value: (oklch_of(value)[1] <= 0.05, palette.index(value)))
    return tuple(visible_on(surface, lively)[:3]) or scheme.art
