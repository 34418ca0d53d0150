"""Caps of one org on what its model calls may cost, in place of the policy's."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

UPGRADE = """
CREATE TABLE org_caps (
    org_id text PRIMARY KEY REFERENCES orgs (org_id) ON DELETE CASCADE,
    day_usd_micros bigint CHECK (day_usd_micros >= 0),
    month_usd_micros bigint CHECK (month_usd_micros >= 0),
    changed_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE org_caps ENABLE ROW LEVEL SECURITY;
ALTER TABLE org_caps FORCE ROW LEVEL SECURITY;
CREATE POLICY org_isolation ON org_caps
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
GRANT SELECT, INSERT, UPDATE ON org_caps TO sgd_app;
"""


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)


def downgrade() -> None:
    """Take back; every org has the policy's caps again."""
    _run("DROP TABLE org_caps")


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
