"""Each runbook names its alert, its commands and how to see that it worked; all of them are really there."""

import re
from typing import Any

import pytest
import typer

from sgd_api.cli.app import app
from tests.docs.runbooks import FOLDER, ROOT, Runbook, runbooks

_METRIC = re.compile(r"\bsgd_[a-z_]+")
_SUFFIX = re.compile(r"_(bucket|sum|count)$")
by_name = pytest.mark.parametrize("book", runbooks(), ids=lambda book: book.path.stem)


def test_the_specified_ones_are_there_and_the_index_names_each() -> None:
    names = {book.path.stem for book in runbooks()}
    assert names == {
        "provider-errors", "slow-renders", "gate-held", "vectors-down", "queue-stuck", "sensor-behind",
        "budget-exhausted", "scanner-down", "key-leaked", "bad-canon", "rollback",
    }  # fmt: skip
    index = (FOLDER / "index.md").read_text("utf-8")
    assert [book.path.stem for book in runbooks() if f"| `{book.alert}` |" not in index] == []
    assert len({book.alert for book in runbooks()}) == len(names)


@by_name
def test_a_runbook_has_its_four_sections_an_alert_and_something_to_run(book: Runbook) -> None:
    assert book.sections == ["Alert", "What it means", "Do", "It worked when"]
    assert book.queries
    assert list(book.lines("sh"))


@by_name
def test_every_command_is_one_that_the_command_line_takes(book: Runbook) -> None:
    for arguments in book.named:
        parse(arguments)


def test_a_command_that_is_not_there_would_be_noticed() -> None:
    for wrong in (["keys", "revoke"], ["evidence", "release", "ID", "--organisation", "x"], ["vectors", "mend"]):
        with pytest.raises(NotTaken):
            parse(wrong)


def parse(arguments: list[str]) -> None:
    """Read by each group's own parser, down to the command, which is not run.

    Raises:
        NotTaken: a command, option or argument that is not there, or one that is missing.
    """
    command: Any = typer.main.get_command(app)
    context = command.make_context("sgd", list(arguments))
    try:
        # Typer carries a click of its own, whose classes are not click's.
        while hasattr(command, "resolve_command"):
            _, command, rest = command.resolve_command(context, [*context._protected_args, *context.args])
            context = command.make_context(command.name, rest, parent=context)
    except Exception as error:
        raise NotTaken(f"sgd {' '.join(arguments)}: {error}") from error


class NotTaken(AssertionError):
    """The command line does not take this."""


@by_name
def test_every_metric_is_one_that_is_told(book: Runbook) -> None:
    page = (ROOT / "docs" / "observability.md").read_text("utf-8")
    told = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    named = {name for query in (*book.queries, book.text) for name in _METRIC.findall(query)}
    assert {name for name in named if name not in told and _SUFFIX.sub("", name) not in told} == set()


@by_name
def test_every_deployment_is_one_of_the_cluster(book: Runbook) -> None:
    manifests = "".join(path.read_text("utf-8") for path in sorted((ROOT / "deploy" / "k8s" / "base").glob("*.yaml")))
    there = set(re.findall(r"kind: (?:Deployment|StatefulSet)\nmetadata: \{name: ([\w-]+)", manifests))
    assert {name for name in re.findall(r"deployment/([\w-]+)", book.text) if name not in there} == set()
