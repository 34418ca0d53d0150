"""Which scopes there are, and what roles may do, as `policies/access_policy.json` says: role -> scopes.

What must not live here: which scope a route needs (`sgd_api/http/callers/scopes.py`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sgd_resources.contracts import load_policy
from sgd_resources.errors import InvalidInput

_VERBS: Mapping[str, tuple[str, ...]] = {
    "audit": ("read",),
    "canon": ("read", "write"),
    "evidence": ("read", "write"),
    "facts": ("write",),
    "jobs": ("read", "write"),
    "keys": ("read", "write"),
    "org": ("write",),
    "prompts": ("read", "write"),
    "renders": ("read", "write"),
    "search": ("read",),
    "usage": ("read",),
}
"""Noun -> what routes ask of it; a scope that no route asks for would be given and give nothing."""
KNOWN_SCOPES = ("*", *(f"{noun}:{verb}" for noun, verbs in _VERBS.items() for verb in ("*", *verbs)))


@dataclass(frozen=True)
class AccessPolicy:
    """Scopes by role, and those of an API key that was made without any."""

    roles: Mapping[str, frozenset[str]]
    key_default: frozenset[str]
    service_default: frozenset[str]

    def scopes_of(self, roles: Iterable[str]) -> frozenset[str]:
        """All scopes of the roles; of a role that the policy does not name, none."""
        return frozenset().union(*(self.roles.get(role, frozenset()) for role in roles))


@lru_cache(maxsize=4)
def access_policy(directory: Path | None = None) -> AccessPolicy:
    """The policy in force, or the one of a folder. Raises ValidationFailed for a file that breaks its contract."""
    read = load_policy("access_policy", directory=directory)
    return AccessPolicy(
        roles={role: frozenset(scopes) for role, scopes in read["roles"].items()},
        key_default=frozenset(read["api_key_default"]),
        service_default=frozenset(read["service_default"]),
    )


def check_scopes(scopes: Iterable[str]) -> tuple[str, ...]:
    """The scopes themselves, each once. Raises InvalidInput for one that no route knows."""
    found = tuple(dict.fromkeys(scopes))
    wrong = [scope for scope in found if scope not in KNOWN_SCOPES]
    if wrong:
        raise InvalidInput(f"there is no scope {wrong[0]!r}: known are {', '.join(KNOWN_SCOPES)}")
    return found
