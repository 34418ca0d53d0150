"""What a model's help made of one org's canon: parts that it has with and without it, and whether that was worth it.

An org has no written truth, so what is measured is how much of a canon is there: nothing of it may become less, and
where the local route is incomplete it has to become `LEAST_GAIN` times as much. Against written truths the same is
measured by `sgd canon evaluate`. What must not live here: asking a model, or changing a canon for the verdict's sake.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sgd_assets.canon.assist.merge import VETO
from sgd_assets.canon.model import Canon

LEAST_GAIN = 1.3
"""What help must be worth where the local route is incomplete, as the product promises."""
_ENOUGH_COLOURS = 2  # as `status_of` asks
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Uplift:
    """Measures of both canons, 0 to 1 each, and the gate's verdict on them."""

    local: Mapping[str, float]
    assisted: Mapping[str, float]
    worse: tuple[str, ...]
    """Measures that became less."""
    gain: float
    """Quality of the assisted canon over that of the local one; 1 where both have nothing."""
    is_needed: bool
    """Whether the local route is incomplete."""

    @property
    def passes(self) -> bool:
        """Nothing worse, and where help is needed enough of it."""
        return not self.worse and (not self.is_needed or self.gain >= LEAST_GAIN - _ROUNDING)

    def told(self) -> str:
        """One line: the verdict, the gain, and what became less."""
        verdict = "passed" if self.passes else "missed"
        words = [f"uplift gate {verdict}: quality x{self.gain:.2f}"]
        words += ["the local route is incomplete" if self.is_needed else "the local route is complete"]
        words += [f"less {' and '.join(self.worse)}"] if self.worse else []
        return ", ".join(words)


def uplift_of(local: Canon, assisted: Canon) -> Uplift:
    """How much of a canon is there with and without help. A fact that was vetoed with its reason shown is no loss."""
    before, after = measures_of(local), measures_of(assisted)
    vetoed = {conflict.kind.partition("_")[0] for conflict in assisted.conflicts if conflict.rule == VETO}
    worse = tuple(name for name in before if after[name] < before[name] - _ROUNDING and name.split()[0] not in vetoed)
    one, other = sum(before.values()), sum(after.values())
    gain = other / one if one else (1.0 if not other else float(LEAST_GAIN * len(after)))
    return Uplift(before, after, worse, round(gain, 4), is_needed=local.status != "complete")


def measures_of(canon: Canon) -> dict[str, float]:
    """Parts of a canon that are there, by measure; the first word is the kind of fact."""
    colours = [fact for fact in canon.facts if fact.kind == "colour" and fact.value in canon.palette_hex]
    fonts = [fact for fact in canon.facts if fact.kind == "font"]
    kinds = {fact.kind for fact in canon.facts}
    return {
        "colour palette": min(1.0, len(canon.palette_hex) / _ENOUGH_COLOURS),
        "colour names": _share([fact.colour is not None and fact.colour.name is not None for fact in colours]),
        "colour roles": _share([fact.role is not None for fact in colours]),
        "font families": float(bool(canon.fonts)),
        "font uses": _share([fact.role is not None for fact in fonts]),
        "voice tone": float("voice_tone" in kinds),
        "voice rules": float(bool({"voice_do", "voice_dont"} & kinds)),
        "logo rules": float(bool({"logo_do", "logo_dont"} & kinds)),
        "logo space": float("logo_clear_space" in kinds),
    }


def _share(held: list[bool]) -> float:
    return round(sum(held) / len(held), 4) if held else 0.0
