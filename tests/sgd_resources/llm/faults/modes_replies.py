"""Replies with status 200 that are none, or odd ones that are."""

from sgd_resources.errors import ProviderRefused
from tests.fakes.fault import UNSAID, Fault
from tests.sgd_resources.llm.faults.mode import (
    GUESSED,
    PAID,
    Booked,
    Mode,
    Right,
    after_text,
    again,
    answer,
    at_once,
    both,
)

_TOO_DEEP = b"[" * 200_000
_REFUSED_AND_PAID = Right("content_filtered", 1, ProviderRefused, PAID)
_AT_ITS_BOUND = answer(GUESSED)


def _hollow(fault: Fault, kind: str) -> Mode:
    """A reply that says nothing was made, and is billed; a stream says it by its end."""
    return Mode(fault, again(kind, PAID), again("empty_reply", PAID))


HOLLOW = {
    "no choices": _hollow(Fault(says="no choices"), "empty_choices"),
    "null choices": _hollow(Fault(says="null choices"), "empty_choices"),
    "no message": _hollow(Fault(says="no message"), "empty_choices"),
    "null text": _hollow(Fault(says="null text"), "empty_reply"),
    "blank text": Mode(
        Fault(says="blank text"),
        again("empty_reply", PAID),
        # blanks are no text yet: nothing has been said that another try would say twice
        again("empty_reply", PAID),
    ),
    "half, then an error": Mode(
        Fault(says="half, then an error"),
        again("provider_error", PAID),
        after_text("provider_error", PAID),
    ),
    "half, then an error, unbilled": Mode(
        Fault(says="half, then an error", has_usage=False),
        again("provider_error", GUESSED),
        after_text("provider_error", GUESSED),
    ),
    "filtered": both(Fault(says="filtered"), _REFUSED_AND_PAID),
    "a tool that was not offered": both(
        Fault(says="calls a tool"),
        again("unasked_tool_call", PAID, opens=False),
    ),
}
NOT_JSON = {
    "page of a proxy": both(Fault(raw=b"<!doctype html><p>hello", page=True), again("garbage")),
    "page that does not say so": both(Fault(raw=b"\n<html>hello</html>"), again("garbage")),
    "nothing": both(Fault(raw=b""), again("empty_body")),
    "no content": both(Fault(204, raw=b""), again("empty_body")),
    "a word": both(Fault(raw=b"hello"), again("garbage", GUESSED)),
    "a list": both(Fault(raw=b"[1]"), again("garbage", GUESSED)),
    "half a document": both(
        Fault(raw=b'{"id":"gen-1","choices":[{"index":0,"mess'),
        again("garbage", GUESSED),
    ),
    "two documents": both(
        Fault(raw=b'{"choices":[]}{"choices":[]}'),
        again("garbage", GUESSED),
    ),
    "nested without end": both(Fault(raw=_TOO_DEEP), again("garbage", GUESSED)),
    "bytes of no text": both(Fault(raw=b'{"id":"\xff\xfe"}'), again("garbage", GUESSED)),
    "garbage with its generation": both(
        Fault(raw=b"{nope", generation_usd_micros=700), again("garbage", Booked(700, "generation"))
    ),
    "broken compression": both(Fault(coding="broken gzip"), again("garbage", GUESSED)),
    "unknown compression": both(
        Fault(coding="unknown"),
        again("garbage", GUESSED),  # it was made, whatever became of it
    ),
    "a bomb": both(Fault(coding="bomb"), at_once("reply_too_large", GUESSED, opens=True)),
}
ODD_BUT_ANSWERS = {
    "no usage": both(Fault(has_usage=False), _AT_ITS_BOUND),
    "no cost": both(Fault(cost=UNSAID), _AT_ITS_BOUND),
    "cost of null": both(Fault(cost=None), _AT_ITS_BOUND),
    "cost below nothing": both(Fault(cost=-1), _AT_ITS_BOUND),
    "cost in words": both(Fault(cost="free"), _AT_ITS_BOUND),
    "cost of a planet": both(Fault(cost=1e9), _AT_ITS_BOUND),
    "cost of true": both(Fault(cost=True), _AT_ITS_BOUND),
    "cost as text": both(Fault(cost="0.0011"), answer()),
    "refuses in words": both(Fault(says="refuses"), answer()),
    "cut at the limit": both(Fault(says="half, then the limit"), answer()),
}
MODES: dict[str, Mode] = {**HOLLOW, **NOT_JSON, **ODD_BUT_ANSWERS}
