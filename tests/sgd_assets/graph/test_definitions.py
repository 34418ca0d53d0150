"""The graph as Dagster loads it: valid, owned, fresh, checked per org, and linked to where its numbers are shown."""

import subprocess
import sys
from pathlib import Path

import pytest
from dagster import AssetKey, MetadataValue

from sgd_assets.graph.definitions import BOARD, build_definitions
from sgd_resources.settings import Settings
from tools.dashboards.boards import BOARDS

ROOT = Path(__file__).resolve().parents[3]
PER_ORG = ("brand_evidence", "parsed_documents", "brand_canon", "brand_embeddings", "render_outputs")


@pytest.mark.slow
def test_dagster_itself_finds_the_workspace_valid(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dagster", "definitions", "validate", "-w", str(ROOT / "workspace.yaml")]
    found = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "SGD_VAR_DIR": str(tmp_path), "DAGSTER_HOME": str(tmp_path)},
    )  # fmt: skip
    assert found.returncode == 0, found.stdout[-2_000:] + found.stderr[-2_000:]


@pytest.mark.parametrize("name", PER_ORG)
def test_an_asset_has_an_owner_a_freshness_policy_and_a_link_to_its_dashboard(name: str) -> None:
    settings = Settings(_env_file=None, sgd_grafana_url="https://grafana.example.com/")
    graph = build_definitions(settings=settings).resolve_asset_graph()
    node = graph.get(AssetKey(name))
    assert node.owners
    assert node.freshness_policy_or_from_metadata is not None
    assert node.metadata["dashboard"] == MetadataValue.url(f"https://grafana.example.com/d/{BOARD}")
    assert BOARD in {board.uid for board in BOARDS}


def test_without_a_dashboards_address_nothing_is_linked() -> None:
    graph = build_definitions(settings=Settings(_env_file=None)).resolve_asset_graph()
    assert "dashboard" not in graph.get(AssetKey("brand_canon")).metadata
