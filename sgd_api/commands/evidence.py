"""`sgd evidence inspect|release|discard`: the gate's verdict on files, and an operator's word on what it holds."""

from pathlib import Path
from typing import Annotated

import typer

from sgd_api.terminal import as_json_text, err, light_table, out, print_plain

app = typer.Typer(help="Look at evidence the way the gate does, and decide on what it holds.", no_args_is_help=True)

ACTOR = "operator"
Org = Annotated[str, typer.Option("--org", help="Organisation id.")]
UploadId = Annotated[str, typer.Argument(metavar="UPLOAD_ID", help="Id of the held upload, as GET /uploads shows it.")]


@app.command("inspect")
def inspect(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files to inspect.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line and nothing else.")] = False,
) -> None:
    """Say what the gate would do with each file. Nothing is stored; exit code 0 whatever the verdicts are."""
    from sgd_api.inspection import inspect_files
    from sgd_resources.settings import load_settings

    table = light_table("file", "verdict", "reason", "type", "av")
    for row in inspect_files(files, load_settings()):
        if as_json:
            typer.echo(as_json_text(row))
        else:
            table.add_row(row["file"], row["verdict"], row["reason"] or "", row["detected_type"] or "", row["av"])
    if not as_json:
        print_plain(table)


@app.command("release")
def release(upload_id: UploadId, org: Org) -> None:
    """Let a file in that is held on suspicion, as it is. Malware and rejected files stay out. Audited."""
    from sgd_api.operator_database import operator_database
    from sgd_assets.evidence.build import build_gate
    from sgd_assets.evidence.operator import release_upload
    from sgd_resources.database.upload_ledger import DatabaseUploadLedger
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
    from sgd_api.operator_database import operator_database
    from sgd_assets.evidence.operator import discard_upload
    from sgd_resources.database.upload_ledger import DatabaseUploadLedger
    from sgd_resources.settings import load_settings
    from sgd_resources.storage.select import build_object_store

    settings = load_settings()
    with operator_database(settings) as database:
        store, ledger = build_object_store(settings), DatabaseUploadLedger(database)
        discard_upload(org, upload_id, actor=ACTOR, store=store, ledger=ledger)
    out.print(f"discarded {upload_id}", soft_wrap=True)
