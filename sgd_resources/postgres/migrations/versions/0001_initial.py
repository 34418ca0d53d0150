"""The first schema: tables, row level security, roles, grants, directory functions, completion notices.

A frozen statement of what was applied; later changes are migrations of their own. The tables of a queue library that it
used to bring are left out: 0004 removes them where they are.
"""

from alembic import op

from sgd_resources.postgres.roles import CREATE_ROLES

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SHA256 = "'^[0-9a-f]{64}$'"
PER_ORG = "org_id text NOT NULL REFERENCES orgs (org_id) ON DELETE CASCADE"
CREATED_AT = "created_at timestamptz NOT NULL DEFAULT now()"

TABLES = f"""
CREATE TABLE orgs (
    org_id text PRIMARY KEY CHECK (org_id ~ '^[a-z0-9][a-z0-9_-]{{1,62}}$'),
    name text NOT NULL DEFAULT '',
    {CREATED_AT}
);

CREATE TABLE api_keys (
    {PER_ORG},
    key_id text NOT NULL,
    prefix text NOT NULL,
    key_sha256 text NOT NULL CHECK (key_sha256 ~ {SHA256}),
    label text NOT NULL DEFAULT '',
    {CREATED_AT},
    revoked_at timestamptz,
    last_used_at timestamptz,
    PRIMARY KEY (org_id, key_id),
    UNIQUE (org_id, key_sha256)
);
CREATE INDEX api_keys_key_sha256_idx ON api_keys (key_sha256);

CREATE TABLE evidence (
    {PER_ORG},
    evidence_sha256 text NOT NULL CHECK (evidence_sha256 ~ {SHA256}),
    source_sha256 text NOT NULL CHECK (source_sha256 ~ {SHA256}),
    file_name text NOT NULL,
    media_type text NOT NULL,
    size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
    key text NOT NULL,
    av text NOT NULL DEFAULT 'not_scanned' CHECK (av IN ('clean', 'not_scanned')),
    {CREATED_AT},
    PRIMARY KEY (org_id, evidence_sha256)
);
CREATE INDEX evidence_source_idx ON evidence (org_id, source_sha256);

CREATE TABLE uploads (
    {PER_ORG},
    upload_id uuid NOT NULL,
    project_id text,
    file_name text NOT NULL,
    declared_type text,
    size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
    source_sha256 text CHECK (source_sha256 ~ {SHA256}),
    key text NOT NULL,
    status text NOT NULL DEFAULT 'quarantined'
        CHECK (status IN ('quarantined', 'promoted', 'rejected', 'discarded', 'failed')),
    verdict text,
    reason text,
    details jsonb NOT NULL DEFAULT '{{}}',
    evidence_sha256 text,
    attempts integer NOT NULL DEFAULT 0,
    {CREATED_AT},
    processed_at timestamptz,
    retry_after timestamptz,
    seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (org_id, upload_id),
    UNIQUE (org_id, key),
    FOREIGN KEY (org_id, evidence_sha256) REFERENCES evidence (org_id, evidence_sha256),
    CHECK ((status = 'promoted') = (evidence_sha256 IS NOT NULL)),
    CHECK (status = 'quarantined' OR processed_at IS NOT NULL)
);
CREATE INDEX uploads_pending_idx ON uploads (org_id, seq) WHERE processed_at IS NULL;
CREATE INDEX uploads_source_idx ON uploads (org_id, source_sha256);
CREATE INDEX uploads_newest_idx ON uploads (org_id, seq);

CREATE TABLE documents (
    {PER_ORG},
    evidence_sha256 text NOT NULL,
    parser text NOT NULL,
    parser_version text NOT NULL,
    key text NOT NULL,
    counts jsonb NOT NULL DEFAULT '{{}}',
    {CREATED_AT},
    PRIMARY KEY (org_id, evidence_sha256, parser, parser_version),
    FOREIGN KEY (org_id, evidence_sha256) REFERENCES evidence (org_id, evidence_sha256)
);

CREATE TABLE canon_versions (
    {PER_ORG},
    version text NOT NULL CHECK (version ~ {SHA256}),
    status text NOT NULL,
    key text NOT NULL,
    palette text[] NOT NULL,
    fonts text[] NOT NULL,
    is_current boolean NOT NULL DEFAULT false,
    previous_version text,
    {CREATED_AT},
    seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (org_id, version)
);
CREATE UNIQUE INDEX canon_versions_current_idx ON canon_versions (org_id) WHERE is_current;

CREATE TABLE render_requests (
    {PER_ORG},
    render_id uuid NOT NULL,
    project_id text NOT NULL,
    idempotency_key text CHECK (length(idempotency_key) BETWEEN 1 AND 255),
    body_sha256 text NOT NULL CHECK (body_sha256 ~ {SHA256}),
    body jsonb NOT NULL,
    status text NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    error jsonb,
    dagster_run_id text,
    job_id bigint,
    attempts integer NOT NULL DEFAULT 0,
    {CREATED_AT},
    started_at timestamptz,
    finished_at timestamptz,
    seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (org_id, render_id),
    UNIQUE (org_id, idempotency_key)
);
CREATE INDEX render_requests_open_idx ON render_requests (org_id, seq) WHERE status IN ('queued', 'running');

CREATE TABLE renders (
    {PER_ORG},
    render_id uuid NOT NULL,
    index integer NOT NULL CHECK (index >= 0),
    sha256 text NOT NULL CHECK (sha256 ~ {SHA256}),
    key text NOT NULL,
    media_type text NOT NULL,
    width_px integer NOT NULL CHECK (width_px > 0),
    height_px integer NOT NULL CHECK (height_px > 0),
    size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
    plan jsonb NOT NULL,
    critique jsonb NOT NULL,
    canon_version text NOT NULL,
    model_route text NOT NULL,
    cost_usd_micros bigint NOT NULL DEFAULT 0 CHECK (cost_usd_micros >= 0),
    verified_by text NOT NULL DEFAULT 'none' CHECK (verified_by IN ('declared', 'external', 'none')),
    trace_id text NOT NULL,
    {CREATED_AT},
    PRIMARY KEY (org_id, render_id, index),
    FOREIGN KEY (org_id, render_id) REFERENCES render_requests (org_id, render_id) ON DELETE CASCADE
);

CREATE TABLE jobs (
    {PER_ORG},
    job_id uuid NOT NULL,
    kind text NOT NULL,
    status text NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    body jsonb NOT NULL DEFAULT '{{}}',
    result jsonb,
    error jsonb,
    dagster_run_id text,
    attempts integer NOT NULL DEFAULT 0,
    {CREATED_AT},
    started_at timestamptz,
    finished_at timestamptz,
    seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (org_id, job_id)
);
CREATE INDEX jobs_open_idx ON jobs (org_id, seq) WHERE status IN ('queued', 'running');

CREATE TABLE audit_log (
    {PER_ORG},
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    details jsonb NOT NULL DEFAULT '{{}}',
    PRIMARY KEY (org_id, id)
);

CREATE TABLE inference_calls (
    {PER_ORG},
    call_id uuid NOT NULL,
    project_id text,
    task text NOT NULL,
    level text,
    requested_model text,
    served_model text,
    provider text,
    tokens_in bigint NOT NULL DEFAULT 0,
    tokens_out bigint NOT NULL DEFAULT 0,
    tokens_cached bigint NOT NULL DEFAULT 0,
    tokens_reasoning bigint NOT NULL DEFAULT 0,
    cost_usd_micros bigint NOT NULL DEFAULT 0 CHECK (cost_usd_micros >= 0),
    latency_ms bigint NOT NULL DEFAULT 0,
    input_sha256 text,
    cache_state text,
    attempt integer NOT NULL DEFAULT 1,
    outcome text NOT NULL,
    error_kind text,
    trace_id text,
    {CREATED_AT},
    PRIMARY KEY (org_id, call_id)
);
CREATE INDEX inference_calls_time_idx ON inference_calls (org_id, created_at);

CREATE TABLE budget_scopes (
    {PER_ORG},
    scope text NOT NULL,
    day text NOT NULL,
    limit_usd_micros bigint CHECK (limit_usd_micros >= 0),
    reserved_usd_micros bigint NOT NULL DEFAULT 0 CHECK (reserved_usd_micros >= 0),
    spent_usd_micros bigint NOT NULL DEFAULT 0 CHECK (spent_usd_micros >= 0),
    PRIMARY KEY (org_id, scope, day)
);

CREATE TABLE budget_reservations (
    {PER_ORG},
    reservation_id uuid NOT NULL,
    scopes jsonb NOT NULL,
    day text NOT NULL,
    amount_usd_micros bigint NOT NULL CHECK (amount_usd_micros >= 0),
    settled_usd_micros bigint CHECK (settled_usd_micros >= 0),
    state text NOT NULL DEFAULT 'reserved' CHECK (state IN ('reserved', 'settled', 'released')),
    {CREATED_AT},
    PRIMARY KEY (org_id, reservation_id)
);
CREATE INDEX budget_reservations_open_idx ON budget_reservations (org_id, created_at) WHERE state = 'reserved';

CREATE VIEW usage_by_day WITH (security_invoker = true) AS
SELECT org_id, (created_at AT TIME ZONE 'UTC')::date AS day, task, count(*) AS calls,
       sum(tokens_in)::bigint AS tokens_in, sum(tokens_out)::bigint AS tokens_out,
       sum(cost_usd_micros)::bigint AS cost_usd_micros
FROM inference_calls
GROUP BY org_id, day, task;
"""  # noqa: S608 - assembled from the constants above

