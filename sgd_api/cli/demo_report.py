"""What the demo prints at its end: canon, search hits, pictures, timings, where to look next."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from rich.rule import Rule
from rich.table import Table

from sgd_api.cli.commands.search import hits_table
from sgd_api.cli.terminal import canon_table, light_table, out, print_plain
from sgd_assets.canon.model import Canon

STAGES = ("brand_evidence", "parsed_documents", "brand_canon", "brand_embeddings")


class OrgReport(Protocol):
    """The part of a demo result that the report shows."""

    org_id: str
    uploads: int
    new_uploads: int
    ingest: dict[str, Any]
    canon: dict[str, Any]
    hits: dict[str, list[dict[str, Any]]]
    pictures: list[Path]
    audits: list[dict[str, Any]]
    timings_s: dict[str, float]


def print_report(results: Sequence[OrgReport], *, started_s: float, total_s: float, var_dir: Path) -> None:
    """Print everything a newcomer wants to see, org by org."""
    for result in results:
        out.print(Rule(f"[bold]{result.org_id}[/]  {result.uploads} files, {result.new_uploads} new"))
        canon = Canon.model_validate({k: v for k, v in result.canon.items() if k in Canon.model_fields})
        print_plain(canon_table(canon, f"Brand canon · {canon.status} · version {canon.version[:12]}"))
        for query, hits in result.hits.items():
            print_plain(hits_table(hits, f"Search: {query}"))
        for path, audit in zip(result.pictures, result.audits, strict=False):
            kept = "[green]keeps the canon[/]" if audit.get("guardrails_ok") else "[red]breaks the canon[/]"
            out.print(f"picture  {path}  {kept}  ${audit.get('cost_usd', 0):.4f}", soft_wrap=True)
    out.print(_timings(results, started_s, total_s))
    out.print(
        f"Pictures and data are in [bold]{var_dir}[/].\n"
        "Next: [bold]make up[/] serves the Dagster UI (graph, runs, metadata of these orgs) and the API;\n"
        "      [bold].venv/bin/sgd canon show --org ORG[/], and [bold]search[/], [bold]render[/], [bold]doctor[/].",
        soft_wrap=True,
    )


def _timings(results: Sequence[OrgReport], started_s: float, total_s: float) -> Table:
    table = light_table(title="Timings (seconds)")
    table.add_column("stage")
    for result in results:
        table.add_column(result.org_id, justify="right")
    for stage in ("upload", "ingest", "canon", "search", "render"):
        table.add_row(stage, *(f"{result.timings_s.get(stage, 0):.2f}" for result in results))
        if stage == "ingest":
            for name in STAGES:
                values = [result.ingest.get("stages_ms", {}).get(name) for result in results]
                table.add_row(f"  {name}", *("-" if v is None else f"{v / 1000:.2f}" for v in values), style="dim")
    table.caption = f"services up after {started_s:.1f} s, everything after {total_s:.1f} s"
    return table
