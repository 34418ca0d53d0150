"""Services, a small org and warm workers for the graph's benchmarks and kill tests. No numbers here."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dagster import Definitions
from pydantic import SecretStr

from sgd_assets.canon.model import Canon
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.graph.definitions import SHAPES, build_definitions
from sgd_assets.renders.model import RenderRecord
from sgd_assets.renders.progress import Progress
from sgd_resources.dagster.home import prepare_dagster_home
from sgd_resources.dagster.io import ManifestIOManager
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.lazy import Lazy
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.orgs import ensure_org
from sgd_resources.settings import Settings
from sgd_resources.storage.select import build_object_store
from tests.fakes.resources import fixed

BODY: Mapping[str, Any] = {
    "project_id": "bench",
    "prompts": {"task": "create", "instruction": "a card that says hello"},
    "outputs": {"count": 1, "format": "png", "dimensions": "64x64"},
}
SLOW_RENDER_VARIABLE = "SGD_TEST_SLOW_RENDER_S"
_DAGSTER_URL = "DAGSTER_DATABASE_URL"
HANG = "hang"
"""An instruction that keeps native code busy which lets no other thread of Python run."""
DIE = "die"
"""An instruction that kills its worker, as the kernel does when memory runs out."""


@dataclass(frozen=True)
class GraphStack:
    """One data directory with running services."""

    settings: Settings
    database: Database
    dagster_home: Path

    def seed_org(self, org_id: str) -> None:
        """An org with no evidence and an empty canon: enough for a render that paints nothing."""
        with self.database.org_transaction(org_id) as connection:
            ensure_org(connection, org_id)
        manifests = ManifestIOManager(fixed(build_object_store(self.settings)), SHAPES)
        manifests.write("brand_evidence", org_id, EvidenceManifest(org_id=org_id))
        manifests.write("brand_canon", org_id, Canon())

    @contextmanager
    def worker(
        self,
        processes: int,
        *options: str,
        graph: str = "tests.benchmarks.graph_stack:paint_nothing",
        slow_render_s: float = 0.0,
        module: str = "sgd_assets.on_demand.worker",
        **settings: str,
    ) -> Iterator["subprocess.Popen[bytes]"]:
        """A real worker parent with its children, by the command `module`; ended with the block."""
        env = {**os.environ, **self.environment(), SLOW_RENDER_VARIABLE: str(slow_render_s), **settings}
        log = (self.settings.var_dir / "worker.log").open("ab")
        with log:
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    module,
                    "--processes",
                    str(processes),
                    "--graph",
                    graph,
                    *options,
                ],
                env=env,
                stdout=log,
                stderr=log,
                cwd=Path(__file__).resolve().parents[2],
            )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def environment(self) -> dict[str, str]:
        """What a child process needs to find the same services."""
        assert self.settings.database_url
        assert self.settings.dagster_database_url
        assert self.settings.redis_url
        return {
            "SGD_VAR_DIR": str(self.settings.var_dir),
            "DATABASE_URL": self.settings.database_url.get_secret_value(),
            "DAGSTER_DATABASE_URL": self.settings.dagster_database_url.get_secret_value(),
            "REDIS_URL": self.settings.redis_url.get_secret_value(),
            "DAGSTER_HOME": str(self.dagster_home),
            "LOG_FORMAT": "json",
        }


@contextmanager
def graph_stack(var_dir: Path, urls: ServiceUrls) -> Iterator[GraphStack]:
    """The stack over services that run already."""
    settings = Settings(
        sgd_var_dir=var_dir,
        database_url=SecretStr(urls.database_url),
        dagster_database_url=SecretStr(urls.dagster_url),
        redis_url=SecretStr(urls.redis_url),
    )
    database = Database(urls.database_url)
    before = os.environ.get(_DAGSTER_URL)
    os.environ[_DAGSTER_URL] = urls.dagster_url
    try:
        yield GraphStack(settings, database, prepare_dagster_home(settings))
    finally:
        database.dispose()
        os.environ.pop(_DAGSTER_URL)
        if before is not None:
            os.environ[_DAGSTER_URL] = before


def paint_nothing(resources: Mapping[str, Lazy[Any]], *, settings: Settings) -> Definitions:
    """The real graph with a renderer that paints nothing, or slowly nothing."""
    pause_s = float(os.environ.get(SLOW_RENDER_VARIABLE, "0"))

    def render(
        body: Mapping[str, Any],
        canon: Canon,
        *,
        org_id: str,
        render_id: str,
        evidence: EvidenceManifest,
        run_id: str | None = None,
        progress: Progress | None = None,
    ) -> RenderRecord:
        if body["prompts"]["instruction"] == DIE:
            os.kill(os.getpid(), signal.SIGKILL)
        if body["prompts"]["instruction"] == HANG:
            re.match("(a*)*b", "a" * 64)
        time.sleep(pause_s)
        return RenderRecord(
            render_id=render_id,
            project_id=body["project_id"],
            canon_version=canon.version,
            outputs=(),
            trace_id=render_id,
        )

    return build_definitions({**resources, "renderer": fixed(render)}, settings=settings)
