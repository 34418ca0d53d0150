"""Uploads say under which rules they were judged, so that changed rules judge them again.

`directory_orgs_judged_otherwise` names orgs whose evidence was let in, or withdrawn, under other rules than those
given; no row of another org is shown. It reads one index entry per version that ever judged, not every upload.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UPGRADE = """
ALTER TABLE uploads ADD COLUMN judged_by text NOT NULL DEFAULT '', ADD COLUMN withdrawn_at timestamptz;
CREATE INDEX uploads_judged_idx ON uploads (judged_by, org_id)
 WHERE status = 'promoted' OR withdrawn_at IS NOT NULL;
GRANT UPDATE (judged_by, withdrawn_at) ON uploads TO sgd_app;
GRANT SELECT (judged_by, status, withdrawn_at) ON uploads TO sgd_directory;

ALTER TABLE evidence DROP CONSTRAINT evidence_removed_reason_check;
ALTER TABLE evidence ADD CONSTRAINT evidence_removed_reason_check
    CHECK (removed_reason IN ('removed', 'superseded', 'withdrawn', 'recleaned'));

CREATE FUNCTION directory_orgs_judged_otherwise(known text[], after_org_id text, max_rows integer)
RETURNS TABLE (org_id text, files bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE versions AS (
        (SELECT min(u.judged_by) AS judged_by FROM public.uploads u
          WHERE u.status = 'promoted' OR u.withdrawn_at IS NOT NULL)
        UNION ALL
        SELECT (SELECT min(u.judged_by) FROM public.uploads u
                 WHERE (u.status = 'promoted' OR u.withdrawn_at IS NOT NULL) AND u.judged_by > v.judged_by)
          FROM versions v WHERE v.judged_by IS NOT NULL)
    SELECT u.org_id, count(*) FROM public.uploads u
     WHERE (u.status = 'promoted' OR u.withdrawn_at IS NOT NULL) AND u.org_id > after_org_id
       AND u.judged_by IN (SELECT v.judged_by FROM versions v WHERE v.judged_by <> ALL (known))
     GROUP BY u.org_id ORDER BY u.org_id LIMIT max_rows
$$;
REVOKE ALL ON FUNCTION directory_orgs_judged_otherwise(text[], text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory_orgs_judged_otherwise(text[], text, integer) TO sgd_app;
GRANT CREATE ON SCHEMA public TO sgd_directory;
ALTER FUNCTION directory_orgs_judged_otherwise(text[], text, integer) OWNER TO sgd_directory;
REVOKE CREATE ON SCHEMA public FROM sgd_directory;
"""

DOWNGRADE = """
DROP FUNCTION directory_orgs_judged_otherwise(text[], text, integer);
UPDATE evidence SET removed_reason = 'superseded' WHERE removed_reason IN ('withdrawn', 'recleaned');
ALTER TABLE evidence DROP CONSTRAINT evidence_removed_reason_check;
ALTER TABLE evidence ADD CONSTRAINT evidence_removed_reason_check CHECK (removed_reason IN ('removed', 'superseded'));
REVOKE SELECT (judged_by, withdrawn_at) ON uploads FROM sgd_directory;
ALTER TABLE uploads DROP COLUMN judged_by, DROP COLUMN withdrawn_at;
"""


def upgrade() -> None:
    """Apply; what was judged before counts as judged by other rules, and is judged again once."""
    _run(UPGRADE)


def downgrade() -> None:
    """Take back."""
    _run(DOWNGRADE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
