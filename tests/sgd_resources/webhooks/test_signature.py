"""Signatures are those that receivers' own libraries check."""

import base64
import hashlib
import hmac

from sgd_resources.webhooks.signature import signed_headers

PUBLISHED_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_published_example_gets_its_published_signature() -> None:
    headers = signed_headers(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        b'{"test": 2432232314}',
        sent_at_s=1614265330,
        valid_secrets=[PUBLISHED_SECRET],
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_during_a_rotation_a_message_is_signed_with_both_secrets() -> None:
    new, old = PUBLISHED_SECRET, "whsec_" + base64.b64encode(b"o" * 32).decode()
    body = "ä".encode()
    headers = signed_headers("msg_1", body, sent_at_s=7, valid_secrets=[new, old])
    signatures = headers["webhook-signature"].split(" ")
    for secret, signature in zip((new, old), signatures, strict=True):
        key = base64.b64decode(secret.removeprefix("whsec_"))
        expected = hmac.new(key, b"msg_1.7." + body, hashlib.sha256).digest()
        assert base64.b64decode(signature.removeprefix("v1,")) == expected
