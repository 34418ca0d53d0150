"""Panels and dashboards as Grafana 10 to 12 read them (schema version 39).

What must not live here: which panels there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

SOURCE = {"type": "prometheus", "uid": "prometheus"}
"""As `deploy/grafana/provisioning/datasources` names it."""
_WIDE = 24
_HIGH = 8
Unit = Literal["reqps", "s", "percentunit", "short", "currencyUSD", "ops", "bytes"]


@dataclass(frozen=True)
class Line:
    """One query of a panel, and what its series are called: `{{label}}` stands for a label's value."""

    expr: str
    legend: str = ""


@dataclass(frozen=True)
class Panel:
    """One picture. `limit` draws what is promised, or what an alert waits for."""

    title: str
    lines: Sequence[Line]
    unit: Unit = "short"
    kind: Literal["timeseries", "stat", "table"] = "timeseries"
    about: str = ""
    limit: float | None = None


@dataclass(frozen=True)
class Board:
    """One dashboard; three panels to a row."""

    uid: str
    title: str
    about: str
    panels: Sequence[Panel]


def dashboard(board: Board) -> dict[str, Any]:
    """The JSON that Grafana provisions; the same for the same board."""
    return {
        "uid": board.uid,
        "title": board.title,
        "description": board.about,
        "tags": ["sgd"],
        "schemaVersion": 39,
        "version": 1,
        "editable": False,
        "graphTooltip": 1,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "timezone": "browser",
        "annotations": {"list": []},
        "templating": {"list": []},
        "links": [{"type": "dashboards", "tags": ["sgd"], "title": "SGD", "asDropdown": True, "includeVars": False}],
        "panels": [_panel(panel, number) for number, panel in enumerate(board.panels)],
    }


def _panel(panel: Panel, number: int) -> dict[str, Any]:
    wide = _WIDE // 3
    steps: list[dict[str, Any]] = [{"color": "green", "value": None}]
    if panel.limit is not None:
        steps.append({"color": "red", "value": panel.limit})
    return {
        "id": number + 1,
        "type": panel.kind,
        "title": panel.title,
        "description": panel.about,
        "datasource": SOURCE,
        "gridPos": {"x": number % 3 * wide, "y": number // 3 * _HIGH, "w": wide, "h": _HIGH},
        "fieldConfig": {
            "defaults": {
                "unit": panel.unit,
                "min": 0,
                "thresholds": {"mode": "absolute", "steps": steps},
                "custom": {"thresholdsStyle": {"mode": "line" if panel.limit is not None else "off"}}
                if panel.kind == "timeseries"
                else {},
            },
            "overrides": [],
        },
        "options": {"legend": {"displayMode": "list", "placement": "bottom"}} if panel.kind == "timeseries" else {},
        "targets": [
            {
                "refId": chr(ord("A") + index),
                "datasource": SOURCE,
                "expr": line.expr,
                "legendFormat": line.legend or "__auto",
                "instant": panel.kind != "timeseries",
                "format": "table" if panel.kind == "table" else "time_series",
            }
            for index, line in enumerate(panel.lines)
        ],
    }
