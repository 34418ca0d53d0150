"""The safe fetcher: no URL, redirect, name or body of a stranger leads it astray."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from sgd_resources.errors import InvalidInput, PayloadTooLarge, SgdError, Unavailable
from sgd_resources.fetch.guarded import FetchPolicy, Response, SafeFetcher, Target, checked_target, is_public
from tests.hostile.hostile_set import SHARED

PUBLIC = "93.184.215.14"
LIST = SHARED / "lists" / "ssrf_dev.jsonl"


class ScriptedResolver:
    """Answers each look-up of a name with the next scripted answer; the last one repeats."""

    def __init__(self, answers: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self._answers = answers
        self._asked: dict[str, int] = {}

    def addresses(self, host: str) -> Sequence[str]:
        scripted = self._answers.get(host, [[]])
        turn = self._asked.get(host, 0)
        self._asked[host] = turn + 1
        return scripted[min(turn, len(scripted) - 1)]


class ScriptedTransport:
    """Redirects as told, then answers; paths below `/behaviour/` misbehave. Remembers where it connected."""

    def __init__(
        self, redirects: Sequence[str] = (), body: bytes = b"hello", headers: Mapping[str, str] | None = None
    ) -> None:
        self._redirects = list(redirects)
        self._body = body
        self._headers = dict(headers or {})
        self.connected: list[str] = []

    def get(self, address: str, target: Target, *, deadline: float) -> Response:
        self.connected.append(address)
        behaviour = target.path.removeprefix("/behaviour/")
        if behaviour in ("tls_bad_cert", "http_0_9"):
            raise Unavailable(behaviour)
        if behaviour == "body_larger_than_cap":
            return Response(200, {}, iter([bytes(1 << 20)] * 300))
        if behaviour == "gzip_bomb_300MB":
            return Response(200, {"content-encoding": "gzip"}, iter([b"packed"]))
        if behaviour == "endless_chunked":
            return Response(200, {}, _drip())
        if self._redirects:
            return Response(302, {"location": self._redirects.pop(0)}, iter(()))
        return Response(200, self._headers, iter([self._body]))


def _drip() -> Iterator[bytes]:
    while True:
        yield b"x"


def fetcher(
    transport: ScriptedTransport, *, dns: Mapping[str, Any] | None = None,
    allowed: Sequence[str] = ("docs.example.com",), max_bytes: int = 1000, max_s: float = 0.2,
) -> SafeFetcher:  # fmt: skip
    policy = FetchPolicy(allowed_hosts=tuple(allowed), max_bytes=max_bytes, max_s=max_s)
    return SafeFetcher(policy, resolver=ScriptedResolver(dns or {"docs.example.com": [[PUBLIC]]}), transport=transport)


def cases() -> list[Any]:
    if not LIST.is_file():
        return []
    loaded = [json.loads(line) for line in LIST.read_text("utf-8").splitlines()]
    return [pytest.param(case, id=f"{index}-{case['why'][:30]}") for index, case in enumerate(loaded)]


@pytest.mark.skipif(not cases(), reason="the evaluation list is not beside the repository (SGD_SHARED names it)")
@pytest.mark.parametrize("case", cases())
def test_every_case_of_the_evaluation_list_is_decided_right(case: dict[str, Any]) -> None:
    transport = ScriptedTransport(case["redirects"])
    safe = fetcher(transport, dns=case["dns"], allowed=case["allowlist"], max_bytes=5_000_000)
    if case["expected"] == "allow":
        assert safe.fetch(case["url"]).data == b"hello"
        assert all(is_public(address) for address in transport.connected)
    else:
        with pytest.raises(SgdError):
            safe.fetch(case["url"])
        assert all(is_public(address) for address in transport.connected)


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    transport = ScriptedTransport()
    fetcher(transport).fetch("https://docs.example.com/guide.pdf")
    assert transport.connected == [PUBLIC]


@pytest.mark.parametrize(
    "url",
    ["https://docs.example.com:444/", "https://docs.example.com:443@evil.test/", "https://[::1]/", "https://1.1/",
     "https://docs.example.com\n.evil.test/", "HTTPS://docs.example.com\\@evil.test", "https://example.com/"],
)  # fmt: skip
def test_odd_spellings_are_refused(url: str) -> None:
    with pytest.raises(InvalidInput):
        checked_target(url, ("docs.example.com",))


def test_host_names_are_compared_in_lower_case() -> None:
    assert checked_target("https://DOCS.Example.com/A", ("docs.example.com",)).url == "https://docs.example.com/A"


def test_a_wildcard_does_not_stand_for_the_name_itself() -> None:
    assert checked_target("https://a.example.org/", ("*.example.org",)).host == "a.example.org"
    with pytest.raises(InvalidInput):
        checked_target("https://example.org/", ("*.example.org",))


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1",
     "fe80::1", "fe80::1%eth0", "fd00::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:7f00:1::", "2001:0:7f00:1::",
     "nonsense"],
)  # fmt: skip
def test_addresses_that_lead_inwards_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_packed_body_is_refused_not_unpacked(encoding: str) -> None:
    packed = ScriptedTransport(body=b"x", headers={"content-encoding": encoding})
    with pytest.raises(Unavailable, match="packed"):
        fetcher(packed).fetch("https://docs.example.com/")


def test_a_body_that_says_it_is_not_packed_is_taken_as_it_is() -> None:
    plain = ScriptedTransport(body=b"x", headers={"content-encoding": "identity"})
    assert fetcher(plain).fetch("https://docs.example.com/").data == b"x"


def test_a_stated_length_over_the_cap_is_not_read() -> None:
    with pytest.raises(PayloadTooLarge):
        fetcher(ScriptedTransport(headers={"content-length": "1001"})).fetch("https://docs.example.com/")


def test_redirects_end() -> None:
    with pytest.raises(InvalidInput, match="redirects"):
        fetcher(ScriptedTransport(["/next"] * 9)).fetch("https://docs.example.com/")


def test_a_slow_body_ends_at_the_deadline() -> None:
    started = time.monotonic()
    with pytest.raises(Unavailable):
        fetcher(ScriptedTransport(), max_bytes=10**9).fetch("https://docs.example.com/behaviour/endless_chunked")
    assert time.monotonic() > started
