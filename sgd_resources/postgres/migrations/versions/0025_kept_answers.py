"""Answers under Idempotency-Keys: a claim while the first request runs, then its answer, until its time is over.

No body of a request is kept, only a hash; secrets of an answer are left out before it comes here.
"""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

UPGRADE = """
CREATE TABLE kept_answers (
    org_id text NOT NULL REFERENCES orgs ON DELETE CASCADE,
    idempotency_key text NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 255),
    claim_id uuid NOT NULL,
    ends_at timestamptz NOT NULL,
    request_sha256 text,
    request_bytes bigint,
    status integer,
    headers jsonb NOT NULL DEFAULT '{}',
    body text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, idempotency_key),
    CHECK ((status IS NULL) = (request_sha256 IS NULL) AND (status IS NULL) = (request_bytes IS NULL))
);
CREATE INDEX kept_answers_ends_idx ON kept_answers (ends_at);
ALTER TABLE kept_answers ENABLE ROW LEVEL SECURITY;
ALTER TABLE kept_answers FORCE ROW LEVEL SECURITY;
CREATE POLICY org_isolation ON kept_answers
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
GRANT SELECT, INSERT, UPDATE ON kept_answers TO sgd_app;
GRANT SELECT (org_id, ends_at), DELETE ON kept_answers TO sgd_directory;
CREATE POLICY directory ON kept_answers FOR SELECT TO sgd_directory USING (true);
CREATE POLICY directory_forget ON kept_answers FOR DELETE TO sgd_directory USING (ends_at <= clock_timestamp());
CREATE FUNCTION directory_forget_answers() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    removed bigint;
BEGIN
    DELETE FROM public.kept_answers k WHERE k.ends_at <= clock_timestamp();
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$$;
GRANT CREATE ON SCHEMA public TO sgd_directory;
REVOKE ALL ON FUNCTION directory_forget_answers() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory_forget_answers() TO sgd_app;
ALTER FUNCTION directory_forget_answers() OWNER TO sgd_directory;
REVOKE CREATE ON SCHEMA public FROM sgd_directory;
"""
DOWNGRADE = """
DROP FUNCTION directory_forget_answers();
DROP TABLE kept_answers;
"""


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)


def downgrade() -> None:
    """Take back; a retry of a request that was answered does its work again."""
    _run(DOWNGRADE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
