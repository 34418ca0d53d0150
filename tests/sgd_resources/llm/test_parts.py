"""Laws of the small parts: keys, breakers, waits, repair, redaction, screening, prices, policy, alerts."""

import json
import os
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgd_resources.contracts import POLICIES_DIR
from sgd_resources.errors import InvalidInput
from sgd_resources.llm.answers.cache import ResponseCache, cache_key, is_same_model
from sgd_resources.llm.answers.disk_cache import DiskCache
from sgd_resources.llm.answers.structured import judge, repair, response_format
from sgd_resources.llm.call.breaker import Breakers
from sgd_resources.llm.metrics import LlmMetrics
from sgd_resources.llm.money.alerts import tell
from sgd_resources.llm.money.budget import BudgetAlert
from sgd_resources.llm.policy.policy_file import BreakerPolicy, PolicyFile, RetryPolicy, usd_to_micros
from sgd_resources.llm.safety.redaction import Redaction, masked
from sgd_resources.llm.wire.refusals import parse_retry_after
from sgd_resources.llm.wire.replies import CallFailed
from sgd_resources.llm.wire.retry import pause_s

SHARED = Path(os.environ.get("SGD_SHARED", Path(__file__).resolve().parents[4] / "shared"))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
bodies = st.dictionaries(
    st.sampled_from(["model", "messages", "temperature", "seed", "top_p", "stop"]), values, min_size=1
)


def _key(body: dict[str, Any], **changes: Any) -> str:
    arguments: dict[str, Any] = {"org_id": "acme", "task": "draft", "policy_version": 1, "schema": None}
    return cache_key(body, **{**arguments, **changes})


