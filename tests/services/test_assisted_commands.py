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
from tests.fakes.canon_model import claims, excerpts_in
from tests.fakes.openrouter import COST_USD, FakeOpenRouter, Step, chat_reply, error_body, running

TONE = "Readers meet somebody patient and exact."
GUIDE = (
    f"# Colours\n\n- Lake `#005F73`\n- Coral `#EE6C4D`\n\n# Typography\n\nOur font is Lato.\n\n# Writing\n\n{TONE}\n"
)


@pytest.fixture
def brand(tmp_path: Path) -> Path:
    """A brand whose tone the local route does not read, with its truth."""
    folder = tmp_path / "brands" / "acme"
    (folder / "evidence").mkdir(parents=True)
    (folder / "evidence" / "guide.md").write_text(GUIDE, "utf-8")
    truth = {"palette_hex": ["#005F73", "#EE6C4D"], "fonts": ["Lato"], "voice": {"tone": TONE}}
    (folder / "truth.json").write_text(json.dumps(truth), "utf-8")
    return folder


@pytest.fixture
def provider() -> Iterator[FakeOpenRouter]:
    with running() as fake:
        yield fake


def _reader(body: Mapping[str, Any]) -> Step:
    """Copies the sentence on tone, and claims one colour that stands nowhere."""
    blocks = excerpts_in(str(body["messages"][-1]["content"]))
    tone = [{"kind": "voice_tone", "block": name, "quote": TONE} for name, text in blocks.items() if TONE in text]
    colour = {"value": "#123456", "name": None, "role": None, "block": "s1", "quote": "Colours"}
    return Step(body=chat_reply(json.dumps(claims(colours=[colour], voice=tone)), model=body["model"]))


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


def test_derive_says_which_model_assisted_what_it_cost_and_which_claims_were_dropped(
    provider: FakeOpenRouter, tmp_path: Path, brand: Path
) -> None:
    provider.answer = _reader
    done = _sgd(provider, tmp_path, "canon", "derive", str(brand / "evidence"), "--assist")
    assert done.returncode == 0, done.stderr
    assert _route(done) == f"route model · ${COST_USD:.4f} · 1 claims dropped"
    assert "read 1 of 1 pages · 1 claims taken · 0 known already · 1 dropped" in done.stdout
    assert "dropped 1 x colour: the value is neither printed there nor shown beside it" in done.stdout
    assert "uplift gate passed: quality x" in done.stdout
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


def test_evaluate_scores_both_routes_and_tells_the_uplift(
    provider: FakeOpenRouter, tmp_path: Path, brand: Path
) -> None:
    provider.answer = _reader
    done = _sgd(provider, tmp_path, "canon", "evaluate", str(brand.parent), "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [brand["brand"] for brand in found["brands"]] == ["acme"]
    assert found["only_local"] is None
    assert found["uplift"]["voice coverage"] == 1.0
    assert found["dropped"] == {"colour: the value is neither printed there nor shown beside it": 1}
    assert found["brands"][0]["passes_gate"]
    assert not found["is_worse"]
    assert sum(brand["cost_usd_micros"] for brand in found["brands"]) == provider.billed_usd_micros > 0


def test_evaluate_says_that_no_model_answered(provider: FakeOpenRouter, tmp_path: Path) -> None:
    provider.always = Step(402, error_body(402))
    done = _sgd(provider, tmp_path, "canon", "evaluate", str(KITS_DIR / "kestrine"))
    assert done.returncode == 0, done.stderr
    assert "only the local route was scored: no model answered" in done.stdout
