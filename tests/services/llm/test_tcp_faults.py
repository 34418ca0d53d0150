"""Faults of TCP and TLS, by a server of raw bytes: what a client sees only on a real socket. Whole and streamed."""

import json
import shutil
import ssl
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from sgd_resources.errors import ProviderFailed, ProviderRefused, SgdError
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.wire.aiohttp_transport import AiohttpTransport
from tests.fakes.llm import Bench, bench, policy
from tests.services.llm.broken_lines import BrokenLines, Script

ASK = [{"role": "user", "content": "Plan a poster"}]
BOUND, COST = 5_000, 1_100
_DOCUMENT = json.dumps({
    "id": "gen-tcp", "model": "acme/good-1", "choices": [{"finish_reason": "stop", "message": {"content": "Whole."}}],
    "usage": {"prompt_tokens": 1, "completion_tokens": 1, "cost": COST / 1e6},
}).encode()  # fmt: skip


def _event(text: str, finish: str | None = None, **more: Any) -> bytes:
    choice = {"delta": {"content": text}, "finish_reason": finish}
    return b"data: " + json.dumps({"id": "gen-tcp", "choices": [choice], **more}).encode() + b"\n\n"


_END = _event("", "stop", usage={"prompt_tokens": 1, "cost": COST / 1e6}) + b"data: [DONE]\n\n"
HEAD, STREAM = b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"


def _sized(n: int) -> bytes:
    return HEAD + b"content-type: application/json\r\ncontent-length: %d\r\n\r\n" % n


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


CHUNKED = HEAD + b"content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
CHUNKED_STREAM = STREAM + b"transfer-encoding: chunked\r\n\r\n"


def _own_certificate(folder: Path) -> ssl.SSLContext:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip(reason="openssl is not installed")
    key, chain = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", str(key),
         "-out", str(chain), "-subj", "/CN=localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    return context


@dataclass(frozen=True)
class Ends:
    """How a call of one model with two tries ends; None for `kind` is an answer."""

    kind: str | None
    tries: int
    each: int = 0
    error: type[SgdError] = ProviderFailed


