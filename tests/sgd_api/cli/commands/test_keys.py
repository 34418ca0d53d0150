"""`sgd keys list` shows what a person can act on: whole ids, and no key that a command made for itself."""

import io
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from rich.console import Console

from sgd_api.cli import app as cli
from sgd_api.cli import terminal
from sgd_api.cli.commands import keys as command
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys, orgs

pytestmark = pytest.mark.embedded


@pytest.fixture
def key_ids(database: Database, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    @contextmanager
    def use() -> Iterator[Database]:
        yield database

    monkeypatch.setattr(command, "_database", use)
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        return {
            label: keys.create_key(connection, "acme", label=label).key_id
            for label in ("a long label of the web team", keys.COMMAND_LINE_LABEL)
        }


def listed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *options: str, org: str = "acme"
) -> str:
    narrow = Console(file=io.StringIO(), width=60, force_terminal=False)
    monkeypatch.setattr(terminal, "out", narrow)
    monkeypatch.setattr(sys, "argv", ["sgd", "keys", "list", "--org", org, *options])
    with pytest.raises(SystemExit):
        cli.main()
    assert isinstance(narrow.file, io.StringIO)
    return narrow.file.getvalue() + capsys.readouterr().out


def test_ids_are_whole_on_a_narrow_terminal_and_command_line_keys_are_left_out(
    key_ids: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = listed(capsys, monkeypatch)
    assert key_ids["a long label of the web team"] in shown
    assert key_ids[keys.COMMAND_LINE_LABEL] not in shown


@pytest.mark.parametrize(("options", "count"), [((), 1), (("--all",), 2)])
def test_all_shows_every_key(
    key_ids: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...], count: int,
) -> None:  # fmt: skip
    assert len(json.loads(listed(capsys, monkeypatch, "--json", *options))) == count


def test_an_org_that_is_not_there_is_no_org_without_keys(
    key_ids: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = io.StringIO()
    monkeypatch.setattr(terminal, "err", Console(file=told, width=200, force_terminal=False))
    assert listed(capsys, monkeypatch, "--json", org="nosuch") == ""
    assert "no such org" in told.getvalue()


def test_times_stay_on_one_line_on_a_narrow_terminal(
    key_ids: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d", listed(capsys, monkeypatch))


def test_a_key_with_a_scope_that_no_route_knows_is_not_made(
    key_ids: dict[str, str], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = io.StringIO()
    monkeypatch.setattr(terminal, "err", Console(file=told, width=2_000, force_terminal=False))
    monkeypatch.setattr(sys, "argv", ["sgd", "keys", "create", "--org", "acme", "--scope", "bogus:read"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert (ended.value.code, "renders:write" in told.getvalue()) == (2, True)
    with database.org_transaction("acme") as connection:
        assert len(keys.list_keys(connection, "acme")) == len(key_ids)
