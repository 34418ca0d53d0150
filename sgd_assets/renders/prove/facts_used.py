"""Which facts of the canon a picture stands on. `RenderPlan + Canon -> facts`, in the canon's order.

What must not live here: where a fact is cited from (the canon says that), or what else a picture is made of.
"""

from collections.abc import Iterable

from sgd_assets.canon.model import Canon, Fact
from sgd_assets.renders.model import RenderPlan

_OF_LOGO = frozenset({"logo_clear_space", "logo_min_size", "logo_do", "logo_dont"})
_OF_VOICE = frozenset({"voice_tone", "voice_do", "voice_dont"})


def facts_used(plan: RenderPlan, canon: Canon, *, by_model: bool = False) -> tuple[Fact, ...]:
    """Colours and fonts that are drawn, the logo's rules where one is placed, the voice where a model was told it."""
    colours = {value.upper() for value in _colours(plan)}
    fonts = {choice.requested.casefold() for choice in (plan.heading_font, plan.body_font) if choice is not None}

    def is_used(fact: Fact) -> bool:
        if fact.kind == "colour":
            return (fact.colour.hex if fact.colour is not None else fact.value).upper() in colours
        if fact.kind == "font":
            return fact.value.casefold() in fonts
        return (fact.kind in _OF_LOGO and plan.logo_sha256 is not None) or (fact.kind in _OF_VOICE and by_model)

    return tuple(fact for fact in canon.facts if is_used(fact))


def _colours(plan: RenderPlan) -> Iterable[str]:
    single = (plan.background_hex, plan.text_hex, plan.accent_hex, plan.surface_hex, plan.logo_ground_hex)
    yield from (value for value in (*single, *plan.art_hex) if value is not None)
