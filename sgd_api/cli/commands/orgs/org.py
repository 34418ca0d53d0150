"""`sgd org link|export|delete|tombstone`: what stands for a whole org.

What must not live here: what an org has, or how it is erased (`sgd_resources/erasure`).
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sgd_api.cli.terminal import light_table, out, print_json, print_plain

if TYPE_CHECKING:
    from sgd_resources.erasure.erase import Counts

app = typer.Typer(help="What stands for a whole org.", no_args_is_help=True)

Org = Annotated[str, typer.Option("--org", help="Organisation id.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@app.command("link")
def link(
    org: Org,
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


@app.command("export")
def export(
    org: Org,
    to: Annotated[Path, typer.Option("--to", help="The archive to write; one that is there is replaced.")],
) -> None:
    """Write all that an org has into one zip archive: rows, objects, and a list with their hashes."""
    from sgd_api.cli import installation
    from sgd_resources.erasure.export import export_org
    from sgd_resources.errors import InvalidInput
    from sgd_resources.postgres.rows import audit
    from sgd_resources.settings import load_settings

    if not to.parent.is_dir():
        raise InvalidInput(f"{to.parent} is not a folder")
    with installation.whole_installation(load_settings()) as here:
        found = export_org(here.database, here.store, here.vectors, org, to)
        with here.database.org_transaction(org) as connection:
            audit.append(connection, org, actor=audit.OPERATOR, action="org.exported", subject=org)
    out.print(f"{to}: {sum(found.rows.values())} rows, {found.objects} objects, {found.size_bytes} bytes")


@app.command("delete")
def delete(
    org: Org,
    confirm: Annotated[str, typer.Option("--confirm", help="The same id again: nothing brings anything back.")],
    as_json: Json = False,
) -> None:
    """Erase an org from every store, look again, and print what there was; run it again after a crash."""
    from sgd_api.cli import installation
    from sgd_resources.erasure.erase import erase_org
    from sgd_resources.errors import InvalidInput, NotFound
    from sgd_resources.postgres.rows import audit, orgs
    from sgd_resources.postgres.rows.whole.erasure import mark_of
    from sgd_resources.settings import load_settings

    if confirm != org:
        raise InvalidInput("--confirm is not the id of this org: nothing was erased")
    with installation.whole_installation(load_settings()) as here:
        try:
            with here.database.org_transaction(org) as connection:
                orgs.get_org(connection, org)
                audit.append(connection, org, actor=audit.OPERATOR, action="ORG_DELETION", subject=org)
        except NotFound:
            out.print(f"{org} is no org any more; looking for what is left of it")
        erased = erase_org(here.database, here.places, org)
    if as_json:
        print_json({"org_id": org, "erased": {name: dict(found) for name, found in erased.counts.items()}})
        return
    _show(erased.counts)
    out.print(f"nothing of {org} is left; its tombstone is {mark_of(org)}")


@app.command("tombstone")
def tombstone(org: Org, as_json: Json = False) -> None:
    """What is left of an erased org: when, how much there was, and the head of its audit log's chain."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.errors import NotFound
    from sgd_resources.postgres.rows.whole.erasure import is_chain_whole, list_tombstones, mark_of
    from sgd_resources.settings import load_settings

    mark = mark_of(org)
    with operator_database(load_settings()) as database, database.org_transaction(mark) as connection:
        found = [(one, is_chain_whole(connection, mark, one)) for one in list_tombstones(connection, mark)]
    if not found:
        raise NotFound(f"no org {org} was ever erased here")
    if as_json:
        print_json([
            {
                "erased_at": one.erased_at.isoformat(), "counts": one.counts, "chain_seq": one.chain_seq,
                "chain_sha256": one.chain_sha256, "is_finished": one.is_finished,
                "is_chain_whole": is_whole,
            }
            for one, is_whole in found
        ])  # fmt: skip
        return
    for one, is_whole in found:
        _show(one.counts)
        ending = ("" if one.is_finished else "; not finished") + ("" if is_whole else "; its chain is broken")
        out.print(f"erased {one.erased_at:%Y-%m-%d %H:%M} UTC{ending}; chain {one.chain_seq}:{one.chain_sha256}")


def _show(counts: "Counts") -> None:
    table = light_table("store", "what", "erased")
    for store, found in counts.items():
        for what, n in found.items():
            table.add_row(store, what, str(n))
    print_plain(table)
