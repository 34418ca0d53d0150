"""How far an answer can be relied on: a number from 0 to 1, from what can be seen of it, never from what a model says.

    logit = BIAS + GROUNDED x (share of texts and numbers of the answer that stand in the prompt)
                 + RELAXED (when it met its schema only with half of `required` let go)
                 + INJECTED (when the prompt looks like orders to a model)

The weights are a logistic fit on half of `tests/sgd_assets/prompts/marked_answers.json`, answers marked right or wrong;
the other half tells how far the numbers are off. That an answer's JSON had to be repaired, or was asked for twice, told
nothing there and is left out. What must not live here: finding the share (`spans.py`).
"""

import math

from sgd_assets.prompts.model import ValidationStatus

BIAS = -2.4
GROUNDED = 4.3
RELAXED = -0.3
INJECTED = -1.2
UNKNOWN_SHARE = 0.5
"""Of an answer that holds nothing to look for."""


def confidence_of(status: ValidationStatus, *, grounded_share: float | None, is_injection_flagged: bool) -> float:
    """The confidence, to two places.

    Args:
        status: how the answer met its schema.
        grounded_share: of its texts and numbers that stand in the prompt; None when it has none.
        is_injection_flagged: whether the prompt looks like orders to a model.
    """
    share = UNKNOWN_SHARE if grounded_share is None else grounded_share
    logit = BIAS + GROUNDED * share + RELAXED * (status == "relaxed") + INJECTED * is_injection_flagged
    return round(1 / (1 + math.exp(-logit)), 2)
