"""Row level security, proven against a real Postgres with an owner that is no superuser."""

from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, insert, select, text
from sqlalchemy.exc import ProgrammingError

from sgd_resources.errors import Conflict, Forbidden, NotFound, Unavailable
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import audit, orgs
from sgd_resources.postgres.tables import metadata
from sgd_resources.postgres.tables.brand import orgs as orgs_table

pytestmark = pytest.mark.embedded

OF_ERASED_ORGS = {"tombstones", "erased_audit"}
"""Written by the directory alone, under a name that is no org's."""
ORG_TABLES = sorted(set(metadata.tables) - OF_ERASED_ORGS)
SHA = "a" * 64


def rows_of(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def fill(connection: Connection, org_id: str, *, but: tuple[str, ...] = ()) -> None:
    """One row in every table of ours."""
    uuid = "11111111-1111-4111-8111-111111111111"
    rows: dict[str, dict[str, Any]] = {
        "api_keys": {"key_id": "k", "prefix": "p", "key_sha256": SHA},
        "evidence": {
            "evidence_sha256": SHA, "source_sha256": SHA, "file_name": "f", "media_type": "m", "size_bytes": 1,
            "key": "k",
        },
        "uploads": {"upload_id": uuid, "file_name": "f", "size_bytes": 1, "key": "k"},
        "documents": {"evidence_sha256": SHA, "parser": "p", "parser_version": "1", "key": "k"},
        "canon_versions": {"version": SHA, "status": "complete", "key": "k", "palette": [], "fonts": []},
        "jobs": {
            "job_id": uuid, "kind": "render", "project_id": "p", "idempotency_key": "i", "body_sha256": SHA,
        },
        "renders": {
            "render_id": uuid, "index": 0, "sha256": SHA, "key": "k", "media_type": "m", "width_px": 1, "height_px": 1,
            "size_bytes": 1, "plan": {}, "critique": {}, "canon_version": SHA, "model_route": "local", "trace_id": "t",
        },
        "render_evidence": {"render_id": uuid, "evidence_sha256": SHA, "roles": ["logo"]},
        "ingest_claims": {"claim": uuid, "expires_at": "2026-01-01T00:00:00Z"},
        "audit_log": {"actor": "a", "action": "b", "subject": "c"},
        "content_overrides": {"document": {}},
        "canon_statements": {
            "audit_entry": 1, "fact_id": "f", "verb": "confirm", "kind": "colour", "value": "#112233", "reason": "r",
            "subject": "s",
        },
        "org_caps": {"day_usd_micros": 1},
        "part_caps": {"kind": "key", "name": "k", "day_usd_micros": 1},
        "request_log": {
            "request_id": "r", "method": "GET", "route": "/", "status": 200, "duration_ms": 1, "sent_bytes": 1,
            "caller": "key:k",
        },
        "audit_chain": {"seq": 1, "audit_id": 0, "row_sha256": SHA, "sha256": SHA},
        "inference_calls": {"call_id": uuid, "task": "t", "outcome": "ok"},
        "prompt_schemas": {"id": "sch_0123456789abcdef", "version": 1, "name": "n", "body": {}},
        "prompt_templates": {"id": "tpl_0123456789abcdef", "version": 1, "name": "n", "body": {}},
        "prompt_reviews": {
            "review_id": uuid, "request_id": "r", "prompt": "p", "raw_answer": "a", "errors": [], "model": "m",
        },
        "webhooks": {"webhook_id": "whk_0123456789abcdef", "url": "https://a.example/", "secret_check": "c"},
        "webhook_deliveries": {
            "delivery_id": uuid, "webhook_id": "whk_0123456789abcdef", "message_id": "m", "event": "e",
            "next_at": "2026-01-01T00:00:00Z",
        },
        "kept_answers": {"idempotency_key": "i", "claim_id": uuid, "ends_at": "2026-01-01T00:00:00Z"},
    }  # fmt: skip
    assert sorted([*rows, "orgs"]) == ORG_TABLES
    for table, row in rows.items():
        if table in but:
            continue
        connection.execute(insert(metadata.tables[table]).values(org_id=org_id, **row))


def test_row_level_security_is_enabled_and_forced_on_every_table(owner: Connection) -> None:
    found = owner.execute(
        text(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
            " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
            " AND relname <> 'alembic_version' ORDER BY relname"
        )
    ).all()
    assert [tuple(row) for row in found] == [(name, True) for name in sorted(metadata.tables)]


def test_every_key_of_every_table_starts_with_the_org(owner: Connection) -> None:
    found = owner.execute(
        text(
            "SELECT c.conrelid::regclass::text, c.conname, a.attname FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
            " WHERE c.contype IN ('p', 'u', 'f') AND c.connamespace = 'public'::regnamespace"
        )
    ).all()
    keys = [row for row in found if row[0] != "alembic_version"]
    assert len(keys) > len(ORG_TABLES)
    assert {row[2] for row in keys} == {"org_id"}


@pytest.mark.parametrize("table", ORG_TABLES)
def test_another_orgs_rows_are_invisible_and_the_same_keys_are_free(two_orgs: Database, table: str) -> None:
    with two_orgs.org_transaction("acme") as connection:
        fill(connection, "acme")
        assert rows_of(connection, table) == 1
    with two_orgs.org_transaction("globex") as connection:
        assert rows_of(connection, table) == (1 if table == "orgs" else 0)
        fill(connection, "globex")
        assert rows_of(connection, table) == 1


@pytest.mark.parametrize("table", [*ORG_TABLES, "usage_by_day"])
def test_without_an_org_every_table_and_view_is_empty(two_orgs: Database, table: str) -> None:
    with two_orgs.org_transaction("acme") as connection:
        fill(connection, "acme")
        assert rows_of(connection, table) == 1
    with two_orgs.directory() as connection:
        assert rows_of(connection, table) == 0


def test_the_owner_is_bound_too(two_orgs: Database, owner: Connection) -> None:
    with two_orgs.org_transaction("acme") as connection:
        fill(connection, "acme")
    assert {rows_of(owner, table) for table in ORG_TABLES} == {0}


def test_a_row_for_another_org_is_refused(two_orgs: Database) -> None:
    with pytest.raises(Forbidden), two_orgs.org_transaction("acme") as connection:
        audit.append(connection, "globex", actor="a", action="b", subject="c")
    with pytest.raises(Forbidden), two_orgs.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "initech")
    with two_orgs.org_transaction("acme") as connection:
        fill(connection, "acme")
    with pytest.raises(Forbidden), two_orgs.org_transaction("acme") as connection:
        connection.execute(text("UPDATE uploads SET org_id = 'globex'"))


