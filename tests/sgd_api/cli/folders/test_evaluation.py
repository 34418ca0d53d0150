"""An evaluation says which routes it scored, why, and whether a model's help made anything worse."""

import json
from pathlib import Path

import pytest

from sgd_api.cli.folders.evaluation import BrandScores, Evaluation, evaluate
from sgd_resources.errors import InvalidInput
from sgd_resources.settings import Settings


def _brand(folder: Path, name: str) -> None:
    evidence = folder / name / "evidence"
    evidence.mkdir(parents=True)
    (evidence / "brand.css").write_text(":root { --brand-primary: #0C1938; --brand-accent: #19D3A2 }", "utf-8")
    truth = {"palette_hex": ["#0C1938", "#19D3A2"], "fonts": ["Inter"]}
    (folder / name / "truth.json").write_text(json.dumps(truth), "utf-8")


@pytest.mark.slow  # reads through the gate and the sandbox
def test_without_a_key_only_the_local_route_is_scored_and_the_reason_is_told(tmp_path: Path) -> None:
    _brand(tmp_path, "acme")
    found = evaluate(tmp_path, Settings(sgd_var_dir=tmp_path / "var", openrouter_api_key=None))
    assert found.only_local is not None
    assert "OPENROUTER_API_KEY" in found.only_local
    [row] = found.rows
    assert (row.assisted, row.local["palette F1"], row.local["font F1"]) == (None, 1.0, 0.0)
    assert (found.uplift, found.is_worse) == ({}, False)


def test_help_that_made_one_measure_worse_is_worse_whatever_it_gained_elsewhere() -> None:
    rows = (
        BrandScores("a", {"x": 0.5, "y": 1.0}, {"x": 1.0, "y": 0.9}, ""),
        BrandScores("b", {"x": 0.0, "y": 0.0}, None, "the model did not answer"),
    )
    found = Evaluation(rows)
    assert found.uplift == {"x": 0.5, "y": -0.1}
    assert found.is_worse
    assert not Evaluation((BrandScores("a", {"x": 0.5}, {"x": 0.5}, ""),)).is_worse


def test_a_folder_without_brands_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"truth\.json"):
        evaluate(tmp_path, Settings(sgd_var_dir=tmp_path))
