"""`sgd usage`: what model calls cost, of one org or of all, as a table, JSON or CSV."""

import csv
import sys
from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from sgd_api.cli.terminal import light_table, out, print_json, print_plain

if TYPE_CHECKING:
    from sgd_resources.postgres.engine import Database

_PAGE = 1_000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class By(StrEnum):
    """What one row stands for."""

    task = "task"
    model = "model"
    day = "day"
    key = "key"
    call = "call"


def usage(
    org: Annotated[str | None, typer.Option("--org", help="Organisation id.")] = None,
    shows_all: Annotated[bool, typer.Option("--all", help="Every org of this installation, for its operator.")] = False,
    by: Annotated[
        By, typer.Option("--by", help="One row per task, model, day or key, or each call of the log.")
    ] = By.task,
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="UTC days, today included.")] = 30,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV and nothing else.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Print what model calls were, cost and saved. Needs no key: it reads the database of this installation."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.errors import InvalidInput
    from sgd_resources.settings import load_settings

    if (org is None) != shows_all:
        raise InvalidInput("name one org with --org, or ask for every org with --all")
    if as_csv and as_json:
        raise InvalidInput("choose one of --csv and --json")
    with operator_database(load_settings()) as database:
        rows = _rows(database, _orgs(database, org), by, days)
        if as_csv:
            _write_csv(rows, by)
        elif as_json:
            print_json(list(rows))
        else:
            _show(list(rows), by)


def _orgs(database: "Database", org: str | None) -> list[str]:
    from sgd_resources.postgres.rows import orgs

    if org is not None:
        with database.org_transaction(org) as connection:
            orgs.get_org(connection, org)
        return [org]
    with database.directory() as directory:
        return [found.org_id for found in orgs.list_orgs(directory)]


def _rows(database: "Database", org_ids: list[str], by: By, days: int) -> Iterator[dict[str, Any]]:
    """Org after org, so that thousands of them, or a long log, are never held at once."""
    for org_id in org_ids:
        rows = _calls(database, org_id, days) if by is By.call else _groups(database, org_id, by, days)
        for row in rows:
            yield {"org_id": org_id, **row}


def _groups(database: "Database", org_id: str, by: By, days: int) -> Iterator[dict[str, Any]]:
    from sgd_resources.postgres.rows import inference

    grouping = next(name for name in get_args(inference.Grouping) if name == by.value)
    with database.org_transaction(org_id) as connection:
        found = inference.usage(connection, org_id, since_days=days, by=grouping)
    for row in found:
        facts = asdict(row)
        yield {by.value: facts.pop("name"), **facts}


def _calls(database: "Database", org_id: str, days: int) -> Iterator[dict[str, Any]]:
    from sgd_resources.postgres.rows import inference

    before = None
    while True:
        with database.org_transaction(org_id) as connection:
            found = inference.list_calls(connection, org_id, limit=_PAGE, before=before, since_days=days)
        for row in found:
            yield asdict(row) | {"created_at": row.created_at.isoformat(), "day": row.day.isoformat()}
        if len(found) < _PAGE:
            return
        before = (found[-1].created_at, found[-1].call_id)


def _write_csv(rows: Iterator[dict[str, Any]], by: By) -> None:
    """Header first, also without any row: a program reads it."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_columns(by))
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])


def _columns(by: By) -> list[str]:
    from sgd_resources.postgres.rows import inference

    if by is By.call:
        return ["org_id", *inference.LoggedCall.__dataclass_fields__]
    return ["org_id", by.value, *(name for name in inference.UsageRow.__dataclass_fields__ if name != "name")]


def _cell(value: Any) -> Any:
    """A model's name comes from a provider: a spreadsheet must not take it for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _show(rows: list[dict[str, Any]], by: By) -> None:
    if not rows:
        out.print("no model calls in these days")
        return
    shown = ("created_at", "task", "served_model", "outcome", "error_kind") if by is By.call else (by.value, "calls")
    table = light_table()
    for name in ("org", *(name.replace("_", " ") for name in shown)):
        table.add_column(name, overflow="fold")
    if by is not By.call:
        table.add_column("failed or refused", overflow="fold")
    for name in ("tokens in", "out", "cost", "saved"):
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(
            row["org_id"],
            *(str(row[name] if row[name] is not None else "-") for name in shown),
            *(() if by is By.call else (_without_answer(row),)),
            str(row["tokens_in"]),
            str(row["tokens_out"]),
            *(_usd(row[name]) for name in ("cost_usd_micros", "saved_usd_micros")),
        )
    print_plain(table)
    out.print(_in_all(rows, by))


def _without_answer(row: dict[str, Any]) -> str:
    tries, lost, refused = row["failed_tries"], row["failed_cost_usd_micros"], row["refused"]
    told = ([f"{tries} for {_usd(lost)}"] if tries else []) + ([f"{refused} refused"] if refused else [])
    return ", ".join(told) or "-"


def _usd(micros: int) -> str:
    return f"${micros / 1_000_000:.4f}"


def _in_all(rows: list[dict[str, Any]], by: By) -> str:
    cost = sum(row["cost_usd_micros"] for row in rows)
    if by is By.call:
        failed = [row for row in rows if row["outcome"] in ("failed", "unknown")]
        lost = sum(row["cost_usd_micros"] for row in failed)
        tries, refused = len(failed), sum(row["outcome"] == "refused" for row in rows)
    else:
        lost = sum(row["failed_cost_usd_micros"] for row in rows)
        tries, refused = sum(row["failed_tries"] for row in rows), sum(row["refused"] for row in rows)
    told = [f"{_usd(cost)} in all"]
    if tries:
        told.append(f"{_usd(lost)} of it for failed tries ({tries})")
    if refused:
        told.append(f"{refused} refused for want of budget")
    return ", ".join(told)