@pytest.mark.slow
@given(body=bodies, other=bodies)
def test_two_bodies_share_a_key_only_when_they_are_equal(body: dict[str, Any], other: dict[str, Any]) -> None:
    is_equal = json.dumps(body, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (_key(body) == _key(other)) == is_equal
    shuffled = list(body.items())
    random.Random(1).shuffle(shuffled)
    assert _key(dict(shuffled)) == _key(body)


@given(body=bodies, name=st.text(min_size=1, max_size=5), value=values)
def test_any_further_parameter_changes_the_key(body: dict[str, Any], name: str, value: Any) -> None:
    if name not in body:
        assert _key({**body, name: value}) != _key(body)


def test_org_task_policy_schema_and_variant_change_the_key() -> None:
    changes: list[dict[str, Any]] = [
        {}, {"org_id": "globex"}, {"task": "planner"}, {"policy_version": 2}, {"schema": {}}, {"salt": "variant 1"},
    ]  # fmt: skip
    assert len({_key({"model": "a/b"}, **change) for change in changes}) == 6


def test_a_dated_snapshot_is_the_model_itself_and_a_sibling_is_not() -> None:
    assert is_same_model("v/m-1", "v/m-1-2026-08-01")
    assert is_same_model("v/m-1:free", "v/m-1")
    assert is_same_model("~v/m-latest", "v/m-9")
    assert not is_same_model("v/m-1", "v/m-1-mini")
    assert not is_same_model("v/m-1", "w/m-1")


async def test_the_memory_layer_is_bounded_in_bytes() -> None:
    cache = ResponseCache(memory_max_bytes=10_000)
    for number in range(100):
        cache.put(f"a:b:{number}", b"x" * 1_000, ttl_s=60)
    found = await cache.stats()
    assert found.memory_bytes <= 10_000
    assert await cache.get("a:b:99") is not None
    assert await cache.get("a:b:0") is None


def test_the_disk_layer_outlives_the_process_and_can_be_emptied(tmp_path: Path) -> None:
    disk = DiskCache(tmp_path)
    disk.put("acme:draft:1", b"one", ends_at=4e9)
    disk.put("acme:draft:2", b"old", ends_at=1.0)
    disk.close()
    again = DiskCache(tmp_path)
    assert (again.get("acme:draft:1"), again.get("acme:draft:2")) == (b"one", None)
    assert again.drop("globex", None) == 0
    assert again.drop("acme", "draft") == 1
    again.close()


def test_a_breaker_opens_lets_one_probe_through_and_closes_again(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    rules = BreakerPolicy(failures=3, window_s=10, open_s=5)
    breakers = Breakers(clock=lambda: now[0])
    for _ in range(3):
        assert breakers.wait_s("m", rules) == 0
        breakers.failed("m", "provider_error", rules)
    assert breakers.states() == {"*": "closed", "m": "open"}
    assert 0 < breakers.wait_s("m", rules) <= 5
    now[0] = 6
    breakers.enter("m", rules)
    assert breakers.wait_s("m", rules) > 0  # the probe is out
    breakers.failed("m", "timeout", rules)
    assert breakers.states()["m"] == "open"
    told = [json.loads(record.getMessage()) for record in caplog.records]
    assert [(line["event"], line["model"], line["kind"]) for line in told] == [
        ("breaker.opened", "m", "provider_error"), ("breaker.opened", "m", "timeout"),
    ]  # fmt: skip
    now[0] = 12
    breakers.enter("m", rules)
    breakers.succeeded("m")
    assert breakers.states()["m"] == "closed"


def test_a_burst_of_401_on_a_key_that_worked_rests_every_model() -> None:
    rules = BreakerPolicy(failures=3, window_s=10, open_s=5)
    fresh, worked = Breakers(), Breakers()
    worked.succeeded("m")
    for breakers in (fresh, worked):
        for _ in range(3):
            breakers.failed("m", "unauthorized", rules)
    assert (fresh.states()["*"], worked.states()["*"]) == ("closed", "open")
    assert worked.wait_s("another", rules) > 0


@given(tries=st.integers(1, 5), draw=st.floats(0, 0.999), retry_after=st.none() | st.floats(0, 100))
def test_a_pause_is_jittered_bounded_and_never_shorter_than_asked(
    tries: int, draw: float, retry_after: float | None
) -> None:
    failed = CallFailed("x", "x", is_retryable=True, retry_after_s=retry_after)
    rules = RetryPolicy(max_attempts=4, backoff_ms=400, cap_ms=1_000)
    found = pause_s(rules, failed, tries, 50.0, draw=lambda: draw)
    if tries >= 4 or (retry_after or 0) >= 50:
        assert found is None
    else:
        assert found is not None
        assert (retry_after or 0) <= found <= max(1.0, retry_after or 0)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3", 3), ("0.5", 0.5), ("-4", 0), ("Sat, 21 Nov 2026 00:00:09 GMT", 9), ("soon", None), ("", None),
        ("nan", None), ("999999", 3_600),
    ],
)  # fmt: skip
def test_retry_after_is_read_in_all_its_forms(text: str, seconds: float | None) -> None:
    assert parse_retry_after(text, now=datetime(2026, 11, 21, tzinfo=UTC)) == seconds


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('```json\n{"a": 1}\n```', {"a": 1}), ('Sure! {"a": [1, 2,],} Done.', {"a": [1, 2]}),
        ("{\"a\": True, // yes\n \"b\": None}", {"a": True, "b": None}), ('{"a": "x\ny"}', {"a": "x\ny"}),
        ('{"a": "http://x, ]", "b": 1,}', {"a": "http://x, ]", "b": 1}), ('{"a": [1, 2', None), ("no", None),
    ],
)  # fmt: skip
def test_syntax_is_repaired_and_truncation_is_not(text: str, data: Any) -> None:
    assert repair(text) == data


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}{"a": 2}', '{"a": 1}\n{"a": 2}', 'First {"a": 1}, or else {"a": 2}.', '[1] [2]',
        '```json\n{"a": 1}\n```\nor\n```json\n{"a": 2}\n```', '{"a": 1} {x} {"a": 1}',
    ],
)  # fmt: skip
def test_two_documents_in_one_answer_are_not_valid(text: str) -> None:
    assert judge(text, {"type": ["object", "array"]}).status == "failed"


@pytest.mark.parametrize("text", ['{"a": 1} as in [1].', '{"a": 1} {unlike} { this'])
def test_a_footnote_or_a_brace_behind_a_document_is_no_second_one(text: str) -> None:
    assert judge(text, {"type": "object", "required": ["a"]}).status == "repaired"


def test_formats_are_asserted_and_paths_named() -> None:
    schema = {"type": "object", "properties": {"at": {"type": "string", "format": "date"}}, "required": ["at", "b"]}
    found = judge('{"at": "tomorrow"}', schema)
    assert found.status == "failed"
    assert [error["path"] for error in found.errors] == ["$", "$.at"]
    assert judge('```\n{"at": "2026-11-21", "b": 1}\n```', schema).status == "repaired"
    with pytest.raises(InvalidInput):
        judge("{}", {"type": "nonsense"})
    assert response_format({"title": "My plan!"})["json_schema"]["name"] == "My_plan_"


PERSONAL = {
    "EMAIL": "jane.doe+x@mail.example.co.uk", "PHONE": "+49 (0)30 1234567", "SSN": "123-45-6789",
    "CARD": "4111 1111 1111 1111", "IP": "203.0.113.7", "IBAN": "DE89 3704 0044 0532 0130 00",
}  # fmt: skip


