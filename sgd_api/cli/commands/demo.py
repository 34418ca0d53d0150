"""`sgd demo`: two orgs, a real brand kit each, through the HTTP API to on-brand pictures.

Everything goes through the HTTP API and the asset graph, as for any client. A second run finds the same bytes and the
same requests again, and redoes nothing. What must not live here: how results look (`sgd_api/cli/demo_report.py`).
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sgd_api.cli.commands.render import end_unless_kept, save_pictures
from sgd_api.cli.folders.read import FolderContents, contents_below
from sgd_api.cli.left_out import LeftOut, end, held_files, say_left_out
from sgd_api.cli.terminal import err, out
from sgd_api.samples.shelf import sample_kits
from sgd_resources.errors import BrokenContract, InvalidInput

if TYPE_CHECKING:
    from rich.progress import Progress

    from sgd_api.api_client import ApiClient
    from sgd_resources.postgres.engine import Database

PROJECT_ID = "demo"
QUERIES = ("how much clear space does the logo need", "tone of voice")


@dataclass(frozen=True)
class RenderAsk:
    """One picture the demo asks for."""

    name: str
    instruction: str
    dimensions: str
    image_format: str


ASKS = (
    RenderAsk(
        "poster", 'Poster: "Open studio night" with "Friday from seven. Come and see what we make."', "1080x1350", "png"
    ),
    RenderAsk("banner", 'Banner: "Made to last" with "Repairs, free for life."', "1600x900", "webp"),
)


@dataclass
class OrgResult:
    """What the demo saw of one org."""

    org_id: str
    uploads: int = 0
    new_uploads: int = 0
    superseded: int = 0
    ingest: dict[str, Any] = field(default_factory=dict)
    canon: dict[str, Any] = field(default_factory=dict)
    hits: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    pictures: list[Path] = field(default_factory=list)
    audits: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    timings_s: dict[str, float] = field(default_factory=dict)

    def leave_out(self, files: Sequence[LeftOut]) -> None:
        """Note files that did not become part of this org's canon."""
        self.left_out += [replace(one, org=self.org_id) for one in files]


def demo(
    evidence: Annotated[
        Path | None,
        typer.Option("--evidence", help="A folder with your own brand's files, instead of the two samples."),
    ] = None,
) -> None:
    """Show the whole way on this machine: evidence in, cited canon, search, on-brand renders out.

    Exit code 1 when a file was left out, or a picture breaks the canon: each is named.
    """
    from sgd_api.cli.demo_report import print_report
    from sgd_api.local.stack import local_stack
    from sgd_resources.settings import load_settings

    settings = load_settings()
    kits = {"my-brand": evidence} if evidence is not None else sample_kits()
    inside = {org_id: contents_below(folder) for org_id, folder in kits.items()}
    began = time.monotonic()
    results: list[OrgResult] = []
    with _progress() as progress:
        bar = progress.add_task("services", total=1)
        with local_stack(settings, workers=1) as stack:
            progress.advance(bar)
            started_s = time.monotonic() - began
            for org_id in kits:
                with stack.client(org_id, makes_org=True) as client:
                    pictures = settings.var_dir / "demo" / org_id
                    results.append(_run_org(client, stack.database, org_id, inside[org_id], pictures, progress))
    print_report(results, started_s=started_s, total_s=time.monotonic() - began, var_dir=settings.var_dir)
    left_out = [one for result in results for one in result.left_out]
    say_left_out(left_out)
    end(left_out)
    end_unless_kept(audit for result in results for audit in result.audits)


def _run_org(
    client: "ApiClient",
    database: "Database",
    org_id: str,
    inside: FolderContents,
    folder: Path,
    progress: "Progress",
) -> OrgResult:
    result = OrgResult(org_id, uploads=len(inside.files))
    upload_ids = _timed(result, "upload", lambda: _upload(client, result, inside, progress))
    _supersede_earlier(database, result, upload_ids)
    _timed(result, "ingest", lambda: _ingest(client, result, upload_ids, progress))
    _timed(result, "canon", lambda: _canon(client, result, progress))
    _timed(result, "search", lambda: _search(client, result, progress))
    _timed(result, "render", lambda: _render(client, result, folder, progress))
    return result


