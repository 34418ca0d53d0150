"""`sgd backup|restore`: everything of an installation, written to a folder and brought back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sgd_api.cli.terminal import EXIT_FAILED, err, out, print_json

if TYPE_CHECKING:
    from sgd_resources.backup.manifest import BackupManifest

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def backup(
    folder: Annotated[Path, typer.Argument(help="The backup's folder; it must not exist yet.")],
    earlier: Annotated[
        Path | None,
        typer.Option("--unchanged-from", help="An earlier backup on the same disk: what did not change is linked."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Write databases, objects and keys to a folder while all may be in use; exit code 1 when bytes are missing."""
    from sgd_resources.backup.make import make_backup
    from sgd_resources.embedded.services import embedded_services
    from sgd_resources.settings import load_settings
    from sgd_resources.storage.select import build_object_store

    settings = load_settings()
    with embedded_services(settings) as urls:
        made = make_backup(
            settings, urls, build_object_store(settings), folder.absolute(), earlier=earlier and earlier.absolute()
        )
    _show("backed up to", folder, made, as_json)
    if made.not_in_store:
        err.print(f"the store lacks what rows name, such as {made.not_in_store[0]}; the backup holds the rest")
        raise typer.Exit(EXIT_FAILED)


def restore(
    folder: Annotated[Path, typer.Argument(help="A backup's folder.")],
    check: Annotated[bool, typer.Option("--check", help="Read and verify all of it; bring nothing back.")] = False,
    vectors: Annotated[bool, typer.Option(help="Make every org's search anew as well.")] = True,
    as_json: Json = False,
) -> None:
    """Bring a backup back into an empty installation; anything already there is refused, never written over."""
    from sgd_api.local.presence import living
    from sgd_resources.backup.manifest import verify
    from sgd_resources.backup.restore import restore_backup
    from sgd_resources.embedded.services import embedded_services
    from sgd_resources.errors import Conflict
    from sgd_resources.settings import load_settings

    if check:
        _show("whole:", folder, verify(folder.absolute()), as_json)
        return
    settings = load_settings()
    running = [presence.name for presence in living(settings.var_dir)]
    if running:
        raise Conflict(f"{running[0]} runs from {settings.var_dir}: `sgd down`, then restore")
    with embedded_services(settings) as urls:
        found = restore_backup(settings, urls, folder.absolute())
        _show("brought back from", folder, found, as_json)
        if vectors:
            from sgd_api.cli.commands.operations.vectors import rebuild_vectors

            rebuild_vectors(settings, urls, None, is_told=not as_json)


def _show(what: str, folder: Path, manifest: "BackupManifest", as_json: bool) -> None:
    if as_json:
        print_json(manifest.model_dump(mode="json"))
        return
    megabytes = manifest.objects_bytes / 1e6
    out.print(
        f"{what} {folder}: {manifest.orgs} orgs, {manifest.objects} objects ({megabytes:.1f} MB), "
        f"{len(manifest.databases)} databases at {manifest.revision}, {len(manifest.keys)} key files; "
        f"{manifest.began_at} to {manifest.ended_at}",
        markup=False,
    )
