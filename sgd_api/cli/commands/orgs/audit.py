"""`sgd audit show|verify|requests`: what was done in an org, and whether its log is still the one that was written."""

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sgd_api.cli.terminal import light_table, out, print_json, print_plain

if TYPE_CHECKING:
    from sgd_resources.postgres.rows.proof.audit_chain import Head

app = typer.Typer(help="Who did what in an org: a log that only grows.", no_args_is_help=True)

Org = Annotated[str, typer.Option("--org", help="Organisation id.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@app.command("show")
def show(
    org: Org,
    action: Annotated[str | None, typer.Option("--action", help="Only actions that begin so, such as key.")] = None,
    subject: Annotated[str | None, typer.Option("--subject", help="Only what was done to this id.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many rows.")] = 50,
    as_json: Json = False,
) -> None:
    """The newest rows of an org's audit log."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.postgres.rows import orgs
    from sgd_resources.postgres.rows.proof import lists
    from sgd_resources.settings import load_settings

    with operator_database(load_settings()) as database, database.org_transaction(org) as connection:
        orgs.get_org(connection, org)
        found = lists.list_audit(connection, org, action=action, subject=subject, limit=limit)
    if as_json:
        print_json([asdict(row) | {"at": row.at.isoformat()} for row in found])
        return
    if not found:
        out.print("no such rows")
        return
    table = light_table("id", "at", "actor", "action", "subject")
    for row in found:
        table.add_row(str(row.id), row.at.isoformat(timespec="seconds"), row.actor, row.action, row.subject)
    print_plain(table)


@app.command("requests")
def requests(
    org: Org,
    status: Annotated[int | None, typer.Option("--status", help="Only requests that were answered so.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="At most so many.")] = 50,
    as_json: Json = False,
) -> None:
    """The latest requests of an org, from the log that is kept for SGD_REQUEST_LOG_DAYS."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.postgres.rows import orgs
    from sgd_resources.postgres.rows.whole.request_log import list_requests
    from sgd_resources.settings import load_settings

    with operator_database(load_settings()) as database, database.org_transaction(org) as connection:
        orgs.get_org(connection, org)
        found = list_requests(connection, org, limit=limit, status=status)
    if as_json:
        print_json([asdict(row) | {"at": row.at.isoformat()} for row in found])
        return
    if not found:
        out.print("no such requests")
        return
    table = light_table("at", "caller", "method", "route", "status", "ms", "request id")
    for row in found:
        at, took = row.at.isoformat(timespec="seconds"), f"{row.duration_ms:.0f}"
        table.add_row(at, row.caller, row.method, row.route, str(row.status), took, row.request_id)
    print_plain(table)


@app.command("verify")
def verify(
    org: Org,
    noted: Annotated[
        str | None,
        typer.Option("--head", help="SEQ:SHA256 that an earlier verify told; proves that no end is missing."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check every row of an org's audit log against its chain of hashes; exit code 1 names the first broken row."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.errors import BrokenContract
    from sgd_resources.postgres.rows import orgs
    from sgd_resources.postgres.rows.proof import audit_chain
    from sgd_resources.settings import load_settings

    expected = _head(noted)
    with operator_database(load_settings()) as database, database.org_transaction(org) as connection:
        orgs.get_org(connection, org)
        found = audit_chain.verify(connection, org, noted=expected)
    if as_json:
        print_json({"org_id": org, **asdict(found)})
    elif found.broken is None:
        out.print(f"{found.rows} rows, all as they were written; head {found.head.seq}:{found.head.sha256}")
    if found.broken is not None:
        row = f"row {found.broken.audit_id}" if found.broken.audit_id is not None else f"link {found.broken.seq}"
        raise BrokenContract(f"the audit log of {org} is broken at {row}: {found.broken.why}")


def _head(noted: str | None) -> "Head | None":
    from sgd_resources.errors import InvalidInput
    from sgd_resources.postgres.rows.proof.audit_chain import Head

    if noted is None:
        return None
    seq, _, sha256 = noted.partition(":")
    if not (re.fullmatch(r"[1-9][0-9]{0,18}", seq) and re.fullmatch(r"[0-9a-f]{64}", sha256)):
        raise InvalidInput("--head is SEQ:SHA256, as `sgd audit verify` prints it")
    return Head(int(seq), sha256)