BEFORE: dict[str, tuple[Script, Ends]] = {
    "reset before the request was read": (Script(end="reset", before_reading=True), Ends("connection_reset", 2)),
    "reset before the head": (Script(end="reset"), Ends("connection_reset", 2)),
    "closed before the head": (Script(), Ends("connection_reset", 2)),
    "half-closed before the head": (Script(end="half-close"), Ends("connection_reset", 2)),
    "stalls before the head": (Script(end="hold"), Ends("timeout", 1)),
    "half a head": (Script((b"HTTP/1.1 200 OK\r\ncontent-",)), Ends("connection_reset", 2)),
    "a head in drops": (
        Script(tuple(x for letter in b"HTTP/1.1 200 OK\r\nx-long: ab" for x in (bytes([letter]), 0.03))),
        Ends("timeout", 1),
    ),
    "no HTTP at all": (Script((b"SSH-2.0-OpenSSH_9.6\r\n",)), Ends("garbage", 2)),
    "a head without end": (Script((b"HTTP/1.1 200 OK\r\n" + b"x-a: " + b"y" * 100_000,)), Ends("garbage", 2)),
    "two lengths": (
        Script((HEAD + b"content-length: 5\r\ncontent-length: 6\r\n\r\nhello",)),
        Ends("garbage", 2, BOUND),
    ),
}
WHOLE: dict[str, tuple[Script, Ends]] = {
    **BEFORE,
    "reset after the head": (Script((_sized(500), 0.05), "reset"), Ends("truncated", 2)),
    "closed after the head": (Script((_sized(500),)), Ends("truncated", 2)),
    "stalls after the head": (Script((_sized(500),), "hold"), Ends("timeout", 1)),
    "reset in the body": (Script((_sized(500), _DOCUMENT[:60], 0.05), "reset"), Ends("truncated", 2, BOUND)),
    "half-closed in the body": (Script((_sized(500), _DOCUMENT[:60]), "half-close"), Ends("truncated", 2, BOUND)),
    "stalls in the body": (Script((_sized(500), _DOCUMENT[:60]), "hold"), Ends("timeout", 1, BOUND)),
    "a body in drops": (
        Script((_sized(len(_DOCUMENT)), *(x for letter in _DOCUMENT for x in (bytes([letter]), 0.03)))),
        Ends("timeout", 1, BOUND),
    ),
    "a length too large": (
        Script((_sized(len(_DOCUMENT) + 9), _DOCUMENT)),
        Ends("truncated", 2, BOUND),
    ),
    "a length too small": (Script((_sized(len(_DOCUMENT) - 9), 0.05, _DOCUMENT)), Ends("garbage", 2, BOUND)),
    "chunks without their end": (Script((CHUNKED, _chunk(_DOCUMENT))), Ends("truncated", 2, BOUND)),
    # Bytes of a body came, though none that could be read: the answer was made, and may be billed.
    "a chunk of no length": (Script((CHUNKED, 0.05, b"zz\r\n" + _DOCUMENT)), Ends("truncated", 2, BOUND)),
    "a head and a chunk of no length": (Script((CHUNKED + b"zz\r\n" + _DOCUMENT,)), Ends("garbage", 2, BOUND)),
    "a head in two packets, the second with a chunk of no length": (
        Script((CHUNKED[:40], 0.05, CHUNKED[40:] + b"zz\r\n" + _DOCUMENT)),
        Ends("garbage", 2, BOUND),
    ),
    "a first answer of 100 and a chunk of no length": (
        Script((b"HTTP/1.1 100 Continue\r\n\r\n" + CHUNKED + b"zz\r\n" + _DOCUMENT,)),
        Ends("garbage", 2, BOUND),
    ),
    "a refusal and a chunk of no length": (
        Script((CHUNKED.replace(b"200 OK", b"503 Busy") + b"zz\r\n" + _DOCUMENT,)),
        Ends("garbage", 2),
    ),
    "no length, closed at the end": (Script((HEAD + b"connection: close\r\n\r\n", _DOCUMENT)), Ends(None, 1, COST)),
    "half-closed at the end": (Script((_sized(len(_DOCUMENT)), _DOCUMENT), "half-close"), Ends(None, 1, COST)),
    "a first answer of 100": (
        Script((b"HTTP/1.1 100 Continue\r\n\r\n", _sized(len(_DOCUMENT)), _DOCUMENT)),
        Ends(None, 1, COST),
    ),
}
STREAMED: dict[str, tuple[Script, Ends]] = {
    **BEFORE,
    "reset after the head": (Script((CHUNKED_STREAM, 0.05), "reset"), Ends("truncated", 2)),
    "closed after the head": (Script((CHUNKED_STREAM,)), Ends("truncated", 2)),
    "stalls after the head": (Script((CHUNKED_STREAM,), "hold"), Ends("timeout", 1)),
    "a chunk of no length": (
        Script((CHUNKED_STREAM, 0.05, b"zz\r\n" + _event("Hel"))),
        Ends("truncated", 2, BOUND),
    ),
    "a head and a chunk of no length": (
        Script((CHUNKED_STREAM + b"zz\r\n" + _event("Hel"),)),
        Ends("garbage", 2, BOUND),
    ),
    "reset after text": (
        Script((CHUNKED_STREAM, _chunk(_event("Hel")), 0.05), "reset"),
        Ends("truncated", 1, BOUND),
    ),
    "closed after text": (Script((CHUNKED_STREAM, _chunk(_event("Hel")))), Ends("truncated", 1, BOUND)),
    "half-closed after text": (
        Script((CHUNKED_STREAM, _chunk(_event("Hel"))), "half-close"),
        Ends("truncated", 1, BOUND),
    ),
    "stalls after text": (Script((CHUNKED_STREAM, _chunk(_event("Hel"))), "hold"), Ends("timeout", 1, BOUND)),
    "comments for ever": (
        Script((CHUNKED_STREAM, *(x for _ in range(100) for x in (_chunk(b": OPENROUTER PROCESSING\n\n"), 0.03)))),
        Ends("timeout", 1, BOUND),
    ),
    "events in drops": (
        Script((CHUNKED_STREAM, *(_chunk(bytes([letter])) for letter in _event("Hel") + _END), _chunk(b""))),
        Ends(None, 1, COST),
    ),
    "whole, without the last chunk": (Script((CHUNKED_STREAM, _chunk(_event("Hel") + _END))), Ends(None, 1, COST)),
    "whole, then a reset": (Script((CHUNKED_STREAM, _chunk(_event("Hel") + _END)), "reset"), Ends(None, 1, COST)),
    "no chunks, closed at the end": (Script((STREAM + b"\r\n", _event("Hel") + _END)), Ends(None, 1, COST)),
}


