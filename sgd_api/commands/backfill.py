"""`sgd ingest` and `sgd backfill`: folders into the graph, for one org or for thousands."""

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from sgd_api.terminal import EXIT_FAILED, err, light_table, out, print_json, print_plain
from sgd_resources.errors import InvalidInput

_PROJECT = "command-line"
_INGEST_BATCH = 50

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def ingest(
    folder: Annotated[Path, typer.Argument(help="Folder with a brand's evidence.")],
    org: Annotated[str, typer.Option("--org", help="Organisation id.")],
    as_json: Json = False,
) -> None:
    """Upload a folder to an org and run the graph over it; says what stayed in quarantine, and why."""
    from sgd_api.folder import files_below
    from sgd_api.local_stack import local_stack
    from sgd_resources.database.ingest_claims import ingest_claim
    from sgd_resources.settings import load_settings

    files = files_below(folder)
    answers = []
    doing = err.status(f"Taking in {len(files)} files ...")
    with (
        doing,
        local_stack(load_settings(), workers=1) as stack,
        stack.client(org, makes_org=True) as client,
        ingest_claim(stack.database) as claim,
    ):
        with stack.database.org_transaction(org) as connection:
            claim.take(connection, org)
        ids = []
        for file in files:
            with file.path.open("rb") as stream:
                receipt = client.upload(file.name, stream, project_id=_PROJECT)
            ids += [upload["upload_id"] for upload in receipt["uploads"]]
        for start in range(0, len(ids), _INGEST_BATCH):
            answers.append(client.ingest(ids[start : start + _INGEST_BATCH], project_id=_PROJECT))
    rows = [row for answer in answers for row in answer.get("files", [])]
    if as_json:
        print_json({"org_id": org, "canon_version": answers[-1].get("canon_version"), "files": rows})
        return
    table = light_table("file", "status", "verdict", "reason")
    for row in rows:
        table.add_row(row["file_name"], row.get("status"), row.get("verdict"), row.get("reason"))
    print_plain(table)


def backfill(
    folder: Annotated[Path, typer.Argument(help="Folder whose sub-folders are orgs; their names are the org ids.")],
    as_json: Json = False,
) -> None:
    """Ingest many orgs in ranged Dagster runs; one org's failure does not stop the others."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from sgd_api.backfill_runs import intake_folder, run_backfill
    from sgd_api.local_stack import local_stack
    from sgd_resources.database.ingest_claims import ingest_claim
    from sgd_resources.settings import load_settings
    from sgd_resources.storage.keys import validate_org_id
    from sgd_resources.storage.select import build_object_store

    if not folder.is_dir():
        raise InvalidInput(f"{folder} is not a folder")
    settings = load_settings()
    org_ids = sorted(validate_org_id(path.name) for path in folder.iterdir() if path.is_dir())
    if not org_ids:
        raise InvalidInput(f"{folder} has no sub-folders")
    columns = (TextColumn("{task.description:<10}"), BarColumn(bar_width=28), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        Progress(*columns, console=out, disable=as_json) as progress,
        local_stack(settings, workers=0) as stack,
        ingest_claim(stack.database) as claim,
    ):
        store = build_object_store(settings)
        taken = progress.add_task("upload", total=len(org_ids))
        for org_id in org_ids:
            intake_folder(stack.database, store, org_id, folder / org_id, project_id=_PROJECT, claim=claim)
            progress.advance(taken)
        ran = progress.add_task("graph", total=len(org_ids))
        results = run_backfill(settings, stack.urls, org_ids, on_orgs_done=lambda n: progress.advance(ran, n))
        failed = sorted(org_id for org_id, state in results.items() if state != "ok")
        claim.failed.update(failed)
    if as_json:
        print_json({"orgs": results})
    else:
        out.print(f"{len(results) - len(failed)} of {len(results)} orgs are done")
        for org_id in failed:
            out.print(Text.assemble(("failed", "red"), f" {org_id}: {results[org_id]}"))
    if failed:
        raise SystemExit(EXIT_FAILED)
