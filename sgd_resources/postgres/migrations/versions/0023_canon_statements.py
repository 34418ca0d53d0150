"""What people said of facts of a canon: one statement stands for a fact; withdrawn ones stay."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

UPGRADE = """
CREATE TABLE canon_statements (
    org_id text NOT NULL REFERENCES orgs (org_id) ON DELETE CASCADE,
    audit_entry bigint NOT NULL,
    fact_id text NOT NULL,
    verb text NOT NULL CHECK (verb IN ('confirm', 'correct', 'reject')),
    kind text NOT NULL,
    value text NOT NULL,
    role text,
    name text,
    new_kind text,
    new_value text,
    new_role text,
    reason text NOT NULL,
    subject text NOT NULL,
    evidence_sha256s text[] NOT NULL DEFAULT '{}',
    made_at timestamptz NOT NULL DEFAULT now(),
    withdrawn_at timestamptz,
    PRIMARY KEY (org_id, audit_entry)
);
CREATE UNIQUE INDEX canon_statements_standing ON canon_statements (org_id, fact_id) WHERE withdrawn_at IS NULL;
ALTER TABLE canon_statements ENABLE ROW LEVEL SECURITY;
ALTER TABLE canon_statements FORCE ROW LEVEL SECURITY;
CREATE POLICY org_isolation ON canon_statements
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
GRANT SELECT, INSERT, UPDATE ON canon_statements TO sgd_app;
"""


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)


def downgrade() -> None:
    """Take back; canons are again what the files say."""
    _run("DROP TABLE canon_statements")


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
