"""Fetches the JWKS document of the issuer that the operator configured.

Plain http is for this machine only. What must not live here: what the document says, or addresses out of tokens.
"""

import http.client
import ipaddress
import urllib.request
from urllib.parse import urlsplit

from sgd_resources.errors import InvalidInput, Unavailable

_MAX_BYTES = 1_000_000
_TIMEOUT_S = 5.0


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:  # a redirect is then raised as the error it is
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


def check_jwks_url(url: str) -> str:
    """The address itself.

    Raises:
        InvalidInput: not https, and not http to this machine.
    """
    try:
        parts = urlsplit(url)
        is_usable = bool(parts.hostname) and not parts.username
    except ValueError:
        is_usable = False
    if not is_usable or not (parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname or ""))):
        raise InvalidInput("the address of a token issuer's keys is https, or http on this machine")
    return url


def fetch_jwks(url: str) -> bytes:
    """The document's bytes.

    Raises:
        Unavailable: no answer in five seconds, another status than 200, or more than a megabyte.
        InvalidInput: as `check_jwks_url`.
    """
    request = urllib.request.Request(check_jwks_url(url), headers={"Accept": "application/json"})  # noqa: S310  # the scheme was checked
    try:
        with _OPENER.open(request, timeout=_TIMEOUT_S) as answer:
            body: bytes = answer.read(_MAX_BYTES + 1)
            status = answer.status
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Unavailable("the token issuer's keys cannot be fetched") from error
    if status != 200 or len(body) > _MAX_BYTES:
        raise Unavailable("the token issuer's keys cannot be fetched")
    return body


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
