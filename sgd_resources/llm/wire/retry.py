"""Whether, and when, a failed try is made again: by kind of failure, full jitter, Retry-After, one total deadline.

What must not live here: sending, or choosing the next model (`gateway.py`).
"""

import random
import time
from collections.abc import Callable

from sgd_resources.llm.policy.policy_file import RetryPolicy
from sgd_resources.llm.wire.replies import CallFailed
from sgd_resources.llm.wire.transport import TransportFailed

_KIND_OF_TRANSPORT = {
    "connect": "connect_failed", "timeout": "timeout", "reset": "connection_reset", "truncated": "truncated",
    "too_large": "reply_too_large", "garbage": "garbage", "tls": "tls_failed",
}  # fmt: skip


class Deadline:
    """One moment after which nothing more is tried."""

    def __init__(self, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends_at = clock() + seconds

    def left_s(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self._ends_at - self._clock())


def pause_s(
    policy: RetryPolicy, failed: CallFailed, tries: int, left_s: float, *, draw: Callable[[], float] = random.random
) -> float | None:
    """Seconds to wait before the same model is asked again, or None when it is not to be asked.

    Args:
        policy: of the whole file.
        failed: the last try.
        tries: made with this model so far.
        left_s: of the total deadline.
        draw: random numbers in [0, 1).
    """
    if not failed.is_retryable or tries >= policy.max_attempts:
        return None
    ceiling = min(policy.cap_ms, policy.backoff_ms * 2 ** (tries - 1)) / 1000
    wait = ceiling * draw() if policy.has_jitter else ceiling
    if failed.retry_after_s is not None:
        wait = max(wait, failed.retry_after_s)
    return wait if wait < left_s else None


def of_transport(error: TransportFailed) -> CallFailed:
    """A broken exchange as a failed try. It may have been billed once a byte of the answer's body had come."""
    kind = _KIND_OF_TRANSPORT[error.kind]
    # A second wait of the same length for the same slow model is rarely worth a second bill.
    is_retryable = error.kind in {"connect", "reset", "truncated", "garbage"}
    return CallFailed(
        kind,
        str(error),
        is_retryable=is_retryable,
        tries_next=error.kind != "tls",
        charge="unknown" if error.body_began else "none",
        generation_id=error.generation_id,
    )
