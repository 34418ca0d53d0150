"""`sgd evidence inspect|list|release|discard|remove|supersede`: the gate's verdict, and an operator's word."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from sgd_api.cli.terminal import EXIT_FAILED, as_json_text, err, light_table, out, print_json, print_plain

app = typer.Typer(help="Look at evidence the way the gate does, and decide on what it holds.", no_args_is_help=True)

ACTOR = "operator"
Org = Annotated[str, typer.Option("--org", help="Organisation id.")]
UploadId = Annotated[str, typer.Argument(metavar="UPLOAD_ID", help="Id of the held upload, as GET /uploads shows it.")]


@app.command("inspect")
def inspect(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files to inspect.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line and nothing else.")] = False,
) -> None:
    """Say what the gate would do with each file, and what an ingest would read of it. Nothing is stored.

    Exit code 1 when a file would be left out: by the gate, or because no parser can read it.
    """
    from sgd_api.cli.folders.inspection import inspect_files
    from sgd_resources.settings import load_settings
    from sgd_resources.shown.reason import shown_reason

    table = light_table("file", "verdict", "reason", "type", "av", "reading")
    notes: list[str] = []
    is_one_left_out = False
    for row in inspect_files(files, load_settings()):
        parse = row["parse"] or {}
        is_one_left_out |= row["verdict"] != "accept" or parse.get("state") != "read"
        if as_json:
            typer.echo(as_json_text(row))
        else:
            why = shown_reason(row["reason"], row["details"])
            table.add_row(
                row["file"], row["verdict"], why, row["detected_type"] or "", _av_words(row["av"]), _reading(parse)
            )
            notes += [f"{row['file']}: {note}" for note in parse.get("notes") or ()]
    if not as_json:
        print_plain(table)
        for note in notes:
            out.print(Text.assemble(("note", "yellow"), f" {note}"), soft_wrap=True)
    if is_one_left_out:
        raise SystemExit(EXIT_FAILED)


def _av_words(av: Mapping[str, str | None]) -> str:
    return f"{av['verdict']} ({av['engine']})" if av["engine"] else str(av["verdict"])


def _reading(parse: Mapping[str, Any]) -> str:
    """What a parser said, as `GET /uploads` has it after an ingest; nothing for a file that the gate leaves out."""
    return f"{parse['state']}: {parse['reason']}" if parse.get("reason") else str(parse.get("state", ""))


@app.command("release")
def release(upload_id: UploadId, org: Org) -> None:
    """Let a file in that is held on suspicion, as it is. Malware and rejected files stay out. Audited."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_assets.evidence.build import build_gate
    from sgd_assets.evidence.operator import release_upload
    from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
    from sgd_resources.settings import load_settings
    from sgd_resources.storage.select import build_object_store

    settings = load_settings()
    with operator_database(settings) as database, build_gate(settings, processes=1) as gate:
        record = release_upload(
            org,
            upload_id,
            actor=ACTOR,
            store=build_object_store(settings),
            ledger=DatabaseUploadLedger(database),
            gate=gate,
        )
    out.print(f"released {upload_id}", soft_wrap=True)
    err.print(f"evidence {record.evidence_sha256[:12]}; the org's next ingest reads it", style="dim", markup=False)


