"""Every `sgd` command that a page names is there, down to the sub-command."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import typer

from sgd_api.cli.app import app
from tests.docs.runbooks import ROOT

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
_NAMED = re.compile(r"`(sgd [^`]+)`|^ *(sgd [a-z].*)$", re.MULTILINE)


def unknown(page: str) -> list[str]:
    """Commands that are named and not there; `budget set|show` names two."""
    return [
        " ".join(words)
        for in_text, in_block in _NAMED.findall(page)
        for words in _commands((in_text or in_block).partition("#")[0])
        if not _is_there(words)
    ]


def _commands(line: str) -> Iterator[tuple[str, ...]]:
    return product(*(word.rstrip(",").split("|") for word in line.split()[1:3]))


def _is_there(words: tuple[str, ...]) -> bool:
    command: Any = typer.main.get_command(app)
    for word in words:
        if not hasattr(command, "commands") or word.startswith("-"):
            return True
        if word not in command.commands:
            return False
        command = command.commands[word]
    return True


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_is_there(page: Path) -> None:
    assert unknown(page.read_text("utf-8")) == []


def test_one_that_is_not_there_would_be_noticed() -> None:
    page = "`sgd org erase` takes the entries, `sgd keys create|revoke` does not\n\n    sgd vectors mend   # nothing\n"
    assert unknown(page) == ["org erase", "vectors mend"]