@pytest.mark.parametrize("kind", PERSONAL)
def test_personal_data_is_replaced_and_comes_back(kind: str) -> None:
    value = PERSONAL[kind]
    redaction = Redaction()
    text = f"Contact: {value}, again {value}."
    clean = redaction.redact(text)
    assert clean == f"Contact: [{kind}_1], again [{kind}_1]."
    assert redaction.redact(clean) == clean
    assert redaction.restore(clean) == text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("EMAIL", "an Müller@bäckerei-süd.example"), ("EMAIL", "<mailto:jane@example.com?subject=x>"),
        ("PHONE", "ring 020 7946 0958"), ("PHONE", "030 901820"),
        ("PHONE", "0171/2345678"), ("PHONE", "01 23 45 67 89"),
        ("PHONE", "0049 30 901820"), ("PHONE", "415.555.2671"), ("PHONE", "Fax: 555 2671 123"),
        ("SSN", "SSN: 123456789"), ("SSN", "Social security number 123 45 6789"), ("IBAN", "de89370400440532013000"),
        ("IBAN", "NO93 8601 1117 947"), ("CARD", "3782 822463 10005"), ("IP", "fe80::1%eth0"), ("IP", "10.0.0.1:8080"),
    ],
)  # fmt: skip
def test_personal_data_is_seen_as_people_write_it(kind: str, text: str) -> None:
    redaction = Redaction()
    clean = redaction.redact(text)
    assert redaction.counts == {kind: 1}, clean
    assert redaction.restore(clean) == text


@pytest.mark.parametrize(
    "text",
    [
        "version 1.2.3.4, v10.0.2.1", "RGB 000 051 102, CMYK 000 050 100 010", "0.123.456.7890", "viewBox 0 0 1200 630",
        "ISBN 978-3-16-148410-0", "M10 20 30 40 50 60 70", "jane (at) example (dot) com", "a1:b2:c3:d4:e5:f6",
        "RGB 255 255 255, CMYK 0 100 80 12", "#FF00AA 10 20 30 40", "Pantone 185 C, PMS 7625", "12:30:45 and 16:9",
        "1.5.2 of 2026-11-21", "4111 1111 1111 1112", "widths 320 480 640 800 1024", "4 8 15 16 23 42 px",
    ],
)  # fmt: skip
def test_numbers_of_design_are_no_personal_data(text: str) -> None:
    assert Redaction().redact(text) == text


@given(st.text(max_size=200))
def test_redaction_always_restores(text: str) -> None:
    redaction = Redaction()
    clean = redaction.redact(text)
    if not any(name in text for name in redaction.values):
        assert redaction.restore(clean) == text


def test_logs_show_no_secret_and_512_characters_at_most() -> None:
    shown = masked(
        "Bearer abcdefgh12345678 sk-or-v1-0123456789abcdef redis://u:pass@host jane@example.com " + "x" * 900
    )
    assert len(shown) == 512
    for secret in ("abcdefgh12345678", "0123456789abcdef", "pass", "jane@"):
        assert secret not in shown


def test_money_is_whole_micros_rounded_up() -> None:
    assert (usd_to_micros(0.02), usd_to_micros("0.0000001"), usd_to_micros(0)) == (20_000, 1, 0)


def test_an_edit_of_the_policy_is_followed_and_a_broken_one_is_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "openrouter_policy.json"
    document = json.loads((POLICIES_DIR / "openrouter_policy.json").read_text("utf-8"))
    file.write_text(json.dumps(document))
    policies = PolicyFile(tmp_path)
    caps = {name: policies.current().task(name).max_cost_usd_micros for name in ("planner", "critic", "draft", "image")}
    assert caps == {"planner": 20_000, "critic": 20_000, "draft": 5_000, "image": 100_000}
    file.write_text(json.dumps({**document, "version": 99}) + " ")
    policies.reload()
    assert policies.current().version == 99
    file.write_text("{broken")
    policies.reload()
    assert policies.current().version == 99
    assert "the last good one stays" in caplog.text


async def test_an_alert_reaches_the_webhook_in_slacks_form() -> None:
    sent: list[tuple[str, Any]] = []

    async def post(url: str, body: Any) -> None:
        sent.append((url, body))

    alert = BudgetAlert("org:2026-11-21:acme", "org_day", "2026-11-21", 80, 4_000_000, 5_000_000)
    await tell(alert, metrics=LlmMetrics(), webhook_url="https://hooks.example.com/x", post=post)
    assert sent[0][1]["text"].startswith("80 % of the model budget")


settings.register_profile("llm", deadline=None)
settings.load_profile("llm")
