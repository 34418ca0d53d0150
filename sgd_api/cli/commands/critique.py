"""`sgd critique`: a picture file judged against an org's canon; as lines, as JSON, as one HTML page."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from sgd_api.cli.terminal import EXIT_FAILED, err, out, print_json

_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}


def critique(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A PNG, JPEG or WebP.")],
    org: Annotated[str, typer.Option("--org", help="Organisation id.")],
    copy: Annotated[
        list[str] | None, typer.Option("--copy", help="A text that is to stand on it; once for each text.")
    ] = None,
    size: Annotated[str | None, typer.Option("--size", help="WIDTHxHEIGHT that it is to have.")] = None,
    image_format: Annotated[str | None, typer.Option("--format", help="png, jpg or webp, as it is to be.")] = None,
    profile: Annotated[str | None, typer.Option("--profile", help="strict, social or own.")] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="PAGE", help="Write one self-contained page.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Judge a picture; exit code 1 when it breaks a rule. It never becomes evidence, and is kept for a day."""
    from sgd_api.cli.critique_page import page_of
    from sgd_api.cli.named_files import bytes_of, need_folders
    from sgd_api.local.stack import local_stack
    from sgd_resources.settings import load_settings

    need_folders(html)
    fields: dict[str, Any] = {"project_id": "command-line"}
    wanted = (("expected_copy", copy), ("expected_size", size), ("expected_format", image_format), ("profile", profile))
    fields |= {name: value for name, value in wanted if value}
    picture = (file.name, bytes_of(file), _TYPES.get(file.suffix.lower(), "application/octet-stream"))
    doing = err.status("Judging the picture ...")
    with doing, local_stack(load_settings(), workers=0) as stack, stack.client(org) as client:
        answer = client.send_file("/critique", fields, picture)
        marked = answer["items"][0].get("marked_url")
        shown = client.download(marked) if marked and html is not None else None
    if html is not None:
        html.write_text(page_of(answer, file.name, shown or picture[1]), "utf-8")
        err.print(f"wrote {html}", style="dim", markup=False, soft_wrap=True)
    if as_json:
        print_json(answer)
    else:
        _print(answer)
    if answer["violations"]:
        raise SystemExit(EXIT_FAILED)


def _print(answer: dict[str, Any]) -> None:
    item = answer["items"][0]
    out.print(f"score {answer['score']:.2f} of 1 (profile {answer['profile']})", markup=False)
    for number, finding in enumerate(item["findings"], 1):
        is_grave = finding.get("severity") != "notice"
        mark = ("broken", "red") if is_grave else ("notice", "yellow")
        out.print(Text.assemble(f"{number:>3} ", mark, f" {finding['rule']}: {finding['message']}"), soft_wrap=True)
    untold = sum(rule["verdict"] == "not_told" for rule in item.get("rules") or ())
    kept = sum(rule["verdict"] == "kept" for rule in item.get("rules") or ())
    out.print(f"{kept} rules kept, {untold} not told", style="dim", markup=False)
    for repair in item["repair_suggestions"]:
        out.print(Text.assemble(("mend", "green"), f" {repair}"), soft_wrap=True)
