"""A try goes to a checked address only, and tells what became of it."""

import base64

import pytest

from sgd_resources.webhooks.sender import WebhookSender
from tests.fakes.webhook_receiver import PUBLIC, Names, Receiver

SECRET = "whsec_" + base64.b64encode(b"s" * 32).decode()


@pytest.mark.parametrize(
    ("status", "is_taken", "is_gone"),
    [(200, True, False), (204, True, False), (302, False, False), (410, False, True), (500, False, False),
     (None, False, False)],
)  # fmt: skip
def test_only_an_answer_of_success_takes_a_message_and_no_redirect_is_followed(
    status: int | None, is_taken: bool, is_gone: bool
) -> None:
    receiver = Receiver(lambda _: status)
    sender = WebhookSender(resolver=Names(), poster=receiver)
    outcome = sender.send("https://hooks.example/in?a=1", "msg_1", b"{}", [SECRET])
    assert (outcome.status, outcome.is_taken, outcome.is_gone) == (status, is_taken, is_gone)
    [got] = receiver.got
    assert (got.address, got.url, got.body) == (PUBLIC, "https://hooks.example/in?a=1", b"{}")
    assert got.headers["webhook-id"] == "msg_1"


@pytest.mark.parametrize("url", ["http://hooks.example/", "https://10.0.0.1/", "https://hooks.example:8443/", "x"])
def test_what_is_no_public_https_name_gets_nothing(url: str) -> None:
    receiver = Receiver()
    outcome = WebhookSender(resolver=Names(), poster=receiver).send(url, "msg_1", b"{}", [SECRET])
    assert (outcome.is_taken, receiver.got) == (False, [])


def test_a_name_that_turns_inwards_gets_nothing() -> None:
    receiver = Receiver()
    names = Names([PUBLIC], ["127.0.0.1"])
    outcome = WebhookSender(resolver=names, poster=receiver).send("https://a.example/", "m", b"{}", [SECRET])
    assert (outcome.is_taken, receiver.got) == (False, [])
