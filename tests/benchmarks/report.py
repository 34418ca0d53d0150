"""How a benchmark says what it found: name, value, unit, compared with what, ratio."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured value beside its peer."""

    name: str
    value: float
    unit: str
    peer: str
    peer_value: float

    @property
    def ratio(self) -> float:
        """How many times the peer's value this one is."""
        return self.value / self.peer_value if self.peer_value else float("nan")


def print_rows(rows: Sequence[Row]) -> None:
    """One line per row."""
    for row in rows:
        own, peer = f"{row.name:44s} {row.value:10.2f} {row.unit:8s}", f"{row.peer} = {row.peer_value:.2f}"
        print(f"{own} {peer}; ratio {row.ratio:.4f}")  # noqa: T201 - a benchmark speaks on stdout


def percentile(values: Sequence[float], percent: float) -> float:
    """Nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(percent / 100 * len(ordered)) - 1))]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
