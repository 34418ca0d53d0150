"""Looks once at the provider's list of models for the slugs in use: for `sgd doctor`.

What must not live here: the hourly look of a running gateway (`catalog_watch.py`).
"""

import asyncio
from datetime import UTC, datetime

from sgd_resources.errors import ProviderFailed
from sgd_resources.llm.catalog_watch import MAX_BYTES
from sgd_resources.llm.policy.catalog import Concern, concerns, parse_models
from sgd_resources.llm.policy.policy_file import PolicyFile
from sgd_resources.llm.wire.aiohttp_transport import AiohttpTransport
from sgd_resources.llm.wire.openrouter import MODELS_PATH
from sgd_resources.llm.wire.transport import TransportFailed
from sgd_resources.settings import Settings

TIMEOUT_S = 5.0


def slug_concerns(settings: Settings) -> list[Concern]:
    """What an operator should know of the slugs the policy names; empty when all is well.

    Raises:
        ProviderFailed: the provider does not answer, or answers no list.
        ValidationFailed: the policy file is broken.
    """
    return asyncio.run(_look(settings))


async def _look(settings: Settings) -> list[Concern]:
    key = settings.openrouter_api_key.get_secret_value() if settings.openrouter_api_key else None
    transport = AiohttpTransport(settings.openrouter_base_url, key)
    try:
        answer = await transport.send("GET", MODELS_PATH, timeout_s=TIMEOUT_S, max_bytes=MAX_BYTES)
        if answer.status != 200:
            raise ProviderFailed(f"the provider's list of models cannot be read: status {answer.status}")
        return concerns(PolicyFile().current().slugs(), parse_models(answer.body), datetime.now(UTC).date())
    except (TransportFailed, ValueError) as error:
        raise ProviderFailed(f"the provider does not answer ({error})") from error
    finally:
        await transport.close()
