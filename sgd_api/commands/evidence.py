"""`sgd evidence inspect`: the gate's verdict on files, without side effects; `release|discard` for an operator."""

from pathlib import Path
from typing import Annotated

import typer

from sgd_api.terminal import light_table, out

app = typer.Typer(help="Look at evidence the way the gate does.", no_args_is_help=True)


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
            import json

            typer.echo(json.dumps(row, ensure_ascii=False))
        else:
            table.add_row(row["file"], row["verdict"], row["reason"] or "", row["detected_type"] or "", row["av"])
    if not as_json:
        out.print(table)
