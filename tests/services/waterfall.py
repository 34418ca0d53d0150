"""Spans of one trace as lines of text, each below its parent: how docs/observability.md shows a render."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 48


@dataclass(frozen=True)
class Bar:
    """One span. Times in ns since 1970."""

    trace_id: str
    span_id: str
    parent_id: str
    service: str
    name: str
    began_ns: int
    ended_ns: int


def waterfall(bars: Sequence[Bar]) -> str:
    """Name, milliseconds and place in time of each span, depth first; equal small siblings are one line."""
    first = min(bar.began_ns for bar in bars)
    whole = max(bar.ended_ns for bar in bars) - first
    lines: list[str] = []

    def add(parent_id: str, depth: int) -> None:
        children = sorted((bar for bar in bars if bar.parent_id == parent_id), key=lambda bar: bar.began_ns)
        groups: dict[str, list[Bar]] = {}
        for bar in children:
            has_children = any(other.parent_id == bar.span_id for other in bars)
            groups.setdefault(bar.span_id if has_children else bar.name, []).append(bar)
        for group in groups.values():
            lines.append(_line(group, depth, first, whole))
            add(group[0].span_id, depth + 1)

    add("", 0)
    return "\n".join(lines)


def _line(group: Sequence[Bar], depth: int, first: int, whole: int) -> str:
    cells = [" "] * WIDTH
    for bar in group:
        start = int((bar.began_ns - first) / whole * (WIDTH - 1))
        end = int((bar.ended_ns - first) / whole * (WIDTH - 1))
        cells[start : end + 1] = "█" * (end - start + 1)
    many = f" x{len(group)}" if len(group) > 1 else ""
    took_ms = sum(bar.ended_ns - bar.began_ns for bar in group) / 1e6
    name = f"{'  ' * depth}{group[0].name}{many}"
    return f"{name:<40.40} {group[0].service.removeprefix('sgd-'):<7}{took_ms:>8.1f} ms |{''.join(cells)}|"