def test_the_org_does_not_leak_through_the_pool(services: Any, two_orgs: Database) -> None:
    single = Database(services.database_url, pool_size=1, max_overflow=0)
    try:
        with single.org_transaction("acme") as connection:
            process = connection.scalar(text("SELECT pg_backend_pid()"))
            assert rows_of(connection, "orgs") == 1
        with single.directory() as connection:
            assert connection.scalar(text("SELECT pg_backend_pid()")) == process
            assert not connection.scalar(text("SELECT current_setting('app.org_id', true)"))
            assert rows_of(connection, "orgs") == 0
        with pytest.raises(RuntimeError), single.org_transaction("globex"):
            raise RuntimeError
        with single.directory() as connection:
            assert rows_of(connection, "orgs") == 0
    finally:
        single.dispose()


@pytest.mark.parametrize("statement", ["UPDATE {} SET org_id = org_id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["audit_log", "inference_calls"])
def test_the_logs_only_grow(two_orgs: Database, table: str, statement: str) -> None:
    with two_orgs.org_transaction("acme") as connection:
        fill(connection, "acme")
    with pytest.raises(Forbidden), two_orgs.org_transaction("acme") as connection:
        connection.execute(text(statement.format(table)))
    with two_orgs.org_transaction("acme") as connection:
        assert rows_of(connection, table) == 1


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_the_app_role_may_not_truncate_or_delete(two_orgs: Database, table: str) -> None:
    for statement in (f"TRUNCATE {table} CASCADE", f"DELETE FROM {table}"):
        with pytest.raises(Forbidden), two_orgs.org_transaction("acme") as connection:
            connection.execute(text(statement))


def test_the_app_role_is_plain_and_owns_nothing(owner: Connection) -> None:
    role = owner.execute(
        text(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
            " (SELECT count(*) FROM pg_class WHERE relowner = r.oid),"
            " (SELECT count(*) FROM pg_auth_members WHERE member = r.oid)"
            " FROM pg_roles r WHERE rolname = 'sgd_app'"
        )
    ).one()
    assert tuple(role) == (False, False, False, False, 0, 0)


def test_directory_functions_pin_their_search_path_and_answer_only_the_app(owner: Connection) -> None:
    found = owner.execute(
        text(
            "SELECT proname, pg_get_userbyid(proowner), proconfig, prosecdef,"
            " has_function_privilege('sgd_app', oid, 'EXECUTE'),"
            " EXISTS (SELECT FROM aclexplode(proacl) WHERE grantee = 0) FROM pg_proc WHERE proname LIKE 'directory%'"
        )
    ).all()
    assert len(found) == 29
    assert {tuple(map(str, row[1:])) for row in found} == {
        ("sgd_directory", "['search_path=pg_catalog, pg_temp']", "True", "True", "False")
    }


def test_a_temporary_table_cannot_stand_in_for_a_real_one(two_orgs: Database) -> None:
    with two_orgs.directory() as connection:
        connection.execute(text("CREATE TEMP TABLE orgs (org_id text, name text) ON COMMIT DROP"))
        connection.execute(text("INSERT INTO pg_temp.orgs VALUES ('forged', '')"))
        assert [org.org_id for org in orgs.list_orgs(connection)] == ["acme", "globex"]


def test_a_taken_key_of_another_org_is_no_oracle(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme") as connection:
        fill(connection, "acme")
    with pytest.raises(Conflict), two_orgs.org_transaction("acme") as connection:
        fill(connection, "acme")
    with two_orgs.org_transaction("globex") as connection:
        fill(connection, "globex")


def test_a_foreign_key_cannot_point_into_another_org(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme") as connection:
        fill(connection, "acme")
    row = {"org_id": "globex", "evidence_sha256": SHA, "parser": "p", "parser_version": "1", "key": "k"}
    with pytest.raises(NotFound), two_orgs.org_transaction("globex") as connection:
        connection.execute(insert(metadata.tables["documents"]).values(row))


@pytest.mark.parametrize("org_id", ["", "a", "A" * 5, "acme'; --", "acme\n", "-acme", "a" * 64, "ac me"])
def test_a_malformed_org_is_not_found_before_any_query(database: Database, org_id: str) -> None:
    with pytest.raises(NotFound), database.org_transaction(org_id):
        raise AssertionError


def test_the_directory_role_reads_only_the_columns_it_answers_with(owner: Connection) -> None:
    owner.execute(text("SET ROLE sgd_directory"))
    with pytest.raises(ProgrammingError):
        owner.execute(text("SELECT * FROM uploads"))


def test_error_messages_repeat_no_values(two_orgs: Database) -> None:
    with pytest.raises(NotFound) as caught, two_orgs.org_transaction("nobody") as connection:
        audit.append(connection, "nobody", actor="secret-actor", action="b", subject="c")
    assert "secret" not in f"{caught.value.message} {caught.value.details} {caught.value.__cause__}"


def test_an_unreachable_database_is_unavailable() -> None:
    away = Database("postgresql+psycopg://sgd_app@/none?host=/nonexistent")
    with pytest.raises(Unavailable), away.directory():
        raise AssertionError


def test_many_threads_stay_in_their_own_org(two_orgs: Database) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def seen(org_id: str) -> bool:
        with two_orgs.org_transaction(org_id) as connection:
            return connection.execute(select(orgs_table.c.org_id)).scalars().all() == [org_id]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(seen, ["acme", "globex"] * 100))


def test_500_interleaved_transactions_over_four_connections_never_leak(services: Any, two_orgs: Database) -> None:
    """Half of them end in an error, which must not leave the org on the connection either."""
    from concurrent.futures import ThreadPoolExecutor

    few = Database(services.database_url, pool_size=4, max_overflow=0)

    def seen(number: int) -> tuple[bool, int]:
        org_id = ("acme", "globex")[number % 2]
        process = 0
        try:
            with few.org_transaction(org_id) as connection:
                process = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
                own = connection.execute(select(orgs_table.c.org_id)).scalars().all()
                if number % 4 > 1:
                    raise RuntimeError
        except RuntimeError:
            pass
        with few.directory() as connection:
            return own == [org_id] and rows_of(connection, "orgs") == 0, process

    try:
        with ThreadPoolExecutor(16) as pool:
            found = list(pool.map(seen, range(500)))
    finally:
        few.dispose()
    assert {is_own for is_own, _ in found} == {True}
    assert 1 < len({process for _, process in found}) <= 4


def test_what_looks_past_row_level_security_is_a_directory_function_and_nothing_else(owner: Connection) -> None:
    definers = owner.execute(
        text("SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace")
    ).scalars()
    assert [name for name in definers if not name.startswith("directory_")] == []
    views = owner.execute(
        text(
            "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
            " AND NOT coalesce(reloptions::text LIKE '%security_invoker=true%', false)"
        )
    ).scalars()
    assert list(views) == []
    unprotected = owner.execute(
        text(
            "SELECT relname FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
            " AND relname <> 'alembic_version' AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid"
            " AND p.polname = 'org_isolation' AND p.polcmd = '*' AND p.polwithcheck IS NOT NULL)"
        )
    ).scalars()
    assert list(unprotected) == []


def test_what_is_unique_is_unique_within_an_org(owner: Connection) -> None:
    found = owner.execute(
        text(
            "SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
            " LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]"
            " WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'alembic_version'"
            " AND a.attname IS DISTINCT FROM 'org_id'"
        )
    ).scalars()
    assert list(found) == []


def test_a_superuser_owner_works_too(services: Any) -> None:
    """The embedded cluster's own superuser may migrate as well; nothing depends on it."""
    from sqlalchemy.engine import make_url

    from sgd_resources.postgres.migrate import migrate
    from tests.conftest import _create_database

    name = f"super_{make_url(services.database_url).database}"
    _create_database(services.database_owner_url, name)
    url = make_url(services.database_owner_url).set(username="postgres", database=name)
    assert migrate(url.render_as_string(hide_password=False)) is True
    engine = create_engine(url.set(username="sgd_app"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM directory_orgs('', 10)")).all() == []
    engine.dispose()
