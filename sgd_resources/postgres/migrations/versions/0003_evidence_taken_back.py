"""Evidence can be taken back, and files dropped by hand are followed by their path and state.

`directory_orgs_to_purge` names orgs whose removed evidence still has stored objects; no row of another org is shown.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UPGRADE = """
ALTER TABLE uploads
    ADD COLUMN dropped_key text,
    ADD COLUMN dropped_state text;
CREATE INDEX uploads_dropped_idx ON uploads (org_id, dropped_key, seq) WHERE dropped_key IS NOT NULL;
CREATE INDEX uploads_evidence_idx ON uploads (org_id, evidence_sha256) WHERE evidence_sha256 IS NOT NULL;

ALTER TABLE evidence
    ADD COLUMN removed_at timestamptz,
    ADD COLUMN removed_reason text CHECK (removed_reason IN ('removed', 'superseded')),
    ADD COLUMN purged_at timestamptz,
    ADD CHECK ((removed_at IS NULL) = (removed_reason IS NULL)),
    ADD CHECK (purged_at IS NULL OR removed_at IS NOT NULL);
CREATE INDEX evidence_to_purge_idx ON evidence (org_id) WHERE removed_at IS NOT NULL AND purged_at IS NULL;
GRANT UPDATE (source_sha256, file_name, media_type, size_bytes, key, av, removed_at, removed_reason, purged_at)
    ON evidence TO sgd_app;

GRANT SELECT (org_id, removed_at, purged_at) ON evidence TO sgd_directory;
CREATE POLICY directory ON evidence FOR SELECT TO sgd_directory USING (true);
CREATE FUNCTION directory_orgs_to_purge(after_org_id text, max_rows integer) RETURNS TABLE (org_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT e.org_id FROM public.evidence e
     WHERE e.org_id > after_org_id AND e.removed_at IS NOT NULL AND e.purged_at IS NULL
     ORDER BY e.org_id LIMIT max_rows
$$;
GRANT CREATE ON SCHEMA public TO sgd_directory;
REVOKE ALL ON FUNCTION directory_orgs_to_purge(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory_orgs_to_purge(text, integer) TO sgd_app;
ALTER FUNCTION directory_orgs_to_purge(text, integer) OWNER TO sgd_directory;
REVOKE CREATE ON SCHEMA public FROM sgd_directory;
"""

DOWNGRADE = """
DROP FUNCTION directory_orgs_to_purge(text, integer);
DROP POLICY directory ON evidence;
REVOKE SELECT (org_id, removed_at, purged_at) ON evidence FROM sgd_directory;
REVOKE UPDATE (source_sha256, file_name, media_type, size_bytes, key) ON evidence FROM sgd_app;
ALTER TABLE evidence DROP COLUMN removed_at, DROP COLUMN removed_reason, DROP COLUMN purged_at;
DROP INDEX uploads_evidence_idx;
ALTER TABLE uploads DROP COLUMN dropped_key, DROP COLUMN dropped_state;
"""


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)


def downgrade() -> None:
    """Take back; what was removed shows again as evidence."""
    _run(DOWNGRADE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
