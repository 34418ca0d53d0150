"""One try to hand a message to an org's address: checked anew, to the checked address only, no redirect followed.

What must not live here: which message is due, or what a failed try leads to.
"""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from sgd_resources.errors import InvalidInput, Unavailable
from sgd_resources.fetch.guarded import Resolver, Response, Target, public_address, public_target
from sgd_resources.webhooks.signature import signed_headers

TRY_S = 15.0
"""The specification advises 15 to 30 s for one try."""
_GONE = 410
_USER_AGENT = "sgd-webhooks/1"


class Poster(Protocol):
    """Speaks HTTPS to one address."""

    def post(
        self, address: str, target: Target, body: bytes, headers: Mapping[str, str], *, deadline: float
    ) -> Response:
        """Connect to exactly this address, verify the certificate for the name, post. Raises Unavailable."""
        ...


@dataclass(frozen=True)
class Outcome:
    """What became of one try. `status` is the answer's, None without one; `failure` is empty when it was taken."""

    status: int | None
    failure: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether the receiver has it."""
        return not self.failure

    @property
    def is_gone(self) -> bool:
        """Whether the receiver wants nothing more, ever."""
        return self.status == _GONE


class WebhookSender:
    """Makes tries. Thread-safe when its resolver and poster are."""

    def __init__(self, *, resolver: Resolver, poster: Poster) -> None:
        self._resolver = resolver
        self._poster = poster

    def send(self, url: str, message_id: str, body: bytes, valid_secrets: Sequence[str]) -> Outcome:
        """Never raises for what the receiver or its name does; any answer of 200 to 299 takes the message."""
        headers = {
            "Content-Type": "application/json", "User-Agent": _USER_AGENT,
            **signed_headers(message_id, body, sent_at_s=int(time.time()), valid_secrets=valid_secrets),
        }  # fmt: skip
        try:
            target = public_target(url)
            address = public_address(self._resolver, target.host)
            answer = self._poster.post(address, target, body, headers, deadline=time.monotonic() + TRY_S)
        except (InvalidInput, Unavailable) as error:
            return Outcome(None, error.message)
        _end(answer)
        failure = "" if 200 <= answer.status < 300 else f"the receiver answered {answer.status}"
        return Outcome(answer.status, failure)


def _end(answer: Response) -> None:
    """End the connection; the body is nobody's business, and what breaks in it changes nothing of the answer."""
    with suppress(Unavailable):
        # A generator that never began has nothing to close.
        next(answer.body, None)
    close = getattr(answer.body, "close", None)
    if close is not None:
        close()
