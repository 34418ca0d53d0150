"""The parent of warm workers keeps their leases: native code may hold a worker's interpreter for longer than one."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

UPGRADE = """
CREATE FUNCTION directory_keep_leases(living_workers text[], lease interval) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kept integer;
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    UPDATE public.jobs j SET lease_until = clock_timestamp() + lease
     WHERE j.status = 'running' AND j.worker = ANY (living_workers);
    GET DIAGNOSTICS kept = ROW_COUNT;
    RETURN kept;
END
$$;
REVOKE ALL ON FUNCTION directory_keep_leases(text[], interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory_keep_leases(text[], interval) TO sgd_app;
GRANT CREATE ON SCHEMA public TO sgd_directory;
ALTER FUNCTION directory_keep_leases(text[], interval) OWNER TO sgd_directory;
REVOKE CREATE ON SCHEMA public FROM sgd_directory;
"""


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)


def downgrade() -> None:
    """Undo."""
    _run("DROP FUNCTION directory_keep_leases(text[], interval)")


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
