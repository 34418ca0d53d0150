"""`sgd prompts publish|unpublish`: an operator lets every org read a schema or template of one org."""

from typing import TYPE_CHECKING, Annotated

import typer

from sgd_api.cli.terminal import out

if TYPE_CHECKING:
    from sgd_resources.postgres.rows.prompts.kept import Kind, Visibility

app = typer.Typer(help="Make kept schemas and templates public, or take that back.", no_args_is_help=True)
Org = Annotated[str, typer.Option("--org", help="The organisation that keeps it.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="Of a schema (sch_...) or a template (tpl_...).")]


@app.command("publish")
def publish(kept_id: Id, org: Org) -> None:
    """Every org can read it from now on, all its versions; other processes see that within a minute."""
    _set(kept_id, org, "public")


@app.command("unpublish")
def unpublish(kept_id: Id, org: Org) -> None:
    """Only its own org can read it again; other processes see that within a minute."""
    _set(kept_id, org, "shared")


def _set(kept_id: str, org: str, visibility: "Visibility") -> None:
    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.postgres.rows import audit, orgs
    from sgd_resources.postgres.rows.prompts import kept
    from sgd_resources.settings import load_settings

    kind: Kind = "template" if kept_id.startswith("tpl_") else "schema"
    with operator_database(load_settings()) as database, database.org_transaction(org) as connection:
        orgs.get_org(connection, org)
        kept.set_visibility(connection, org, kind, kept_id, visibility)
        audit.append(
            connection, org, actor=audit.OPERATOR, action=f"{kind}.visibility", subject=kept_id,
            details={"visibility": visibility},
        )  # fmt: skip
    out.print(f"{kept_id} is {visibility}")
