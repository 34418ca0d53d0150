"""Which of the measures of a found logo tells its fault: what is stretched seems to lack ink, what is cut seems bent.

Both come of fitting the whole drawing to what is there. What must not live here: any limit, any measure.
"""

from sgd_assets.renders.compliance.rule import Limits
from sgd_resources.ports.sight import LogoSeen

_DOUBT_PX, _DOUBT_OF_DAMAGED = 2.0, 0.5
_MUCH_MISSING = 0.25
"""Share of the ink: a whole logo that was stretched lacks less, however it is fitted; one of which so much is gone is
fitted by what is left, and its bend is a guess."""


def bend(seen: LogoSeen) -> float:
    """How much wider or taller than its drawing a logo is, as a share."""
    return round(max(seen.stretch, 1 / seen.stretch) - 1, 4)


def most_bend(seen: LogoSeen, limits: Limits) -> float:
    """The limit on `bend`, and how far the measure itself may be off: pixels of a small logo, ink that is gone."""
    x0, y0, x1, y1 = seen.box
    doubt = _DOUBT_PX / max(min(x1 - x0, y1 - y0), 1.0) + _DOUBT_OF_DAMAGED * seen.missing
    return round(limits["most_stretch"] + doubt, 4)


def is_stretched(seen: LogoSeen, limits: Limits) -> bool:
    """Whether the logo's fault is that it is stretched, and what seems to be missing of it comes of that."""
    return seen.missing < _MUCH_MISSING and bend(seen) > most_bend(seen, limits)
