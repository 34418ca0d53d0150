"""The parts of one machine, for the length of a command: services, API, workers.

When `sgd up` already serves from the same data directory, its API and workers are used; else they are started on free
ports and stopped at the end. What must not live here: how each part works.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from sgd_api.api_client import ApiClient
from sgd_api.supervisor import Supervisor, free_port, supervisor
from sgd_resources.database import keys, orgs
from sgd_resources.database.engine import Database
from sgd_resources.embedded import ServiceUrls, embedded_services
from sgd_resources.errors import NotFound
from sgd_resources.settings import Settings


@dataclass(frozen=True)
class LocalStack:
    """Running services and the address of an API in front of them."""

    settings: Settings
    urls: ServiceUrls
    database: Database
    api_url: str
    supervisor: Supervisor

    def create_key(self, org_id: str, label: str) -> tuple[str, str]:
        """(key id, plaintext) of a new API key; makes the org when it is new."""
        with self.database.org_transaction(org_id) as connection:
            orgs.ensure_org(connection, org_id)
            created = keys.create_key(connection, org_id, label=label)
        return created.key_id, created.plaintext

    @contextmanager
    def client(self, org_id: str, *, makes_org: bool = False) -> Iterator[ApiClient]:
        """An API client of the org whose key lives as long as the block.

        Raises:
            NotFound: no such org, and the caller does not want one made.
        """
        if not makes_org:
            self._check_org(org_id)
        key_id, plaintext = self.create_key(org_id, "command line")
        try:
            with ApiClient(self.api_url, plaintext) as client:
                yield client
        finally:
            with self.database.org_transaction(org_id) as connection:
                keys.revoke_key(connection, org_id, key_id)

    def _check_org(self, org_id: str) -> None:
        with self.database.org_transaction(org_id) as connection:
            try:
                orgs.get_org(connection, org_id)
            except NotFound as error:
                raise NotFound(f"there is no org {org_id}; `sgd ingest FOLDER --org {org_id}` makes it") from error


@contextmanager
def local_stack(settings: Settings, *, workers: int) -> Iterator[LocalStack]:
    """Services, API and at least `workers` warm workers; what was running already is used and left running."""
    with embedded_services(settings) as urls:
        database = Database(urls.database_url, urls.database_owner_url)
        try:
            with supervisor(settings.var_dir / "log") as group:
                api_url = running_api(settings)
                if api_url is None:
                    api_url = start_api(group, settings, urls)
                    if workers:
                        start_workers(group, settings, urls, api_url, workers)
                yield LocalStack(settings, urls, database, api_url, group)
        finally:
            database.dispose()


def child_env(settings: Settings, urls: ServiceUrls, api_url: str | None = None) -> dict[str, str]:
    """The environment a child process needs to reach the same services."""
    env = {
        **os.environ,
        "SGD_VAR_DIR": str(settings.var_dir),
        "DATABASE_URL": urls.database_url,
        "DAGSTER_DATABASE_URL": urls.dagster_url,
        "REDIS_URL": urls.redis_url,
        "DAGSTER_HOME": str(settings.var_dir / "dagster"),
        "PYTHONUNBUFFERED": "1",
        # Runs over many orgs write their materializations together, not one transaction each.
        "DAGSTER_EVENT_BATCH_SIZE": "200",
    }
    if urls.database_owner_url is not None:
        env["DATABASE_OWNER_URL"] = urls.database_owner_url
    if api_url is not None:
        env["SGD_PUBLIC_URL"] = api_url
    return env


def start_api(group: Supervisor, settings: Settings, urls: ServiceUrls) -> str:
    """Start the API on its port or the next free one; returns its URL once it answers."""
    port = free_port(settings.sgd_api_host, settings.sgd_api_port)
    url = settings.sgd_public_url or f"http://{settings.sgd_api_host}:{port}"
    env = {**child_env(settings, urls, url), "SGD_API_PORT": str(port)}
    group.start("api", [sys.executable, "-m", "sgd_api.serve"], env)
    group.wait_ready("api", f"http://{settings.sgd_api_host}:{port}/healthz")
    return url


def start_workers(group: Supervisor, settings: Settings, urls: ServiceUrls, api_url: str, processes: int) -> None:
    """Start the warm workers; they fetch jobs as soon as they are up."""
    argv = [sys.executable, "-m", "sgd_assets.worker", "--processes", str(processes)]
    group.start("worker", argv, child_env(settings, urls, api_url))


def up_file(settings: Settings) -> Path:
    """Where `sgd up` says that it is running: `{pid, api_url, dagster_url}`."""
    return settings.var_dir / "run" / "up.json"


def running_api(settings: Settings) -> str | None:
    """URL of the API that `sgd up` serves from this data directory, if it answers."""
    path = up_file(settings)
    if not path.is_file():
        return None
    try:
        state = json.loads(path.read_text("utf-8"))
        url = str(state["api_url"])
        return url if httpx.get(f"{url}/healthz", timeout=2.0).status_code == httpx.codes.OK else None
    except (httpx.TransportError, ValueError, KeyError):
        return None
