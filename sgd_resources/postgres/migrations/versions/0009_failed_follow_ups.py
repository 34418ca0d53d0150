"""Which orgs' last ingest failed: a sweep asks again, a few times."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

UPGRADE = """
CREATE FUNCTION directory_failed_ingests(max_rows integer) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT last.org_id FROM (
        SELECT DISTINCT ON (j.org_id) j.org_id, j.status FROM public.jobs j
         WHERE j.kind = 'ingest' ORDER BY j.org_id, j.seq DESC) last
     WHERE last.status = 'failed' ORDER BY last.org_id LIMIT max_rows
$$;
REVOKE ALL ON FUNCTION directory_failed_ingests(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory_failed_ingests(integer) TO sgd_app;
GRANT CREATE ON SCHEMA public TO sgd_directory;
ALTER FUNCTION directory_failed_ingests(integer) OWNER TO sgd_directory;
REVOKE CREATE ON SCHEMA public FROM sgd_directory;
"""


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)


def downgrade() -> None:
    """Undo."""
    _run("DROP FUNCTION directory_failed_ingests(integer)")


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
