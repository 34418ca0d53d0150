"""One table for all work that is asked for: render requests become jobs, and the queue is the table itself.

What the queue of an outside library held is not carried over: every open row is a queued job and is served. Orgs take
turns: a job's `turn` is one more than its org's job before, and never less than the turn served last, so that who asks
for the first time is next. Three functions look across orgs: the turn to give, the job to serve, the jobs that lost
their worker.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLE = """
ALTER TABLE jobs NO FORCE ROW LEVEL SECURITY;
ALTER TABLE render_requests NO FORCE ROW LEVEL SECURITY;
ALTER TABLE renders NO FORCE ROW LEVEL SECURITY;

ALTER TABLE jobs
    ADD COLUMN project_id text,
    ADD COLUMN idempotency_key text CHECK (length(idempotency_key) BETWEEN 1 AND 255),
    ADD COLUMN body_sha256 text CHECK (body_sha256 ~ '^[0-9a-f]{64}$'),
    ADD COLUMN priority text NOT NULL DEFAULT 'interactive' CHECK (priority IN ('interactive', 'batch')),
    ADD COLUMN runs_alone boolean NOT NULL DEFAULT false,
    ADD COLUMN turn bigint NOT NULL DEFAULT 0,
    ADD COLUMN worker text,
    ADD COLUMN lease_until timestamptz,
    ADD COLUMN worker_deaths integer NOT NULL DEFAULT 0,
    ADD COLUMN not_before timestamptz,
    ADD COLUMN deadline_at timestamptz,
    ADD COLUMN cancel_requested_at timestamptz,
    ADD COLUMN progress jsonb,
    ADD UNIQUE (org_id, kind, idempotency_key),
    ADD CHECK ((idempotency_key IS NULL) OR (body_sha256 IS NOT NULL)),
    ADD CHECK (status = 'running' OR (worker IS NULL AND lease_until IS NULL));

UPDATE jobs SET status = 'queued', runs_alone = true WHERE status IN ('queued', 'running');
INSERT INTO jobs (org_id, job_id, kind, project_id, idempotency_key, body_sha256, body, status, error, dagster_run_id,
                  attempts, created_at, started_at, finished_at)
SELECT org_id, render_id, 'render', project_id, idempotency_key, body_sha256, body,
       CASE status WHEN 'running' THEN 'queued' ELSE status END, error, dagster_run_id, attempts, created_at,
       started_at, finished_at
  FROM render_requests ORDER BY seq;

ALTER TABLE renders DROP CONSTRAINT renders_org_id_render_id_fkey;
DROP TABLE render_requests;
ALTER TABLE renders ADD FOREIGN KEY (org_id, render_id) REFERENCES jobs (org_id, job_id) ON DELETE CASCADE;

CREATE INDEX jobs_queue_idx ON jobs (priority DESC, turn, seq) WHERE status = 'queued';
CREATE INDEX jobs_running_idx ON jobs (org_id) WHERE status = 'running';
CREATE INDEX jobs_turn_idx ON jobs (org_id, priority, turn);
CREATE INDEX jobs_served_idx ON jobs (priority, turn) WHERE started_at IS NOT NULL;

ALTER TABLE jobs FORCE ROW LEVEL SECURITY;
ALTER TABLE renders FORCE ROW LEVEL SECURITY;
"""

NOTICES = """
DROP TRIGGER completion ON jobs;
DROP FUNCTION notify_completion();
CREATE FUNCTION notify_of_job() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.status = 'queued' THEN
        PERFORM pg_notify('sgd_job', '');
    ELSE
        PERFORM pg_notify('sgd_done', NEW.job_id::text);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER asked AFTER INSERT ON jobs FOR EACH ROW
    WHEN (NEW.status = 'queued') EXECUTE FUNCTION notify_of_job();
