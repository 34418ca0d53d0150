"""Reads GET /models, at start and hourly, and warns of what it says of the slugs in use: metric, log, `sgd doctor`.

What must not live here: reading an entry, or judging it (`policy/catalog.py`).
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sgd_resources.errors import ProviderFailed
from sgd_resources.llm.call.attempts import Attempts
from sgd_resources.llm.policy.catalog import Concern, Model, concerns, parse_models
from sgd_resources.llm.wire.openrouter import MODELS_PATH
from sgd_resources.llm.wire.transport import TransportFailed

REFRESH_S = 3_600.0
MAX_BYTES = 32_000_000
KINDS = ("unknown", "expired", "expiring", "alias", "price_changed")
_log = logging.getLogger(__name__)


async def read_catalog(
    attempts: Attempts, slugs: Sequence[str], *, before: Mapping[str, Model]
) -> tuple[dict[str, Model], list[Concern]]:
    """The list by slug, and the concerns.

    Args:
        attempts: whose transport and metrics are used.
        slugs: in use.
        before: the list as it was, to see changed prices.

    Raises:
        ProviderFailed: the list could not be had. Retry later.
    """
    try:
        answer = await attempts.transport.send("GET", MODELS_PATH, timeout_s=20, max_bytes=MAX_BYTES)
        if answer.status != 200:
            raise ProviderFailed(f"the list of models cannot be read: status {answer.status}")
        models = parse_models(answer.body)
    except (TransportFailed, ValueError) as error:
        raise ProviderFailed("the list of models cannot be read") from error
    found = concerns(slugs, models, datetime.now(UTC).date(), before=before)
    for kind in KINDS:
        attempts.metrics.model_concerns.labels(kind).set(sum(concern.kind == kind for concern in found))
    for concern in found:
        _log.warning("model %s: %s", concern.slug, concern.message)
    return models, found
