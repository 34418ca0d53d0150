"""`sgd verify`, `sgd replay`, `sgd rerender` and `sgd renders list`: what was made, and its proof."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sgd_api.cli.named_files import bytes_of
from sgd_api.cli.terminal import EXIT_FAILED, err, light_table, out, print_json, print_plain

if TYPE_CHECKING:
    from sgd_resources.ports import ConfinedJobs, ObjectStore
    from sgd_resources.postgres.engine import Database

renders_app = typer.Typer(help="Renders of an org.", no_args_is_help=True)

Org = Annotated[str, typer.Option("--org", help="Organisation id.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000)]


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A picture, from anywhere.")],
    org: Org,
    manifest: Annotated[
        Path | None,
        typer.Option(
            "--manifest", metavar="MANIFEST", help="Its manifest, where that is a file; FILE.c2pa if it is there."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say whether a file is a picture of the org, and untouched. Exit code 1 when it is not."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_api.http.stored.proof.own_pictures import OwnPictures
    from sgd_api.http.stored.proof.present import verification
    from sgd_assets.renders.prove.verify import verify_picture
    from sgd_resources.provenance.signer import build_signer
    from sgd_resources.sandbox.drawing import drawing_sandbox
    from sgd_resources.settings import load_settings
    from sgd_resources.storage.select import build_object_store

    settings = load_settings()
    data = bytes_of(file)
    lies_beside = file.with_name(f"{file.name}.c2pa")
    manifest = manifest or (lies_beside if lies_beside.is_file() else None)
    beside = bytes_of(manifest) if manifest is not None else None
    with operator_database(settings) as database, drawing_sandbox() as jobs:
        found = verify_picture(
            data, OwnPictures(database, org), anchors_pem=build_signer(settings).anchors_pem, jobs=jobs,
            store=build_object_store(settings), beside=beside,
        )  # fmt: skip
    told = verification(found, getattr(found.picture, "canon_version", None)).wire()
    if as_json:
        print_json(told)
    else:
        out.print(f"{found.verdict}: {found.message}", markup=False, soft_wrap=True)
        for name in ("render_id", "index", "canon_version", "signature", "signer", "signed_at", "made_from"):
            if name in told:
                out.print(f"  {name}: {told[name]}", markup=False, soft_wrap=True)
    if found.verdict != "untouched":
        raise SystemExit(EXIT_FAILED)


def replay(
    render_id: Annotated[str, typer.Argument(metavar="RENDER", help="Id of a render.")],
    org: Org,
    canon: Annotated[
        str | None,
        typer.Option("--canon", metavar="LATEST|VERSION", help="Show what another canon would change; stores nothing."),
    ] = None,
    folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where --canon puts its pictures.")
    ] = Path("replays"),
    as_json: Json = False,
) -> None:
    """Make a render again from what was recorded, and compare it to the byte. Exit code 1 when it differs."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.errors import NotFound
    from sgd_resources.postgres.rows import renders
    from sgd_resources.sandbox.drawing import drawing_sandbox
    from sgd_resources.settings import load_settings
    from sgd_resources.storage.select import build_object_store

    settings = load_settings()
    with operator_database(settings) as database, drawing_sandbox() as jobs:
        store = build_object_store(settings)
        with database.org_transaction(org) as connection:
            outputs = renders.list_outputs(connection, org, render_id)
        if not outputs:
            raise NotFound("no such render with pictures in this org")
        if canon is None:
            is_same = _replay_all(outputs, org, store, jobs, as_json=as_json)
        else:
            is_same = True
            _show_changes(outputs, org, canon, folder, database, store, jobs, as_json=as_json)
    if not is_same:
        raise SystemExit(EXIT_FAILED)


def rerender(
    org: Org,
    stale: Annotated[bool, typer.Option("--stale", help="Every render of an older canon, at most 200.")] = False,
    render_ids: Annotated[list[str] | None, typer.Argument(metavar="[RENDER...]", help="Or these.")] = None,
) -> None:
    """Ask for renders again under the current canon, in one job; running workers make them. Old ones stay.

    Exit code 0 says that they are asked for; how each came out, `guardrails_ok` in GET /jobs/{id} says.
    """
    from sgd_api.cli.operator_database import operator_database
    from sgd_assets.on_demand.request import request_rerender
    from sgd_resources.errors import InvalidInput
    from sgd_resources.settings import load_settings

    if stale == bool(render_ids):
        raise InvalidInput("name renders, or ask for all stale ones with --stale")
    with operator_database(load_settings()) as database:
        ticket = request_rerender(database, org, project_id="command-line", render_ids=render_ids or None)
    if ticket.job_id is None:
        out.print("nothing is stale")
        return
    out.print(f"job {ticket.job_id}: {len(ticket.render_ids)} renders are made again", markup=False, soft_wrap=True)


