"""A newcomer finds a line's room: folders stay small, each says what belongs in it, and the pages name real files."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("sgd_resources", "sgd_assets", "sgd_api", "tools")
_MOST_FILES = 18
_LARGE = {"sgd_resources/postgres/migrations/versions"}
"""Folders that may hold more: what was migrated once stays where it is."""
_TREES = "|".join((*PACKAGES, "tests", "docs", "deploy", "contracts", "policies"))
_NAMED = re.compile(rf"(?:`|\]\()((?:{_TREES})/[\w./-]*[\w/])(?:`|\)|#)")


def folders() -> list[Path]:
    found = [folder for name in PACKAGES for folder in (ROOT / name, *(ROOT / name).rglob("*")) if folder.is_dir()]
    return [folder for folder in found if (folder / "__init__.py").is_file()]


def named(folder: Path) -> str:
    return folder.relative_to(ROOT).as_posix()


def test_no_folder_holds_more_files_than_a_look_takes_in() -> None:
    sizes = {named(folder): sum(path.is_file() for path in folder.iterdir()) for folder in folders()}
    assert {name: size for name, size in sizes.items() if size > _MOST_FILES and name not in _LARGE} == {}


@pytest.mark.parametrize("folder", folders(), ids=named)
def test_a_package_says_what_belongs_in_it_and_what_must_not(folder: Path) -> None:
    said = " ".join((ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or "").split())
    assert len(said.split(". ")[0]) > len(folder.name)
    assert "must not live here" in said


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=named)
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    paths = _NAMED.findall(page.read_text("utf-8"))
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_house_names_every_room() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = {named(folder) for folder in folders()} - {*PACKAGES, "sgd_resources/postgres/migrations/versions"}
    unnamed = [room for room in rooms if f"`{room}`" not in page and f"`{Path(room).name}`" not in page]
    assert unnamed == []
