"""Prometheus itself takes our rules, our scrape and every query of the dashboards; Alertmanager its file."""

import json
import shutil
import socket
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import httpx
import pytest

from sgd_resources.events import tell
from tests.deploy.test_seen import DEPLOY, queries
from tests.sgd_api import conftest as api

settings, store, app_services, anonymous = api.settings, api.store, api.app_services, api.anonymous
PATIENCE_S = 60.0
TOOLS = ("promtool", "amtool", "prometheus")
pytestmark = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in TOOLS), reason="Debian's prometheus and prometheus-alertmanager"
)


def run(*command: str) -> str:
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout + found.stderr


def test_rules_and_configuration_are_whole() -> None:
    folder = DEPLOY / "prometheus"
    run("promtool", "check", "config", str(folder / "prometheus.yml"))
    run("amtool", "check-config", str(DEPLOY / "alertmanager" / "alertmanager.yml"))


def test_every_alert_fires_when_it_should_and_only_then() -> None:
    assert "SUCCESS" in run("promtool", "test", "rules", str(DEPLOY / "prometheus" / "tests" / "alerts_test.yml"))


class _Page(BaseHTTPRequestHandler):
    text: ClassVar[bytes] = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.end_headers()
        self.wfile.write(self.text)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def page() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def prometheus(page: str, tmp_path: Path) -> Iterator[str]:
    config = tmp_path / "prometheus.yml"
    config.write_text(
        "global: {scrape_interval: 1s}\nscrape_configs:\n"
        f"  - {{job_name: sgd-api, static_configs: [{{targets: ['{page}']}}]}}\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen(
        [
            "prometheus", f"--config.file={config}", f"--storage.tsdb.path={tmp_path / 'data'}",
            f"--web.listen-address={address}", "--log.level=error",
        ],
    )  # fmt: skip
    yield f"http://{address}"
    process.terminate()
    process.wait(timeout=20)


def asked(prometheus: str, query: str) -> dict[str, object]:
    url = f"{prometheus}/api/v1/query?{urllib.parse.urlencode({'query': query})}"
    with urllib.request.urlopen(url, timeout=10) as answer:
        found: dict[str, object] = json.load(answer)
    return found


async def test_a_live_scrape_answers_every_query(anonymous: httpx.AsyncClient, prometheus: str) -> None:
    tell("render.ended", outcome="succeeded", duration_ms=900, pictures=1, pictures_passed=1, cost_usd_micros=0)
    scrape = await anonymous.get("/metrics")
    _Page.text = scrape.content
    checked = subprocess.run(["promtool", "check", "metrics"], input=scrape.content, capture_output=True, check=False)
    assert b"error while linting" not in checked.stderr, checked.stderr
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            if asked(prometheus, "sgd_metrics_view_up")["data"]["result"]:  # type: ignore[index]  # JSON
                break
        except OSError:
            assert time.monotonic() < deadline, "Prometheus did not come up"
        assert time.monotonic() < deadline, "nothing was scraped"
        time.sleep(0.3)
    for where, query in queries():
        assert asked(prometheus, query.replace("$__rate_interval", "1m"))["status"] == "success", where
