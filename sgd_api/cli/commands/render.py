"""`sgd render`: one on-brand picture, several variations, or with `--batch` a whole campaign, saved into a folder."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count as count_from
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from sgd_api.cli.terminal import EXIT_FAILED, err, light_table, out, print_json, print_whole

if TYPE_CHECKING:
    from sgd_api.api_client import ApiClient

DEFAULT_SIZE = "1080x1080"


def render(
    org: Annotated[str, typer.Option("--org", help="Organisation id.")],
    instruction: Annotated[
        str | None, typer.Argument(help="What to make, e.g. 'Poster: \"Summer sale starts Friday\"'.")
    ] = None,
    size: Annotated[
        list[str] | None,
        typer.Option("--size", help="WIDTHxHEIGHT in pixels, 1080x1080 by default; of a batch as many as you like."),
    ] = None,
    count: Annotated[int, typer.Option("--count", min=1, max=6)] = 1,
    image_format: Annotated[str, typer.Option("--format", help="png, jpg or webp.")] = "png",
    folder: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help="A folder for the pictures, not a file's name. Of a batch also NAME.zip.",
        ),
    ] = Path("renders"),
    batch: Annotated[
        Path | None,
        typer.Option(
            "--batch",
            metavar="FILE",
            help="A campaign: CSV or JSON rows whose fields stand for {name} in the instruction; columns named "
            "headline, body, ... are printed as such. Or a whole request of POST /render/batch as JSON.",
        ),
    ] = None,
    also: Annotated[
        list[str] | None,
        typer.Option("--also", help="pdf or svg: the same composition as vectors beside each picture; both if twice."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Ask for a render, wait for it, and save its pictures.

    Exit code 1 when a picture breaks a rule of the canon or leaves something undone that was asked: it is saved all the
    same, and each rule and wish is named. Of a batch also when a picture was not made.
    """
    from sgd_api.cli.model_route import told_of_audit
    from sgd_api.cli.picture_folder import check_picture_folder
    from sgd_api.local.stack import local_stack
    from sgd_resources.errors import ValidationFailed
    from sgd_resources.settings import load_settings

    if batch is not None and also:
        raise ValidationFailed("vector files come with single renders: --also does not go with --batch")
    if batch is not None:
        from sgd_api.cli.campaign import Campaign, run_campaign

        campaign = Campaign.read(
            batch, instruction=instruction, sizes=size or (), image_format=image_format, count=count
        )
        run_campaign(campaign, org, folder, as_json=as_json)
        return
    if instruction is None:
        raise ValidationFailed("say what to make, or name a file of rows with --batch")
    if size is not None and len(size) > 1:
        raise ValidationFailed("several sizes are for a batch: --batch FILE")
    check_picture_folder(folder)
    body = {
        "project_id": "command-line",
        "prompts": {"task": "create", "instruction": instruction},
        "outputs": {
            **({"also": also} if also else {}),
            "count": count,
            "format": image_format,
            "dimensions": size[0] if size else DEFAULT_SIZE,
        },
    }
    doing = err.status("Making the picture ..." if count == 1 else f"Making {count} pictures ...")
    settings = load_settings()
    with doing, local_stack(settings, workers=1) as stack, stack.client(org) as client:
        answer = client.post("/render", body)
        paths = save_pictures(client, answer, folder, "render", image_format)
        vectors = save_vectors(client, answer, paths)
    if as_json:
        print_json({**answer, "files": [str(path) for path in (*paths, *vectors)]})
    else:
        _tell(answer, paths, vectors)
        out.print(told_of_audit(answer["audit"], settings), soft_wrap=True)
    end_unless_kept([answer["audit"]])


def end_unless_kept(pictures: Iterable[Mapping[str, Any]]) -> None:
    """Exit code 1 when one's `guardrails_ok` is not true: a script must not take it for a picture of the brand."""
    if not all(picture.get("guardrails_ok") for picture in pictures):
        raise SystemExit(EXIT_FAILED)


def _tell(answer: Mapping[str, Any], paths: Sequence[Path], vectors: Sequence[Path]) -> None:
    table = light_table("picture", "guardrails", "cost")
    for path in paths:
        audit = answer["audit"]
        table.add_row(str(path), "kept" if audit["guardrails_ok"] else "broken", f"${audit['cost_usd']:.4f}")
    print_whole(table)
    for path in vectors:
        out.print(str(path), markup=False, soft_wrap=True)
    for line in answer.get("unmet") or ():
        err.print(Text.assemble(("not done", "yellow"), f" {line}"), soft_wrap=True)
    for line in broken_rules(paths, answer["assets"]):
        err.print(Text.assemble(("broken", "yellow"), f" {line}"), soft_wrap=True)


def broken_rules(paths: Sequence[Path], assets: Sequence[Mapping[str, Any]]) -> list[str]:
    """A line for each rule that a picture breaks, as its critique tells it; `assets` as the answer holds them."""
    return [
        f"{path.name}: {violation}"
        for path, asset in zip(paths, assets, strict=True)
        for violation in (asset.get("critique") or {}).get("violations") or ()
    ]


def save_pictures(client: "ApiClient", answer: dict[str, Any], folder: Path, stem: str, extension: str) -> list[Path]:
    """Download every picture of a render answer; returns their paths, in order. No file is ever replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for asset in answer["assets"]:
        paths.append(_save(client.download(asset["url"]), folder, stem, extension, not_in=paths))
    return paths


def save_vectors(client: "ApiClient", answer: dict[str, Any], pictures: Sequence[Path]) -> list[Path]:
    """Download the vector files of a render answer, each beside its picture, and manifests beside them; their paths."""
    paths: list[Path] = []
    for asset, picture in zip(answer["assets"], pictures, strict=True):
        for file in asset.get("also") or ():
            data = client.download(file["url"])
            paths.append(_save(data, picture.parent, picture.stem, file["format"], not_in=paths))
            if file.get("manifest_url"):
                beside = paths[-1].with_name(f"{paths[-1].name}.c2pa")
                beside.write_bytes(client.download(file["manifest_url"]))
    return paths


def _save(picture: bytes, folder: Path, stem: str, extension: str, *, not_in: list[Path]) -> Path:
    """The first free numbered name, or an earlier file that holds this very picture."""
    for number in count_from(1):
        path = folder / f"{stem}-{number}.{extension}"
        try:
            with path.open("xb") as file:
                file.write(picture)
        except FileExistsError:
            if path in not_in or not path.is_file() or path.read_bytes() != picture:
                continue
        return path
    raise AssertionError("there is always another number")
