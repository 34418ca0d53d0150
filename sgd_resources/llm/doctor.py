"""Looks once at each provider's list of models for the slugs in use, and at what its key may still spend: `sgd doctor`.

The credit is the operator's, so that it is told here and to no org.

What must not live here: reading a list (`catalog_watch.py`), or the hourly look of a running gateway (`gateway.py`).
"""

import asyncio

import orjson

from sgd_resources.errors import ProviderFailed
from sgd_resources.llm.catalog_watch import read_catalog
from sgd_resources.llm.policy.catalog import Concern, Model
from sgd_resources.llm.policy.policy_file import PolicyFile
from sgd_resources.llm.policy.reachability import cap_concerns
from sgd_resources.llm.providers import Providers
from sgd_resources.llm.wire.openrouter import KEY_PATH
from sgd_resources.llm.wire.transport import Transport, TransportFailed
from sgd_resources.settings import Settings

TIMEOUT_S = 5.0


def slug_concerns(settings: Settings) -> list[Concern]:
    """What an operator should know of the slugs the policy names; empty when all is well.

    Raises:
        ProviderFailed: the provider does not answer, or answers no list.
        ValidationFailed: the policy file is broken.
    """
    return asyncio.run(_look(settings))


def credit_left(settings: Settings) -> dict[str, float]:
    """USD that the key of each provider may still spend, by the provider's name; absent where it tells of no limit.

    Raises:
        ProviderFailed: a provider does not answer, or answers no JSON.
        ValidationFailed: the policy file is broken.
    """
    return asyncio.run(_credits(settings))


async def _credits(settings: Settings) -> dict[str, float]:
    policy = PolicyFile().current()
    providers = Providers(settings.variable, default_base_url=settings.openrouter_base_url)
    try:
        asked = {found.name: await _credit(providers.transport(found)) for found in providers.usable(policy)}
    finally:
        await providers.close()
    return {name: left for name, left in asked.items() if left is not None}


async def _credit(transport: Transport) -> float | None:
    """What the provider says of our key; None: it tells of no limit, as a server without such a page does."""
    try:
        answer = await transport.send("GET", KEY_PATH, timeout_s=TIMEOUT_S, max_bytes=1_000_000)
        body = orjson.loads(answer.body) if answer.status == 200 else None
    except (TransportFailed, orjson.JSONDecodeError) as error:
        raise ProviderFailed(f"what the key may still spend cannot be read ({error})") from error
    data = body.get("data") if isinstance(body, dict) else None
    left = data.get("limit_remaining") if isinstance(data, dict) else None
    return float(left) if isinstance(left, int | float) and not isinstance(left, bool) else None


async def _look(settings: Settings) -> list[Concern]:
    policy = PolicyFile().current()
    providers = Providers(settings.variable, default_base_url=settings.openrouter_base_url)
    found = [
        Concern(slug, "no_key", f"the key of its provider {policy.provider_of(slug).name} is not set")
        for slug in policy.slugs()
        if providers.reach(policy, slug) is None
    ]
    models: dict[str, Model] = {}
    try:
        for transport, names in providers.lists(policy):
            listed, concerns = await read_catalog(transport, names, before={}, timeout_s=TIMEOUT_S)
            models |= listed
            found += concerns
    finally:
        await providers.close()
    return found + cap_concerns(policy, models)
