"""Sealed renders of a sample brand in the database and the store of a running app."""

from collections.abc import Mapping
from typing import Any

from sgd_assets.renders.model import RenderRecord
from sgd_assets.renders.render import render_request
from sgd_resources.font_shelf import font_shelf
from sgd_resources.ports import AvReport, EvidenceRecord, ObjectStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.requests import RequestLedger
from sgd_resources.postgres.rows import canon as canon_rows
from sgd_resources.postgres.rows import orgs, renders
from sgd_resources.postgres.rows.evidence import upsert_evidence
from sgd_resources.provenance.build import build_sealer
from sgd_resources.settings import Settings
from sgd_resources.storage.keys import canon_key
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_assets.renders.brand import ORG, SampleBrand

RUN = "a run"


class ProofWorld:
    """One org with evidence, a canon and renders."""

    def __init__(self, settings: Settings, database: Database, store: ObjectStore, org_id: str = ORG) -> None:
        self.settings, self.database, self.store, self.org_id = settings, database, store, org_id
        self.brand = SampleBrand("larkfold")
        with database.org_transaction(org_id) as connection:
            orgs.ensure_org(connection, org_id)
            for item in self.brand.items:
                store.put(item.key, self.brand.store.get(item.key))
                upsert_evidence(
                    connection,
                    org_id,
                    EvidenceRecord(
                        item.evidence_sha256, item.source_sha256, item.file_name, item.media_type, item.size_bytes,
                        item.key, AvReport("clean"),
                    ),
                )  # fmt: skip
        self.set_canon()

    def set_canon(self, **changes: Any) -> str:
        self.brand.canon = self.brand.canon.model_copy(update=changes)
        canon = self.brand.canon
        key = canon_key(self.org_id, canon.version)
        self.store.put(key, canon.canonical_json())
        with self.database.org_transaction(self.org_id) as connection:
            canon_rows.insert_version(
                connection, self.org_id, version=canon.version, status="complete", key=key,
                palette=canon.palette_hex, fonts=canon.fonts,
            )  # fmt: skip
        return canon.version

    def render(self, body: Mapping[str, Any]) -> RenderRecord:
        with self.database.org_transaction(self.org_id) as connection:
            row, _ = renders.create_request(connection, self.org_id, project_id=body["project_id"], body=body)
        return self.serve(row.render_id, body)

    def serve(self, render_id: str, body: Mapping[str, Any]) -> RenderRecord:
        ledger, jobs = RequestLedger(self.database), FakeConfinedJobs()
        ledger.claim(self.org_id, render_id, run_id=RUN)
        record = render_request(
            body, self.brand.canon, org_id=self.org_id, render_id=render_id, canon_version=self.brand.canon.version,
            evidence=self.brand.evidence, store=self.store, jobs=jobs, fonts=font_shelf(),
            sealer=build_sealer(self.settings, jobs),
        )  # fmt: skip
        outputs = [output.model_dump(mode="json") for output in record.outputs]
        audit = record.model_dump(mode="json", exclude={"outputs"})
        assert ledger.finish(self.org_id, render_id, run_id=RUN, outputs=outputs, audit=audit)
        return record
