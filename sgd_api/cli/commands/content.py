"""`sgd content show|set|reset|check`: the content policy of an org, for the operator of this machine."""

import json
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sgd_api.cli.terminal import out, print_json

if TYPE_CHECKING:
    from sgd_assets.renders.content.policy import ContentPolicy
    from sgd_resources.postgres.engine import Database

app = typer.Typer(help="What no picture may say or show, by org.", no_args_is_help=True)
_OPERATOR = "operator"

Org = Annotated[str, typer.Option("--org", help="Organisation id.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@app.command("show")
def show(org: Org, as_json: Json = False) -> None:
    """The policy in force for an org, with its own changes."""
    policy, changes = _in_force(org)
    document = policy.as_document()
    if as_json:
        print_json({"org_id": org, "policy": document, "changes": changes})
        return
    for name, does in document["categories"].items():
        out.print(f"{name}: {does}")
    for name in ("allow", "block"):
        out.print(f"{name}: {', '.join(document[name]) or '-'}", markup=False)
    pictures = document["pictures"]
    out.print(f"moderation by a model: {document['moderation']}")
    out.print(f"pictures: {pictures['look']}, blocked from {pictures['threshold']:g}")
    out.print(f"changed for this org: {', '.join(sorted(changes)) or 'nothing'}")


@app.command("set")
def set_changes(
    org: Org, file: Annotated[Path, typer.Argument(help="JSON with the changes (contract content_override).")]
) -> None:
    """Change the policy for an org; what an earlier file changed and this one does not name is as shipped again."""
    from sgd_assets.renders.content.policy import content_policy
    from sgd_resources.errors import InvalidInput
    from sgd_resources.postgres.rows import content, orgs

    try:
        document = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{file} cannot be read as JSON: {error}") from error
    content_policy().with_override(document)
    with _database() as database, database.org_transaction(org) as connection:
        orgs.get_org(connection, org)
        content.set_override(connection, org, document, actor=_OPERATOR)
    out.print(f"changed for {org}: {', '.join(sorted(document)) or 'nothing'}")


@app.command("reset")
def reset(org: Org) -> None:
    """Give an org the shipped policy again."""
    from sgd_resources.postgres.rows import content, orgs

    with _database() as database, database.org_transaction(org) as connection:
        orgs.get_org(connection, org)
        had_changes = content.reset_override(connection, org, actor=_OPERATOR)
    out.print(f"{org} has the shipped policy" + ("" if had_changes else "; it had no changes"))


@app.command("check")
def check(
    text: Annotated[str, typer.Argument(help="A line of copy or an instruction.")],
    org: Annotated[str | None, typer.Option("--org", help="With this org's changes.")] = None,
    as_json: Json = False,
) -> None:
    """Which rule a text breaks. Exit code 2 when it breaks one."""
    from sgd_assets.renders.content.policy import content_policy
    from sgd_assets.renders.content.screen import broken_rule

    rule = broken_rule(text, content_policy() if org is None else _in_force(org)[0])
    if as_json:
        print_json({"rule": rule})
    else:
        out.print("passes" if rule is None else f"blocked: {rule}")
    if rule is not None:
        raise typer.Exit(2)


def _in_force(org: str) -> "tuple[ContentPolicy, dict[str, object]]":
    from sgd_assets.renders.content.policy import content_policy
    from sgd_resources.postgres.rows import content, orgs

    with _database() as database, database.org_transaction(org) as connection:
        orgs.get_org(connection, org)
        changes = content.get_override(connection, org)
    return content_policy(changes), changes or {}


def _database() -> "AbstractContextManager[Database]":
    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.settings import load_settings

    return operator_database(load_settings())
