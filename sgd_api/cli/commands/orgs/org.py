"""`sgd org link`: what a token issuer calls an org of ours."""

from typing import Annotated

import typer

from sgd_api.cli.terminal import out

app = typer.Typer(help="What stands for a whole org.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps `link` a command of its own while it is the only one."""


@app.command("link")
def link(
    org: Annotated[str, typer.Option("--org", help="Organisation id.")],
    external: Annotated[str | None, typer.Option("--external", help="The issuer's id of it. [none: unlink]")] = None,
) -> None:
    """Let in session tokens that name this org by the issuer's own id (`org_id` or `o.id` of the token)."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.errors import Conflict
    from sgd_resources.postgres.rows import audit, orgs
    from sgd_resources.settings import load_settings

    with operator_database(load_settings()) as database:
        with database.directory() as directory:
            known = orgs.org_known_as(directory, external) if external else None
        if known not in (None, org):
            raise Conflict(f"the org {known} is known by that name already")
        with database.org_transaction(org) as connection:
            orgs.link_org(connection, org, external)
            audit.append(connection, org, actor=audit.OPERATOR, action="org.linked", subject=external or org)
    out.print(f"{org} is known to the issuer of tokens as {external or org}")
