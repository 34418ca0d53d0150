"""`sgd budget show|set`: what an org may spend on models, and what it has spent.

What must not live here: reports over calls (`commands/usage.py`).
"""

from typing import TYPE_CHECKING, Annotated

import typer

from sgd_api.cli.terminal import light_table, out, print_json, print_plain

if TYPE_CHECKING:
    from sgd_resources.llm.pots import Pot
    from sgd_resources.postgres.engine import Database

app = typer.Typer(help="Caps on what an org's model calls may cost.", no_args_is_help=True)

Org = Annotated[str, typer.Option("--org", help="Organisation id.")]
_POLICY = "policy"


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
                "kind": pot.kind, "period": pot.period, "limit_usd_micros": pot.limit_usd_micros,
                "spent_usd_micros": pot.spent_usd_micros, "left_usd_micros": pot.left_usd_micros,
                "resets_at": pot.resets_at.isoformat(),
            }
            for pot in found
        ])  # fmt: skip
        return
    table = light_table("budget", "period", "cap", "spent", "left", "full again")
    for pot in found:
        money = (pot.limit_usd_micros, pot.spent_usd_micros, pot.left_usd_micros)
        table.add_row(pot.kind, pot.period, *map(_usd, money), pot.resets_at.isoformat())
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
) -> None:
    """Give an org caps of its own; every process keeps to them within five seconds."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.errors import InvalidInput
    from sgd_resources.postgres.rows import audit, orgs
    from sgd_resources.postgres.rows.whole.caps import Caps, read_caps, write_caps
    from sgd_resources.settings import load_settings

    if day_usd is None and month_usd is None:
        raise InvalidInput("say what to change: --day-usd, --month-usd or both")
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


def _pots(database: "Database", org: str) -> "list[Pot]":
    from sgd_resources.llm.caller import Caller
    from sgd_resources.llm.money.org_caps import limited
    from sgd_resources.llm.money.scopes import scopes_of, today
    from sgd_resources.llm.money.spend import DatabaseSpend
    from sgd_resources.llm.policy.policy_file import PolicyFile
    from sgd_resources.llm.pots import Held, pots
    from sgd_resources.postgres.rows import orgs
    from sgd_resources.postgres.rows.whole.caps import read_caps

    with database.org_transaction(org) as connection:
        orgs.get_org(connection, org)
        caps = read_caps(connection, org)
    limits = limited(PolicyFile().current().budgets, caps)
    scopes = [scope for scope in scopes_of(limits, Caller(org), today()) if scope.kind.startswith("org")]
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
