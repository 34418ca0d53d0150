"""One self-contained HTML page of the loads: rules, figures, and each request as a dot over time.

What must not live here: measuring.
"""

from collections.abc import Sequence
from html import escape

from tests.load.drive import Run, quantile
from tests.load.scenarios import Rule

_WIDTH, _HEIGHT = 900, 220
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto}td,th{padding:.1rem .8rem}"
    "th,td{text-align:left}"
    ".broken{color:#b00020;font-weight:600}svg{background:#f6f6f6}"
)


def page(parts: Sequence[tuple[Run, Sequence[Rule]]], machine: str) -> str:
    """The report's HTML."""
    body = "".join(_part(run, rules) for run, rules in parts)
    head = f"<!doctype html><meta charset=utf-8><title>Load</title><style>{_STYLE}</style>"
    return f"{head}<h1>Load</h1><p>{escape(machine)}</p>{body}\n"


def _part(run: Run, rules: Sequence[Rule]) -> str:
    done = [asked.done_ms for asked in run.asked if asked.done_ms is not None]
    answered = [asked.answered_ms for asked in run.asked]
    rows = "".join(
        f"<tr class={'kept' if rule.is_kept else 'broken'}><td>{escape(rule.says)}<td>{escape(rule.found)}"
        f"<td>{'kept' if rule.is_kept else 'BROKEN'}"
        for rule in rules
    )
    figures = "".join(
        f"<tr><td>{name}<td>{quantile(values, 0.5):.0f}<td>{quantile(values, 0.95):.0f}<td>{quantile(values, 0.99):.0f}"
        for name, values in (("first answer, ms", answered), ("end, ms", done))
    )
    return (
        f"<h2>{escape(run.name)}: {len(run.asked)} requests</h2><table>{rows}</table>"
        f"<table><tr><th><th>p50<th>p95<th>p99</tr>{figures}</table>{_dots(run)}"
    )


def _dots(run: Run) -> str:
    done = [(asked.at_s, asked.done_ms) for asked in run.asked if asked.done_ms is not None]
    if not done:
        return ""
    longest_s, slowest = max(at for at, _ in done) or 1.0, max(ms for _, ms in done) or 1.0
    dots = "".join(
        f"<circle cx={at / longest_s * _WIDTH:.0f} cy={_HEIGHT - ms / slowest * _HEIGHT:.0f} r=1.5 />"
        for at, ms in done
    )
    return f"<p>End over time, up to {slowest:.0f} ms:</p><svg width={_WIDTH} height={_HEIGHT}>{dots}</svg>"
