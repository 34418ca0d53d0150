"""The verified caller, as every route sees it: never a raw header.

What must not live here: how a caller was verified.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sgd_resources.errors import Forbidden


@dataclass(frozen=True)
class MakerLimits:
    """What a key with limits of its own may ask together with all keys that it made, and that those made."""

    account: str
    per_min: int | None = None
    per_hour: int | None = None


@dataclass(frozen=True)
class KeyLimits:
    """What one API key may ask; None: what the settings say."""

    per_min: int | None = None
    per_hour: int | None = None
    maker: MakerLimits | None = None
    """Of a key that such a key made: the same windows that its maker spends of."""


@dataclass(frozen=True)
class Principal:
    """A verified caller. `org_id` comes from the key, the token or the service's entry, and from nowhere else."""

    org_id: str
    subject: str
    """`key:<id>`, `user:<sub>` or `service:<id>`: who is named in the audit log. No name, no address."""
    roles: tuple[str, ...] = ()
    scopes: frozenset[str] = frozenset()
    key_id: str | None = None
    """Of an API key; None for tokens and services."""
    limits: KeyLimits = KeyLimits()
    lineage: str | None = None
    """Of a key that replaced others: the id of the first of them."""

    @property
    def key_line(self) -> str | None:
        """The first of the keys that replaced each other; they share budgets."""
        return self.lineage or self.key_id

    @property
    def account(self) -> str:
        """Whose windows, places and private things they are: the subject, and of a key the first of its line."""
        return self.subject if self.lineage is None else f"key:{self.lineage}"

    def needs(self, scope: str) -> None:
        """Nothing, where the scope was given; `renders:*` gives all of a noun, `*` everything.

        Raises:
            Forbidden: it was not.
        """
        if not holds_scope(self.scopes, scope):
            raise Forbidden(f"this needs the scope {scope}", details={"scope": scope})


def covers(given: frozenset[str], scope: str) -> bool:
    """Whether all that `scope` gives is given already; `renders:*` is not covered by `renders:read`."""
    if scope.endswith(":*"):
        noun = scope.partition(":")[0]
        return "*" in given or scope in given or {f"{noun}:read", f"{noun}:write"} <= given
    return scope in given if scope == "*" else holds_scope(given, scope)


def holds_scope(given: Sequence[str] | frozenset[str], scope: str) -> bool:
    """Whether one of the given scopes is this one or covers it."""
    noun = scope.partition(":")[0]
    return any(each in (scope, f"{noun}:*", "*") for each in given)
