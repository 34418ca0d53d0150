"""At the door of a POST route: the key is claimed, or the answer it stands for is given again.

What must not live here: keeping an answer (`layer.py`).
"""

from dataclasses import dataclass
from datetime import timedelta

import anyio.to_thread
from fastapi import Request, Response
from starlette.requests import ClientDisconnect

from sgd_api.http.intake.pace import pace_of, paced
from sgd_api.http.once.key import idempotency_key, keeps_its_own
from sgd_api.http.once.layer import STATE, Exchange
from sgd_resources.errors import Conflict, InvalidInput, ValidationFailed
from sgd_resources.identity.principal import Principal
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.work import kept_answers
from sgd_resources.postgres.rows.work.kept_answers import Answer
from sgd_resources.settings import Settings

REPLAYED = {"Idempotent-Replayed": "true"}
LONGEST_WORK = timedelta(minutes=15)
"""No route works longer on a request that it has read: 100 analyses, each of at most a minute, many at once."""
_UNTOLD_BYTES = 50_000_000
"""Of a body that does not say how long it is: the largest file that the shipped policy lets in."""
_ROOM_BYTES = 10_000
"""The same form may be longer by its boundaries, each at most 70 characters in at most 100 parts."""


class Replayed(Exception):  # no error: the answer is known already
    """The key has its answer; the app's handler gives it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("answered before")
        self._answer = answer

    def response(self) -> Response:
        """The same status, body and headers, and the mark of a replay."""
        return Response(self._answer.body, self._answer.status, {**self._answer.headers, **REPLAYED})


@dataclass(frozen=True)
class KeyClaim:
    """A key of an org, held by this request."""

    database: Database
    org_id: str
    key: str
    claim_id: str
    account: str
    """Of the caller that claimed it."""

    def keep(self, answer: Answer) -> None:
        """See `layer.Claim`."""
        with self.database.org_transaction(self.org_id) as connection:
            kept_answers.keep(connection, self.org_id, self.key, claim_id=self.claim_id, answer=answer)

    def free(self) -> None:
        """See `layer.Claim`."""
        with self.database.org_transaction(self.org_id) as connection:
            kept_answers.free(connection, self.org_id, self.key, claim_id=self.claim_id)


async def enter_once(request: Request, caller: Principal, database: Database) -> None:
    """Go on if the request has no key, or is the first with it.

    Raises:
        Replayed: the key has its answer, and this is the same request.
        InvalidInput: the key is none.
        ValidationFailed: the key was used with another request, or for what only another caller of the org can read.
        Conflict: the first request still runs, or its answer was too large to be kept.
        TooSlow: the body does not keep the pace.
        Unavailable: the database is away; nothing was done.
    """
    exchange = request.scope["state"].get(STATE)
    if not isinstance(exchange, Exchange) or keeps_its_own(request.scope["route"].dependant):
        return
    key = idempotency_key(request)
    assert key is not None, "the layer saw the header"
    hold = _longest(request, request.app.state.settings)
    found = await anyio.to_thread.run_sync(_claim, database, caller, key, hold)
    if isinstance(found, KeyClaim):
        exchange.begin(found)
    elif found.seen_by not in (None, caller.account):
        raise _refused("this Idempotency-Key was used by another caller of the org for what only that one can read")
    else:
        await _replay(request, exchange, found)


async def _replay(request: Request, exchange: Exchange, answer: Answer) -> None:
    await _read_through(request, exchange, most_bytes=answer.request_bytes + _ROOM_BYTES)
    if exchange.asked.hexdigest() != answer.request_sha256:
        raise _other_request()
    if answer.body is None:
        told = {"status": answer.status, "location": answer.headers.get("location")}
        raise Conflict("this Idempotency-Key has its answer, which was too large to be kept", details=told)
    raise Replayed(answer)


async def _read_through(request: Request, exchange: Exchange, *, most_bytes: int) -> None:
    try:
        async for _ in paced(request.stream(), pace_of(request.app.state.settings)):
            if exchange.asked.size_bytes > most_bytes:
                raise _other_request()
    except ClientDisconnect as error:
        raise InvalidInput("the request ended before its body did") from error


def _claim(database: Database, caller: Principal, key: str, hold: timedelta) -> KeyClaim | Answer:
    org_id = caller.org_id
    with database.org_transaction(org_id) as connection:
        found = kept_answers.claim(connection, org_id, key, hold=hold)
    return KeyClaim(database, org_id, key, found, caller.account) if isinstance(found, str) else found


def _longest(request: Request, settings: Settings) -> timedelta:
    """How long the request can take, its body at the slowest pace that is let in."""
    declared = request.headers.get("content-length", "")
    known = declared.isascii() and declared.isdigit() and len(declared) <= 18
    most = min(int(declared), settings.sgd_org_quota_bytes) if known else _UNTOLD_BYTES
    return LONGEST_WORK + timedelta(seconds=most / settings.sgd_upload_min_bytes_per_s)


def _other_request() -> ValidationFailed:
    return _refused("this Idempotency-Key was used with another body")


def _refused(why: str) -> ValidationFailed:
    return ValidationFailed(why, details={"field": "Idempotency-Key"})
