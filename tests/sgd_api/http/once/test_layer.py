"""What becomes of a claim: kept with the answer before the client sees it, or freed."""

from collections.abc import Callable
from typing import Annotated, Any

import anyio
import pytest
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sgd_api.http.once.layer import STATE, OnceLayer
from sgd_api.http.once.shown_once import ShownOnce
from sgd_resources.errors import Unauthorized, Unavailable
from sgd_resources.postgres.rows.work.kept_answers import MOST_BODY_BYTES, Answer


class Noted:
    """A claim that notes what became of it."""

    def __init__(self, *, is_away: bool = False) -> None:
        self.kept: list[Answer] = []
        self.freed = 0
        self.is_away = is_away
        self.account = "key:one"

    def keep(self, answer: Answer) -> None:
        if self.is_away:
            raise Unavailable("away", retry_after_s=1)
        self.kept.append(answer)

    def free(self) -> None:
        self.freed += 1


def claimed(claim: Noted, answer: Callable[[], Response], *, reads: bool = True) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"][STATE].begin(claim)
        if reads:
            await Request(scope, receive).body()
        await answer()(scope, receive, send)

    return OnceLayer(app)


async def served(app: ASGIApp, *pieces: bytes, **scope: Any) -> list[Message]:
    left = list(pieces)
    sent: list[Message] = []

    async def receive() -> Message:
        if not left:
            await anyio.sleep_forever()  # as a client that waits for its answer
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"idempotency-key", b"k"), (b"content-type", b"application/json")]
    whole = {"type": "http", "method": "POST", "path": "/x", "query_string": b"", "headers": headers, **scope}
    await app(whole, receive, send)
    return sent


def told(sent: list[Message]) -> tuple[int, bytes]:
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


async def test_an_answer_is_kept_as_it_is_given() -> None:
    claim = Noted()
    sent = await served(
        claimed(claim, lambda: JSONResponse({"a": 1}, 201, {"Location": "/x/1", "X-Own": "no"})), b"{", b"}"
    )
    assert told(sent) == (201, b'{"a":1}')
    [kept] = claim.kept
    assert (kept.status, kept.body, kept.request_bytes) == (201, '{"a":1}', 2)
    assert kept.headers == {"content-type": "application/json", "location": "/x/1"}
    assert claim.freed == 0


async def test_a_body_that_its_route_does_not_read_is_part_of_what_was_asked() -> None:
    read, unread = Noted(), Noted()
    await served(claimed(read, lambda: JSONResponse({})), b'{"a":', b"1}")
    await served(claimed(unread, lambda: JSONResponse({}), reads=False), b'{"a":', b"1}")
    assert read.kept == unread.kept != []


@pytest.mark.parametrize("status", [400, 404, 409, 413, 429, 500, 503])
async def test_a_refusal_and_a_failure_free_the_key(status: int) -> None:
    claim = Noted()
    assert told(await served(claimed(claim, lambda: JSONResponse({}, status)), b"{}"))[0] == status
    assert (claim.kept, claim.freed) == ([], 1)


async def test_a_request_that_breaks_off_frees_the_key() -> None:
    claim = Noted()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"][STATE].begin(claim)
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        await served(OnceLayer(app), b"{}")
    assert (claim.kept, claim.freed) == ([], 1)


async def test_a_request_that_nobody_read_to_its_end_frees_the_key() -> None:
    claim = Noted()
    await served(claimed(claim, lambda: JSONResponse({}), reads=False), *[b"x" * 400_000] * 4)
    assert (claim.kept, claim.freed) == ([], 1)


async def test_a_body_that_is_refused_once_the_answer_is_known_frees_the_key() -> None:
    claim = Noted()
    inner = claimed(claim, lambda: JSONResponse({}), reads=False)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async def refusing() -> Message:
            raise Unauthorized("the body is not the one that was signed")

        await inner(scope, refusing, send)

    assert told(await served(app, b"{}"))[0] == 200
    assert (claim.kept, claim.freed) == ([], 1)


async def test_a_stream_of_events_goes_through_and_frees_the_key() -> None:
    claim = Noted()
    seen: list[int] = []

    async def events() -> Any:
        for piece in (b"data: 1\n\n", b"data: 2\n\n"):
            seen.append(claim.freed)
            yield piece

    sent = await served(claimed(claim, lambda: StreamingResponse(events(), media_type="text/event-stream")), b"{}")
    assert told(sent) == (200, b"data: 1\n\ndata: 2\n\n")
    assert (claim.kept, claim.freed, seen) == ([], 1, [0, 0])


async def test_a_large_answer_is_given_whole_and_kept_without_its_body() -> None:
    claim = Noted()
    pieces = [b"x" * 600_000, b"y" * 600_000, b"z"]

    async def large() -> Any:
        for piece in pieces:
            yield piece

    sent = await served(claimed(claim, lambda: StreamingResponse(large(), 201, media_type="text/plain")), b"{}")
    assert told(sent) == (201, b"".join(pieces))
    assert [(kept.status, kept.body) for kept in claim.kept] == [(201, None)]
    assert MOST_BODY_BYTES < 1_200_000


async def test_an_answer_that_cannot_be_kept_is_given_all_the_same() -> None:
    claim = Noted(is_away=True)
    assert told(await served(claimed(claim, lambda: JSONResponse({"a": 1})), b"{}")) == (200, b'{"a":1}')


async def test_a_secret_is_given_and_not_kept() -> None:
    class Made(BaseModel):
        key_id: str
        key: Annotated[str | None, ShownOnce()] = None

    class Route:
        response_model = Made
        path = "/x"

    claim = Noted()
    sent = await served(
        claimed(claim, lambda: JSONResponse({"key_id": "k", "key": "sgd_1"}, 201)), b"{}", route=Route()
    )
    assert b"sgd_1" in told(sent)[1]
    assert [kept.body for kept in claim.kept] == ['{"key_id": "k"}']
