"""An operator's changes of the content policy, one document an org (contract `content_override`)."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

UPGRADE = """
CREATE TABLE content_overrides (
    org_id text PRIMARY KEY REFERENCES orgs (org_id) ON DELETE CASCADE,
    document jsonb NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE content_overrides ENABLE ROW LEVEL SECURITY;
ALTER TABLE content_overrides FORCE ROW LEVEL SECURITY;
CREATE POLICY org_isolation ON content_overrides
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
GRANT SELECT, INSERT, UPDATE ON content_overrides TO sgd_app;
"""


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)


def downgrade() -> None:
    """Take back; every org has the shipped policy again."""
    _run("DROP TABLE content_overrides")


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
