"""`sgd budget show|set`: what an org, a key or a project may spend on models, and what it has spent.

What must not live here: reports over calls (`commands/usage.py`).
"""

from typing import TYPE_CHECKING, Annotated

import typer

from sgd_api.cli.terminal import err, light_table, out, print_json, print_plain

if TYPE_CHECKING:
    from sgd_resources.llm.pots import Pot
    from sgd_resources.postgres.engine import Database

app = typer.Typer(help="Caps on what an org's model calls may cost.", no_args_is_help=True)

Org = Annotated[str, typer.Option("--org", help="Organisation id.")]
_POLICY = "policy"
_LONGEST_NAME = 200


@app.command("show")
def show(
    org: Org, as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False
) -> None:
    """The org's budgets of today and this month: cap, spent, left, and when they are full again."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.settings import load_settings

    with operator_database(load_settings()) as database:
        found = _pots(database, org)
    if as_json:
        print_json([
            {
                "kind": pot.kind, "period": pot.period, "of": pot.of, "limit_usd_micros": pot.limit_usd_micros,
                "spent_usd_micros": pot.spent_usd_micros, "left_usd_micros": pot.left_usd_micros,
                "resets_at": pot.resets_at.isoformat(),
            }
            for pot in found
        ])  # fmt: skip
        return
    table = light_table("budget", "of", "period", "cap", "spent", "left", "full again")
    for pot in found:
        money = (pot.limit_usd_micros, pot.spent_usd_micros, pot.left_usd_micros)
        table.add_row(pot.kind, pot.of or org, pot.period, *map(_usd, money), pot.resets_at.isoformat())
    print_plain(table)


@app.command("set")
def set_caps(
    org: Org,
    day_usd: Annotated[
        str | None, typer.Option("--day-usd", help="Cap of a UTC day in US dollars, or `policy` for the policy's.")
    ] = None,
    month_usd: Annotated[
        str | None, typer.Option("--month-usd", help="Cap of a UTC month in US dollars, or `policy`.")
    ] = None,
    key: Annotated[str | None, typer.Option("--key", help="Only what this API key asks for at once.")] = None,
    project: Annotated[str | None, typer.Option("--project", help="Only what is made for this project.")] = None,
) -> None:
    """Give an org, a key or a project caps of its own; every process keeps to them within five seconds."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.errors import InvalidInput
    from sgd_resources.postgres.rows import audit, orgs
    from sgd_resources.postgres.rows.whole.caps import Caps, read_caps, write_caps
    from sgd_resources.settings import load_settings

    if day_usd is None and month_usd is None:
        raise InvalidInput("say what to change: --day-usd, --month-usd or both")
    if key is not None and project is not None:
        raise InvalidInput("a cap is a key's or a project's: --key or --project")
    if key is not None or project is not None:
        _set_part(org, ("key", key) if key is not None else ("project", str(project)), day_usd, month_usd)
        return
    with operator_database(load_settings()) as database, database.org_transaction(org) as connection:
        orgs.get_org(connection, org)
        before = read_caps(connection, org)
        caps = Caps(
            before.day_usd_micros if day_usd is None else _micros(day_usd),
            before.month_usd_micros if month_usd is None else _micros(month_usd),
        )
        write_caps(connection, org, caps)
        details = {"day_usd_micros": caps.day_usd_micros, "month_usd_micros": caps.month_usd_micros}
        audit.append(connection, org, actor=audit.OPERATOR, action="budget.set", subject=org, details=details)
    out.print(f"{org}: {_said(caps.day_usd_micros)} a day, {_said(caps.month_usd_micros)} a month")


def _set_part(org: str, part: tuple[str, str], day_usd: str | None, month_usd: str | None) -> None:
    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.errors import InvalidInput, NotFound
    from sgd_resources.postgres.rows import audit, keys, orgs
    from sgd_resources.postgres.rows.whole.caps import is_named, read_caps, write_part_caps
    from sgd_resources.settings import load_settings

    kind, name = part
    if not 0 < len(name) <= _LONGEST_NAME:
        raise InvalidInput(f"a {kind} is named by 1 to {_LONGEST_NAME} characters")
    with operator_database(load_settings()) as database, database.org_transaction(org) as connection:
        orgs.get_org(connection, org)
        if kind == "key" and name not in {known.key_id for known in keys.list_keys(connection, org)}:
            raise NotFound("no such key in this org")
        before_day, before_month = read_caps(connection, org).parts.get(part, (None, None))
        day = before_day if day_usd is None else _micros(day_usd)
        month = before_month if month_usd is None else _micros(month_usd)
        write_part_caps(connection, org, part, day_usd_micros=day, month_usd_micros=month)
        is_new = kind == "project" and not is_named(connection, org, name)
        details = {"kind": kind, "day_usd_micros": day, "month_usd_micros": month}
        audit.append(connection, org, actor=audit.OPERATOR, action="budget.set", subject=name, details=details)
    out.print(f"{kind} {name} of {org}: {_said(day)} a day, {_said(month)} a month", markup=False)
    if is_new:
        err.print(f"nothing of {org} has named the project {name} lately: look at its spelling", markup=False)


def _pots(database: "Database", org: str) -> "list[Pot]":
    from sgd_resources.llm.caller import Caller
    from sgd_resources.llm.money.org_caps import limited
    from sgd_resources.llm.money.spend import DatabaseSpend
    from sgd_resources.llm.policy.policy_file import PolicyFile
    from sgd_resources.llm.pots import Held, own_scopes, pots
    from sgd_resources.postgres.rows import orgs
    from sgd_resources.postgres.rows.whole.caps import read_caps

    with database.org_transaction(org) as connection:
        orgs.get_org(connection, org)
        caps = read_caps(connection, org)
    limits = limited(PolicyFile().current().budgets, caps)
    scopes = own_scopes(limits, Caller(org))
    # The ledger's word only: what calls in flight hold is told by the API.
    return pots([Held(scope, None, 0) for scope in scopes], DatabaseSpend(database).spent(org, scopes))


def _micros(usd: str) -> int | None:
    from decimal import Decimal, InvalidOperation

    from sgd_resources.errors import InvalidInput
    from sgd_resources.llm.policy.policy_file import usd_to_micros

    if usd == _POLICY:
        return None
    try:
        amount = Decimal(usd)
    except InvalidOperation as error:
        raise InvalidInput(f"a cap is an amount of US dollars, or `{_POLICY}`") from error
    if not (amount.is_finite() and 0 <= amount <= 1_000_000):
        raise InvalidInput("a cap is 0 to 1000000 US dollars")
    return usd_to_micros(amount, rounds_up=False)


def _usd(micros: int | None) -> str:
    return "none" if micros is None else f"${micros / 1_000_000:.4f}"


def _said(micros: int | None) -> str:
    return "the policy's cap" if micros is None else _usd(micros)
