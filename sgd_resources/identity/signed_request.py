"""Requests that one service signs for another: HMAC-SHA256 over method, path, query, body hash, time and nonce.

    X-SGD-Service: <service id>      X-SGD-Org: <org>         X-SGD-Timestamp: <seconds since 1970>
    X-SGD-Nonce: <16 to 64 characters>      X-SGD-Content-SHA256: <hex of the body>      X-SGD-Signature: <hex>

What must not live here: where nonces are remembered across processes, or comparing the body's hash with the body.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sgd_resources.errors import Unauthorized

MAX_AGE_S = 300
"""How far a request's time may lie from ours; a nonce is remembered for twice as long."""
EMPTY_SHA256 = hashlib.sha256(b"").hexdigest()
REFUSED = "this signature is not valid"
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True)
class SignedHeaders:
    """What a signed request carries, as it was sent."""

    service: str
    org_id: str
    timestamp: str
    nonce: str
    content_sha256: str
    signature: str


def sign(secret: str, *, method: str, target: str, headers: SignedHeaders) -> str:
    """The signature in hex. `target` is the path with its query, as it goes over the wire."""
    lines = [
        "sgd-hmac-v1", method.upper(), target, headers.content_sha256, headers.timestamp, headers.nonce,
        headers.service, headers.org_id,
    ]  # fmt: skip
    return hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


def verify_signed(
    headers: SignedHeaders,
    *,
    method: str,
    target: str,
    secrets: Mapping[str, str],
    now_s: float,
    take_nonce: Callable[[str, int], bool],
) -> None:
    """Nothing, where the request is the service's own and new.

    Args:
        secrets: by service id.
        take_nonce: (nonce, seconds to remember it) -> False where it was taken before.

    Raises:
        Unauthorized: in the same words whatever is wrong.
    """
    is_formed = (
        _NONCE.fullmatch(headers.nonce)
        and _SHA256.fullmatch(headers.content_sha256)
        and _TIME.fullmatch(headers.timestamp)
    )
    secret = secrets.get(headers.service)
    # an unknown service costs the same comparison, so that ids cannot be told by time
    expected = sign(secret or "\0", method=method, target=target, headers=headers)
    is_same = hmac.compare_digest(expected, headers.signature.lower().encode("ascii", "replace").decode())
    if not (is_formed and secret and is_same and abs(now_s - int(headers.timestamp)) <= MAX_AGE_S):
        raise Unauthorized(REFUSED)
    if not take_nonce(f"{headers.service}:{headers.nonce}", 2 * MAX_AGE_S):
        raise Unauthorized(REFUSED)
