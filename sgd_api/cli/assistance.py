"""What a model had to do with a canon, as lines for a person and as JSON. What must not live here: asking a model."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sgd_assets.canon.assist.ask import Assisted


def assistance_lines(told: "Assisted") -> list[str]:
    """How much was read and taken, which claims were dropped and why, and whether the help was worth it."""
    if not told.answered:
        return []
    lines = [
        f"read {told.pages_answered} of {told.pages} pages · {told.taken} claims taken · "
        f"{told.agreed} known already · {len(told.dropped)} dropped"
    ]
    lines += [f"  dropped {count} x {reason}" for reason, count in told.reasons().items()]
    return [*lines, told.uplift.told()] if told.uplift is not None else lines


def assistance_json(told: "Assisted") -> dict[str, Any]:
    """The same for machines."""
    uplift = told.uplift
    return {
        "is_assisted": told.is_assisted,
        "note": told.note,
        "pages": told.pages,
        "pages_answered": told.pages_answered,
        "claims_taken": told.taken,
        "claims_agreed": told.agreed,
        "claims_dropped": told.reasons(),
        "cost_usd_micros": told.cost_usd_micros,
        "latency_ms": told.latency_ms,
        "over_marks": list(told.over_marks),
        "budget_exhausted": told.budget_exhausted,
        "uplift": None
        if uplift is None
        else {
            "passes": uplift.passes, "gain": uplift.gain, "worse": list(uplift.worse), "is_needed": uplift.is_needed,
            "local": dict(uplift.local), "assisted": dict(uplift.assisted),
        },
    }  # fmt: skip
