"""Two orgs with something in every place, the one as the other."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import redis
from dagster import (
    AssetExecutionContext,
    DagsterInstance,
    DynamicPartitionsDefinition,
    MaterializeResult,
    asset,
    materialize,
    mem_io_manager,
)
from sqlalchemy import insert

from sgd_resources.dagster.home import prepare_dagster_home
from sgd_resources.erasure.place import Place
from sgd_resources.erasure.places import places_of
from sgd_resources.llm.answers.disk_cache import DiskCache
from sgd_resources.ports import EmbeddedText
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import audit, orgs
from sgd_resources.postgres.tables import metadata
from sgd_resources.settings import Settings
from sgd_resources.storage.local import LocalObjectStore
from sgd_resources.vectors.local import QdrantLocalStore
from sgd_resources.vectors.select import OTHER_COLLECTIONS, build_vector_store
from tests.sgd_resources.postgres.test_tenancy import fill

ORGS = DynamicPartitionsDefinition(name="orgs")


@asset(partitions_def=ORGS)
def brand(context: AssetExecutionContext) -> MaterializeResult[int]:
    org_id = context.partition_key
    context.log.info("%s: %s accept", org_id, file_of(org_id))
    return MaterializeResult(value=1, metadata={"evidence": f"#AA3311 | {file_of(org_id)}"})


def file_of(org_id: str) -> str:
    """A name that a person chose, and that holds no org's id."""
    return f"notes of number {len(org_id)}.txt"


@dataclass
class World:
    """One machine."""

    database: Database
    store: LocalObjectStore
    vectors: QdrantLocalStore
    client: "redis.Redis"
    settings: Settings
    dagster: DagsterInstance
    dagster_url: str

    @property
    def places(self) -> "list[Place]":
        return list(
            places_of(
                self.settings, store=self.store, vectors=self.vectors, client=self.client, dagster_url=self.dagster_url
            )
        )

    def settle(self, org_id: str, *, documents: int = 3) -> None:
        """Rows in every table, and so many documents with objects and vectors; renders, answers, windows, a run."""
        with self.database.org_transaction(org_id) as connection:
            orgs.ensure_org(connection, org_id)
            for number in range(3):
                audit.append(connection, org_id, actor="key:k1", action="key.created", subject=f"secret {number}")
        with self.database.org_transaction(org_id) as connection:
            fill(connection, org_id, but=("audit_log", "audit_chain"))
            for number in range(documents):
                sha256 = f"{number:064x}"
                row = {
                    "evidence_sha256": sha256, "source_sha256": sha256, "file_name": f"{number}.pdf",
                    "media_type": "application/pdf", "size_bytes": 1, "key": sha256,
                }  # fmt: skip
                connection.execute(insert(metadata.tables["evidence"]).values(org_id=org_id, **row))
                job = {"job_id": str(UUID(int=number + 1)), "kind": "ingest"}
                connection.execute(insert(metadata.tables["jobs"]).values(org_id=org_id, **job))
        for number in range(documents):
            for folder in ("evidence", "documents", "public/renders", "quarantine", "candidates", "manifests"):
                self.store.put(f"org/{org_id}/{folder}/{number}", b"bytes of " + org_id.encode())
        points = [EmbeddedText(str(UUID(int=number + 1)), [1.0, 0.0], {"text": "a"}) for number in range(documents)]
        self.vectors.upsert(org_id, points, model_id="m", dimensions=2)
        for kind in OTHER_COLLECTIONS:
            build_vector_store(self.settings, kind).upsert(org_id, points, model_id="m", dimensions=2)
        self.client.set(f"sgd:{org_id}:vector:abc", b"1")
        self.client.set(f"sgd:window:{{{org_id}}}:default:org", b"1")
        self.client.hset("sgd:llm:{budget}:pots:2026-11-30", f"org:{org_id}|s", 5)
        self.client.hset("sgd:llm:{budget}:pots:2026-11-30", "global|s", 10)
        cache = DiskCache(self.settings.var_dir / "llm-cache")
        cache.put(f"{org_id}:draft:abc", b"packed", ends_at=2e9)
        cache.close()
        (self.settings.var_dir / "demo" / org_id).mkdir(parents=True)
        (self.settings.var_dir / "demo" / org_id / "poster.png").write_bytes(b"p")
        self.dagster.add_dynamic_partitions("orgs", [org_id])
        materialize([brand], partition_key=org_id, instance=self.dagster, resources={"io_manager": mem_io_manager})


def machine(
    database: Database, redis_url: str, dagster_url: str, folder: Path, monkeypatch_env: "dict[str, str]"
) -> World:
    """An empty one; Dagster's storage is the one that processes of the product use."""
    settings = Settings(_env_file=None, sgd_var_dir=folder)
    monkeypatch_env["DAGSTER_DATABASE_URL"] = dagster_url
    return World(
        database,
        LocalObjectStore(folder / "objects"),
        QdrantLocalStore(folder / "qdrant"),
        redis.Redis.from_url(redis_url),
        settings,
        DagsterInstance.from_config(str(prepare_dagster_home(settings))),
        dagster_url,
    )
