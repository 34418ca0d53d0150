"""What the operator's keys may still spend is told by the provider, or not at all."""

import pytest

from sgd_resources.errors import ProviderFailed
from sgd_resources.llm.doctor import _credit
from sgd_resources.llm.wire.transport import HttpReply
from tests.fakes.transport import FakeTransport


class Told(FakeTransport):
    """Answers every question with one status and body."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__()
        self.reply = HttpReply(status, {}, body)

    async def send(
        self, method: str, path: str, *, body: bytes | None = None, timeout_s: float, max_bytes: int
    ) -> HttpReply:
        return self.reply


@pytest.mark.parametrize(
    ("status", "body", "left"),
    [
        (200, b'{"data": {"limit_remaining": 12.5}}', 12.5), (200, b'{"data": {"limit_remaining": null}}', None),
        (200, b"[]", None), (404, b"no such page", None),
    ],
)  # fmt: skip
async def test_the_credit_is_what_the_provider_says_of_the_key(status: int, body: bytes, left: float | None) -> None:
    assert await _credit(Told(status, body)) == left


async def test_a_provider_that_cannot_be_asked_is_not_one_without_a_limit() -> None:
    away = FakeTransport()
    away.is_down = True
    for transport in (away, Told(200, b"<html>")):
        with pytest.raises(ProviderFailed):
            await _credit(transport)
