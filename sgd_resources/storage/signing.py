"""Signed URLs for objects on local disk: HMAC-SHA256 over method, key, org, expiry and file name.

`UrlSigner.sign` makes `/assets/{key}?org=..&method=..&expires=..&filename=..&signature=..`; the API's route calls
`UrlSigner.verify` and serves what it names. What must not live here: HTTP, or reading the object.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode

from sgd_resources.errors import Forbidden, InvalidInput
from sgd_resources.storage.keys import org_prefix, validate_key

MAX_EXPIRY_S = 900
ASSETS_PATH = "/assets/"
_CONTEXT = "sgd-signed-url-v1"
_METHODS = ("GET", "PUT")


@dataclass(frozen=True)
class SignedGrant:
    """What a verified URL allows."""

    key: str
    org_id: str
    method: Literal["GET", "PUT"]
    expires_at: int
    """Unix seconds (UTC)."""
    filename: str | None = None


class UrlSigner:
    """Makes and checks signed URLs with one secret.

    Args:
        secret: at least 32 bytes; every API process shares it.
        base_url: how clients reach the API, without a trailing slash; empty gives a path only.
        clock: Unix seconds, replaced in tests.
    """

    def __init__(self, secret: bytes, *, base_url: str = "", clock: Callable[[], float] = time.time) -> None:
        if len(secret) < 32:
            raise InvalidInput("the signing key of URLs must have at least 32 bytes")
        self._secret = secret
        self._base_url = base_url.rstrip("/")
        self._clock = clock

    def sign(
        self,
        key: str,
        *,
        org_id: str,
        method: Literal["GET", "PUT"] = "GET",
        expires_in_s: int = MAX_EXPIRY_S,
        filename: str | None = None,
    ) -> str:
        """A URL that allows `method` on `key` for `expires_in_s` seconds.

        Raises:
            InvalidInput: expiry outside 1..900 s, another method, or an unsafe key.
            Forbidden: the key is not the org's.
        """
        check_grant(key, org_id=org_id, method=method, expires_in_s=expires_in_s)
        if filename is not None:
            filename = _encodable(filename)
        grant = SignedGrant(key, org_id, method, int(self._clock()) + expires_in_s, filename)
        query = {"org": org_id, "method": method, "expires": str(grant.expires_at)}
        if filename is not None:
            query["filename"] = filename
        query["signature"] = self._signature(grant)
        return f"{self._base_url}{ASSETS_PATH}{quote(key, safe='/')}?{urlencode(query, quote_via=quote)}"

    def verify(self, key: str, query: Mapping[str, str], *, method: str) -> SignedGrant:
        """The grant of a request for `/assets/{key}` (already unquoted), or a refusal.

        HEAD is allowed where GET is. The signature is compared in constant time before anything else is believed.

        Raises:
            Forbidden: with `details["reason"]`: `missing`, `malformed`, `tampered`, `expired` or `wrong_method`.
                A retry does not help; ask for a new URL.
        """
        grant, signature = _read_query(key, query)
        if not hmac.compare_digest(self._signature(grant).encode(), signature.encode("utf-8", "surrogatepass")):
            raise _refusal("tampered", "the signature does not fit this URL")
        now = self._clock()
        if grant.expires_at <= now:
            raise _refusal("expired", "this URL has expired; ask for a new one")
        if grant.expires_at > now + MAX_EXPIRY_S + 5:
            raise _refusal("tampered", "this URL lives longer than any we sign")
        if ("GET" if method == "HEAD" else method) != grant.method:
            raise _refusal("wrong_method", f"this URL was signed for {grant.method}")
        if not key.startswith(org_prefix(grant.org_id)):
            raise _refusal("tampered", "the key is not this org's")
        return grant

    def _signature(self, grant: SignedGrant) -> str:
        # JSON keeps the fields apart: no choice of values in one can pass for another.
        fields = [_CONTEXT, grant.method, grant.key, grant.org_id, grant.expires_at, grant.filename]
        mac = hmac.new(self._secret, json.dumps(fields).encode("ascii"), hashlib.sha256)
        return base64.urlsafe_b64encode(mac.digest()).rstrip(b"=").decode("ascii")


def check_grant(key: str, *, org_id: str, method: str, expires_in_s: int) -> None:
    """Refuse to sign what no URL may allow; both stores ask this first.

    Raises:
        InvalidInput: expiry outside 1..900 s, another method, or an unsafe key.
        Forbidden: the key is not the org's.
    """
    validate_key(key)
    if method not in _METHODS:
        raise InvalidInput("a signed URL allows GET or PUT")
    if not 1 <= expires_in_s <= MAX_EXPIRY_S:
        raise InvalidInput("a signed URL lives 1 to 900 seconds", details={"max_s": MAX_EXPIRY_S})
    if not key.startswith(org_prefix(org_id)):
        raise Forbidden("this object is not the org's")


def content_disposition(filename: str | None) -> str:
    """An `attachment` header value for a name in any script.

    Source: RFC 6266, section 4.3 and appendix D (`filename*` beside an ASCII fallback).
    """
    if not filename:
        return "attachment"
    bare = _encodable(filename).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(ch for ch in bare if ch.isprintable())[:150]
    fallback = name.encode("ascii", "replace").decode("ascii").replace('"', "'").replace("?", "_").replace("%", "_")
    return f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='')}"


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _read_query(key: str, query: Mapping[str, str]) -> tuple[SignedGrant, str]:
    try:
        org_id, method, expires, signature = (query[name] for name in ("org", "method", "expires", "signature"))
    except KeyError as error:
        raise _refusal("missing", "this URL is not signed") from error
    if method not in _METHODS or not (expires.isascii() and expires.isdigit() and len(expires) <= 12):
        raise _refusal("malformed", "this URL was not made by this service")
    try:
        validate_key(key)
        org_prefix(org_id)
    except InvalidInput as error:
        raise _refusal("malformed", "this URL was not made by this service") from error
    return SignedGrant(key, org_id, method, int(expires), query.get("filename")), signature  # type: ignore[arg-type]  # membership checked above


def _refusal(reason: str, message: str) -> Forbidden:
    return Forbidden(message, details={"reason": reason})
