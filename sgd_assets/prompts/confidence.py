"""How far an answer can be relied on: a number from 0 to 1, from what can be seen of it, never from what a model says.

    logit = BIAS + validity + GROUNDED x (share of texts and numbers of the answer that stand in the prompt)
                 + REASKED (when the first answer broke its schema) + INJECTED (when the prompt gives a model orders)

The weights are a logistic fit on answers marked right or wrong; `tests/sgd_assets/prompts` holds the set and how far
the numbers are off on its other half. What must not live here: finding the share (`spans.py`).
"""

import math
from collections.abc import Mapping

from sgd_assets.prompts.model import ValidationStatus

BIAS = -2.6
VALIDITY: Mapping[ValidationStatus, float] = {"passed": 0.9, "repaired": 0.3, "relaxed": -0.9}
GROUNDED = 4.2
REASKED = -0.6
INJECTED = -1.5
UNKNOWN_SHARE = 0.5
"""Of an answer that holds nothing to look for."""


def confidence_of(
    status: ValidationStatus, *, grounded_share: float | None, was_reasked: bool, is_injection_flagged: bool
) -> float:
    """The confidence, to two places.

    Args:
        status: how the answer met its schema.
        grounded_share: of its texts and numbers that stand in the prompt; None when it has none.
        was_reasked: whether the first answer was not valid.
        is_injection_flagged: whether the prompt looks like orders to a model.
    """
    share = UNKNOWN_SHARE if grounded_share is None else grounded_share
    logit = BIAS + VALIDITY[status] + GROUNDED * share
    logit += REASKED * was_reasked + INJECTED * is_injection_flagged
    return round(1 / (1 + math.exp(-logit)), 2)
