"""`sgd keys create|rotate|revoke|list`: API keys of an org."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from sgd_api.cli.terminal import err, light_table, out, print_json, print_plain

if TYPE_CHECKING:
    from sgd_resources.postgres.engine import Database

app = typer.Typer(help="Create, list and revoke API keys.", no_args_is_help=True)

_KEY_ID_CHARACTERS = 20
_MINUTE_CHARACTERS = 16

Org = Annotated[str, typer.Option("--org", help="Organisation id.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@app.command("create")
def create(
    org: Org,
    label: Annotated[str, typer.Option("--label", "--name", help="What the key is for.")] = "",
    team: Annotated[str, typer.Option("--team", help="Whose it is.")] = "",
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", help="What it may do, e.g. renders:write or keys:*; may be given again. [as policy]"),
    ] = None,
    days: Annotated[int | None, typer.Option("--days", min=1, max=3650, help="It ends after so many days.")] = None,
    per_min: Annotated[int | None, typer.Option("--per-min", min=1, help="Requests in any minute.")] = None,
    per_hour: Annotated[int | None, typer.Option("--per-hour", min=1, help="Requests in any hour.")] = None,
    as_json: Json = False,
) -> None:
    """Make a key and print it once; only its hash is stored. A new org is made on the way."""
    from sgd_resources.identity.access_policy import check_scopes
    from sgd_resources.postgres.rows import audit, keys, orgs

    expires_at = None if days is None else datetime.now(UTC) + timedelta(days=days)
    scopes = check_scopes(scope) if scope else None
    rights = keys.KeyRights(team, scopes, expires_at, per_min, per_hour)
    with _database() as database, database.org_transaction(org) as connection:
        orgs.ensure_org(connection, org)
        created = keys.create_key(connection, org, label=label, rights=rights)
        audit.append(connection, org, actor="operator", action="key.created", subject=created.key_id)
    if as_json:
        print_json({"org_id": org, "key_id": created.key_id, "key": created.plaintext})
        return
    out.print(created.plaintext, soft_wrap=True)
    err.print(f"[dim]key {created.key_id} of org {org}; it is shown only now[/]")


@app.command("list")
def list_keys(
    org: Org,
    shows_all: Annotated[
        bool, typer.Option("--all", help="Also the keys that commands made for themselves and gave back.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List an org's keys, without their secrets."""
    from sgd_resources.postgres.rows import keys, orgs

    with _database() as database, database.org_transaction(org) as connection:
        orgs.get_org(connection, org)
        found = [key for key in keys.list_keys(connection, org) if shows_all or key.label != keys.COMMAND_LINE_LABEL]
    if as_json:
        print_json([_row(key) for key in found])
        return
    table = light_table()
    table.add_column("key id", no_wrap=True, overflow="ignore", min_width=_KEY_ID_CHARACTERS)
    for name in ("begins with", "label"):
        table.add_column(name, overflow="fold")
    for name in ("team", "scopes", "per min", "per hour"):
        table.add_column(name, overflow="fold")
    for name in ("created (UTC)", "last used", "ends", "revoked"):
        table.add_column(name, no_wrap=True, overflow="ignore", min_width=_MINUTE_CHARACTERS)
    for key in found:
        table.add_row(*(_shown(value) for value in _values(key).values()))
    print_plain(table)


@app.command("rotate")
def rotate(
    key_id: Annotated[str, typer.Argument(metavar="KEY_ID")],
    org: Org,
    grace: Annotated[int, typer.Option("--grace", min=0, help="Seconds that the old key works on.")] = 86_400,
    as_json: Json = False,
) -> None:
    """Make a key with the rights of an old one and print it once; the old one ends after the grace."""
    from sgd_resources.postgres.rows import audit, keys

    with _database() as database, database.org_transaction(org) as connection:
        old_until = datetime.now(UTC) + timedelta(seconds=grace)
        created = keys.rotate_key(connection, org, key_id, old_until=old_until)
        details = {"replaces": key_id, "grace_s": grace}
        audit.append(
            connection, org, actor=audit.OPERATOR, action="key.rotated", subject=created.key_id, details=details
        )
    if as_json:
        print_json({"org_id": org, "key_id": created.key_id, "key": created.plaintext, "replaces": key_id})
        return
    out.print(created.plaintext, soft_wrap=True)
    err.print(f"[dim]key {created.key_id} of org {org}; it is shown only now. {key_id} ends in {grace} s[/]")


@app.command("revoke")
def revoke(key_id: Annotated[str, typer.Argument(metavar="KEY_ID")], org: Org) -> None:
    """Revoke a key; it stops working at once."""
    from sgd_resources.postgres.rows import audit, keys

    with _database() as database, database.org_transaction(org) as connection:
        keys.revoke_key(connection, org, key_id)
        audit.append(connection, org, actor="operator", action="key.revoked", subject=key_id)
    out.print(f"revoked {key_id}")


def _database() -> "AbstractContextManager[Database]":
    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.settings import load_settings

    return operator_database(load_settings())


def _row(key: object) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in _values(key).items()}


def _shown(value: object) -> str:
    """For the table: a time to its minute, which stays on one line."""
    if isinstance(value, list | tuple):
        return " ".join(str(each) for each in value)
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value or "-")


def _values(key: object) -> dict[str, object]:
    names = (
        "key_id", "prefix", "label", "team", "scopes", "per_min", "per_hour", "created_at", "last_used_at",
        "expires_at", "revoked_at",
    )  # fmt: skip
    return {name: getattr(key, name) for name in names}