GRANTS = {
    "orgs": "SELECT, INSERT, UPDATE (name)",
    "api_keys": "SELECT, INSERT, UPDATE (revoked_at, label)",
    "evidence": "SELECT, INSERT, UPDATE (av)",
    "uploads": "SELECT, INSERT, UPDATE",
    "documents": "SELECT, INSERT, UPDATE (key, counts)",
    "canon_versions": "SELECT, INSERT, UPDATE (is_current, previous_version)",
    "render_requests": "SELECT, INSERT, UPDATE",
    "renders": "SELECT, INSERT, UPDATE",
    "jobs": "SELECT, INSERT, UPDATE",
    "audit_log": "SELECT, INSERT",
    "inference_calls": "SELECT, INSERT",
    "budget_scopes": "SELECT, INSERT, UPDATE",
    "budget_reservations": "SELECT, INSERT, UPDATE",
}
"""What the app role may do. Nothing is deleted or truncated by it; the audit and call logs only grow."""

DIRECTORY = """
GRANT SELECT (org_id, name) ON orgs TO sgd_directory;
GRANT SELECT (org_id, key_id, key_sha256, revoked_at, last_used_at), UPDATE (last_used_at) ON api_keys TO sgd_directory;
GRANT SELECT (org_id, seq, processed_at, attempts, retry_after) ON uploads TO sgd_directory;
CREATE POLICY directory ON orgs FOR SELECT TO sgd_directory USING (true);
CREATE POLICY directory ON api_keys FOR SELECT TO sgd_directory USING (true);
CREATE POLICY directory_use ON api_keys FOR UPDATE TO sgd_directory USING (true) WITH CHECK (true);
CREATE POLICY directory ON uploads FOR SELECT TO sgd_directory USING (true);

CREATE FUNCTION directory_authenticate(wanted_sha256 text) RETURNS TABLE (org_id text, key_id text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- A write per request would be a row version per request; a minute is exact enough.
    UPDATE public.api_keys k SET last_used_at = now()
     WHERE k.key_sha256 = wanted_sha256 AND k.revoked_at IS NULL
       AND (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute');
    RETURN QUERY SELECT k.org_id, k.key_id FROM public.api_keys k
     WHERE k.key_sha256 = wanted_sha256 AND k.revoked_at IS NULL LIMIT 1;
END
$$;

CREATE FUNCTION directory_orgs(after_org_id text, max_rows integer) RETURNS TABLE (org_id text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT o.org_id, o.name FROM public.orgs o WHERE o.org_id > after_org_id ORDER BY o.org_id LIMIT max_rows
$$;

CREATE FUNCTION directory_pending_orgs(after_seq bigint, max_rows integer)
RETURNS TABLE (org_id text, newest_seq bigint, pending bigint, attempts bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.org_id, max(u.seq), count(*), sum(u.attempts)::bigint FROM public.uploads u
     WHERE u.processed_at IS NULL AND (u.retry_after IS NULL OR u.retry_after <= now())
     GROUP BY u.org_id HAVING max(u.seq) > after_seq ORDER BY max(u.seq) LIMIT max_rows
$$;
"""

