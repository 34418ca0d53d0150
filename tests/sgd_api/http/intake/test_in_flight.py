"""An org's bodies under way have a cap together, others their own, and whoever is refused learns when to come back."""

import pytest
from starlette.types import Message, Receive, Scope, Send

from sgd_api.http.intake.body_layer import BodyLayer
from sgd_api.http.intake.in_flight import BodiesInFlight
from sgd_resources.errors import RateLimited
from sgd_resources.identity.principal import Principal


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_second_body_must_fit_beside_the_first_and_another_org_has_its_own_room() -> None:
    bodies = BodiesInFlight(100)
    first = bodies.enter("acme", 60)
    with pytest.raises(RateLimited) as refused:
        bodies.enter("acme", 41)
    assert refused.value.details == {"max_bytes_in_flight": 100}
    bodies.enter("acme", 40)
    bodies.enter("globex", 100)
    bodies.leave(first)
    assert bodies.bytes_of("acme") == 40
    bodies.enter("acme", 60)


def test_a_body_larger_than_the_cap_passes_alone_and_nothing_beside_it() -> None:
    bodies = BodiesInFlight(100)
    large = bodies.enter("acme", 5_000)
    with pytest.raises(RateLimited):
        bodies.enter("acme", 1)
    bodies.leave(large)
    assert bodies.bytes_of("acme") == 0


def test_a_body_without_a_length_counts_with_what_has_come_of_it() -> None:
    bodies = BodiesInFlight(100)
    growing, other = bodies.enter("acme", None), bodies.enter("acme", 30)
    bodies.note(growing, 70)
    assert bodies.bytes_of("acme") == 100
    with pytest.raises(RateLimited):
        bodies.note(growing, 1)
    bodies.leave(other)
    bodies.note(growing, 1_000)
    # A declared body that comes as declared is never stopped on its way.
    bodies.leave(growing)
    declared = bodies.enter("acme", 90)
    bodies.enter("acme", 10)
    bodies.note(declared, 90)


def test_the_wait_is_until_the_first_body_ends_at_the_pace_it_comes() -> None:
    clock = Clock()
    bodies = BodiesInFlight(100, clock=clock)
    assert bodies.frees_in_s("acme") == 5
    slow, quick = bodies.enter("acme", 50), bodies.enter("acme", 50)
    clock.now += 4
    bodies.note(slow, 1)
    assert bodies.frees_in_s("acme") == 60
    bodies.note(quick, 20)
    assert bodies.frees_in_s("acme") == 6
    bodies.note(quick, 30)
    assert bodies.frees_in_s("acme") == 1


async def _nothing_sent(message: Message) -> None:
    raise AssertionError(message)


def _scope(method: str = "POST", length: bytes | None = b"4", caller: str | None = "acme") -> Scope:
    state = {} if caller is None else {"caller": Principal(org_id=caller, subject="k")}
    headers = [] if length is None else [(b"content-length", length)]
    return {"type": "http", "method": method, "headers": headers, "state": state}


async def _four_bytes() -> Message:
    return {"type": "http.request", "body": b"body", "more_body": False}


@pytest.mark.parametrize(
    ("scope", "counted"),
    [
        (_scope(), 4), (_scope(length=None), 4), (_scope(length=b"40"), 40), (_scope(length=b"x"), 4),
        (_scope("GET"), 0), (_scope(caller=None), 0),
    ],
)  # fmt: skip
async def test_a_body_of_a_known_caller_counts_until_its_request_is_answered(scope: Scope, counted: int) -> None:
    bodies, seen = BodiesInFlight(100), []

    async def app(_: Scope, receive: Receive, send: Send) -> None:
        await receive()
        seen.append(bodies.bytes_of("acme"))
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await BodyLayer(app, bodies)(scope, _four_bytes, _nothing_sent)
    assert (seen, bodies.bytes_of("acme")) == ([counted], 0)


async def test_a_body_that_does_not_fit_is_refused_before_a_byte_of_it_is_read() -> None:
    bodies, read = BodiesInFlight(100), []
    bodies.enter("acme", 97)

    async def app(_: Scope, receive: Receive, send: Send) -> None:
        await receive()

    async def never() -> Message:
        read.append(1)
        return await _four_bytes()

    with pytest.raises(RateLimited):
        await BodyLayer(app, bodies)(_scope(), never, _nothing_sent)
    assert (read, bodies.bytes_of("acme")) == ([], 97)
