"""Connections that break or stall. Of real sockets `tests/services/llm/test_tcp_faults.py` knows more."""

from sgd_resources.errors import ProviderFailed
from tests.fakes.fault import Fault
from tests.sgd_resources.llm.faults.mode import GUESSED, Booked, Mode, Right, after_text, again, answer, at_once, both

_NOBODY = Right("connect_failed", 2, ProviderFailed, opens="provider")
"""Every model of the provider is behind the same address: the next one is not asked once two tries found nobody."""

BEFORE_AN_ANSWER = {
    "connection refused": both(Fault(line="refused"), _NOBODY),
    "no such name": both(Fault(line="no name"), _NOBODY),
    "reset before the head": both(Fault(line="reset"), again("connection_reset")),
    "closed before the head": both(Fault(line="closed"), again("connection_reset")),
    "stalls before the head": both(Fault(line="stalls"), at_once("timeout", opens=True)),
    "reset after the head": both(Fault(line="reset after the head"), again("truncated")),
    "stalls after the head": both(Fault(line="stalls after the head"), at_once("timeout", opens=True)),
}
IN_AN_ANSWER = {
    "cut, without an id": Mode(
        Fault(line="cut"),
        again("truncated", GUESSED),
        after_text("truncated", GUESSED),
    ),
    "cut, and the generation is told": Mode(
        Fault(line="cut", generation_usd_micros=700),
        again("truncated", Booked(700, "generation")),
        after_text("truncated", Booked(700, "generation")),
    ),
    "cut, and it had cost nothing": Mode(
        Fault(line="cut", generation_usd_micros=0),
        again("truncated", Booked(0, "generation")),
        after_text("truncated", Booked(0, "generation")),
    ),
    "cut, and the generation is never known": Mode(
        Fault(line="cut", is_unknown_generation=True),
        again("truncated", GUESSED),
        after_text("truncated", GUESSED),
    ),
    "stalls in the body": Mode(
        Fault(line="stalls in the body"),
        at_once("timeout", GUESSED, opens=True),
        after_text("timeout", GUESSED),
    ),
    "drips": Mode(
        Fault(line="drips"),
        at_once("timeout", GUESSED, opens=True),
        at_once("timeout", GUESSED, opens=True),
    ),
    "floods": Mode(
        Fault(line="floods"),
        at_once("reply_too_large", GUESSED, opens=True),
        after_text("garbage", GUESSED),
    ),
    "closed after the end, unsaid": both(Fault(line="cut after the end"), answer()),
}
MODES: dict[str, Mode] = {**BEFORE_AN_ANSWER, **IN_AN_ANSWER}
