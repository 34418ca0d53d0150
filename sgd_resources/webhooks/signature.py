"""Signs messages the way of Standard Webhooks 1.0, symmetric (`v1`), with every secret that is valid now.

Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md (2026-11). The
library `standardwebhooks` does the same in twenty lines and takes one secret at a time. What must not live here:
sending, or making secrets (`secrets.py`).
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence

_MARK = "whsec_"


def signed_headers(message_id: str, body: bytes, *, sent_at_s: int, valid_secrets: Sequence[str]) -> Mapping[str, str]:
    """The three headers of one message.

    Args:
        message_id: the same at every try; receivers know a repeat by it.
        body: as it is sent, byte for byte.
        sent_at_s: Unix time of this try, in seconds.
        valid_secrets: at least one; during a rotation the new one and the old one.
    """
    to_sign = f"{message_id}.{sent_at_s}.".encode() + body
    signatures = [
        "v1," + base64.b64encode(hmac.new(_key(secret), to_sign, hashlib.sha256).digest()).decode()
        for secret in valid_secrets
    ]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(sent_at_s),
        "webhook-signature": " ".join(signatures),
    }


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(_MARK), validate=True)
