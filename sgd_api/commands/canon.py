"""`sgd canon derive|show|diff`: a folder's canon without any service, and the stored canons of an org."""

from pathlib import Path
from typing import Annotated, Any

import typer

from sgd_api.terminal import canon_table, err, out, print_json

app = typer.Typer(help="Derive, show and compare brand canons.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Org = Annotated[str, typer.Option("--org", help="Organisation id.")]


@app.command("derive")
def derive(
    folder: Annotated[Path, typer.Argument(help="Folder with a brand's evidence.")],
    as_json: Json = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Also write the canon's JSON here.")] = None,
) -> None:
    """Read a folder and print its canon. Needs no service, no network and no key."""
    from sgd_api.folder_canon import derive_folder
    from sgd_resources.settings import load_settings

    result = derive_folder(folder, load_settings())
    document = {
        **result.canon.model_dump(mode="json"),
        "version": result.canon.version,
        "refused": result.refused_json(),
    }
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(result.canon.canonical_json())
    if as_json:
        print_json(document)
        return
    out.print(canon_table(result.canon, f"Canon of {folder.name} ({result.canon.status})"))
    for conflict in result.canon.conflicts:
        out.print(
            f"[yellow]conflict[/] {conflict.kind}: kept {conflict.kept}, not {conflict.dropped} ({conflict.rule})"
        )
    for refusal in result.refused:
        err.print(f"[yellow]left out[/] {refusal.file_name}: {refusal.reason}", markup=True)


@app.command("show")
def show(
    org: Org,
    version: Annotated[
        str | None, typer.Option("--version", help="A stored version; the current one by default.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Print an org's stored canon."""
    document = _get(org, f"/canon/versions/{version}" if version else "/canon")
    if as_json:
        print_json(document)
        return
    from sgd_assets.canon.model import Canon

    known = {name: value for name, value in document.items() if name in Canon.model_fields}
    canon = Canon.model_validate(known)
    out.print(canon_table(canon, f"Canon of {org} · {canon.status} · {canon.version[:12]}"))


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
    out.print_json(data=document)


def _get(org: str, path: str, params: dict[str, str] | None = None) -> Any:
    from sgd_api.local_stack import local_stack
    from sgd_resources.settings import load_settings

    with local_stack(load_settings(), workers=0) as stack, stack.client(org) as client:
        return client.get(path, params)
