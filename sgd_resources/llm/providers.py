"""Where each model is asked: the provider the policy names for it, its key, its connection, and how it speaks.

Connections are opened at the first call and follow the policy as it is edited. What must not live here: which model
(`policy/routing.py`), or what the bytes mean (`wire/`).
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sgd_resources.llm.policy.policy_file import DEFAULT_PROVIDER, Policy, ProviderPolicy
from sgd_resources.llm.wire.dialects import Dialect, dialect_of
from sgd_resources.llm.wire.transport import Transport

Variable = Callable[[str], str | None]
"""The value of an environment variable, as the settings know it."""
Connect = Callable[[ProviderPolicy, str | None], Transport]
APP_TITLE = "Smart Graphic Designer"
APP_URL = "http://localhost"
"""How OpenRouter lists an app that says nothing of itself: its documentation names this address for development."""


@dataclass(frozen=True)
class Reach:
    """How one model is asked."""

    provider: ProviderPolicy
    transport: Transport
    dialect: Dialect
    model_name: str
    """What the provider calls the model."""
    identity: str
    """Address and key (only its hash), for keys of the cache."""


def has_models(variable: Variable, policy: Policy) -> bool:
    """Whether any task has a model that can be asked now."""
    needed = {policy.provider_of(slug) for task in policy.tasks.values() for slug in task.models}
    return any(found.key_variable is None or variable(found.key_variable) for found in needed)


class Providers:
    """The providers of one gateway. Belongs to its event loop.

    Args:
        variable: reads the variables that hold keys.
        default_base_url: of the provider `openrouter`, unless the policy names one.
        referer: how OpenRouter lists the app.
        connect: makes a connection; tests put their own here.
    """

    def __init__(
        self,
        variable: Variable,
        *,
        default_base_url: str,
        referer: str = APP_URL,
        connect: Connect | None = None,
    ) -> None:
        self._variable = variable
        self._default_base_url = default_base_url
        self._referer = referer
        self._connect = connect or self._over_http
        self._open: dict[tuple[str, str | None, str | None], Transport] = {}
        self._reaches: dict[str, tuple[Policy, str | None, Reach]] = {}
        """By slug, for as long as policy and key stay: each call asks several times."""

    def reach(self, policy: Policy, slug: str) -> Reach | None:
        """How to ask the model now; None when its provider's key is not set."""
        known = self._reaches.get(slug)
        if known is not None and known[0] is policy and known[1] == self._key(known[2].provider):
            return known[2]
        provider = policy.provider_of(slug)
        if not self._is_usable(provider):
            return None
        key = self._key(provider)
        hidden = hashlib.sha256((key or "").encode()).hexdigest()[:16]
        reach = Reach(
            provider,
            self.transport(provider),
            dialect_of(provider.dialect, api_version=provider.api_version),
            policy.name_of(slug),
            f"{provider.base_url or self._default_base_url}#{hidden}",
        )
        self._reaches[slug] = (policy, key, reach)
        return reach

    def transport(self, provider: ProviderPolicy) -> Transport:
        """The connection to a provider; calls with the same address and key share it."""
        key = self._key(provider)
        handle = (provider.base_url or self._default_base_url, key, provider.dialect)
        found = self._open.get(handle)
        if found is None:
            found = self._open[handle] = self._connect(provider, key)
        return found

    def usable(self, policy: Policy) -> list[ProviderPolicy]:
        """The providers whose keys are set, `openrouter` first."""
        names = dict.fromkeys([DEFAULT_PROVIDER, *policy.providers])
        return [found for found in map(policy.provider, names) if self._is_usable(found)]

    def lists(self, policy: Policy) -> list[tuple[Transport, dict[str, str]]]:
        """The servers that are asked for their lists of models, and what each calls the slugs in use."""
        found = []
        for provider in self.usable(policy):
            slugs = [slug for slug in policy.slugs() if policy.provider_of(slug).name == provider.name]
            if slugs:
                found.append((self.transport(provider), {slug: policy.name_of(slug) for slug in slugs}))
        return found

    async def close(self) -> None:
        """Give all connections back."""
        for transport in self._open.values():
            await transport.close()
        self._open.clear()
        self._reaches.clear()

    def _is_usable(self, provider: ProviderPolicy) -> bool:
        return provider.key_variable is None or self._key(provider) is not None

    def _key(self, provider: ProviderPolicy) -> str | None:
        return (self._variable(provider.key_variable) or None) if provider.key_variable else None

    def _over_http(self, provider: ProviderPolicy, key: str | None) -> Transport:
        is_default = provider.name == DEFAULT_PROVIDER
        # Half a second of imports, which a process without a key asks this module's questions without.
        from sgd_resources.llm.wire.aiohttp_transport import AiohttpTransport

        return AiohttpTransport(
            provider.base_url or self._default_base_url,
            key,
            key_header=dialect_of(provider.dialect).key_header,
            referer=self._referer if provider.dialect == "openrouter" else None,
            title=APP_TITLE if provider.dialect == "openrouter" else None,
            setting="OPENROUTER_BASE_URL" if is_default else f"base_url of the provider {provider.name}",
        )
