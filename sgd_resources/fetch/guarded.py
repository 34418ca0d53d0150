"""Fetches a reference URL of a stranger without being led anywhere else.

`https` on port 443 to allowlisted names only; every address of the name must be public; the connection goes to the
address that was checked; each redirect is checked like a first URL; bytes and time are capped. Nothing is unpacked: a
body that comes packed is refused. What must not live here: judging what was fetched (that is the evidence gate's).
"""

import ipaddress
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urljoin

from sgd_resources.errors import InvalidInput, PayloadTooLarge, Unavailable
from sgd_resources.ports import Fetched

_URL = re.compile(r"https://(?P<host>[A-Za-z0-9.-]{1,253})(?::443)?(?P<path>[/?#][\x21-\x7e]*)?\Z", re.I)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z")
_NUMERIC_LABEL = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)\Z")
_LOOKUPS = 3
"""A name that answers with a public address once and a private one next is being rebound; one look would miss it."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_URL_CHARS = 2048
_STEP_BYTES = 1 << 16
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(block)
    for block in (
        "192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10", "198.18.0.0/15", "240.0.0.0/4",
        "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
        "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
    )
)  # fmt: skip
"""Blocks that lead inwards by translation, tunnel or special use, whatever `is_global` says of them.

Source: IANA IPv4 and IPv6 special-purpose address registries (2026-11).
"""


@dataclass(frozen=True)
class FetchPolicy:
    """Where a fetch may go and what it may cost."""

    allowed_hosts: tuple[str, ...] = ()
    """Names in lower case; `*.example.org` stands for any name below example.org, not for itself."""
    max_bytes: int = 20_000_000
    max_s: float = 15.0
    max_redirects: int = 3


@dataclass(frozen=True)
class Target:
    """A checked URL."""

    host: str
    path: str

    @property
    def url(self) -> str:
        """The URL in its one spelling."""
        return f"https://{self.host}{self.path}"


@dataclass(frozen=True)
class Response:
    """One HTTP answer, its body not read yet. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: Iterator[bytes] = field(repr=False)


class Resolver(Protocol):
    """Looks names up."""

    def addresses(self, host: str) -> Sequence[str]:
        """Every A and AAAA address now; empty when there is none. Raises Unavailable."""
        ...


class Transport(Protocol):
    """Speaks HTTPS to one address."""

    def get(self, address: str, target: Target, *, deadline: float) -> Response:
        """Connect to exactly this address, verify the certificate for the target's name, send a GET.

        Args:
            deadline: of `time.monotonic`, also for reading the body.

        Raises:
            Unavailable: no connection, a bad certificate, nonsense instead of HTTP, or too slow.
        """
        ...


class SafeFetcher:
    """Fetches within a policy. Thread-safe when its resolver and transport are."""

    def __init__(self, policy: FetchPolicy, *, resolver: Resolver, transport: Transport) -> None:
        self._policy = policy
        self._resolver = resolver
        self._transport = transport

    def fetch(self, url: str) -> Fetched:
        """The bytes behind the URL.

        Raises:
            InvalidInput: the URL, a redirect or an address is not allowed. A retry does not help.
            PayloadTooLarge: the body passes the cap.
            Unavailable: no answer in time, or no proper one; a packed one is none. Retry.
        """
        deadline = time.monotonic() + self._policy.max_s
        for _ in range(self._policy.max_redirects + 1):
            target = checked_target(url, self._policy.allowed_hosts)
            address = public_address(self._resolver, target.host)
            response = self._transport.get(address, target, deadline=deadline)
            if response.status in _REDIRECTS and "location" in response.headers:
                url = _redirected(target, response.headers["location"])
                continue
            if response.status != 200:
                raise Unavailable("the page did not answer with 200", details={"status": response.status})
            data = self._body(response, deadline)
            return Fetched(target.url, response.headers.get("content-type"), data)
        raise InvalidInput("too many redirects", details={"max_redirects": self._policy.max_redirects})

    def _body(self, response: Response, deadline: float) -> bytes:
        cap = self._policy.max_bytes
        try:
            if int(response.headers.get("content-length", "0")) > cap:
                raise PayloadTooLarge("the page is too large", details={"max_bytes": cap})
        except ValueError as error:
            raise Unavailable("the page states no proper length") from error
        encoding = response.headers.get("content-encoding", "").strip().lower()
        if encoding not in ("", "identity"):
            raise Unavailable("the page is packed, which was not asked for", details={"encoding": encoding[:40]})
        out = bytearray()
        for chunk in response.body:
            out += chunk[: cap - len(out) + 1]
            if len(out) > cap:
                raise PayloadTooLarge("the page is too large", details={"max_bytes": cap})
            if time.monotonic() > deadline:
                raise Unavailable("the page took too long", details={"max_s": self._policy.max_s})
        if time.monotonic() > deadline:
            raise Unavailable("the page took too long", details={"max_s": self._policy.max_s})
        return bytes(out)


def public_address(resolver: Resolver, host: str) -> str:
    """An address of the name to connect to, every one of which is public at each of several looks.

    Raises:
        InvalidInput: one is not. Unavailable: there is none now.
    """
    first: Sequence[str] = ()
    for _ in range(_LOOKUPS):
        found = resolver.addresses(host)
        if not found:
            raise Unavailable("the name has no address", details={"host": host})
        if not all(is_public(address) for address in found):
            raise InvalidInput("the name leads to an address that is not public", details={"host": host})
        first = first or found
    return first[0]


def checked_target(url: str, allowed_hosts: Sequence[str]) -> Target:
    """The URL's host and path, when it is one that may be fetched. Looks nothing up.

    Raises:
        InvalidInput: another scheme or port, user data, an address instead of a name, a name not on the list, or any
            spelling that two readers could take differently.
    """
    target = public_target(url)
    if not any(_matches(target.host, pattern) for pattern in allowed_hosts):
        raise InvalidInput("the host is not on the list of allowed hosts", details={"host": target.host})
    return target


def public_target(url: str) -> Target:
    """The URL's host and path, when it names a host by its domain name, whichever. Looks nothing up.

    Raises:
        InvalidInput: another scheme or port, user data, an address instead of a name, or any spelling that two readers
            could take differently.
    """
    found = _URL.match(url) if len(url) <= _MAX_URL_CHARS else None
    if found is None or "\\" in url:
        raise InvalidInput("a reference URL is https://name/path, on port 443, without user data")
    host = found.group("host").lower()
    labels = host.split(".")
    if len(labels) < 2 or not all(_LABEL.match(label) for label in labels) or _NUMERIC_LABEL.match(labels[-1]):
        raise InvalidInput("the host is not a domain name")
    path = (found.group("path") or "/").partition("#")[0]
    return Target(host, path if path.startswith("/") else f"/{path}")


def is_public(address: str) -> bool:
    """Whether packets to the address can only leave this network."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.scope_id is not None:
        return False
    is_special = any(parsed in block for block in _NOT_PUBLIC if block.version == parsed.version)
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved and not is_special


def _matches(host: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return host.endswith(pattern[1:]) and len(host) > len(pattern) - 1
    return host == pattern


def _redirected(target: Target, location: str) -> str:
    """The next URL; what it says is checked like a first one."""
    if not re.fullmatch(r"[\x21-\x7e]{1,2048}", location) or "\\" in location:
        raise InvalidInput("a redirect to something that is not a URL")
    return urljoin(target.url, location)
