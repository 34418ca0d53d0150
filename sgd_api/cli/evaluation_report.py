"""An evaluation of canons as a table and as JSON. What must not live here: measuring."""

from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from sgd_api.cli.folders.evaluation import BrandScores, Evaluation
from sgd_api.cli.terminal import out, print_plain
from sgd_resources.shown.name import shown_name


def say_evaluation(found: Evaluation) -> None:
    """A table of brands and measures, then what the help changed, or why there was none."""
    table = Table(box=SIMPLE_HEAD, title="Canons against their truths")
    for name in ("brand", "measure", "local", "assisted"):
        table.add_column(name, justify="left" if name in ("brand", "measure") else "right")
    for row in found.rows:
        for measure, value in row.local.items():
            assisted = "-" if row.assisted is None else f"{row.assisted[measure]:.2f}"
            table.add_row(shown_name(row.brand), measure, f"{value:.2f}", assisted)
    print_plain(table)
    if found.only_local is not None:
        out.print(f"only the local route was scored: {found.only_local}", soft_wrap=True, markup=False)
        return
    for row in found.rows:
        out.print(_told(row), soft_wrap=True, markup=False)
    for measure, value in found.uplift.items():
        out.print(f"{measure}: {value:+.3f} by a model's help", soft_wrap=True, markup=False)
    for reason, count in found.dropped.items():
        out.print(f"dropped {count} x {reason}", soft_wrap=True, markup=False)
    cost = sum(row.cost_usd_micros for row in found.rows)
    missed = [shown_name(row.brand) for row in found.rows if not row.passes]
    gate = f"missed by {', '.join(missed)}" if missed else "passed by all"
    out.print(f"cost ${cost / 1e6:.4f} · uplift gate {gate}", soft_wrap=True, markup=False)
    verdict = "worse in a measure: keep the local route" if found.is_worse else "worse in no measure"
    out.print(f"with a model's help {verdict}", soft_wrap=True, markup=False)


def evaluation_json(found: Evaluation) -> dict[str, Any]:
    """The same for machines."""
    return {
        "brands": [{**vars(row), "gain": row.gain, "passes_gate": row.passes} for row in found.rows],
        "dropped": found.dropped,
        "local": found.local,
        "assisted": found.assisted or None,
        "uplift": found.uplift or None,
        "only_local": found.only_local,
        "is_worse": found.is_worse,
    }


def _told(row: BrandScores) -> str:
    figures = f"${row.cost_usd_micros / 1e6:.4f} · {row.latency_ms / 1000:.1f} s"
    route = "assisted" if row.assisted is not None else "local only"
    gain = "" if row.gain is None else f" · quality x{row.gain:.2f}"
    return f"{shown_name(row.brand)}: {route} · {figures}{gain} · {row.note}"
