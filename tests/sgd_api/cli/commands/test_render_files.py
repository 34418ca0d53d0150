"""Pictures are saved beside what is there, never over it."""

from pathlib import Path
from typing import Any, cast

import pytest
from typer.testing import CliRunner

from sgd_api.api_client import ApiClient
from sgd_api.cli.app import app
from sgd_api.cli.commands.render import broken_rules, save_pictures, save_vectors
from tests.sgd_api.cli.answers import answers_of


class Downloads:
    """A client whose URLs are the bytes."""

    def download(self, url: str) -> bytes:
        return url.encode()


def save(folder: Path, *pictures: str) -> list[str]:
    answer: dict[str, Any] = {"assets": [{"url": picture} for picture in pictures]}
    return [path.name for path in save_pictures(cast(ApiClient, Downloads()), answer, folder, "render", "png")]


def test_a_second_render_gets_names_of_its_own(tmp_path: Path) -> None:
    assert save(tmp_path, "a", "b") == ["render-1.png", "render-2.png"]
    assert save(tmp_path, "c") == ["render-3.png"]
    assert [(tmp_path / f"render-{n}.png").read_text() for n in (1, 2, 3)] == ["a", "b", "c"]


def test_the_same_picture_again_is_not_saved_twice(tmp_path: Path) -> None:
    assert save(tmp_path, "a") == save(tmp_path, "a") == ["render-1.png"]


def test_two_equal_pictures_of_one_render_are_two_files(tmp_path: Path) -> None:
    assert save(tmp_path, "a", "a") == ["render-1.png", "render-2.png"]


def test_a_folder_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "render-1.png").mkdir()
    assert save(tmp_path, "a") == ["render-2.png"]


def test_each_broken_rule_is_told_with_its_picture() -> None:
    paths = [Path("render-1.png"), Path("render-2.png")]
    assets: list[dict[str, Any]] = [{"critique": {"violations": ["logo_present: no usable logo"]}}, {"critique": None}]
    assert broken_rules(paths, assets) == ["render-1.png: logo_present: no usable logo"]


def test_vector_files_stand_beside_their_picture(tmp_path: Path) -> None:
    also = [{"url": "p", "format": "pdf", "manifest_url": "m"}, {"url": "s", "format": "svg"}]
    answer: dict[str, Any] = {"assets": [{"url": "a"}, {"url": "b", "also": also}]}
    client = cast(ApiClient, Downloads())
    pictures = save_pictures(client, answer, tmp_path, "render", "png")
    assert [path.name for path in save_vectors(client, answer, pictures)] == ["render-2-1.pdf", "render-2-1.svg"]
    assert [path.name for path in tmp_path.glob("*.c2pa")] == ["render-2-1.pdf.c2pa"]


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("is_kept", [True, False])
def test_a_picture_that_breaks_the_canon_is_saved_and_told_and_ends_with_1(
    is_kept: bool, as_json: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    violations = [] if is_kept else ["logo_present: no usable logo"]
    answer = {
        "assets": [{"url": "a", "critique": {"violations": violations}}],
        "audit": {"guardrails_ok": is_kept, "cost_usd": 0.0, "model_route": "deterministic"},
    }

    class Api(Downloads):
        def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
            return answer

    answers_of(Api(), monkeypatch)
    asked = ["render", "Poster", "--org", "acme", "-o", str(tmp_path), *(["--json"] if as_json else [])]
    ended = CliRunner().invoke(app, asked, env={"COLUMNS": "200"})
    assert ended.exit_code == (0 if is_kept else 1), ended.output
    assert "render-1.png" in ended.stdout
    assert (tmp_path / "render-1.png").read_text() == "a"
    assert ("logo_present: no usable logo" in ended.output) != is_kept


def test_the_help_of_render_says_when_it_ends_with_1() -> None:
    shown = CliRunner().invoke(app, ["render", "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"}).output
    assert "Exit code 1 when a picture breaks a rule of the canon" in shown
