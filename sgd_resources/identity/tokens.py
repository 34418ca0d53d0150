"""Verifies a session token (JWT, RS256) against an issuer's published keys, and reads whose it is.

`verify_token` is the whole of it, for any issuer that publishes a JWKS document. What must not live here: what the
roles allow (`access_policy.py`), or which org of ours an issuer's org is.
"""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jwt.algorithms import RSAAlgorithm

from sgd_resources.errors import Forbidden, Unauthorized
from sgd_resources.events import warn
from sgd_resources.identity.compact_token import CompactToken, TokenRefused, take_apart
from sgd_resources.identity.jwks_address import fetch_jwks
from sgd_resources.identity.key_set import KeySet
from sgd_resources.identity.org_claims import OrgClaims, read_org

MAX_SKEW_S = 5.0
"""What clocks may differ by."""
REFUSED = "this token is not valid"
"""All that a bad token's sender is told, so that nothing can be learned by trying."""
_MOST_CHARACTERS = 200  # of a subject; it stands in the audit log
_RS256 = RSAAlgorithm(RSAAlgorithm.SHA256)


@dataclass(frozen=True)
class TokenRules:
    """What a token must say.

    Attributes:
        issuer: `iss`, letter for letter.
        authorized_parties: `azp` must be there and be one of these.
        audience: `aud` must name it; None: whatever it says.
    """

    issuer: str
    authorized_parties: frozenset[str]
    audience: str | None = None
    skew_s: float = MAX_SKEW_S


@dataclass(frozen=True)
class TokenIdentity:
    """Whose token it is; `org_id` is the issuer's name of the org."""

    subject: str
    org_id: str
    roles: tuple[str, ...]
    expires_at_s: float


def verify_token(
    token: str,
    *,
    jwks_url: str,
    issuer: str,
    authorized_parties: frozenset[str] | set[str] | list[str],
    audience: str | None = None,
    key_set: KeySet | None = None,
    now_s: float | None = None,
) -> TokenIdentity:
    """One token, by the keys at an address.

    RS256 only; the key is the one that `kid` names at `jwks_url`, and what the token says of keys (`jku`, `x5u`, `jwk`,
    `x5c`) is not read. Without `key_set` the keys are fetched for this call alone: a server makes one
    `KeySet(lambda: fetch_jwks(url))` and passes it each time.

    Raises:
        Unauthorized: no valid token; the same words whatever is wrong.
        Forbidden: a valid token of somebody who is in no org, or whose session is not complete.
        Unavailable: the issuer's keys cannot be read.
    """
    rules = TokenRules(issuer, frozenset(authorized_parties), audience)
    keys = key_set or KeySet(lambda: fetch_jwks(jwks_url))
    return TokenVerifier(rules, keys, clock=time.time if now_s is None else lambda: now_s).verify(token)


class TokenVerifier:
    """Verifies tokens of one issuer. Threads may share it.

    Args:
        clock: seconds since 1970.
    """

    def __init__(self, rules: TokenRules, keys: KeySet, *, clock: Callable[[], float] = time.time) -> None:
        self._rules = rules
        self._keys = keys
        self._clock = clock

    def verify(self, token: str) -> TokenIdentity:
        """As `verify_token`."""
        try:
            taken = take_apart(token)
            self._check_signature(taken)
            expires_at_s = self._check_times(taken.claims)
            subject = self._check_parties(taken.claims)
            org = read_org(taken.claims)
        except TokenRefused as refused:
            warn("auth.token_refused", reason=refused.reason)
            raise Unauthorized(REFUSED) from None
        return TokenIdentity(subject, _entitled(org), org.roles, expires_at_s)

    def _check_signature(self, taken: CompactToken) -> None:
        header = taken.header
        if header.get("alg") != "RS256":
            raise TokenRefused("not RS256")
        if "crit" in header or "b64" in header:
            raise TokenRefused("an extension that is not known")
        if not (isinstance(header.get("typ", "JWT"), str) and header.get("typ", "JWT").upper() == "JWT"):
            raise TokenRefused("not a JWT")
        key_id = header.get("kid")
        key = self._keys.find(key_id) if isinstance(key_id, str) and key_id else None
        if key is None:
            raise TokenRefused("a key that is not the issuer's")
        if not _RS256.verify(taken.signed, key, taken.signature):
            raise TokenRefused("signature")

    def _check_times(self, claims: Mapping[str, Any]) -> float:
        now, skew = self._clock(), self._rules.skew_s
        expires_at_s = _number(claims, "exp")
        if expires_at_s is None or now - skew >= expires_at_s:
            raise TokenRefused("expired")
        for name in ("nbf", "iat"):
            begins = _number(claims, name)
            if begins is not None and now + skew < begins:
                raise TokenRefused(f"{name} is still to come")
        return expires_at_s

    def _check_parties(self, claims: Mapping[str, Any]) -> str:
        if claims.get("iss") != self._rules.issuer:
            raise TokenRefused("issuer")
        azp = claims.get("azp")
        if not isinstance(azp, str) or azp not in self._rules.authorized_parties:
            raise TokenRefused("azp")
        if self._rules.audience is not None:
            audience = claims.get("aud")
            if self._rules.audience not in (audience if isinstance(audience, list) else [audience]):
                raise TokenRefused("audience")
        subject = claims.get("sub")
        if not isinstance(subject, str) or not 0 < len(subject) <= _MOST_CHARACTERS or not subject.isprintable():
            raise TokenRefused("subject")
        return subject


def _number(claims: Mapping[str, Any], name: str) -> float | None:
    """A NumericDate. None where the claim is not there. Raises TokenRefused for text, booleans and the endless."""
    if name not in claims:
        return None
    value = claims[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenRefused(f"{name} is no number")
    try:
        number = float(value)
    except OverflowError as error:
        raise TokenRefused(f"{name} is no time") from error
    if not math.isfinite(number):
        raise TokenRefused(f"{name} is no time")
    return number


def _entitled(org: OrgClaims) -> str:
    if org.is_pending:
        raise Forbidden("this session is not complete yet")
    if org.org_id is None:
        raise Forbidden("this session is in no organisation")
    return org.org_id
