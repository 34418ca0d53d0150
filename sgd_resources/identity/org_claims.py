"""Which org and roles a session token's claims name, in both of the forms that Clerk writes.

Version 1: `org_id`, `org_role` ("org:admin"). Version 2: `o: {id, rol}`. Either form, or both if they agree; `roles` is
a claim that an issuer's own template may add. What must not live here: whether the token is good.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sgd_resources.identity.compact_token import TokenRefused

_ROLE_MARK = "org:"
_MOST_ROLES = 50


@dataclass(frozen=True)
class OrgClaims:
    """The issuer's name of the org, None outside of any; roles without their mark."""

    org_id: str | None
    roles: tuple[str, ...]
    is_pending: bool


def read_org(claims: Mapping[str, Any]) -> OrgClaims:
    """What the claims say of the org.

    Raises:
        TokenRefused: both forms are there and differ, or one of them is not text.
    """
    second = claims.get("o")
    if second is not None and not isinstance(second, dict):
        raise TokenRefused("o is no object")
    compact = second or {}
    org_id = _agreed("org", _text(claims, "org_id"), _text(compact, "id"))
    role = _agreed("role", _role(_text(claims, "org_role")), _role(_text(compact, "rol")))
    listed = claims.get("roles") or []
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed) or len(listed) > _MOST_ROLES:
        raise TokenRefused("roles are no list of names")
    roles = tuple(dict.fromkeys(each for each in [role, *map(_role, listed)] if each))
    return OrgClaims(org_id, roles, claims.get("sts") == "pending")


def _text(claims: Mapping[str, Any], name: str) -> str | None:
    value = claims.get(name)
    if value is not None and not isinstance(value, str):
        raise TokenRefused(f"{name} is no text")
    return value or None


def _role(value: str | None) -> str | None:
    return value.removeprefix(_ROLE_MARK) if value else None


def _agreed(what: str, one: str | None, other: str | None) -> str | None:
    if one and other and one != other:
        raise TokenRefused(f"two {what}s")
    return one or other
