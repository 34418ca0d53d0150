"""Each runbook names its alert, its commands and how to see that it worked; all of them are really there."""

import re
from typing import Any

import pytest
import typer

from sgd_api.cli.app import app
from tests.deploy.test_seen import alerts
from tests.docs.runbooks import FOLDER, ROOT, Runbook, runbooks

_METRIC = re.compile(r"\bsgd_[a-z_]+")
_SUFFIX = re.compile(r"_(bucket|sum|count)$")
by_name = pytest.mark.parametrize("book", runbooks(), ids=lambda book: book.path.stem)


def test_the_specified_ones_are_there_and_the_index_names_each() -> None:
    names = {book.path.stem for book in runbooks()}
    assert names == {
        "provider-errors", "slow-renders", "gate-held", "vectors-down", "queue-stuck", "sensor-behind",
        "budget-exhausted", "scanner-down", "key-leaked", "bad-canon", "rollback",
        "failed-renders", "api-down", "dependency-down",
    }  # fmt: skip
    rows = re.findall(r"^\| `(\w+)` \| \[(.+)\]\((.+)\) \|$", (FOLDER / "index.md").read_text("utf-8"), re.MULTILINE)
    told = {
        (name, book.text.splitlines()[0].removeprefix("# "), book.path.name)
        for book in runbooks()
        for name in book.alerts
    }
    assert set(rows) == told
    assert len(rows) == len(told)


@by_name
def test_a_runbook_tells_alerts_that_prometheus_has_as_it_has_them(book: Runbook) -> None:
    rules = alerts()
    assert book.alerts
    assert {
        name: told
        for name, told in book.alerts.items()
        if name not in rules or told != (rules[name]["labels"]["severity"], _after(rules[name]), rules[name]["expr"])
    } == {}


def test_every_alert_leads_to_the_page_that_tells_it() -> None:
    pages = {name: f"docs/runbooks/{book.path.name}" for book in runbooks() for name in book.alerts}
    assert {name: rule["annotations"]["runbook_url"] for name, rule in alerts().items()} == pages


@by_name
def test_a_name_in_a_sentence_that_looks_like_an_alerts_is_one(book: Runbook) -> None:
    # two humps or more: `ApiDown`, not `Retry` or `POST`
    assert set(re.findall(r"`((?:[A-Z]+[a-z]+){2,})`", book.text)) <= set(alerts())


def _after(rule: dict[str, Any]) -> str:
    """`for: 2m` in words."""
    if "for" not in rule:
        return "at once"
    number, unit = int(rule["for"][:-1]), {"m": "minute", "h": "hour"}[rule["for"][-1]]
    return f"after {number} {unit}{'s' if number > 1 else ''}"


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
