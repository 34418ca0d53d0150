"""Jobs carry what their caller wrote on them, and those asked for as jobs are removed some time after their end.

`keep_s` is absent on what is kept for good: renders, ingests and derivations asked for at their own addresses. The end
of the keeping is written by the row itself, whoever ends it: a run, the sweep, a cancellation, the last part.
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

UPGRADE = """
ALTER TABLE jobs
    ADD COLUMN metadata jsonb,
    ADD COLUMN keep_s integer CHECK (keep_s > 0),
    ADD COLUMN expires_at timestamptz;
CREATE INDEX jobs_expired_idx ON jobs (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX jobs_newest_idx ON jobs (org_id, seq) WHERE parent_id IS NULL;

CREATE FUNCTION set_end_of_keeping() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.expires_at := clock_timestamp() + make_interval(secs => NEW.keep_s);
    RETURN NEW;
END
$$;
CREATE TRIGGER ended_kept BEFORE UPDATE OF status ON jobs FOR EACH ROW
    WHEN (NEW.keep_s IS NOT NULL AND NEW.status IN ('succeeded', 'failed', 'cancelled')
          AND OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION set_end_of_keeping();

GRANT DELETE, SELECT (expires_at, parent_id) ON jobs TO sgd_directory;
CREATE POLICY directory_expire ON jobs FOR DELETE TO sgd_directory USING (expires_at <= clock_timestamp());
CREATE FUNCTION directory_expired_jobs(max_rows integer) RETURNS TABLE (org_id text, job_id uuid, part_ids uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT j.org_id, j.job_id, ARRAY(SELECT p.job_id FROM public.jobs p
                                      WHERE p.org_id = j.org_id AND p.parent_id = j.job_id)
      FROM public.jobs j WHERE j.expires_at <= clock_timestamp() ORDER BY j.expires_at LIMIT max_rows
$$;
CREATE FUNCTION directory_remove_expired_job(wanted_org text, wanted_job uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.jobs j
     WHERE j.org_id = wanted_org AND j.job_id = wanted_job AND j.expires_at <= clock_timestamp();
    RETURN FOUND;
END
$$;
GRANT CREATE ON SCHEMA public TO sgd_directory;
"""

FUNCTIONS = ("directory_expired_jobs(integer)", "directory_remove_expired_job(text, uuid)")
OWNED_BY_THE_DIRECTORY = """
REVOKE ALL ON FUNCTION {function} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {function} TO sgd_app;
ALTER FUNCTION {function} OWNER TO sgd_directory;
"""

DOWNGRADE = """
DROP FUNCTION directory_expired_jobs(integer);
DROP FUNCTION directory_remove_expired_job(text, uuid);
DROP POLICY directory_expire ON jobs;
REVOKE DELETE ON jobs FROM sgd_directory;
DROP TRIGGER ended_kept ON jobs;
DROP FUNCTION set_end_of_keeping();
ALTER TABLE jobs DROP COLUMN metadata, DROP COLUMN keep_s, DROP COLUMN expires_at;
"""


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)
    for function in FUNCTIONS:
        _run(OWNED_BY_THE_DIRECTORY.format(function=function))
    _run("REVOKE CREATE ON SCHEMA public FROM sgd_directory")


def downgrade() -> None:
    """Take back; jobs are then kept for good."""
    _run(DOWNGRADE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
