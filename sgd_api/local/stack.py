"""The parts of one machine, for the length of a command: services, API, workers.

When `sgd up` already serves from the same data directory, its API and workers are used; else they are started on free
ports and stopped at the end. What must not live here: how each part works.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from sgd_api.api_client import ApiClient
from sgd_api.local.listeners import listen, local_url, port_of
from sgd_api.local.presence import present
from sgd_api.local.supervisor import Supervisor, supervisor
from sgd_api.local.up_state import answers_as, running_api
from sgd_resources.embedded.services import ServiceUrls, embedded_services
from sgd_resources.errors import NotFound
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys, orgs
from sgd_resources.settings import Settings

_DECIDING = keys.KeyRights(scopes=("canon:*", "facts:write", "jobs:*"))
"""Of the key behind a command by which a person decides on facts; the policy gives no key that right by itself."""


@dataclass(frozen=True)
class LocalStack:
    """Running services and the address of an API in front of them."""

    settings: Settings
    urls: ServiceUrls
    database: Database
    api_url: str
    """How this machine reaches the API; `SGD_PUBLIC_URL` may lead through a proxy that is not up."""
    supervisor: Supervisor

    def create_key(self, org_id: str, label: str, rights: keys.KeyRights = keys.KeyRights()) -> tuple[str, str]:
        """(key id, plaintext) of a new API key; makes the org when it is new."""
        with self.database.org_transaction(org_id) as connection:
            orgs.ensure_org(connection, org_id)
            created = keys.create_key(connection, org_id, label=label, rights=rights)
        return created.key_id, created.plaintext

    @contextmanager
    def client(self, org_id: str, *, makes_org: bool = False, decides: bool = False) -> Iterator[ApiClient]:
        """An API client of the org whose key lives as long as the block.

        Args:
            org_id: whose.
            makes_org: whether an org that is not there is made.
            decides: the key may also state what people decide of a canon's facts, and nothing else but canons.

        Raises:
            NotFound: no such org, and the caller does not want one made.
        """
        if not makes_org:
            self._check_org(org_id)
        key_id, plaintext = self.create_key(org_id, keys.COMMAND_LINE_LABEL, _DECIDING if decides else keys.KeyRights())
        try:
            with ApiClient(self.api_url, plaintext, check=self.supervisor.check) as client:
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
    with present(settings.var_dir, "sgd"), embedded_services(settings) as urls:
        database = Database(urls.database_url, urls.database_owner_url)
        try:
            with supervisor(settings.var_dir) as group:
                up = running_api(settings.var_dir)
                if up is not None and up.local_url is not None:
                    address = up.local_url
                else:
                    started = start_api(group, settings, urls)
                    address = started.local_url
                    if workers:
                        start_workers(group, settings, urls, started.public_url, workers)
                yield LocalStack(settings, urls, database, address, group)
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
        # A file `redis.py` in the directory where `sgd` was called must not be taken for the library.
        "PYTHONSAFEPATH": "1",
        # Runs over many orgs write their materializations together, not one transaction each.
        "DAGSTER_EVENT_BATCH_SIZE": "200",
    }
    if urls.database_owner_url is not None:
        env["DATABASE_OWNER_URL"] = urls.database_owner_url
    if api_url is not None:
        env["SGD_PUBLIC_URL"] = api_url
    return env


@dataclass(frozen=True)
class StartedApi:
    """An API process that answers."""

    local_url: str
    """How this machine reaches it."""
    public_url: str
    """How clients reach it."""


def start_api(
    group: Supervisor, settings: Settings, urls: ServiceUrls, *, instance_id: str | None = None
) -> StartedApi:
    """Start the API on its port or the next free one; returns once it, and no other API, answers there.

    Raises:
        Unavailable: no port is free, or it did not come up; its log says why.
    """
    instance_id = instance_id or uuid4().hex
    listener = listen(settings.sgd_api_host, settings.sgd_api_port)
    port = port_of(listener)
    own = local_url(settings.sgd_api_host, port)
    public = settings.sgd_public_url or own
    env = {**child_env(settings, urls, public), "SGD_API_PORT": str(port), "SGD_INSTANCE_ID": instance_id}
    group.start("api", [sys.executable, "-m", "sgd_api.http.serve"], env, listener=listener)
    group.wait_ready("api", lambda: answers_as(own, instance_id))
    return StartedApi(own, public)


def start_workers(group: Supervisor, settings: Settings, urls: ServiceUrls, api_url: str, processes: int) -> None:
    """Start the warm workers; they fetch jobs as soon as they are up."""
    argv = [sys.executable, "-m", "sgd_assets.on_demand.worker", "--processes", str(processes)]
    group.start("worker", argv, child_env(settings, urls, api_url))
