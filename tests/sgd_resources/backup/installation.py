"""One installation of a test: embedded services in a data directory of their own, with an org, a canon and objects."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sgd_resources.embedded.services import ServiceUrls, embedded_services
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import audit, canon, orgs
from sgd_resources.settings import Settings
from sgd_resources.storage.keys import canon_key
from sgd_resources.storage.local import LocalObjectStore
from sgd_resources.storage.select import build_object_store

ORGS = ("acme", "birch")


@dataclass(frozen=True)
class Installation:
    settings: Settings
    urls: ServiceUrls

    @property
    def store(self) -> LocalObjectStore:
        made = build_object_store(self.settings)
        assert isinstance(made, LocalObjectStore)
        return made

    def fill(self) -> None:
        """Two orgs with a canon each, and an object that both hold."""
        database = Database(self.urls.database_url)
        for org_id in ORGS:
            body = json.dumps({"org_id": org_id, "palette_hex": ["#112233"]}).encode()
            version = hashlib.sha256(body).hexdigest()
            key = canon_key(org_id, version)
            self.store.put(key, body, content_type="application/json")
            self.store.put(f"org/{org_id}/documents/shared.bin", b"the same bytes" * 1000)
            with database.org_transaction(org_id) as connection:
                orgs.ensure_org(connection, org_id)
                canon.insert_version(
                    connection, org_id, version=version, status="complete", key=key, palette=["#112233"], fonts=[]
                )
                audit.append(connection, org_id, actor="test", action="org.filled", subject=org_id)
        database.dispose()

    def canons(self) -> dict[str, tuple[str, str]]:
        """Org -> its current version, and the hash of what the store holds of it."""
        database = Database(self.urls.database_url)
        found = {}
        for org_id in ORGS:
            with database.org_transaction(org_id) as connection:
                version = canon.current_version(connection, org_id)
            if version is not None:
                found[org_id] = (version.version, hashlib.sha256(self.store.get(version.key)).hexdigest())
        database.dispose()
        return found


@contextmanager
def installation() -> Iterator[Installation]:
    folder = Path(tempfile.mkdtemp(prefix="sgd-kept-"))
    given = ("database_url", "database_owner_url", "database_admin_url", "redis_url", "dagster_database_url")
    settings = Settings(sgd_var_dir=folder).model_copy(
        update={**dict.fromkeys(given), "s3_endpoint_url": None, "sgd_signing_key": None}
    )
    try:
        with embedded_services(settings, is_durable=False) as urls:
            yield Installation(settings, urls)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