async def _ends(made: Bench, server: BrokenLines, surface: str, right: Ends) -> None:
    try:
        if surface == "whole":
            await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        else:
            _ = [event async for event in made.gateway.stream("planner", ASK, caller=Caller("acme"))]
        error: SgdError | None = None
    except SgdError as raised:
        error = raised
    assert type(error) is (right.error if right.kind else type(None)), error
    booked = await made.books()
    rows = made.ledger.rows
    assert [row.error_kind for row in rows] == [right.kind] * right.tries
    assert booked == (0, right.each * right.tries)
    assert [row.cost_usd_micros for row in rows] == [right.each] * right.tries
    assert server.requests in {0, right.tries}


async def _meets(script: Script, right: Ends, surface: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sgd_resources.llm.call.steps.upper_bound_usd_micros", lambda *_, **__: BOUND)
    found = policy()
    one = replace(found.tasks["planner"], models=("acme/good-1",), timeout_s=0.4)
    rules = replace(found, tasks={"planner": one})
    async with (
        BrokenLines(script) as server,
        bench(redis_url, f"http://127.0.0.1:{server.port}/v1", rules=rules) as made,
    ):
        await _ends(made, server, surface, right)


@pytest.mark.parametrize("name", WHOLE)
async def test_a_whole_answer_over_a_broken_line(name: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await _meets(*WHOLE[name], "whole", redis_url, monkeypatch)


@pytest.mark.parametrize("name", STREAMED)
async def test_a_stream_over_a_broken_line(name: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await _meets(*STREAMED[name], "stream", redis_url, monkeypatch)


@pytest.mark.parametrize("surface", ["whole", "stream"])
async def test_a_server_that_speaks_no_tls_is_refused_and_nothing_is_booked(
    surface: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = policy()
    rules = replace(rules, tasks={"planner": replace(rules.tasks["planner"], models=("acme/good-1",))})
    script = Script((b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n",), before_reading=True)
    async with BrokenLines(script) as server:
        wire = AiohttpTransport(f"https://127.0.0.1:{server.port}/v1", "sk-test")
        async with bench(redis_url, transport=wire, rules=rules) as made:
            await _ends(made, server, surface, Ends("tls_failed", 1, error=ProviderRefused))


@pytest.mark.parametrize("surface", ["whole", "stream"])
async def test_a_certificate_nobody_vouches_for_is_refused_and_nothing_is_booked(
    surface: str, redis_url: str, tmp_path: Path
) -> None:
    rules = policy()
    rules = replace(rules, tasks={"planner": replace(rules.tasks["planner"], models=("acme/good-1",))})
    async with BrokenLines(Script(), _own_certificate(tmp_path)) as server:
        wire = AiohttpTransport(f"https://127.0.0.1:{server.port}/v1", "sk-test")
        async with bench(redis_url, transport=wire, rules=rules) as made:
            await _ends(made, server, surface, Ends("tls_failed", 1, error=ProviderRefused))
    assert server.requests == 0


async def test_plain_words_to_a_server_of_tls_are_free(redis_url: str, tmp_path: Path) -> None:
    async with (
        BrokenLines(Script(), _own_certificate(tmp_path)) as server,
        bench(redis_url, f"http://127.0.0.1:{server.port}/v1") as made,
    ):
        with pytest.raises(ProviderFailed):
            await made.gateway.complete("planner", ASK, caller=Caller("acme"))
        assert await made.books() == (0, 0)
