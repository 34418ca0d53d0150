"""`sgd canon export`: a folder's or an org's canon as a file for another program."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from sgd_api.cli.terminal import out
from sgd_resources.errors import InvalidInput
from sgd_resources.shown.name import shown_name

if TYPE_CHECKING:
    from sgd_assets.canon.export.formats import Exported
    from sgd_assets.canon.model import Canon

FORMAT_NAMES = "dtcg, css, tailwind, scss, figma, brand-yml, ase, gpl, thmx"
"""For the help alone, which must not wait for what writes them."""


def export(
    folder: Annotated[Path | None, typer.Argument(help="Folder with a brand's evidence; else name an org.")] = None,
    org: Annotated[str | None, typer.Option("--org", help="Organisation id, for its stored canon.")] = None,
    name: Annotated[str, typer.Option("--format", "-f", help=f"One of {FORMAT_NAMES}.")] = "dtcg",
    version: Annotated[str | None, typer.Option("--version", help="A stored version of the org's canon.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; by default the format's own name here.")
    ] = None,
) -> None:
    """Write a canon's palette and fonts in another program's format, with their sources where it has comments."""
    from sgd_assets.canon.export.formats import FORMATS, export_canon

    if (folder is None) == (org is None):
        raise InvalidInput("name a folder, or an org with --org")
    target = output or Path(FORMATS[name].file_name if name in FORMATS else name)
    if not target.resolve().parent.is_dir():
        raise InvalidInput(f"{shown_name(str(target.parent))} is no folder: make it, or name another path")
    canon = _of_folder(folder) if folder is not None else _of_org(org or "", version)
    exported = export_canon(canon, name)
    target.write_bytes(exported.data)
    _say(exported, target)


def _of_folder(folder: Path) -> "Canon":
    from sgd_api.cli.folders.canon import derive_folder
    from sgd_resources.settings import load_settings

    return derive_folder(folder, load_settings()).canon


def _of_org(org: str, version: str | None) -> "Canon":
    from sgd_api.local.stack import local_stack
    from sgd_assets.canon.model import Canon
    from sgd_resources.settings import load_settings

    with local_stack(load_settings(), workers=0) as stack, stack.client(org) as client:
        document = client.get(f"/canon/versions/{version}" if version else "/canon", None)
    return Canon.model_validate({field: value for field, value in document.items() if field in Canon.model_fields})


def _say(exported: "Exported", target: Path) -> None:
    out.print(Text.assemble(("written ", "dim"), shown_name(str(target))), soft_wrap=True)
    if exported.left_out:
        families = ", ".join(exported.left_out)
        out.print(Text.assemble(("left out ", "yellow"), f"the format has no room for {families}"), soft_wrap=True)
