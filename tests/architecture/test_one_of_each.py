"""What has a module of its own is not written a second time elsewhere."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOME_OF = {
    "PR_SET_PDEATHSIG": "sgd_resources/processes.py",
    "killpg(": "sgd_resources/processes.py",
    "25.0**7": "sgd_resources/colour.py",
    "0.2126": "sgd_resources/colour.py",
    "[1:3], 16)": "sgd_resources/colour.py",
    "class Lazy": "sgd_resources/lazy.py",
    "def as_printed": "sgd_assets/canon/reading/printed_words.py",
}
"""A mark of each definition, and the one file that may hold it."""


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    packages = ("sgd_resources", "sgd_assets", "sgd_api", "tools")
    files = (path for package in packages for path in (ROOT / package).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in files}


@pytest.mark.parametrize("mark", HOME_OF)
def test_a_definition_stands_in_its_own_module_only(mark: str, sources: dict[str, str]) -> None:
    assert [name for name, text in sources.items() if mark in text] == [HOME_OF[mark]]
