"""Looks once at each provider's list of models for the slugs in use: for `sgd doctor`.

What must not live here: reading a list (`catalog_watch.py`), or the hourly look of a running gateway (`gateway.py`).
"""

import asyncio

from sgd_resources.llm.catalog_watch import read_catalog
from sgd_resources.llm.policy.catalog import Concern, Model
from sgd_resources.llm.policy.policy_file import PolicyFile
from sgd_resources.llm.policy.reachability import cap_concerns
from sgd_resources.llm.providers import Providers
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
