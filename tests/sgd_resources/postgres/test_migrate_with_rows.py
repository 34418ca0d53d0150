"""Rows from before the one job table survive every migration up to today's, and calls the way back."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text

from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.postgres.migrate import MIGRATIONS_DIR, migrate
from sgd_resources.postgres.rows.proof import audit_chain
from tests.sgd_resources.postgres.test_migrate import fresh

pytestmark = pytest.mark.embedded

DONE, RUNNING, JOB = (f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))
OLD_ROWS = f"""
INSERT INTO orgs (org_id) VALUES ('acme');
INSERT INTO render_requests (org_id, render_id, project_id, idempotency_key, body_sha256, body, status)
VALUES ('acme', '{DONE}', 'p', 'k1', '{"a" * 64}', '{{"n": 1}}', 'succeeded'),
       ('acme', '{RUNNING}', 'p', NULL, '{"b" * 64}', '{{"n": 2}}', 'running');
INSERT INTO renders (org_id, render_id, index, sha256, key, media_type, width_px, height_px, size_bytes, plan, critique,
                     canon_version, model_route, trace_id)
VALUES ('acme', '{DONE}', 0, '{"c" * 64}', 'k', 'image/png', 1, 1, 1, '{{}}', '{{}}', 'v', 'local', 't');
INSERT INTO jobs (org_id, job_id, kind, status) VALUES ('acme', '{JOB}', 'ingest', 'running');
INSERT INTO evidence (org_id, evidence_sha256, source_sha256, file_name, media_type, size_bytes, key)
VALUES ('acme', '{"d" * 64}', '{"e" * 64}', 'logo.svg', 'image/svg+xml', 1, 'k');
INSERT INTO uploads (org_id, upload_id, file_name, size_bytes, key, status, evidence_sha256, source_sha256, verdict,
                     processed_at)
VALUES ('acme', '{DONE}', 'logo.svg', 1, 'q', 'promoted', '{"d" * 64}', '{"e" * 64}', 'accept', now());
INSERT INTO audit_log (org_id, actor, action, subject, details)
VALUES ('acme', 'operator', 'key.created', 'k1', '{{"share": 0.10}}'),
       ('acme', 'key:k1', 'upload.promoted', 'u', '{{}}');
"""

ONE_CALL = """
INSERT INTO inference_calls (org_id, call_id, task, outcome, cost_usd_micros, cost_source, day)
VALUES (:org, gen_random_uuid(), 'planner', 'succeeded', 7, :source, '2026-11-30')
"""


def test_rows_of_an_older_release_survive_the_whole_chain(services: ServiceUrls) -> None:
    url = fresh(services, "old_rows")
    engine = create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_DIR))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
    with engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.org_id', 'acme', true)"))
        connection.exec_driver_sql(OLD_ROWS)
    assert migrate(url) is True
    with engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.org_id', 'acme', true)"))
        jobs = connection.execute(text("SELECT job_id::text, kind, status, idempotency_key FROM jobs ORDER BY job_id"))
        assert [tuple(row) for row in jobs] == [
            (DONE, "render", "succeeded", "k1"),
            (RUNNING, "render", "queued", None),
            (JOB, "ingest", "queued", None),
        ]
        assert connection.scalar(text("SELECT count(*) FROM renders")) == 1
        upload = connection.execute(text("SELECT status, judged_by, withdrawn_at FROM uploads")).one()
        assert tuple(upload) == ("promoted", "", None)
        assert connection.scalar(text("SELECT removed_at FROM evidence")) is None
        linked = audit_chain.verify(connection, "acme")
        assert (linked.rows, linked.broken) == (2, None)
    engine.dispose()


def test_a_release_is_taken_back_with_the_rows_of_all_orgs_and_put_on_again(services: ServiceUrls) -> None:
    url = fresh(services, "taken_back")
    assert migrate(url) is True
    engine = create_engine(url)
    sources = {"acme": "policy", "globex": "policy", "initech": "provider"}
    for org, source in sources.items():
        with engine.begin() as connection:
            connection.execute(text("SELECT set_config('app.org_id', :org, true)"), {"org": org})
            connection.execute(text("INSERT INTO orgs (org_id) VALUES (:org)"), {"org": org})
            connection.execute(text(ONE_CALL), {"org": org, "source": source})
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_DIR))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0011")
    assert _sources(engine) == {"acme": "estimate", "globex": "estimate", "initech": "provider"}
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM budget_scopes")) == 0
        forced = connection.execute(
            text(
                "SELECT relname FROM pg_class WHERE relforcerowsecurity"
                " AND relname IN ('inference_calls', 'budget_scopes', 'budget_reservations')"
            )
        )
        assert len(forced.all()) == 3
    assert migrate(url) is True
    assert _sources(engine) == {"acme": "estimate", "globex": "estimate", "initech": "provider"}
    engine.dispose()


def _sources(engine: Engine) -> dict[str, str]:
    found = {}
    for org in ("acme", "globex", "initech"):
        with engine.begin() as connection:
            connection.execute(text("SELECT set_config('app.org_id', :org, true)"), {"org": org})
            found[org] = str(connection.scalar(text("SELECT cost_source FROM inference_calls")))
    return found
