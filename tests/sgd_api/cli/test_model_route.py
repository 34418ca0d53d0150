"""One line says which route answered, what it cost, and why no model did."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from sgd_api.cli.app import app
from sgd_api.cli.folders import assist
from sgd_api.cli.model_route import told_of_audit, told_of_calls
from sgd_assets.canon.assist.ask import Assisted
from sgd_resources.postgres.rows.inference import LoggedCall
from sgd_resources.settings import Settings


def call(**facts: Any) -> LoggedCall:
    known = dict.fromkeys(LoggedCall.__dataclass_fields__)
    numbers = dict.fromkeys(("attempt", "tokens_in", "tokens_out", "cost_usd_micros", "saved_usd_micros"), 0)
    base = {**known, **numbers, "created_at": datetime.now(UTC), "day": date(2026, 11, 21), "outcome": "succeeded"}
    return LoggedCall(**{**base, **facts})


def test_the_line_names_the_model_that_answered_and_all_that_its_tries_cost(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, sgd_var_dir=tmp_path, openrouter_api_key=SecretStr("sk-test"))
    tries = [
        call(outcome="failed", error_kind="timeout", cost_usd_micros=300),
        call(served_model="acme/good-1", cost_usd_micros=700),
    ]
    assert told_of_calls(tries, settings) == "route model (acme/good-1) · $0.0010"
    assert told_of_calls(tries[:1], settings) == "route local · $0.0003 · no model answered (timeout)"


def test_a_render_names_each_model_by_its_task_and_why_another_was_of_no_use(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, sgd_var_dir=tmp_path, openrouter_api_key=SecretStr("sk-test"))
    planner = {"task": "planner", "outcome": "succeeded", "served_model": "acme/good-1", "cost_usd_micros": 900}
    critic = {"task": "critic", "outcome": "failed", "reason": "timeout"}
    audit = {"model_route": "openrouter", "cost_usd_micros": 1_200, "models": [planner, critic, critic]}
    assert told_of_audit(audit, settings) == (
        "route openrouter (planner: acme/good-1) · $0.0012 · no use of critic: timeout"
    )
    local = {"model_route": "local", "cost_usd_micros": 300, "models": [critic]}
    assert told_of_audit(local, settings) == "route local · $0.0003 · no model answered (critic: timeout)"
    assert told_of_audit({"model_route": "local"}, settings) == "route local · $0.0000 · no model had to be asked"


def test_a_render_without_a_key_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENROUTER_API_KEY", raising=False)
    told = told_of_audit({"model_route": "local"}, Settings(_env_file=None, sgd_var_dir=tmp_path))
    assert told.startswith("route local · $0.0000 · no OPENROUTER_API_KEY is set")


def test_without_a_key_the_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENROUTER_API_KEY", raising=False)
    told = told_of_calls([], Settings(_env_file=None, sgd_var_dir=tmp_path))
    assert told.startswith("route local · $0.0000 · no OPENROUTER_API_KEY is set")


@pytest.mark.slow
def test_derive_with_assist_tells_the_route_and_takes_what_the_model_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "guide.md").write_text("# Colours\n\nOur navy is #0A2342.\n", encoding="utf-8")
    monkeypatch.setattr(
        assist, "assist_folder", lambda found, settings: Assisted(found.canon, True, "1 claims dropped", (), 1_200, 900)
    )
    shown = CliRunner().invoke(app, ["canon", "derive", str(tmp_path), "--assist"], env={"COLUMNS": "200"}).output
    assert "route model · $0.0012 · 1 claims dropped" in shown


@pytest.mark.slow
def test_derive_with_assist_and_no_key_keeps_the_local_canon_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENROUTER_API_KEY", raising=False)
    (tmp_path / "guide.md").write_text("# Colours\n\nOur navy is #0A2342.\n", encoding="utf-8")
    shown = CliRunner().invoke(app, ["canon", "derive", str(tmp_path), "--assist"], env={"COLUMNS": "200"}).output
    assert "route local · $0.0000 · no OPENROUTER_API_KEY is set" in shown