def _upload(client: "ApiClient", result: OrgResult, inside: FolderContents, progress: "Progress") -> list[str]:
    bar = progress.add_task(f"{result.org_id}: upload", total=len(inside.files))
    from sgd_api.cli.folders.upload import upload_files

    sent = upload_files(client, inside.files, project_id=PROJECT_ID, on_file=lambda: progress.advance(bar))
    result.leave_out(inside.left_out + sent.left_out)
    result.new_uploads = sum(not upload.get("is_duplicate", False) for upload in sent.receipts)
    return sent.upload_ids


def _supersede_earlier(database: "Database", result: OrgResult, upload_ids: list[str]) -> None:
    """An earlier demo's files that this folder does not hold are taken back: two brands must not mix in one canon."""
    from sgd_resources.postgres.rows.evidence_removal import supersede_others

    with database.org_transaction(result.org_id) as connection:
        removal = supersede_others(connection, result.org_id, project_id=PROJECT_ID, keep=set(upload_ids), actor="demo")
    result.superseded = len(removal.upload_ids)
    if result.superseded:
        err.print(f"[yellow]{result.org_id}[/]: {result.superseded} files of an earlier demo are superseded")


def _ingest(client: "ApiClient", result: OrgResult, upload_ids: list[str], progress: "Progress") -> None:
    bar = progress.add_task(f"{result.org_id}: gate, parse, canon, embed", total=len(upload_ids))
    for start in range(0, len(upload_ids), 50):
        batch = upload_ids[start : start + 50]
        answer = client.ingest(batch, project_id=PROJECT_ID)
        _merge_ingest(result.ingest, answer)
        progress.advance(bar, len(batch))
    from sgd_api.cli.folders.upload import unread_files

    result.leave_out(held_files(result.ingest.get("refused", [])) + unread_files(client, upload_ids))
    if not result.ingest.get("chunks"):
        raise BrokenContract(f"{result.org_id}: nothing was embedded")


def _merge_ingest(total: dict[str, Any], answer: dict[str, Any]) -> None:
    total["processed"] = total.get("processed", 0) + answer.get("processed", 0)
    total["chunks"] = answer.get("chunks", 0)
    total["stages_ms"] = answer.get("stages_ms", {})
    held = [file for file in answer.get("files", []) if file.get("status") != "promoted"]
    total.setdefault("refused", []).extend(held)


def _canon(client: "ApiClient", result: OrgResult, progress: "Progress") -> None:
    bar = progress.add_task(f"{result.org_id}: read the canon", total=1)
    result.canon = client.get("/canon")
    if any(not fact["citations"] for fact in result.canon["facts"]):
        raise BrokenContract(f"{result.org_id}: a fact of the canon is not cited")
    progress.advance(bar)


def _search(client: "ApiClient", result: OrgResult, progress: "Progress") -> None:
    bar = progress.add_task(f"{result.org_id}: search", total=len(QUERIES))
    for query in QUERIES:
        result.hits[query] = client.get("/search", {"q": query, "limit": 3})["hits"]
        if not result.hits[query]:
            raise BrokenContract(f"{result.org_id}: the search found nothing")
        progress.advance(bar)


def _render(client: "ApiClient", result: OrgResult, folder: Path, progress: "Progress") -> None:
    bar = progress.add_task(f"{result.org_id}: render", total=len(ASKS))
    version = str(result.canon["version"])
    for ask in ASKS:
        body = {
            "project_id": PROJECT_ID,
            "prompts": {"task": "create", "instruction": ask.instruction},
            "outputs": {"count": 1, "format": ask.image_format, "dimensions": ask.dimensions},
        }
        headers = {"Idempotency-Key": f"demo-{ask.name}-{version[:16]}"}
        try:
            answer = client.post("/render", body, headers=headers)
        except InvalidInput as error:
            if result.canon.get("status") == "complete":
                raise
            err.print(f"[yellow]{result.org_id}: no {ask.name}[/]: {error.message}")
            progress.advance(bar)
            continue
        result.pictures += save_pictures(client, answer, folder, ask.name, ask.image_format)
        result.audits.append(answer["audit"])
        progress.advance(bar)


def _timed(result: OrgResult, stage: str, work: Callable[[], Any]) -> Any:
    began = time.monotonic()
    value = work()
    result.timings_s[stage] = time.monotonic() - began
    return value


def _progress() -> "Progress":
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description:<44}"),
        BarColumn(bar_width=28),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=out,
    )
