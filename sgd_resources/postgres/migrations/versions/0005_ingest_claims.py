"""One org's new evidence leads to one run: who will ingest an org says so, and the sensor asks for nobody's work twice.

`directory_pending_orgs` leaves out orgs whose ingest is on its way: claimed, asked for through the API, or failed so
recently that its pause is not written down yet. Claims lapse by themselves when nobody renews them.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PENDING = """
CREATE FUNCTION directory_pending_orgs(after_seq bigint, max_rows integer)
RETURNS TABLE (org_id text, newest_seq bigint, pending bigint, attempts bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u.org_id, max(u.seq), count(*), sum(u.attempts)::bigint FROM public.uploads u
     WHERE u.processed_at IS NULL AND (u.retry_after IS NULL OR u.retry_after <= now()) {also}
     GROUP BY u.org_id HAVING max(u.seq) > after_seq ORDER BY max(u.seq) LIMIT max_rows
$$;
REVOKE ALL ON FUNCTION directory_pending_orgs(bigint, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory_pending_orgs(bigint, integer) TO sgd_app;
ALTER FUNCTION directory_pending_orgs(bigint, integer) OWNER TO sgd_directory;
"""
EXPECTED = "AND NOT public.directory_is_ingest_expected(u.org_id)"

UPGRADE = """
CREATE TABLE ingest_claims (
    org_id text NOT NULL REFERENCES orgs (org_id) ON DELETE CASCADE,
    claim uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, claim)
);
CREATE INDEX ingest_claims_claim_idx ON ingest_claims (claim);
ALTER TABLE ingest_claims ENABLE ROW LEVEL SECURITY;
ALTER TABLE ingest_claims FORCE ROW LEVEL SECURITY;
CREATE POLICY org_isolation ON ingest_claims
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
GRANT SELECT, INSERT, UPDATE ON ingest_claims TO sgd_app;
CREATE INDEX jobs_ingest_idx ON jobs (org_id, finished_at) WHERE kind = 'ingest';

GRANT SELECT, UPDATE, DELETE ON ingest_claims TO sgd_directory;
CREATE POLICY directory ON ingest_claims TO sgd_directory USING (true) WITH CHECK (true);
GRANT SELECT (created_at, finished_at) ON jobs TO sgd_directory;

CREATE FUNCTION directory_renew_claim(renewed uuid, seconds integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.ingest_claims SET expires_at = now() + make_interval(secs => seconds) WHERE claim = renewed
$$;
CREATE FUNCTION directory_release_claim(released uuid, except_for text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM public.ingest_claims WHERE (claim = released AND org_id <> ALL (except_for)) OR expires_at < now()
$$;
CREATE FUNCTION directory_is_ingest_expected(asked text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM public.ingest_claims c WHERE c.org_id = asked AND c.expires_at > now())
        OR EXISTS (SELECT FROM public.jobs j WHERE j.org_id = asked AND j.kind = 'ingest'
                    -- Without a worker a job waits for ever: the sensor takes over.
                    AND ((j.status IN ('queued', 'running') AND j.created_at > now() - interval '1 hour')
                    -- The sensor for failed runs writes the pause of a failed one within a minute.
                      OR (j.status = 'failed' AND j.finished_at > now() - interval '2 minutes')))
$$;
GRANT CREATE ON SCHEMA public TO sgd_directory;
REVOKE ALL ON FUNCTION directory_renew_claim(uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory_renew_claim(uuid, integer) TO sgd_app;
ALTER FUNCTION directory_renew_claim(uuid, integer) OWNER TO sgd_directory;
REVOKE ALL ON FUNCTION directory_release_claim(uuid, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory_release_claim(uuid, text[]) TO sgd_app;
ALTER FUNCTION directory_release_claim(uuid, text[]) OWNER TO sgd_directory;
REVOKE ALL ON FUNCTION directory_is_ingest_expected(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory_is_ingest_expected(text) TO sgd_app;
ALTER FUNCTION directory_is_ingest_expected(text) OWNER TO sgd_directory;
DROP FUNCTION directory_pending_orgs(bigint, integer);
"""

DOWNGRADE = """
DROP FUNCTION directory_pending_orgs(bigint, integer);
DROP FUNCTION directory_is_ingest_expected(text);
DROP FUNCTION directory_release_claim(uuid, text[]);
DROP FUNCTION directory_renew_claim(uuid, integer);
REVOKE SELECT (created_at, finished_at) ON jobs FROM sgd_directory;
DROP INDEX jobs_ingest_idx;
DROP TABLE ingest_claims;
GRANT CREATE ON SCHEMA public TO sgd_directory;
"""
DONE = "REVOKE CREATE ON SCHEMA public FROM sgd_directory;"


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE + PENDING.replace("{also}", EXPECTED) + DONE)


def downgrade() -> None:
    """Take back; the sensor then asks again for what others have under way."""
    _run(DOWNGRADE + PENDING.replace("{also}", "") + DONE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
