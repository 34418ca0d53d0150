"""Commands that a model assists, as a person runs them: the real gateway and a provider on a local socket."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sgd_api.samples.shelf import KITS_DIR
from tests.fakes.canon_model import claims, excerpts_in, extractive
from tests.fakes.openrouter import COST_USD, FakeOpenRouter, Step, chat_reply, error_body, running

ROLES = {
    one["hex"]: one["role"]
    for kit in ("kestrine", "larkfold")
    for one in json.loads((KITS_DIR / kit / "truth.json").read_text("utf-8"))["colours"]
}


@pytest.fixture
def provider() -> Iterator[FakeOpenRouter]:
    with running() as fake:
        yield fake


def _reader(body: Mapping[str, Any]) -> Step:
    """Names the role of each value that a block prints, and copies sentences on tone."""
    prompt = str(body["messages"][-1]["content"])
    blocks = excerpts_in(prompt)
    listed = json.loads(prompt.partition("Known facts: ")[2].partition("\n")[0])
    colours = [
        {"value": one["value"], "name": None, "role": ROLES[one["value"]], "block": name, "quote": text[:400]}
        for one in listed
        if one["value"] in ROLES and one["role"] is None
        for name, text in blocks.items()
        if one["value"].lower() in text.lower()
    ]
    said = json.dumps(claims(colours=colours[:40], voice=extractive(blocks)["voice"]))
    return Step(body=chat_reply(said, model=body["model"]))


def _sgd(provider: FakeOpenRouter, var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ, "OPENROUTER_API_KEY": "sk-or-test", "OPENROUTER_BASE_URL": provider.url, "SGD_VAR_DIR": str(var),
        "COLUMNS": "120", "NO_COLOR": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "sgd_api.cli.app", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


def _route(done: subprocess.CompletedProcess[str]) -> str:
    [line] = [line for line in done.stdout.splitlines() if line.startswith("route ")]
    return line


def test_derive_says_which_model_assisted_and_what_it_cost(provider: FakeOpenRouter, tmp_path: Path) -> None:
    provider.answer = _reader
    done = _sgd(provider, tmp_path, "canon", "derive", str(KITS_DIR / "kestrine" / "evidence"), "--assist")
    assert done.returncode == 0, done.stderr
    assert _route(done).startswith(f"route model · ${COST_USD:.4f}")
    [call] = provider.calls
    assert call.headers["authorization"] == "Bearer sk-or-test"


def test_derive_says_why_no_model_assisted_when_the_provider_is_down(provider: FakeOpenRouter, tmp_path: Path) -> None:
    provider.always = Step(401, error_body(401))
    done = _sgd(provider, tmp_path, "canon", "derive", str(KITS_DIR / "kestrine" / "evidence"), "--assist")
    assert done.returncode == 0, done.stderr
    line = _route(done)
    assert line.startswith("route local · $0.0000 · ")
    assert "refused" in line
    assert "unauthorized" in line
    assert "Refused" not in line  # no name of a class


def test_evaluate_scores_both_routes_and_tells_the_uplift(provider: FakeOpenRouter, tmp_path: Path) -> None:
    provider.answer = _reader
    done = _sgd(provider, tmp_path, "canon", "evaluate", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [brand["brand"] for brand in found["brands"]] == ["kestrine", "larkfold"]
    assert found["only_local"] is None
    assert found["uplift"]["colour roles"] > 0.2
    assert not found["is_worse"]
    assert sum(brand["cost_usd_micros"] for brand in found["brands"]) == provider.billed_usd_micros > 0


def test_evaluate_says_that_no_model_answered(provider: FakeOpenRouter, tmp_path: Path) -> None:
    provider.always = Step(402, error_body(402))
    done = _sgd(provider, tmp_path, "canon", "evaluate", str(KITS_DIR / "kestrine"))
    assert done.returncode == 0, done.stderr
    assert "only the local route was scored: no model answered" in done.stdout
