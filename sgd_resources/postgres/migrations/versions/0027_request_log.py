"""The log of requests by month, caps on money of single keys and projects, and what became of the words of ended jobs.

A month of the log is a partition of its own, in a schema that only the directory enters: it is dropped whole when all
of it has been kept long enough. The app adds and reads by the table itself, under its row level security.
"""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

REQUEST_LOG = """
CREATE SCHEMA request_months;
REVOKE ALL ON SCHEMA request_months FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA request_months TO sgd_directory;
CREATE TABLE request_log (
    org_id text NOT NULL REFERENCES orgs ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT now(),
    request_id text NOT NULL CHECK (length(request_id) BETWEEN 1 AND 64),
    method text NOT NULL,
    route text NOT NULL,
    status integer NOT NULL,
    duration_ms double precision NOT NULL,
    sent_bytes bigint NOT NULL,
    caller text NOT NULL,
    PRIMARY KEY (org_id, at, request_id)
) PARTITION BY RANGE (at);
ALTER TABLE request_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE request_log FORCE ROW LEVEL SECURITY;
CREATE POLICY org_isolation ON request_log
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
CREATE POLICY directory ON request_log TO sgd_directory USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON request_log TO sgd_app;
GRANT SELECT (org_id) ON orgs TO sgd_directory;

CREATE FUNCTION directory_open_request_month(moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    first timestamp := date_trunc('month', moment AT TIME ZONE 'UTC');
    month text := to_char(first, '"m"YYYY_MM');
BEGIN
    IF moment NOT BETWEEN clock_timestamp() - interval '440 days' AND clock_timestamp() + interval '70 days' THEN
        RAISE EXCEPTION 'no month of the log of requests' USING ERRCODE = 'check_violation';
    END IF;
    IF to_regclass('request_months.' || month) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('sgd.request_months', 0));
    IF to_regclass('request_months.' || month) IS NULL THEN
        EXECUTE format('CREATE TABLE request_months.%I PARTITION OF public.request_log FOR VALUES FROM (%L) TO (%L)',
                       month,
                       first AT TIME ZONE 'UTC', (first + interval '1 month') AT TIME ZONE 'UTC');
        -- The app does not enter the schema; without a policy there is nothing to see even for whoever does.
        EXECUTE format('ALTER TABLE request_months.%I ENABLE ROW LEVEL SECURITY', month);
        -- Whoever owns the schema backs it up; without BYPASSRLS that role sees no row.
        EXECUTE format('GRANT ALL ON request_months.%I TO %I', month,
                       (SELECT pg_get_userbyid(n.nspowner) FROM pg_namespace n WHERE n.nspname = 'request_months'));
    END IF;
END
$$;
CREATE FUNCTION directory_keep_requests(told jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kept integer;
BEGIN
    PERFORM public.directory_open_request_month(m.moment)
       FROM (SELECT DISTINCT date_trunc('month', r.at, 'UTC') AS moment
               FROM jsonb_to_recordset(told) AS r (at timestamptz)) m;
    -- An org that was erased meanwhile has no log.
    INSERT INTO public.request_log (org_id, at, request_id, method, route, status, duration_ms, sent_bytes, caller)
    SELECT r.org_id, r.at, r.request_id, r.method, r.route, r.status, r.duration_ms, r.sent_bytes, r.caller
      FROM jsonb_to_recordset(told) AS r (org_id text, at timestamptz, request_id text, method text, route text,
           status integer, duration_ms double precision, sent_bytes bigint, caller text)
     WHERE EXISTS (SELECT FROM public.orgs o WHERE o.org_id = r.org_id)
        ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS kept = ROW_COUNT;
    RETURN kept;
END
$$;
CREATE FUNCTION directory_drop_requests(days integer) RETURNS TABLE (month text, n bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    cut timestamptz := clock_timestamp() - make_interval(days => days);
    first timestamp;
BEGIN
    FOR month IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                  WHERE i.inhparent = 'public.request_log'::regclass ORDER BY 1 LOOP
        first := to_date(month, '"m"YYYY_MM');
        IF (first + interval '1 month') AT TIME ZONE 'UTC' <= cut THEN
            EXECUTE format('SELECT count(*) FROM request_months.%I', month) INTO n;
            EXECUTE format('DROP TABLE request_months.%I', month);
            RETURN NEXT;
        ELSIF first AT TIME ZONE 'UTC' < cut THEN
            DELETE FROM public.request_log l WHERE l.at < cut;
            GET DIAGNOSTICS n = ROW_COUNT;
            RETURN NEXT;
        END IF;
    END LOOP;
    PERFORM public.directory_open_request_month(clock_timestamp());
    PERFORM public.directory_open_request_month(clock_timestamp() + interval '1 month');
END
$$;
GRANT CREATE ON SCHEMA public TO sgd_directory;
"""
FUNCTIONS = (
    "directory_open_request_month(timestamptz)", "directory_keep_requests(jsonb)", "directory_drop_requests(integer)",
)  # fmt: skip
OWNED_BY_THE_DIRECTORY = """
REVOKE ALL ON FUNCTION {function} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {function} TO sgd_app;
ALTER FUNCTION {function} OWNER TO sgd_directory;
"""
FIRST_MONTHS = """
ALTER TABLE request_log OWNER TO sgd_directory;
REVOKE CREATE ON SCHEMA public FROM sgd_directory;
SET LOCAL ROLE sgd_directory;
DO $$ BEGIN EXECUTE format('GRANT ALL ON request_log TO %I', session_user); END $$;
SELECT directory_open_request_month(now());
SELECT directory_open_request_month(now() + interval '1 month');
RESET ROLE;
"""
TEXTS = """
ALTER TABLE jobs ADD COLUMN text_state text CHECK (text_state IN ('whole', 'redacted', 'removed'));
CREATE INDEX jobs_text_idx ON jobs (finished_at) WHERE text_state IS NULL AND finished_at IS NOT NULL;
GRANT SELECT (org_id, job_id, finished_at, text_state) ON jobs TO sgd_directory;
CREATE FUNCTION directory_jobs_with_text(max_rows integer) RETURNS TABLE (org_id text, job_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT j.org_id, j.job_id FROM public.jobs j
     WHERE j.text_state IS NULL AND j.finished_at IS NOT NULL ORDER BY j.finished_at LIMIT max_rows
$$;
GRANT CREATE ON SCHEMA public TO sgd_directory;
"""
PART_CAPS = """
CREATE TABLE part_caps (
    org_id text NOT NULL REFERENCES orgs ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('key', 'project')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    day_usd_micros bigint CHECK (day_usd_micros >= 0),
    month_usd_micros bigint CHECK (month_usd_micros >= 0),
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, kind, name)
);
ALTER TABLE part_caps ENABLE ROW LEVEL SECURITY;
ALTER TABLE part_caps FORCE ROW LEVEL SECURITY;
CREATE POLICY org_isolation ON part_caps
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
GRANT SELECT, INSERT, UPDATE ON part_caps TO sgd_app;
-- An org that is erased is counted before it goes.
GRANT SELECT (org_id) ON part_caps TO sgd_directory;
CREATE POLICY directory ON part_caps FOR SELECT TO sgd_directory USING (true);
"""
DOWNGRADE = """
DROP TABLE part_caps;
DROP FUNCTION directory_jobs_with_text(integer);
ALTER TABLE jobs DROP COLUMN text_state;
DROP FUNCTION directory_drop_requests(integer);
DROP FUNCTION directory_keep_requests(jsonb);
DROP FUNCTION directory_open_request_month(timestamptz);
SET LOCAL ROLE sgd_directory;
DROP TABLE request_log;
RESET ROLE;
DROP SCHEMA request_months;
"""


def upgrade() -> None:
    """Apply."""
    _run(REQUEST_LOG)
    for function in FUNCTIONS:
        _run(OWNED_BY_THE_DIRECTORY.format(function=function))
    _run(FIRST_MONTHS)
    _run(TEXTS)
    _run(OWNED_BY_THE_DIRECTORY.format(function="directory_jobs_with_text(integer)"))
    _run("REVOKE CREATE ON SCHEMA public FROM sgd_directory")
    _run(PART_CAPS)


def downgrade() -> None:
    """Take back; the log of requests is lost, keys and projects have the policy's caps again."""
    _run(DOWNGRADE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