CREATE TRIGGER changed AFTER UPDATE OF status ON jobs FOR EACH ROW
    WHEN (NEW.status <> 'running' AND OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION notify_of_job();
"""

DIRECTORY = """
GRANT SELECT (org_id, job_id, kind, status, priority, runs_alone, turn, seq, worker, lease_until, worker_deaths,
              not_before, deadline_at, started_at, attempts),
      UPDATE (status, worker, lease_until, started_at) ON jobs TO sgd_directory;
CREATE POLICY directory ON jobs FOR SELECT TO sgd_directory USING (true);
CREATE POLICY directory_claim ON jobs FOR UPDATE TO sgd_directory USING (true) WITH CHECK (true);

CREATE FUNCTION directory_job_turn(wanted_org text, wanted_priority text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- Two jobs of one org asked for at once must not get the same turn.
    PERFORM pg_advisory_xact_lock(hashtextextended('sgd job turn ' || wanted_org, 0));
    RETURN greatest(
        coalesce((SELECT max(j.turn) FROM public.jobs j
                   WHERE j.priority = wanted_priority AND j.started_at IS NOT NULL), 0),
        coalesce((SELECT max(j.turn) + 1 FROM public.jobs j
                   WHERE j.org_id = wanted_org AND j.priority = wanted_priority), 0));
END
$$;

CREATE FUNCTION directory_claim_job(claiming_worker text, kinds text[], lease interval, most_per_org integer)
RETURNS TABLE (org_id text, job_id uuid, kind text, attempts integer, deadline_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    full_orgs text[];
    taken_orgs text[];
BEGIN
    -- One claim at a time: a count of what an org has running is true only while nobody else adds to it.
    PERFORM pg_advisory_xact_lock(7346211505);
    -- A claim that a crash of the server undoes is a job still queued: no reason to wait for the disk.
    PERFORM set_config('synchronous_commit', 'off', true);
    SELECT coalesce(array_agg(r.org_id) FILTER (WHERE r.running >= most_per_org), '{}'),
           coalesce(array_agg(r.org_id) FILTER (WHERE r.is_taken), '{}')
      INTO full_orgs, taken_orgs
      FROM (SELECT j.org_id, count(*) AS running, bool_or(j.runs_alone) AS is_taken
              FROM public.jobs j WHERE j.status = 'running' GROUP BY j.org_id) r;
    RETURN QUERY
    UPDATE public.jobs c
       SET status = 'running', worker = claiming_worker, lease_until = clock_timestamp() + lease,
           started_at = coalesce(c.started_at, clock_timestamp())
      FROM (SELECT q.org_id, q.job_id FROM public.jobs q
             WHERE q.status = 'queued' AND q.kind = ANY (kinds) AND q.org_id <> ALL (full_orgs)
               AND NOT (q.runs_alone AND q.org_id = ANY (taken_orgs))
               AND (q.not_before IS NULL OR q.not_before <= clock_timestamp())
               AND (q.deadline_at IS NULL OR q.deadline_at > clock_timestamp())
             -- 'interactive' sorts after 'batch'.
             ORDER BY q.priority DESC, q.turn, q.seq LIMIT 1 FOR UPDATE SKIP LOCKED) next
     WHERE c.org_id = next.org_id AND c.job_id = next.job_id
    RETURNING c.org_id, c.job_id, c.kind, c.attempts, c.deadline_at;
END
$$;

CREATE FUNCTION directory_lost_jobs(dead_workers text[], with_stale boolean, max_rows integer)
RETURNS TABLE (org_id text, job_id uuid, kind text, status text, worker text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT j.org_id, j.job_id, j.kind, j.status, j.worker FROM public.jobs j
     WHERE (j.status = 'running'
            AND (j.worker = ANY (dead_workers) OR (with_stale AND j.lease_until < clock_timestamp())))
        OR (j.status = 'queued' AND j.deadline_at <= clock_timestamp())
     ORDER BY j.org_id, j.seq LIMIT max_rows
$$;

GRANT CREATE ON SCHEMA public TO sgd_directory;
"""

FUNCTIONS = (
    "directory_job_turn(text, text)",
    "directory_claim_job(text, text[], interval, integer)",
    "directory_lost_jobs(text[], boolean, integer)",
)

NO_LIBRARY = """
DROP TABLE IF EXISTS procrastinate_periodic_defers, procrastinate_events, procrastinate_jobs, procrastinate_workers
    CASCADE;
DO $$ DECLARE found record; BEGIN
    FOR found IN SELECT oid::regprocedure AS name FROM pg_proc
                  WHERE proname LIKE 'procrastinate\\_%' AND pronamespace = 'public'::regnamespace
    LOOP EXECUTE 'DROP FUNCTION ' || found.name || ' CASCADE'; END LOOP;
    FOR found IN SELECT oid::regtype AS name FROM pg_type
                  WHERE typname LIKE 'procrastinate\\_%' AND typnamespace = 'public'::regnamespace
    LOOP EXECUTE 'DROP TYPE ' || found.name || ' CASCADE'; END LOOP;
END $$;
"""


def upgrade() -> None:
    """Apply."""
    _run(TABLE)
    _run(NOTICES)
    _run(DIRECTORY)
    for function in FUNCTIONS:
        _run(f"""
            REVOKE ALL ON FUNCTION {function} FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION {function} TO sgd_app;
            ALTER FUNCTION {function} OWNER TO sgd_directory;
        """)
    _run("REVOKE CREATE ON SCHEMA public FROM sgd_directory")
    _run(NO_LIBRARY)


def downgrade() -> None:
    """Two tables cannot be made of one again without losing jobs of newer kinds."""
    raise RuntimeError("there is no way back below 0004: restore a backup")


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
