"""An org may use every free worker while no other waits: its share is a bound only when somebody else asks.

A share (the default) and a cap (an operator's own number) are two things; the claim is told which of them it is given.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = "directory_claim_job(text, text[], interval, integer)"
AFTER = "directory_claim_job(text, text[], interval, integer, boolean)"

CLAIM = """
CREATE FUNCTION directory_claim_job(
    claiming_worker text, kinds text[], lease interval, most_per_org integer, is_cap boolean)
RETURNS TABLE (org_id text, job_id uuid, kind text, attempts integer, deadline_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    passed_over text[];
    taken_orgs text[];
BEGIN
    -- One claim at a time: a count of what an org has running is true only while nobody else adds to it.
    PERFORM pg_advisory_xact_lock(7346211505);
    -- A claim that a crash of the server undoes is a job still queued: no reason to wait for the disk.
    PERFORM set_config('synchronous_commit', 'off', true);
    SELECT coalesce(array_agg(r.org_id) FILTER (WHERE r.running >= most_per_org), '{}'),
           coalesce(array_agg(r.org_id) FILTER (WHERE r.is_taken), '{}')
      INTO passed_over, taken_orgs
      FROM (SELECT j.org_id, count(*) AS running, bool_or(j.runs_alone) AS is_taken
              FROM public.jobs j WHERE j.status = 'running' GROUP BY j.org_id) r;
    LOOP
        RETURN QUERY
        -- Materialized: as a plain subquery the server may ask for it once per row of the table, and each time it would
        -- lock and return another job.
        WITH next AS MATERIALIZED (
            SELECT q.org_id, q.job_id FROM public.jobs q
             WHERE q.status = 'queued' AND q.kind = ANY (kinds) AND q.org_id <> ALL (passed_over)
               AND NOT (q.runs_alone AND q.org_id = ANY (taken_orgs))
               AND (q.not_before IS NULL OR q.not_before <= clock_timestamp())
               AND (q.deadline_at IS NULL OR q.deadline_at > clock_timestamp())
             -- 'interactive' sorts after 'batch'.
             ORDER BY q.priority DESC, q.turn, q.seq LIMIT 1 FOR UPDATE SKIP LOCKED)
        UPDATE public.jobs c
           SET status = 'running', worker = claiming_worker, lease_until = clock_timestamp() + lease,
               started_at = coalesce(c.started_at, clock_timestamp())
          FROM next
         WHERE c.org_id = next.org_id AND c.job_id = next.job_id
        RETURNING c.org_id, c.job_id, c.kind, c.attempts, c.deadline_at;
        -- Nobody within its share waits: the worker would be idle, so whoever has more than its share may have it.
        EXIT WHEN FOUND OR is_cap OR passed_over = '{}';
        passed_over := '{}';
    END LOOP;
END
$$;
"""


def upgrade() -> None:
    """Apply."""
    _run(f"""
        GRANT CREATE ON SCHEMA public TO sgd_directory;
        DROP FUNCTION {BEFORE};
        {CLAIM}
        REVOKE ALL ON FUNCTION {AFTER} FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION {AFTER} TO sgd_app;
        ALTER FUNCTION {AFTER} OWNER TO sgd_directory;
        REVOKE CREATE ON SCHEMA public FROM sgd_directory;
    """)


def downgrade() -> None:
    """The claim that was cannot be told apart from this one by its callers."""
    raise RuntimeError("there is no way back below 0008: restore a backup")


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
