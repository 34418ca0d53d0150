"""Replies as other servers write them: read where the meaning is clear, refused with the right kind where it is not."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgd_resources.llm.call.attempts import _counted
from sgd_resources.llm.wire.openrouter import parse_chat, parse_images
from sgd_resources.llm.wire.refusals import refusal, status_inside
from sgd_resources.llm.wire.replies import CallFailed, Reply
from sgd_resources.llm.wire.sse import Events, StreamReader, data_lines, read_whole
from sgd_resources.llm.wire.transport import HttpStream, TransportFailed
from tests.fakes.openrouter import png

PNG = base64.b64encode(png()).decode()
USAGE = {"total_tokens": 18, "cost": 0.0012, "prompt_tokens": 11, "prompt_tokens_details": None}
MICROS = 1_200


def _chat(message: Any = None, **changes: Any) -> dict[str, Any]:
    body = {
        "usage": USAGE,
        "choices": [{"message": message or {"content": "Hello", "role": "assistant"}, "finish_reason": "stop"}],
        "created": 1.7e9,
        "id": None,
        "error": None,
    }
    return {**body, **changes}


def _picture(url: Any) -> dict[str, Any]:
    return _chat({"content": None, "images": [{"type": "image_url", "image_url": {"url": url}}]})


def _raw(body: Any) -> bytes:
    return json.dumps(body).encode()


READ: dict[str, tuple[bytes, str, int | None]] = {
    "nulls and other orders": (_raw(_chat()), "Hello", MICROS),
    "byte order mark": (b"\xef\xbb\xbf" + _raw(_chat()), "Hello", MICROS),
    "space around": (b"\n  " + _raw(_chat()) + b"\n", "Hello", MICROS),
    "cost as text": (_raw(_chat(usage={"cost": "0.0012"})), "Hello", MICROS),
    "cost not a number": (_raw(_chat()).replace(b"0.0012", b"NaN"), "Hello", None),
    "cost too large": (_raw(_chat(usage={"cost": 10**30})), "Hello", None),
    "cost negative": (_raw(_chat(usage={"cost": -0.1})), "Hello", None),
    "no usage": (_raw(_chat(usage=None)), "Hello", None),
    "usage as list": (_raw(_chat(usage=[])), "Hello", None),
    "half a surrogate pair": (_raw(_chat({"content": "a\ud800b"})), "a\ufffdb", MICROS),
    "a whole surrogate pair": (_raw(_chat({"content": "a\U0001f600b"})), "a\U0001f600b", MICROS),
    "parts": (_raw(_chat({"content": [{"type": "text", "text": "Hel"}, "lo"]})), "Hello", MICROS),
    "empty error": (_raw(_chat(error={})), "Hello", MICROS),
    "text beside the choice": (_raw(_chat(choices=[{"text": "Hello", "finish_reason": "stop"}])), "Hello", MICROS),
    "tool call without text": (_raw(_chat({"content": None, "tool_calls": [{"id": "1"}]})), "", MICROS),
    "a stream nobody asked for": (
        b'data: {"choices":[{"delta":{"content":"Hello"},"finish_reason":"stop"}],"usage":{"cost":0.0012}}\n\n'
        b"data: [DONE]\n\n",
        "Hello",
        MICROS,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_a_reply_in_another_dress_is_read(name: str) -> None:
    raw, text, cost = READ[name]
    reply = read_whole(200, {}, raw)
    assert (reply.text, reply.usage.cost_usd_micros) == (text, cost)


FAILED: dict[str, tuple[int, bytes, str, bool]] = {
    "error as text": (400, _raw({"error": "bad"}), "invalid_request", False),
    "message alone": (429, _raw({"message": "slow"}), "rate_limited", True),
    "code as text": (429, _raw({"error": {"code": "429"}}), "rate_limited", True),
    "page": (502, b"<html>", "provider_error", True),
    "list": (500, _raw([{"error": 1}]), "provider_error", True),
    "nothing": (503, b"", "provider_unavailable", True),
    "redirect": (307, b"", "unknown_status", False),
    "200 with error text": (200, _raw({"error": "boom"}), "provider_error", True),
    "200 with code as text": (200, _raw({"error": {"code": "429"}}), "rate_limited", True),
    "200 with code as float": (200, _raw({"error": {"code": 429.0}}), "rate_limited", True),
    "200 with code as word": (200, _raw({"error": {"code": "rate_limit_exceeded"}}), "rate_limited", True),
    "200 with type": (200, _raw({"error": {"code": None, "type": "insufficient_quota"}}), "payment_required", False),
    "200 with errors": (200, _raw({"errors": [{"message": "x"}]}), "provider_error", True),
    "200 with detail": (200, _raw({"detail": "x", "status": 503}), "provider_unavailable", True),
    "no content": (204, b"", "empty_body", True),
    "null": (200, b"null", "garbage", True),
    "too deep": (200, b"[" * 100_000, "garbage", True),
    "other encoding": (200, '{"a":"\u00e9"}'.encode("latin-1"), "garbage", True),
    "blank answer": (200, _raw(_chat({"content": " \n"})), "empty_reply", True),
    "thought only": (200, _raw(_chat({"content": None, "reasoning": "hm"})), "empty_reply", True),
    "choices null": (200, _raw(_chat(choices=None)), "empty_choices", True),
}  # fmt: skip


@pytest.mark.parametrize("name", FAILED)
def test_a_failure_in_another_dress_has_its_kind(name: str) -> None:
    status, raw, kind, is_retryable = FAILED[name]
    with pytest.raises(CallFailed) as caught:
        read_whole(status, {}, raw)
    assert (caught.value.kind, caught.value.is_retryable) == (kind, is_retryable)


@pytest.mark.parametrize(
    "url",
    [
        f"data:image/png;base64,{PNG}",
        f"DATA:image/PNG;BASE64,{PNG}",
        f"data:image/png;name=a.png;base64,{PNG}",
        f"data:image/jpeg;base64,{PNG}",
        f"data:image/png;base64,{PNG[:20]}\r\n{PNG[20:]}",
        f"data:image/png;base64,{PNG.rstrip('=')}",
        f"data:image/png;base64,{PNG.replace('+', '-').replace('/', '_')}",
        PNG,
    ],
)
def test_a_picture_in_another_dress_is_read(url: str) -> None:
    assert parse_chat(200, {}, _raw(_picture(url))).pictures[0].data == png()
    reply = parse_images(
        200, {}, _raw({"data": [{"b64_json": url, "url": None}], "usage": {"cost": "0.04"}}), model="m"
    )
    assert (reply.pictures[0].data, reply.usage.cost_usd_micros) == (png(), 40_000)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://cdn.test/x.png", "picture_not_inline"),
        ("data:image/svg+xml;utf8,<svg/>", "garbage"),
        ("data:image/avif;base64,AAAAHGZ0eXBhdmlm", "garbage"),
    ],
)
def test_a_picture_that_is_none_or_elsewhere_is_refused_and_what_it_cost_is_known(url: str, kind: str) -> None:
    with pytest.raises(CallFailed) as caught:
        parse_chat(200, {}, _raw(_picture(url)))
    assert (caught.value.kind, caught.value.charge) == (kind, "known")


def _event(delta: Any, finish: str | None = None, **more: Any) -> str:
    return json.dumps({"choices": [{"delta": delta, "finish_reason": finish}], **more}, ensure_ascii=False)


HEAD, GREETING, LAST = (
    _event({"role": "assistant", "content": None}),
    _event({"content": "Grü"}),
    _event({"content": "ße"}, "stop", usage=USAGE),
)
STREAMS = {
    "lf": "".join(f"data: {event}\n\n" for event in (HEAD, GREETING, LAST, "[DONE]")),
    "crlf": "".join(f"data: {event}\r\n\r\n" for event in (HEAD, GREETING, LAST, "[DONE]")),
    "cr": "".join(f"data: {event}\r\r" for event in (HEAD, GREETING, LAST, "[DONE]")),
    "no space, no empty lines": "".join(f"data:{event}\n" for event in (HEAD, GREETING, LAST, "[DONE]")),
    "byte order mark": f"\ufeffdata: {GREETING}\n\ndata: {LAST}\n\ndata: [DONE]\n\n",
    "fields and comments": f": hi\n\nevent: message\nid: 1\nretry: 5\ndata: {GREETING}\n\n:\ndata:\n\ndata: null\n\n"
    f"data: {LAST}\n\ndata: [DONE]\n\n",
    "data over several lines": f"data: {{\ndata: {GREETING[1:]}\n\ndata: {LAST}\n\ndata: [DONE]\n\n",
    "no last line end": f"data: {GREETING}\n\ndata: {LAST}\n\ndata: [DONE]",
    "parts": "".join(
        f"data: {event}\n\n" for event in (_event({"content": [{"type": "text", "text": "Grü"}]}), LAST, "[DONE]")
    ),
    "usage apart, then a poorer one": "".join(
        f"data: {event}\n\n"
        for event in (
            GREETING,
            _event({"content": "ße"}, "stop"),
            json.dumps({"choices": [], "usage": USAGE}),
            json.dumps({"choices": [], "usage": {"prompt_tokens": 1}}),
            "[DONE]",
        )
    ),
}  # fmt: skip


def _read(pieces: list[bytes]) -> Reply:
    async def chunks() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    async def read() -> Reply:
        reader = StreamReader()
        async for payload in data_lines(chunks()):
            reader.feed(payload)
        return reader.finish()

    return asyncio.run(read())


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_in_another_dress_is_read_whole(name: str) -> None:
    reply = _read([STREAMS[name].encode()])
    assert (reply.text, reply.usage.cost_usd_micros, reply.finish_reason) == ("Grüße", MICROS, "stop")


@given(st.sampled_from(sorted(STREAMS)), st.lists(st.integers(0, 600), max_size=12))
def test_where_a_stream_is_cut_makes_no_difference(name: str, cuts: list[int]) -> None:
    raw = STREAMS[name].encode()
    at = [0, *sorted(min(cut, len(raw)) for cut in cuts), len(raw)]
    events, whole = Events(), Events()
    pieces = [payload for start, end in pairwise(at) for payload in events.feed(raw[start:end])]
    assert [*pieces, *events.end()] == [*whole.feed(raw), *whole.end()]


def test_a_stream_that_named_its_end_and_its_usage_is_whole_without_done() -> None:
    reply = _read([STREAMS["lf"].replace("data: [DONE]", "").encode()])
    assert (reply.text, reply.finish_reason, reply.usage.cost_usd_micros) == ("Grüße", "stop", MICROS)


@pytest.mark.parametrize(("events", "is_whole"), [((GREETING, LAST), True), ((GREETING,), False)])
async def test_a_connection_that_breaks_behind_the_end_of_a_stream_took_nothing(
    events: tuple[str, ...], is_whole: bool
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for event in events:
            yield f"data: {event}\n\n".encode()
        raise TransportFailed("truncated", "the reply ended too early", was_sent=True)

    reader = StreamReader()

    async def read() -> None:
        async for payload in data_lines(_counted(HttpStream(200, {}, chunks()), reader)):
            reader.feed(payload)

    if is_whole:
        await read()
        assert reader.finish().text == "Grüße"
    else:
        with pytest.raises(TransportFailed):
            await read()


def test_a_stream_without_done_that_named_only_one_of_them_is_no_success() -> None:
    for event, charge in ((_event({"content": "Hel"}, "stop"), "unknown"), (LAST.replace('"stop"', "null"), "known")):
        with pytest.raises(CallFailed) as caught:
            _read([f"data: {event}\n\n".encode()])
        assert (caught.value.kind, caught.value.charge) == ("truncated", charge)


def test_an_error_event_and_a_filter_end_a_stream_with_their_kind() -> None:
    for raw, kind in (
        ('event: error\ndata: {"message": "boom", "code": 503}\n\n', "provider_unavailable"),
        (f"data: {_event({}, 'content_filter')}\n\ndata: [DONE]\n\n", "content_filtered"),
    ):
        with pytest.raises(CallFailed) as caught:
            _read([raw.encode()])
        assert caught.value.kind == kind


def test_tool_calls_of_a_stream_are_put_together() -> None:
    parts = [
        {"index": 0, "id": "c1", "function": {"name": "draw", "arguments": '{"a"'}},
        {"index": 0, "function": {"arguments": ":1}"}},
    ]
    raw = "".join(f"data: {_event({'tool_calls': [part]})}\n\n" for part in parts) + "data: [DONE]\n\n"
    (call,) = _read([raw.encode()]).tool_calls
    assert call == {"id": "c1", "type": "function", "function": {"name": "draw", "arguments": '{"a":1}'}}


def test_tool_calls_of_a_stream_keep_apart_where_a_server_repeats_or_leaves_out_the_index() -> None:
    for index in ({"index": 0}, {}):
        parts = [
            {**index, "id": name, "function": {"name": "draw", "arguments": f'{{"a":"{name}"}}'}}
            for name in ("c1", "c2")
        ]
        raw = "".join(f"data: {_event({'tool_calls': [part]})}\n\n" for part in parts) + "data: [DONE]\n\n"
        calls = _read([raw.encode()]).tool_calls
        assert [(call["id"], call["function"]["arguments"]) for call in calls] == [
            ("c1", '{"a":"c1"}'),
            ("c2", '{"a":"c2"}'),
        ]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "0.05"}, 0.05),
        ({"retry-after": "-5"}, 0.0),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "999999999999"}, 3_600.0),
        ({"retry-after-ms": "50"}, 0.05),
    ],
)
def test_when_to_come_back_is_read_in_every_form(headers: dict[str, str], seconds: float | None) -> None:
    assert refusal(429, None, headers).retry_after_s == seconds


def test_a_status_inside_is_one_of_errors() -> None:
    codes: list[Any] = [True, 0, 200, 999, None, [], "x"]
    assert {status_inside({"error": {"code": code}}) for code in codes} == {502}


def test_an_event_without_an_end_is_not_judged_again_at_each_of_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[int] = []

    def count(data: list[bytes]) -> bool:
        judged.append(len(data))
        return False

    monkeypatch.setattr("sgd_resources.llm.wire.sse._is_whole", count)
    assert Events().feed(b"data: [1,\n" * 5_000) == []
    assert len(judged) < 100
