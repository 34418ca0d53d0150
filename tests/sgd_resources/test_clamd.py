"""What clamd's replies mean: only a plain OK is clean, only a plain FOUND is a hit, the rest is an outage."""

import pytest

from sgd_resources import clamd
from sgd_resources.clamd import ClamAvScanner, build_scanner
from sgd_resources.errors import Unavailable
from sgd_resources.settings import Settings


def test_ok_is_clean() -> None:
    assert clamd._understood("stream: OK").status == "clean"


def test_found_is_a_hit_with_its_signature() -> None:
    found = clamd._understood("stream: Eicar-Test-Signature FOUND")
    assert (found.status, found.signature) == ("infected", "Eicar-Test-Signature")


@pytest.mark.parametrize(
    "reply",
    ["", "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND", "INSTREAM size limit exceeded. ERROR",
     "stream: OK\nstream: OK", "OK"],
)  # fmt: skip
def test_anything_else_fails_closed(reply: str) -> None:
    with pytest.raises(Unavailable):
        clamd._understood(reply)


def test_no_host_means_no_scanner() -> None:
    assert build_scanner(Settings(clamav_host=None)) is None
    assert isinstance(build_scanner(Settings(clamav_host="clamd", clamav_port=3311)), ClamAvScanner)
