"""What a key may make, replace and end: nothing that is stronger than itself, in scopes, limits, end or budget.

Persons and services are bound by their scopes alone: their limits are not those of keys. What must not live here:
storing keys (`sgd_resources/postgres/rows/keys.py`), or what a request may do (`scopes.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from sgd_resources.errors import Forbidden
from sgd_resources.identity.access_policy import access_policy
from sgd_resources.identity.principal import Principal, covers
from sgd_resources.postgres.rows.keys import ApiKey, KeyRights, list_keys
from sgd_resources.postgres.rows.whole.caps import read_caps


@dataclass(frozen=True)
class KeyBounds:
    """The most that a key made by a caller may have.

    Attributes:
        scopes: of the caller.
        own: the rights of the key that asks; None: a person or a service asks.
        per_min: what holds for keys without a limit of their own.
        is_capped: the key that asks has a budget of its own, which a second key would not draw from.
        made_under: whose windows a key that is made spends of too; None: nobody's.
    """

    scopes: frozenset[str]
    own: KeyRights | None
    per_min: int
    is_capped: bool = False
    made_under: str | None = None

    def of_new(self, asked: KeyRights) -> KeyRights:
        """The rights of a new key: as asked, and where nothing is asked the maker's own limits and end.

        Raises:
            Forbidden: more is asked than the maker has.
        """
        own = self.own or KeyRights()
        given = replace(
            asked,
            per_min=own.per_min if asked.per_min is None else asked.per_min,
            per_hour=own.per_hour if asked.per_hour is None else asked.per_hour,
            expires_at=own.expires_at if asked.expires_at is None else asked.expires_at,
            made_under=self.made_under,
        )
        self.demand(given)
        return given

    def demand(self, rights: KeyRights) -> None:
        """Raises Forbidden where a key of these rights may do more than the caller, more often or for longer."""
        self.demand_scopes(rights.scopes, "a key can be given no scope that its maker has not")
        self.demand_no_cap()
        if self.own is None:
            return
        limits = (
            ("per_min", rights.per_min or self.per_min, self.own.per_min or self.per_min),
            ("per_hour", rights.per_hour, self.own.per_hour),
        )
        for name, wanted, most in limits:
            if most is not None and (wanted is None or wanted > most):
                raise Forbidden("a key can be given no limit above its maker's", details={name: most})
        end = self.own.expires_at
        if end is not None and (rights.expires_at is None or rights.expires_at > end):
            raise Forbidden("a key cannot outlive its maker", details={"expires_at": end.isoformat()})

    def demand_scopes(self, scopes: Sequence[str] | None, refusal: str) -> None:
        """Raises Forbidden where a key of these scopes (None: the policy's for keys) may do what the caller may not."""
        wanted = sorted(access_policy().key_default) if scopes is None else scopes
        beyond = [scope for scope in wanted if not covers(self.scopes, scope)]
        if beyond:
            raise Forbidden(refusal, details={"scopes": beyond})

    def demand_no_cap(self) -> None:
        """Raises Forbidden where the key that asks has a budget of its own."""
        if self.is_capped:
            raise Forbidden(
                "a key with a budget of its own makes and replaces no keys, for theirs would not be its own"
            )


def bounds_of(connection: Connection, caller: Principal, *, per_min: int) -> KeyBounds:
    """The caller's bounds, as the database has them now.

    Args:
        connection: inside a transaction of the caller's org.
        caller: who asks.
        per_min: what the settings give to keys without a limit of their own.

    Raises:
        Forbidden: the key that asks is gone.
    """
    if caller.key_id is None:
        return KeyBounds(caller.scopes, None, per_min)
    own = key_of(connection, caller.org_id, caller.key_id)
    if own is None or own.revoked_at is not None:
        raise Forbidden("the key that asks was revoked")
    is_capped = ("key", caller.key_id) in read_caps(connection, caller.org_id).parts
    is_limited = (own.per_min, own.per_hour) != (None, None)
    return KeyBounds(
        caller.scopes, rights_of(own), per_min, is_capped, own.made_under or (own.line if is_limited else None)
    )


def key_of(connection: Connection, org_id: str, key_id: str) -> ApiKey | None:
    """One key of the org."""
    return next((key for key in list_keys(connection, org_id) if key.key_id == key_id), None)


def rights_of(key: ApiKey) -> KeyRights:
    """What a stored key may do, how often, and until when."""
    scopes = None if key.scopes is None else tuple(key.scopes)
    return KeyRights(key.team, scopes, key.expires_at, key.per_min, key.per_hour, key.made_under)