DIRECTORY_FUNCTIONS = (
    "directory_authenticate(text)", "directory_orgs(text, integer)", "directory_pending_orgs(bigint, integer)"
)  # fmt: skip

COMPLETION = """
CREATE FUNCTION notify_completion() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_notify('sgd_done', TG_ARGV[0] || ':' || (to_jsonb(NEW) ->> TG_ARGV[1]));
    RETURN NULL;
END
$$;
CREATE TRIGGER completion AFTER UPDATE OF status ON render_requests FOR EACH ROW
    WHEN (NEW.status IN ('succeeded', 'failed', 'cancelled') AND OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION notify_completion('render', 'render_id');
CREATE TRIGGER completion AFTER UPDATE OF status ON jobs FOR EACH ROW
    WHEN (NEW.status IN ('succeeded', 'failed', 'cancelled') AND OLD.status IS DISTINCT FROM NEW.status)
    EXECUTE FUNCTION notify_completion('job', 'job_id');
"""


def upgrade() -> None:
    """Apply."""
    _run(CREATE_ROLES)
    _run(TABLES)
    for table, rights in GRANTS.items():
        _run(f"""
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
            CREATE POLICY org_isolation ON {table}
                USING (org_id = nullif(current_setting('app.org_id', true), ''))
                WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
            GRANT {rights} ON {table} TO sgd_app;
        """)
    _run("GRANT USAGE ON SCHEMA public TO sgd_app, sgd_directory")
    _run("GRANT SELECT ON usage_by_day, alembic_version TO sgd_app")
    _run(DIRECTORY)
    # A function's owner must be able to create in its schema, at that moment only.
    _run("GRANT CREATE ON SCHEMA public TO sgd_directory")
    for function in DIRECTORY_FUNCTIONS:
        _run(f"""
            REVOKE ALL ON FUNCTION {function} FROM PUBLIC;
            GRANT EXECUTE ON FUNCTION {function} TO sgd_app;
            ALTER FUNCTION {function} OWNER TO sgd_directory;
        """)
    _run("REVOKE CREATE ON SCHEMA public FROM sgd_directory")
    _run(COMPLETION)


def downgrade() -> None:
    """The first schema has nothing below it: drop the database instead."""
    raise RuntimeError("there is nothing below the first migration")


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
