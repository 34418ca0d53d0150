"""Ramps of shades among colour claims: `[SourcedClaim] -> [SourcedClaim]` with one lead of each ramp.

Shades named by steps of one stem ('blue-100' to 'blue-900', 'green.1' to 'green.5') count by their lead: the step that
a name such as 'primary' refers to, else 500, else the middle of an odd few, else the most colourful. What only refers
to a shade that goes, goes with it. What must not live here: precedence and merging (`weigh/palette.py`).
"""

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from sgd_assets.canon.facts.sourced_claim import SourcedClaim
from sgd_resources.colour import oklab_of, oklch_of

_STEP = re.compile(r"(?i)^(.*?)[-_ .(]*\b(25|50|75|[1-9]00|[1-9]50|1000)\b\)?$")
_LOOSE_STEP = re.compile(r"(?i)^(.*?)[-_ .(]*\b(\d{1,4})(?:v|w)?\)?$")
_COUNTED = re.compile(r"[a-z]-\d\d$")
_SHADE_NAME = re.compile(
    r"(?i)^(.+?)[-_.](?:(?:extra|very|super|medium|mid)[-_])?(?:light|dark|lighter|darker|bright|soft|subtle|strong|deep|"
    r"pale|muted|alt|foreground|text|background|bg|\d{1,3})$"
)
_WHOLE = ("", ".main", ".default", ".base", "-default", "-base")
"""What the whole colour is called beside its shades."""
_LEADING_NAME = re.compile(r"(?i)(?:^|[-_.$])(?:primary|brand|main|secondary|accent)(?:[-_.]|$)")
_PART_OF_A_PAGE = re.compile(
    r"(?i)(?:^|[-_.$])(?:text|bg|background|surface|border|icons?|link|button|btn|fill|stroke|hover|active|focus|"
    r"typography|foreground|fg|shadow|overlay)(?:[-_.]|$)"
)
_LEAD_STEPS = ("500", "600", "400")
_FEWEST_STEPS = 4  # three tints of one hue are still a palette; tokens name their steps, so one fewer will do
_MOST_WITH_A_MIDDLE = 7  # 1 to 7: up to there a middle step is taken for the lead; longer scales count in hundreds
_HUE_SPREAD = 0.7
"""Largest distance between the hue directions of one ramp (unit vectors in OKLab's chroma plane, taxicab)."""


def without_shades(claims: Sequence[SourcedClaim], *, is_long: bool) -> list[SourcedClaim]:
    """The claims without the shades of ramps; in a long palette any number in a name is a step.

    Args:
        claims: of one tier, in order of precedence.
        is_long: the palette is a system of shades rather than a short list.
    """
    names = {(sourced.sha256, (sourced.claim.name or "").lower()) for sourced in claims}
    dropped = {id(sourced) for sourced in claims if _is_shade_of_another(sourced, names)}
    for steps in _ramps(claims, is_long=is_long):
        lead = _lead(steps, claims)
        dropped.update(id(sourced) for _, sourced in steps if sourced is not lead)
    kept = {sourced.claim.hex for sourced in claims if id(sourced) not in dropped and not sourced.claim.is_reference}
    gone = {sourced.claim.hex for sourced in claims if id(sourced) in dropped} - kept
    return [
        sourced
        for sourced in claims
        if id(sourced) not in dropped and not (sourced.claim.is_reference and sourced.claim.hex in gone)
    ]


def _ramps(claims: Sequence[SourcedClaim], *, is_long: bool) -> list[list[tuple[str, SourcedClaim]]]:
    named: dict[tuple[str, str], list[tuple[str, SourcedClaim]]] = {}
    counted: dict[tuple[str, str], list[tuple[str, SourcedClaim]]] = {}
    for sourced in claims:
        name = (sourced.claim.name or "").strip()
        match = (_LOOSE_STEP if is_long else _STEP).match(name)
        if match:
            named.setdefault(_stem(sourced, match[1]), []).append((match[2], sourced))
        elif (sourced.claim.tier == "token" or _COUNTED.search(name)) and (match := _LOOSE_STEP.match(name)):
            counted.setdefault(_stem(sourced, match[1]), []).append((match[2], sourced))
    full = [steps for steps in named.values() if len({step for step, _ in steps}) >= _fewest(steps)]
    return full + [steps for steps in counted.values() if _is_one_hue_by_lightness(steps)]


def _fewest(steps: Sequence[tuple[str, SourcedClaim]]) -> int:
    """Printed names end in numbers for other reasons too ('Pantone 300'); variables' hundreds are steps.

    Beside a variable's 500 one more will do: its lightest steps are no colours of a palette and are not among them.
    """
    if steps[0][1].claim.tier == "token" and "500" in {step for step, _ in steps}:
        return 2
    return _FEWEST_STEPS - 1 if steps[0][1].claim.tier == "token" else _FEWEST_STEPS


def _stem(sourced: SourcedClaim, text: str) -> tuple[str, str]:
    return sourced.sha256, text.lower().strip() or sourced.claim.set_name


def _is_one_hue_by_lightness(steps: Sequence[tuple[str, SourcedClaim]]) -> bool:
    """Whether counted names ('1' to '5') go from light to dark, or back, within one hue: a ramp and no list."""
    by_step = {int(step): sourced.claim.hex for step, sourced in steps}
    if len(by_step) < _FEWEST_STEPS:
        return False
    labs = [oklab_of(by_step[step]) for step in sorted(by_step)]
    falls = [a[0] - b[0] for a, b in pairwise(labs)]
    if not (all(fall > 0 for fall in falls) or all(fall < 0 for fall in falls)):
        return False
    directions = [(a / (a * a + b * b) ** 0.5, b / (a * a + b * b) ** 0.5) for _, a, b in labs if a * a + b * b > 4e-4]
    spread = max((abs(p[0] - q[0]) + abs(p[1] - q[1]) for p in directions for q in directions), default=0.0)
    return spread <= _HUE_SPREAD


def _lead(steps: Sequence[tuple[str, SourcedClaim]], claims: Sequence[SourcedClaim]) -> SourcedClaim:
    by_step = dict(reversed(steps))
    referred = {
        sourced.claim.hex
        for sourced in claims
        if sourced.claim.is_reference
        and _LEADING_NAME.search(sourced.claim.name or "")
        and not _PART_OF_A_PAGE.search(sourced.claim.name or "")
    }
    named = [sourced for _, sourced in steps if sourced.claim.hex in referred and not sourced.claim.is_reference]
    if len({sourced.claim.hex for sourced in named}) == 1:
        return named[0]
    lead = next((by_step[step] for step in _LEAD_STEPS if step in by_step), None)
    if lead is not None:
        return lead
    numbers = sorted(by_step, key=int)
    if len(numbers) <= _MOST_WITH_A_MIDDLE and len(numbers) % 2 and int(numbers[-1]) <= _MOST_WITH_A_MIDDLE:
        return by_step[numbers[len(numbers) // 2]]
    return max((sourced for _, sourced in steps), key=lambda c: (oklch_of(c.claim.hex)[1], c.claim.hex))


def _is_shade_of_another(sourced: SourcedClaim, names: Set[tuple[str, str]]) -> bool:
    """'--primary-light' beside '--primary' in one file: a shade of it."""
    match = _SHADE_NAME.match(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", sourced.claim.name or ""))
    if sourced.claim.tier != "token" or match is None:
        return False
    stem = re.sub(r"(?<=[a-z0-9])-(?=[A-Z])", "", match[1]).lower()
    return any((sourced.sha256, f"{stem}{tail}") in names for tail in _WHOLE)
