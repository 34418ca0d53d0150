"""What waits and what was spent, over all orgs, for /metrics; and the trace that a job continues.

`traceparent` is the W3C header of whoever asked for the job, so that the run that serves it is in the same trace.
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

UPGRADE = """
ALTER TABLE jobs ADD COLUMN traceparent text CHECK (length(traceparent) <= 55);
GRANT SELECT (kind, status, created_at) ON jobs TO sgd_directory;
GRANT SELECT (created_at) ON uploads TO sgd_directory;

CREATE FUNCTION directory_open_jobs() RETURNS TABLE (kind text, status text, jobs bigint, oldest_s double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT j.kind, j.status, count(*), extract(epoch FROM clock_timestamp() - min(j.created_at))::double precision
      FROM public.jobs j WHERE j.status IN ('queued', 'running') GROUP BY j.kind, j.status ORDER BY j.kind, j.status
$$;
CREATE FUNCTION directory_standing() RETURNS TABLE (
    orgs bigint, uploads bigint, oldest_upload_s double precision, spent_today numeric, spent_month numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH today AS (SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date AS day),
         spent AS (SELECT c.day, sum(c.cost_usd_micros) AS usd_micros FROM public.inference_calls c, today
                    WHERE c.day >= date_trunc('month', today.day)::date AND c.day <= today.day GROUP BY c.day),
         waiting AS (SELECT count(*) AS uploads, min(u.created_at) AS oldest FROM public.uploads u
                      WHERE u.processed_at IS NULL)
    SELECT (SELECT count(*) FROM public.orgs), waiting.uploads,
           coalesce(extract(epoch FROM clock_timestamp() - waiting.oldest), 0)::double precision,
           coalesce((SELECT s.usd_micros FROM spent s, today WHERE s.day = today.day), 0),
           coalesce((SELECT sum(s.usd_micros) FROM spent s), 0)
      FROM waiting
$$;
GRANT CREATE ON SCHEMA public TO sgd_directory;
"""

FUNCTIONS = ("directory_open_jobs()", "directory_standing()")
OWNED_BY_THE_DIRECTORY = """
REVOKE ALL ON FUNCTION {function} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {function} TO sgd_app;
ALTER FUNCTION {function} OWNER TO sgd_directory;
"""

DOWNGRADE = """
DROP FUNCTION directory_open_jobs();
DROP FUNCTION directory_standing();
ALTER TABLE jobs DROP COLUMN traceparent;
"""


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)
    for function in FUNCTIONS:
        _run(OWNED_BY_THE_DIRECTORY.format(function=function))
    _run("REVOKE CREATE ON SCHEMA public FROM sgd_directory")


def downgrade() -> None:
    """Take back; a job then begins a trace of its own."""
    _run(DOWNGRADE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
