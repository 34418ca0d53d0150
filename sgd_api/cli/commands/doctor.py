"""`sgd doctor`: what this machine has, what is missing, and how to mend it."""

from typing import Annotated

import typer
from rich.text import Text

from sgd_api.cli.terminal import light_table, out, print_json

_MARKS = {"ok": "[green]ok[/]", "info": "[cyan]info[/]", "warn": "[yellow]warn[/]", "fail": "[red]fail[/]"}


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False) -> None:
    """Check each part and say how to mend what is missing. Exit code 1 when something needed is broken."""
    from sgd_api.cli.diagnosis import diagnose
    from sgd_resources.settings import load_settings

    findings = diagnose(load_settings())
    if as_json:
        print_json([finding.as_dict() for finding in findings])
    else:
        table = light_table("", "part")
        table.add_column("state", overflow="fold")
        table.add_column("how to mend it", overflow="fold")
        for finding in findings:
            # Square brackets of a command to type, as in `pip install "name[extra]"`, are no markup.
            table.add_row(_MARKS[finding.level], *map(Text, (finding.part, finding.state, finding.mend)))
        out.print(table)
    if any(finding.level == "fail" for finding in findings):
        raise SystemExit(1)
