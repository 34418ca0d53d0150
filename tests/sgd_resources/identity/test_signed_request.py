"""Requests that services sign: everything is covered, nothing is taken twice."""

from dataclasses import replace

import pytest

from sgd_resources.errors import Unauthorized
from sgd_resources.identity.signed_request import EMPTY_SHA256, MAX_AGE_S, SignedHeaders, sign, verify_signed

NOW = 1_800_000_000
UNSIGNED = SignedHeaders("web", "acme", str(NOW), "nonce-0123456789ab", EMPTY_SHA256, "")
GOOD = replace(UNSIGNED, signature=sign("secret", method="GET", target="/renders?limit=5", headers=UNSIGNED))


class Nonces:
    """Remembers what was taken."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def take(self, nonce: str, _: int) -> bool:
        is_new = nonce not in self.taken
        self.taken.add(nonce)
        return is_new


def verify(headers: SignedHeaders, nonces: Nonces, *, method: str = "GET", target: str = "/renders?limit=5") -> None:
    verify_signed(headers, method=method, target=target, secrets={"web": "secret"}, now_s=NOW, take_nonce=nonces.take)


def test_a_request_is_taken_once() -> None:
    nonces = Nonces()
    verify(GOOD, nonces)
    with pytest.raises(Unauthorized):
        verify(GOOD, nonces)


@pytest.mark.parametrize("other", [
    {"service": "other"}, {"org_id": "globex"}, {"timestamp": str(NOW + 1)}, {"nonce": "nonce-0123456789ac"},
    {"content_sha256": "0" * 64}, {"signature": "0" * 64}, {"signature": ""}, {"signature": "é"}, {"nonce": "short"},
    {"timestamp": "now"}, {"content_sha256": "X"},
])  # fmt: skip
def test_whatever_is_changed_is_refused_and_uses_up_no_nonce(other: dict[str, str]) -> None:
    nonces = Nonces()
    with pytest.raises(Unauthorized, match="not valid"):
        verify(replace(GOOD, **other), nonces)
    assert nonces.taken == set()


@pytest.mark.parametrize(
    ("method", "target"), [("POST", "/renders?limit=5"), ("GET", "/renders?limit=6"), ("GET", "/audit")]
)
def test_another_method_or_address_is_refused(method: str, target: str) -> None:
    with pytest.raises(Unauthorized):
        verify(GOOD, Nonces(), method=method, target=target)


@pytest.mark.parametrize("away_s", [-MAX_AGE_S - 1, MAX_AGE_S + 1])
def test_an_old_request_or_one_to_come_is_refused(away_s: int) -> None:
    late = replace(UNSIGNED, timestamp=str(NOW + away_s))
    signed = replace(late, signature=sign("secret", method="GET", target="/renders?limit=5", headers=late))
    with pytest.raises(Unauthorized):
        verify(signed, Nonces())
