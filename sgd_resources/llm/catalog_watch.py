"""Reads GET /models, at start and hourly, and warns of what it says of the slugs in use: metric, log, `sgd doctor`.

What must not live here: reading an entry, or judging it (`policy/catalog.py`).
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sgd_resources.errors import ProviderFailed
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.policy.catalog import Concern, Model, concerns, parse_models
from sgd_resources.llm.wire.openrouter import MODELS_PATH
from sgd_resources.llm.wire.transport import Transport, TransportFailed

REFRESH_S = 3_600.0
MAX_BYTES = 32_000_000
KINDS = ("unknown", "expired", "expiring", "alias", "price_changed", "no_key", "unreachable", "short", "unpriced")
_log = logging.getLogger(__name__)


async def read_catalog(
    transport: Transport, names: Mapping[str, str], *, before: Mapping[str, Model], timeout_s: float = 20.0
) -> tuple[dict[str, Model], list[Concern]]:
    """One provider's list by slug, and the concerns about the slugs in use.

    Args:
        transport: to the provider.
        names: what the provider calls each slug in use.
        before: the list as it was, to see changed prices.
        timeout_s: for the one request.

    Raises:
        ProviderFailed: the list could not be had. Retry later.
    """
    try:
        answer = await transport.send("GET", MODELS_PATH, timeout_s=timeout_s, max_bytes=MAX_BYTES)
        if answer.status != 200:
            raise ProviderFailed(f"the list of models cannot be read: status {answer.status}")
        listed = parse_models(answer.body)
    except (TransportFailed, ValueError) as error:
        raise ProviderFailed(f"the list of models cannot be read ({error})") from error
    models = listed | {slug: replace(listed[name], slug=slug) for slug, name in names.items() if name in listed}
    return models, concerns(names, models, datetime.now(UTC).date(), before=before)


def tell_concerns(found: Sequence[Concern], metrics: LlmMetrics) -> None:
    """Into the metrics and the log."""
    for kind in KINDS:
        metrics.model_concerns.labels(kind).set(sum(concern.kind == kind for concern in found))
    for concern in found:
        _log.warning("model %s: %s", concern.slug, concern.message)
