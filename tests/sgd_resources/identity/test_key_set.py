"""An issuer's keys: rotation works, and made-up ids cost nothing."""

import http.client
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from sgd_resources.errors import Unavailable
from sgd_resources.identity import jwks_address
from sgd_resources.identity.key_set import COOL_DOWN_S, MAX_AGE_S, MOST_STALE_S, KeySet, read_keys
from tests.sgd_resources.identity.issuer import jwk, jwks


class Issuer:
    """Counts what it is asked, and can be away."""

    def __init__(self, *names: str) -> None:
        self.names = list(names)
        self.now = 0.0
        self.is_away = False
        self.asked = 0
        self.keys = KeySet(self.fetch, clock=lambda: self.now)

    def fetch(self) -> bytes:
        self.asked += 1
        if self.is_away:
            raise Unavailable("away")
        return jwks(*(jwk(name) for name in self.names))


def test_a_thousand_unknown_ids_cost_one_fetch_in_a_cool_down() -> None:
    issuer = Issuer("k1")
    together = threading.Barrier(8)

    def ask(number: int) -> bool:
        if number < 8:
            together.wait()
        return issuer.keys.find(f"made-up-{number}") is None

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(1_000)))
    assert issuer.asked == 1

    issuer.now = COOL_DOWN_S
    assert issuer.keys.find("another") is None
    assert issuer.asked == 2


def test_a_rotated_key_is_found_and_a_withdrawn_one_is_not_believed_any_longer() -> None:
    issuer = Issuer("k1")
    assert issuer.keys.find("k1") is not None
    issuer.names, issuer.now = ["k2"], COOL_DOWN_S
    assert issuer.keys.find("k2") is not None
    assert issuer.keys.find("k1") is None


def test_a_withdrawn_key_ends_after_a_while_though_nobody_asks_for_an_unknown_one() -> None:
    issuer = Issuer("k1")
    assert issuer.keys.find("k1") is not None
    issuer.names, issuer.now = ["k2"], MAX_AGE_S
    assert issuer.keys.find("k1") is None


def test_an_issuer_that_is_away_locks_nobody_out_for_a_day() -> None:
    issuer = Issuer("k1")
    assert issuer.keys.find("k1") is not None
    issuer.is_away, issuer.now = True, MAX_AGE_S + 1
    assert issuer.keys.find("k1") is not None
    issuer.now = MOST_STALE_S
    with pytest.raises(Unavailable):
        issuer.keys.find("k1")


def test_an_issuer_that_is_away_from_the_start_is_asked_once_in_a_cool_down() -> None:
    issuer = Issuer("k1")
    issuer.is_away = True
    for _ in range(50):
        with pytest.raises(Unavailable):
            issuer.keys.find("k1")
    assert issuer.asked == 1
    issuer.is_away, issuer.now = False, COOL_DOWN_S
    assert issuer.keys.find("k1") is not None


@pytest.mark.parametrize("entry", [
    {"kty": "oct", "k": "c2VjcmV0"}, {"use": "enc"}, {"alg": "RS512"}, {"key_ops": ["sign"]}, {"n": "AQAB"}, {"n": 7},
    {"e": ""}, {"key_ops": "verify"}, {"key_ops": 5}, {"key_ops": True}, {"kid": 7}, {"kid": ""}, {"kid": None},
    {"kty": "EC"},
])  # fmt: skip
def test_only_rsa_signature_keys_with_an_id_are_read(entry: dict[str, object]) -> None:
    assert set(read_keys(jwks({**jwk("bad"), **entry}, jwk("good")))) == {"good"}


def test_a_short_key_and_two_keys_of_one_id_are_not_believed() -> None:
    assert (
        set(read_keys(jwks(jwk("short", 1_024), {**jwk("one"), "kid": "same"}, {**jwk("two"), "kid": "same"}))) == set()
    )


@pytest.mark.parametrize("value", [5, True, None, 1.5, "x", "\u00e9", "", [], [1], {}, {"a": 1}, "A" * 100_000])
@pytest.mark.parametrize("name", ["kty", "kid", "use", "alg", "n", "e", "key_ops"])
def test_an_entry_that_is_wrong_in_any_way_spoils_no_other(name: str, value: object) -> None:
    assert "good" in read_keys(jwks({**jwk("bad"), name: value}, jwk("good")))


@pytest.mark.parametrize(
    "fault", [http.client.BadStatusLine("x"), http.client.IncompleteRead(b""), http.client.LineTooLong("header"),
              http.client.HTTPException("headers"), TimeoutError(), ValueError("chunk")],
)  # fmt: skip
def test_an_answer_that_is_no_http_is_told_as_an_outage(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(jwks_address._OPENER, "open", fails)
    with pytest.raises(Unavailable):
        jwks_address.fetch_jwks("https://issuer.example/keys")


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"[]",
        b"{}",
        b'{"keys": 3}',
        b'{"keys": {"a": 1}}',
        b'{"keys": "abc"}',
        b"\xff",
        b'{"keys":' + b"[" * 100_000,
    ],
)
def test_what_is_no_jwks_document_is_told_as_an_outage(document: bytes) -> None:
    with pytest.raises(Unavailable):
        read_keys(document)
