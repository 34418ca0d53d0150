"""The Dagster UI in headless Chromium after a real ingest: the graph, its materializations, their metadata.

The screenshots are test artefacts: `var/test-artefacts/*.png`.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ARTEFACTS = ROOT / "var" / "test-artefacts"
CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed (make test-services does)"),
]


@pytest.fixture(scope="module")
def dagster_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`sgd up` over a data directory in which the demo has run."""
    var_dir = tmp_path_factory.mktemp("ui") / "var"
    env = {**os.environ, "SGD_VAR_DIR": str(var_dir), "SGD_API_PORT": "8710", "SGD_DAGSTER_PORT": "3710"}
    subprocess.run([sys.executable, "-m", "sgd_api.cli.app", "demo"], env=env, check=True, stdout=subprocess.DEVNULL)
    up = subprocess.Popen([sys.executable, "-m", "sgd_api.cli.app", "up"], env=env, stdout=subprocess.DEVNULL)
    try:
        yield _wait_for(var_dir / "run" / "up.json", up)
    finally:
        up.send_signal(signal.SIGTERM)
        up.wait(60)


def _wait_for(path: Path, up: "subprocess.Popen[bytes]") -> str:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert up.poll() is None, "sgd up ended"
        if path.is_file() and (url := json.loads(path.read_text("utf-8"))["dagster_url"]):
            return str(url)
        time.sleep(0.2)
    raise AssertionError("sgd up did not come up")


def test_the_graph_and_the_canons_metadata_are_shown(dagster_url: str) -> None:
    from playwright.sync_api import sync_playwright

    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_page(viewport={"width": 1600, "height": 1000})
            page.goto(f"{dagster_url}/asset-groups")
            for group in ("ingest", "canon", "search", "renders"):
                page.get_by_text(group, exact=True).first.wait_for(timeout=180_000)
            # A wide graph shows its groups closed until each is unfolded; the icons move as they are.
            unfold = page.locator('[aria-label="unfold_more"]')
            while unfold.count():
                unfold.first.click()
                page.wait_for_timeout(700)
            page.get_by_text("100% filled").first.wait_for(timeout=180_000)
            page.screenshot(path=ARTEFACTS / "graph.png")
            page.goto(f"{dagster_url}/assets/brand_canon")
            page.get_by_text("Latest materialization").first.wait_for(timeout=180_000)
            page.get_by_text("palette", exact=True).first.wait_for(timeout=180_000)
            page.screenshot(path=ARTEFACTS / "brand_canon.png")
            shown = page.inner_text("body")
        finally:
            browser.close()
    assert "complete" in shown
    assert "fonts" in shown
    assert "Fraunces" in shown or "Space Grotesk" in shown