@renders_app.command("list")
def list_renders(
    org: Org,
    stale: Annotated[bool, typer.Option("--stale", help="Only those of an older canon.")] = False,
    project: Annotated[str | None, typer.Option("--project")] = None,
    status: Annotated[str | None, typer.Option("--status", help="Such as succeeded.")] = None,
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """Show the org's renders, newest first."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_api.http.stored.proof.present import render_line
    from sgd_resources.postgres.rows.proof import lists
    from sgd_resources.settings import load_settings

    wanted = lists.RenderFilter(project_id=project, status=status, is_stale=True if stale else None)
    with operator_database(load_settings()) as database, database.org_transaction(org) as connection:
        lines = [render_line(row).wire() for row in lists.list_renders(connection, org, wanted, limit=limit)]
    if as_json:
        print_json({"org_id": org, "renders": lines})
        return
    table = light_table("render", "status", "pictures", "project", "canon", "made")
    for line in lines:
        canon = line.get("canon_version", "")[:12] + (" (stale)" if line["is_stale"] else "")
        canon += " (made again)" if "replaced_by" in line else ""
        table.add_row(
            line["render_id"], line["status"], str(line["pictures"]), line.get("project_id", ""), canon,
            line.get("finished_at", ""),
        )  # fmt: skip
    print_plain(table)


def _replay_all(outputs: list, org: str, store: "ObjectStore", jobs: "ConfinedJobs", *, as_json: bool) -> bool:  # type: ignore[type-arg]  # rows
    from dataclasses import asdict

    from sgd_assets.renders.prove.replay import replay as replay_one

    found = [replay_one(row, org_id=org, store=store, jobs=jobs) for row in outputs]
    if as_json:
        print_json({"pictures": [asdict(one) for one in found]})
    for one in found if not as_json else ():
        words = "the stored file, to the byte" if one.is_identical else "another file than the stored one"
        out.print(f"picture {one.index}: {words}", soft_wrap=True)
        if not one.is_identical and one.made_by != one.code_version:
            err.print(f"made by code {one.made_by}; this is {one.code_version}", style="dim", soft_wrap=True)
    return all(one.is_identical for one in found)


def _show_changes(
    outputs: list,  # type: ignore[type-arg]  # rows
    org: str,
    wanted: str,
    folder: Path,
    database: "Database",
    store: "ObjectStore",
    jobs: "ConfinedJobs",
    *,
    as_json: bool,
) -> None:
    from sgd_api.cli.picture_folder import check_picture_folder
    from sgd_assets.documents.settled.keep import SettledFiles
    from sgd_assets.evidence.manifest import EvidenceManifest
    from sgd_assets.on_demand.resource.canon_version import load_canon
    from sgd_assets.renders.brand_files import BrandFiles
    from sgd_assets.renders.prove.replay import replay_under
    from sgd_resources.errors import NotFound
    from sgd_resources.font_shelf import font_shelf
    from sgd_resources.postgres.rows import canon as canon_rows
    from sgd_resources.shown.first_step import first_step
    from sgd_resources.storage.keys import manifest_key

    check_picture_folder(folder)
    with database.org_transaction(org) as connection:
        if wanted.upper() == "LATEST":
            row = canon_rows.current_version(connection, org)
        else:
            row = canon_rows.find_version(connection, org, wanted)
    if row is None:
        raise NotFound(f"this org has no canon yet: {first_step(org)}")
    canon = load_canon(store, org, row.version, row.key)
    evidence = EvidenceManifest.model_validate_json(store.get(manifest_key(org, "brand_evidence")))
    brand = BrandFiles.find(evidence, SettledFiles(org, store=store, jobs=jobs), font_shelf())
    folder.mkdir(parents=True, exist_ok=True)
    told = []
    for output in outputs:
        found = replay_under(output, canon, brand, org_id=org, store=store, jobs=jobs)
        path = folder / f"replay-{output.render_id[:8]}-{found.index + 1}-{row.version[:8]}.png"
        path.write_bytes(found.shown)
        told.append({"index": found.index, "changes": list(found.changes), "apart": found.apart, "file": str(path)})
        for line in (found.changes or ("nothing changes",)) if not as_json else ():
            out.print(f"picture {found.index}: {line}", markup=False, soft_wrap=True)
        if not as_json:
            err.print(f"{path}", style="dim", markup=False, soft_wrap=True)
    if as_json:
        print_json({"canon_version": row.version, "pictures": told})
