"""`sgd canon derive|evaluate|show|diff`: folders' canons without any service, and the stored canons of an org."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from sgd_api.cli.named_files import need_folders
from sgd_api.cli.terminal import EXIT_FAILED, canon_table, diff_table, out, print_json, print_plain
from sgd_resources.shown.name import shown_name

if TYPE_CHECKING:
    from sgd_assets.canon.assist.ask import Assisted

app = typer.Typer(help="Derive, show and compare brand canons.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Html = Annotated[
    Path | None, typer.Option("--html", metavar="PATH", help="Also write one self-contained page for people here.")
]
Org = Annotated[str, typer.Option("--org", help="Organisation id.")]


@app.command("derive")
def derive(
    folder: Annotated[Path, typer.Argument(help="Folder with a brand's evidence.")],
    as_json: Json = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Also write the canon's JSON here.")] = None,
    html: Html = None,
    assist: Annotated[
        bool,
        typer.Option(
            "--assist", help="Let a model read all blocks and propose facts; only what its quotes bear out is taken."
        ),
    ] = False,
) -> None:
    """Read a folder and print its canon. Needs no service, no network and no key, unless a model is to assist.

    Exit code 1 when a file was left out: each is named.
    """
    from sgd_api.cli.assistance import assistance_json, assistance_lines
    from sgd_api.cli.folders.canon import derive_folder, title_of
    from sgd_api.cli.left_out import LeftOut, end, say_left_out
    from sgd_resources.settings import load_settings

    need_folders(output, html)
    settings = load_settings()
    result, told = derive_folder(folder, settings), None
    if assist:
        from sgd_api.cli.folders.assist import assist_folder

        told = assist_folder(result, settings)
        result = replace(result, canon=told.canon)
    document = {
        **result.canon.model_dump(mode="json"),
        "version": result.canon.version,
        "refused": result.refused_json(),
        **({"reading_notes": notes} if (notes := list(result.reading_notes())) else {}),
        **({"route": _route_of(told), "assistance": assistance_json(told)} if told is not None else {}),
    }
    if output is not None:
        output.write_bytes(result.canon.canonical_json())
    title = title_of(folder)
    if html is not None:
        from sgd_api.canon_page.sources import write_folder_page

        write_folder_page(html, result, title=title)
    left_out = [LeftOut(refusal.file_name, refusal.told()) for refusal in result.refused]
    if as_json:
        print_json(document)
        end(left_out)
        return
    print_plain(canon_table(result.canon, f"Canon of {title} ({result.canon.status})"))
    for conflict in result.canon.conflicts:
        words = f" {conflict.kind}: kept {conflict.kept}, not {conflict.dropped} ({conflict.rule})"
        out.print(Text.assemble(("conflict", "yellow"), words))
    for note in result.reading_notes():
        out.print(Text.assemble(("note", "yellow"), f" {note}"), soft_wrap=True)
    if told is not None:
        for line in (_route_of(told), *assistance_lines(told)):
            out.print(line, soft_wrap=True, highlight=False, markup=False)
    say_left_out(left_out)
    _say_written(html)
    end(left_out)


@app.command("evaluate")
def evaluate(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of brands, each with truth.json and evidence/; else the sample kits.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Score local canons and those that a model assisted against written truths.

    Without a key only the local route is scored, and a line says so. Exit code 1 when a model's help made a measure
    worse.
    """
    from sgd_api.cli.evaluation_report import evaluation_json, say_evaluation
    from sgd_api.cli.folders.evaluation import evaluate as evaluate_folder
    from sgd_api.samples.shelf import KITS_DIR
    from sgd_resources.settings import load_settings

    found = evaluate_folder(folder or KITS_DIR, load_settings())
    if as_json:
        print_json(evaluation_json(found))
    else:
        say_evaluation(found)
    if found.is_worse:
        raise typer.Exit(EXIT_FAILED)


@app.command("show")
def show(
    org: Org,
    version: Annotated[
        str | None, typer.Option("--version", help="A stored version; the current one by default.")
    ] = None,
    as_json: Json = False,
    html: Html = None,
) -> None:
    """Print an org's stored canon."""
    from sgd_api.local.stack import local_stack
    from sgd_assets.canon.model import Canon
    from sgd_resources.settings import load_settings

    with local_stack(load_settings(), workers=0) as stack:
        with stack.client(org) as client:
            document = client.get(f"/canon/versions/{version}" if version else "/canon", None)
        canon = Canon.model_validate({name: value for name, value in document.items() if name in Canon.model_fields})
        if html is not None:
            from sgd_api.canon_page.sources import write_org_page

            write_org_page(html, canon, org_id=org, database=stack.database, settings=stack.settings)
    if as_json:
        print_json(document)
        return
    print_plain(canon_table(canon, f"Canon of {org} · {canon.status} · {canon.version[:12]}"))
    _say_written(html)


@app.command("diff")
def diff(
    org: Org,
    from_version: Annotated[str, typer.Argument(metavar="FROM", help="A version (sha256 or its beginning).")],
    to_version: Annotated[str, typer.Argument(metavar="TO", help="A version; the current one by default.")] = "current",
    as_json: Json = False,
) -> None:
    """Print what changed between two canon versions of an org."""
    document = _get(org, "/canon/diff", {"from": from_version, "to": to_version})
    if as_json:
        print_json(document)
        return
    print_plain(diff_table(document))


def _route_of(assisted: "Assisted") -> str:
    from sgd_api.cli.model_route import route_line

    return route_line("model" if assisted.is_assisted else "local", assisted.cost_usd_micros, assisted.note)


def _say_written(html: Path | None) -> None:
    if html is not None:
        out.print(Text.assemble(("page ", "dim"), shown_name(str(html))), soft_wrap=True)


def _get(org: str, path: str, params: dict[str, str] | None = None) -> Any:
    from sgd_api.local.stack import local_stack
    from sgd_resources.settings import load_settings

    with local_stack(load_settings(), workers=0) as stack, stack.client(org) as client:
        return client.get(path, params)
