"""The words of a plan as elements with a part each, and how each part is set.

From `RenderPlan` to `Element`s in the order of reading. What must not live here: where they stand.
"""

from dataclasses import dataclass

from sgd_assets.renders.model import RenderPlan


@dataclass(frozen=True)
class Element:
    """One piece of copy and the part it plays."""

    role: str
    words: str


@dataclass(frozen=True)
class Manner:
    """How a part is set. Sizes are multiples of the body size; `gap` is the space above it, in its own body sizes."""

    size: float
    is_heading: bool
    gap: float
    weight: int
    """What it costs to leave it out: the lightest part goes first."""


MANNERS: dict[str, Manner] = {
    "headline": Manner(2.4, True, 0.9, 100),
    "body": Manner(1.0, False, 0.85, 18),
    "attribution": Manner(1.0, False, 0.85, 14),
    "date": Manner(1.18, True, 0.95, 35),
    "price": Manner(1.9, True, 0.9, 36),
    "extra": Manner(1.0, False, 0.55, 10),
    "call_to_action": Manner(1.0, True, 1.25, 40),
    "url": Manner(0.95, True, 0.95, 20),
    "legal": Manner(0.7, False, 1.1, 16),
}  # fmt: skip


def elements_of(plan: RenderPlan) -> tuple[Element, ...]:
    """Every part of the plan's copy, in the order of reading."""
    attribution = f"— {plan.attribution}" if plan.attribution else None
    parts = (
        ("headline", plan.headline),
        ("body", plan.body),
        ("attribution", attribution),
        ("date", plan.date),
        ("price", plan.price),
        *(("extra", line) for line in plan.extra),
        ("call_to_action", plan.call_to_action),
        ("url", plan.url),
        ("legal", plan.legal),
    )  # fmt: skip
    return tuple(Element(role, words) for role, words in parts if words and words.strip())


def only(elements: tuple[Element, ...], *roles: str) -> tuple[Element, ...]:
    """The elements of these parts."""
    return tuple(element for element in elements if element.role in roles)


def without(elements: tuple[Element, ...], *roles: str) -> tuple[Element, ...]:
    """The elements of all other parts."""
    return tuple(element for element in elements if element.role not in roles)
