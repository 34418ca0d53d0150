"""Dashboards and alerts ask for what is there: each query names metrics that a scrape holds."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.sgd_api.http.test_scrape import every_metric
from tools.dashboards.__main__ import FOLDER, text_of
from tools.dashboards.boards import BOARDS

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
OF_OTHERS = {"up", "kube_pod_container_status_restarts_total"}
"""Prometheus' own, and one of kube-state-metrics."""
PANEL: dict[str, Any] = {
    "type": "object",
    "required": ["id", "type", "title", "datasource", "gridPos", "fieldConfig", "options", "targets"],
    "properties": {
        "id": {"type": "integer", "minimum": 1},
        "type": {"enum": ["timeseries", "stat", "table"]},
        "title": {"type": "string", "minLength": 3},
        "datasource": {"const": {"type": "prometheus", "uid": "prometheus"}},
        "gridPos": {
            "type": "object",
            "required": ["x", "y", "w", "h"],
            "properties": {"x": {"enum": [0, 8, 16]}, "w": {"const": 8}, "h": {"const": 8}},
        },
        "targets": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["refId", "expr", "datasource", "legendFormat"],
                "properties": {"refId": {"pattern": "^[A-Z]$"}, "expr": {"type": "string", "minLength": 3}},
            },
        },
    },
}
DASHBOARD: dict[str, Any] = {
    "type": "object",
    "required": ["uid", "title", "schemaVersion", "panels", "time", "refresh", "tags"],
    "properties": {
        "uid": {"pattern": "^[a-z-]{1,40}$"},
        "schemaVersion": {"const": 39},
        "panels": {"type": "array", "minItems": 4, "items": PANEL},
    },
}
"""What of Grafana's model we use (https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model)."""


def rules() -> list[dict[str, Any]]:
    files = [yaml.safe_load((DEPLOY / "prometheus" / name).read_text("utf-8")) for name in ("slo.yml", "alerts.yml")]
    return [rule for made in files for group in made["groups"] for rule in group["rules"]]


def alerts() -> dict[str, dict[str, Any]]:
    return {rule["alert"]: rule for rule in rules() if "alert" in rule}


def queries() -> Iterator[tuple[str, str]]:
    for board in BOARDS:
        for panel in board.panels:
            for line in panel.lines:
                yield f"{board.uid}: {panel.title}", line.expr
    for rule in rules():
        yield rule.get("alert") or rule["record"], rule["expr"]


def names_in(query: str) -> set[str]:
    """Metrics that a query names: words outside of label matchers, groupings, strings, functions and keywords."""
    bare = re.sub(r"\{[^}]*\}|\"[^\"]*\"|\[[^\]]*\]", "", query)
    bare = re.sub(r"\b(by|on|without|ignoring)\s*\([^)]*\)", "", bare)
    words = set(re.findall(r"[a-zA-Z_:][a-zA-Z0-9_:]*(?!\s*\(|[a-zA-Z0-9_:])", bare))
    return words - {"and", "or", "unless", "by", "on", "le", "e6"}


def test_the_dashboards_are_as_the_code_has_them() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{board.uid.removeprefix('sgd-')}.json" for board in BOARDS}
    stale = [board.uid for board in BOARDS if (FOLDER / f"{board.uid[4:]}.json").read_text("utf-8") != text_of(board)]
    assert stale == [], "run python -m tools.dashboards"


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.uid)
def test_a_dashboard_has_the_shape_that_grafana_reads(board: Any) -> None:
    document = json.loads(text_of(board))
    assert [error.message for error in Draft202012Validator(DASHBOARD).iter_errors(document)] == []
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in document["panels"]]
    assert len(set(places)) == len(places)


def test_every_query_names_metrics_that_a_scrape_holds() -> None:
    known = set(OF_OTHERS) | {rule["record"] for rule in rules() if "record" in rule}
    for name, kind in every_metric().items():
        known |= {f"{name}_{part}" for part in ("bucket", "sum", "count")} if kind == "histogram" else {name}
    unknown = {where: names_in(query) - known for where, query in queries()}
    assert {where: names for where, names in unknown.items() if names} == {}
    assert all(names_in(query) for _, query in queries())


def test_an_alert_says_how_urgent_it_is_what_it_means_and_where_to_look() -> None:
    for name, rule in alerts().items():
        assert rule["labels"]["severity"] in {"page", "ticket"}, name
        assert set(rule["annotations"]) == {"summary", "look", "runbook_url"}, name


def test_every_alert_is_tried_by_promtool() -> None:
    cases = yaml.safe_load((DEPLOY / "prometheus" / "tests" / "alerts_test.yml").read_text("utf-8"))["tests"]
    firing = {case["alertname"] for test in cases for case in test["alert_rule_test"] if case["exp_alerts"]}
    assert firing == set(alerts())


def test_the_docs_name_every_alert() -> None:
    page = (DEPLOY.parent / "docs" / "observability.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([A-Z]\w+)` \|", page, re.M)) == set(alerts())