@app.command("discard")
def discard(upload_id: UploadId, org: Org) -> None:
    """Throw a held file away: its bytes are deleted, its row stays and says who did it. Audited."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_assets.evidence.operator import discard_upload
    from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
    from sgd_resources.settings import load_settings
    from sgd_resources.storage.select import build_object_store

    settings = load_settings()
    with operator_database(settings) as database:
        store, ledger = build_object_store(settings), DatabaseUploadLedger(database)
        discard_upload(org, upload_id, actor=ACTOR, store=store, ledger=ledger)
    out.print(f"discarded {upload_id}", soft_wrap=True)


@app.command("list")
def list_evidence(
    org: Org,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Show the clean files that the org's canon is derived from."""
    from dataclasses import asdict

    from sgd_api.cli.operator_database import operator_database
    from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
    from sgd_resources.settings import load_settings
    from sgd_resources.shown.first_step import first_step

    with operator_database(load_settings()) as database:
        records = DatabaseUploadLedger(database).evidence(org)
    if as_json:
        print_json({"org_id": org, "evidence": [asdict(record) for record in records]})
        return
    table = light_table("file", "type", "bytes", "sha256")
    for record in records:
        table.add_row(record.file_name, record.media_type, str(record.size_bytes), record.evidence_sha256[:16])
    print_plain(table)
    if not records:
        err.print(f"{org} has no evidence yet: {first_step(org)}", style="yellow", markup=False, soft_wrap=True)


@app.command("remove")
def remove(
    names: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Upload ids, or sha256s of evidence (their beginning will do).")
    ],
    org: Org,
) -> None:
    """Take evidence back. The canon is derived anew without it, its vectors and stored copies go. Audited."""
    from sgd_api.cli.operator_removal import removal_of, take_back_and_wait
    from sgd_api.local.stack import local_stack
    from sgd_resources.settings import load_settings

    with local_stack(load_settings(), workers=1) as stack, stack.client(org) as client:
        removals = [removal_of(stack.database, org, name, details={}) for name in names]
        uploads, files = take_back_and_wait(stack, client, org, removals)
    out.print(f"took {uploads} uploads back, and with them {files} files of evidence")
    err.print("the canon is derived anew; earlier canons and renders stay", style="dim", markup=False)


@app.command("supersede")
def supersede(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Upload id, or sha256 of evidence, that is out of date.")],
    file: Annotated[Path, typer.Option("--with", metavar="FILE", help="The file that takes its place.")],
    org: Org,
) -> None:
    """Bring a file in and take the one it replaces back; a file that the gate refuses replaces nothing. Audited."""
    from sgd_api.cli.operator_removal import bring_in, removal_of, take_back_and_wait
    from sgd_api.local.stack import local_stack
    from sgd_resources.errors import Conflict
    from sgd_resources.settings import load_settings

    with local_stack(load_settings(), workers=1) as stack, stack.client(org) as client:
        upload_id, sha256 = bring_in(client, file)
        if upload_id == old or sha256.startswith(old):
            raise Conflict(f"{file.name} is that very file; nothing was taken back")
        details = {"superseded_by": sha256}
        take_back_and_wait(
            stack, client, org, [removal_of(stack.database, org, old, reason="superseded", details=details)]
        )
    out.print(f"{file.name} is evidence {sha256[:12]}; {old[:12]} is taken back", markup=False, soft_wrap=True)


@app.command("sweep")
def sweep_store(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Delete what killed processes left in the object store, and what was taken back; exit code 1 when any is lost."""
    from sgd_api.cli.operator_database import operator_database
    from sgd_assets.evidence.sweep import sweep
    from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger
    from sgd_resources.postgres.rows.orgs import list_orgs
    from sgd_resources.settings import load_settings
    from sgd_resources.storage.select import build_object_store

    settings = load_settings()
    with operator_database(settings) as database:
        with database.directory() as connection:
            org_ids = [org.org_id for org in list_orgs(connection)]
        store, ledger = build_object_store(settings), DatabaseUploadLedger(database)
        swept = sweep(org_ids, store=store, ledger=ledger, min_age_s=settings.sgd_sweep_age_s)
    if as_json:
        print_json(swept.json())
    else:
        out.print(", ".join(f"{name} {count}" for name, count in sorted(swept.counts.items())))
        for line in (*(f"lost: {key}" for key in swept.lost), *(f"not swept: {line}" for line in swept.failed)):
            err.print(line, style="yellow", markup=False, soft_wrap=True)
    if swept.lost or swept.failed:
        raise SystemExit(EXIT_FAILED)
