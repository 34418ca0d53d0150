"""`sgd`: the command line. One file per topic in `sgd_api/cli/commands`; this one only puts them together.

Start-up stays quick because each command imports what it needs when it runs.
"""

from typing import Annotated

import typer

from sgd_api.cli.command_log import logs_off_the_terminal
from sgd_api.cli.commands import (
    analyze,
    backfill,
    cache,
    canon,
    content,
    critique,
    demo,
    doctor,
    evidence,
    keys,
    prompts,
    proof,
    render,
    search,
    serve,
    usage,
)
from sgd_api.cli.commands.canons import export as canon_export
from sgd_api.cli.commands.canons import facts as canon_facts
from sgd_api.cli.commands.operations import backup, vectors
from sgd_api.cli.commands.orgs import audit, budget, org
from sgd_api.cli.terminal import one_line_errors

app = typer.Typer(
    name="sgd",
    help="Smart Graphic Designer: brand evidence in, cited canon and on-brand renders out.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode="rich",
)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        typer.echo(f"sgd {version('smart-graphic-designer')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


app.command("up")(serve.up)
app.command("down")(serve.down)
app.command("worker")(serve.worker)
app.command("demo")(demo.demo)
app.command("ingest")(backfill.ingest)
app.command("backfill")(backfill.backfill)
app.command("search")(search.search)
app.command("render")(render.render)
app.command("critique")(critique.critique)
app.command("analyze")(analyze.analyze)
app.command("verify")(proof.verify)
app.command("replay")(proof.replay)
app.command("rerender")(proof.rerender)
app.command("usage")(usage.usage)
app.command("doctor")(doctor.doctor)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.add_typer(proof.renders_app, name="renders")
app.add_typer(keys.app, name="keys")
app.add_typer(org.app, name="org")
app.add_typer(audit.app, name="audit")
app.add_typer(budget.app, name="budget")
canon.app.command("export")(canon_export.export)
app.add_typer(vectors.app, name="vectors")
canon.app.command("confirm")(canon_facts.confirm)
canon.app.command("correct")(canon_facts.correct)
canon.app.command("reject")(canon_facts.reject)
canon.app.command("withdraw")(canon_facts.withdraw)
app.add_typer(canon.app, name="canon")
app.add_typer(evidence.app, name="evidence")
app.add_typer(cache.app, name="cache")
app.add_typer(prompts.app, name="prompts")
app.add_typer(content.app, name="content")


def main() -> None:
    """Run the command line; our errors become one line and exit code 2 (your input) or 1 (it failed)."""
    with logs_off_the_terminal(), one_line_errors():
        app()


if __name__ == "__main__":
    main()
