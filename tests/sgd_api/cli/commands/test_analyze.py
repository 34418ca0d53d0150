"""`sgd analyze` and `sgd prompts`: what is sent, and what is shown."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sgd_api.cli.app import app
from sgd_api.cli.commands import analyze

ANSWER = {
    "intent": "place_order", "subject": "12 mugs", "data": {"count": 12}, "entities": {"key_details": ["12"]},
    "validation_status": "passed", "validation": {"warnings": ["a note"]}, "confidence": 0.9, "model_used": "acme/good",
    "cost_usd": 0.0004, "cached": True, "spans": [{"path": "$.subject", "start": 6, "end": 13, "text": "12 mugs"}],
}  # fmt: skip


class Stack:
    """Remembers what was sent and answers it."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.sent: list[tuple[str, Any]] = []

    @contextmanager
    def client(self, org: str) -> Iterator["Stack"]:
        assert org == "acme"
        yield self

    def begin(self, path: str, body: Any) -> Any:
        self.sent.append((path, body))
        return self.answer


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Stack:
    found = Stack(ANSWER)

    @contextmanager
    def local_stack(*_: Any, **__: Any) -> Iterator[Stack]:
        yield found

    monkeypatch.setattr("sgd_api.local.stack.local_stack", local_stack)
    return found


def run(*arguments: str, **options: Any) -> Any:
    return CliRunner().invoke(app, ["analyze", "--org", "acme", *arguments], **options)


def test_a_prompt_with_its_schema_is_sent_and_the_answer_is_told(stack: Stack, tmp_path: Path) -> None:
    (tmp_path / "order.json").write_text('{"type": "object"}', "utf-8")
    found = run("Order 12 mugs.", "--schema", str(tmp_path / "order.json"), "--model", "acme/good", "--spans")
    assert found.exit_code == 0, found.output
    assert stack.sent == [
        (
            "/v1/analyze",
            {
                "prompt": "Order 12 mugs.",
                "schema": {"type": "object"},
                "options": {"spans": True, "model": "acme/good"},
            },
        )
    ]
    for text in ("place_order: 12 mugs", 'data: {"count": 12}', "note: a note", "characters 6 to 13", "from the cache"):
        assert text in found.output


def test_standard_input_and_json_are_for_scripts(stack: Stack) -> None:
    found = run("-", "--json", input="Order 12 mugs.")
    assert stack.sent[0][1]["prompt"] == "Order 12 mugs."
    assert json.loads(found.stdout) == ANSWER


def test_a_file_of_prompts_is_a_batch_and_failures_are_the_exit_code(stack: Stack, tmp_path: Path) -> None:
    (tmp_path / "prompts.txt").write_text("one\n\ntwo\n", "utf-8")
    failed = {"index": 1, "status": "failed", "error": {"message": "no model answered"}}
    stack.answer = {
        "results": [{"index": 0, "status": "succeeded", "result": ANSWER}, failed],
        "summary": {"total": 2, "failed": 1},
    }
    found = run("--file", str(tmp_path / "prompts.txt"))
    assert stack.sent[0][0] == "/v1/analyze/batch"
    assert stack.sent[0][1]["prompts"] == ["one", "two"]
    assert found.exit_code == 1
    assert "[2] failed: no model answered" in found.output
    assert "1 of 2 prompts have no answer" in found.output


def test_parameters_are_numbers_where_they_read_as_such(stack: Stack) -> None:
    run("--template", "tpl_1", "--parameter", "count=2", "--parameter", "name=Kim", "--parameter", 'code="07"')
    assert stack.sent[0][1]["parameters"] == {"count": 2, "name": "Kim", "code": "07"}


@pytest.mark.parametrize("arguments", [(), ("x", "--parameter", "a=1"), ("--template", "t", "--parameter", "a")])
def test_what_makes_no_sense_is_refused_before_anything_starts(stack: Stack, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2
    assert stack.sent == []


def test_more_prompts_than_one_batch_takes_are_refused(stack: Stack, tmp_path: Path) -> None:
    (tmp_path / "many.txt").write_text("x\n" * (analyze.MAX_PROMPTS + 1), "utf-8")
    assert run("--file", str(tmp_path / "many.txt")).exit_code == 2
