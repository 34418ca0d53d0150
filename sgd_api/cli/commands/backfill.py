"""`sgd ingest` and `sgd backfill`: folders into the graph, for one org or for thousands."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from sgd_api.cli.terminal import EXIT_FAILED, err, light_table, out, print_json, print_plain

_PROJECT = "command-line"
_INGEST_BATCH = 50
NO_FILE = "none of its files could be read"

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def ingest(
    folder: Annotated[Path, typer.Argument(help="Folder with a brand's evidence.")],
    org: Annotated[str, typer.Option("--org", help="Organisation id.")],
    as_json: Json = False,
) -> None:
    """Upload a folder to an org and run the graph over it; exit code 1 when a file was left out, which is named."""
    from sgd_api.cli.folders.read import contents_below
    from sgd_api.cli.folders.upload import unread_files, upload_files
    from sgd_api.cli.left_out import end, held_files, say_left_out
    from sgd_api.cli.model_route import calls_since, told_of_calls
    from sgd_api.local.stack import local_stack
    from sgd_resources.postgres.rows.ingest_claims import ingest_claim
    from sgd_resources.settings import load_settings

    inside, settings, began = contents_below(folder), load_settings(), datetime.now(UTC)
    doing = err.status(f"Taking in {len(inside.files)} files ...")
    with (
        doing,
        local_stack(settings, workers=1) as stack,
        stack.client(org, makes_org=True) as client,
        ingest_claim(stack.database) as claim,
    ):
        with stack.database.org_transaction(org) as connection:
            claim.take(connection, org)
        sent = upload_files(client, inside.files, project_id=_PROJECT)
        ids = sent.upload_ids
        batches = [ids[start : start + _INGEST_BATCH] for start in range(0, len(ids), _INGEST_BATCH)]
        answers = [client.ingest(batch, project_id=_PROJECT) for batch in batches]
        rows = [row for answer in answers for row in answer.get("files", [])]
        left_out = inside.left_out + sent.left_out + held_files(rows) + unread_files(client, ids)
        repeats = [one.json() for one in sent.repeats]
        route = told_of_calls(calls_since(stack.database, org, began), settings)
    if as_json:
        version = answers[-1].get("canon_version") if answers else None
        told = {"files": rows, "repeats": repeats, "left_out": [one.json() for one in left_out]}
        print_json({"org_id": org, "canon_version": version, "route": route, **told})
    else:
        table = light_table("file", "status", "verdict", "reason")
        for row in rows:
            table.add_row(row["file_name"], row.get("status"), row.get("verdict"), row.get("reason"))
        for repeat in repeats:
            table.add_row(repeat["file"], "repeat", None, f"the same bytes as {repeat['same_as']}")
        print_plain(table)
        out.print(route, soft_wrap=True, highlight=False)
        say_left_out(left_out)
    end(left_out)


def backfill(
    folder: Annotated[Path, typer.Argument(help="Folder whose sub-folders are orgs; their names are the org ids.")],
    as_json: Json = False,
) -> None:
    """Ingest many orgs in ranged Dagster runs; one org's failure does not stop the others.

    Exit code 1 when an org failed, or a file or folder was left out: each is named.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from sgd_api.cli.folders.intake import intake_folder, not_read, org_folders
    from sgd_api.cli.folders.runs import run_backfill
    from sgd_api.cli.left_out import end, say_left_out
    from sgd_api.local.stack import local_stack
    from sgd_assets.evidence.build import file_cap
    from sgd_resources.postgres.rows.ingest_claims import ingest_claim
    from sgd_resources.settings import load_settings
    from sgd_resources.storage.select import build_object_store

    settings = load_settings()
    org_ids, left_out = org_folders(folder)
    columns = (TextColumn("{task.description:<10}"), BarColumn(bar_width=28), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        Progress(*columns, console=out, disable=as_json) as progress,
        local_stack(settings, workers=0) as stack,
        ingest_claim(stack.database) as claim,
    ):
        store, cap = build_object_store(settings), file_cap(settings)
        taken = progress.add_task("upload", total=len(org_ids))
        intakes = {}
        for org_id in org_ids:
            intakes[org_id] = intake_folder(
                stack.database, store, org_id, folder / org_id, project_id=_PROJECT, max_file_bytes=cap, claim=claim
            )
            left_out += intakes[org_id].left_out
            progress.advance(taken)
        results = {org_id: NO_FILE for org_id, intake in intakes.items() if not intake.upload_ids}
        wanted = [org_id for org_id in org_ids if org_id not in results]
        ran = progress.add_task("graph", total=len(wanted))
        if wanted:
            results |= run_backfill(settings, stack.urls, wanted, on_orgs_done=lambda n: progress.advance(ran, n))
        for org_id in wanted:
            refused = not_read(stack.database, store, org_id, intakes[org_id])
            left_out += refused
            if results[org_id] == "ok" and len(refused) == len(set(intakes[org_id].upload_ids)):
                results[org_id] = NO_FILE
        failed = sorted(org_id for org_id, state in results.items() if state != "ok")
        claim.failed.update(failed)
    if as_json:
        print_json({"orgs": results, "left_out": [one.json() for one in left_out]})
    else:
        out.print(f"{len(results) - len(failed)} of {len(results)} orgs are done")
        for org_id in failed:
            out.print(Text.assemble(("failed", "red"), f" {org_id}: {results[org_id]}"))
        say_left_out(left_out)
    if failed:
        raise SystemExit(EXIT_FAILED)
    end(left_out)
