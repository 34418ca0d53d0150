"""Proof of pictures: the hash before signing, how a picture looks, and which evidence a render stands on.

`render_evidence` leads from a file of evidence to the renders made with it; renders from before have no rows there.
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

UPGRADE = """
ALTER TABLE renders ADD COLUMN unsigned_sha256 text, ADD COLUMN look bigint;
CREATE INDEX renders_sha256_idx ON renders (org_id, sha256);
CREATE INDEX renders_canon_idx ON renders (org_id, canon_version);
CREATE INDEX jobs_renders_idx ON jobs (org_id, seq) WHERE kind = 'render';
CREATE TABLE render_evidence (
    org_id text NOT NULL REFERENCES orgs (org_id) ON DELETE CASCADE,
    render_id uuid NOT NULL,
    evidence_sha256 text NOT NULL,
    roles text[] NOT NULL,
    PRIMARY KEY (org_id, render_id, evidence_sha256),
    FOREIGN KEY (org_id, render_id) REFERENCES jobs (org_id, job_id) ON DELETE CASCADE
);
CREATE INDEX render_evidence_back_idx ON render_evidence (org_id, evidence_sha256);
ALTER TABLE render_evidence ENABLE ROW LEVEL SECURITY;
ALTER TABLE render_evidence FORCE ROW LEVEL SECURITY;
CREATE POLICY org_isolation ON render_evidence
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
GRANT SELECT, INSERT ON render_evidence TO sgd_app;
"""

DOWNGRADE = """
DROP TABLE render_evidence;
DROP INDEX jobs_renders_idx, renders_canon_idx, renders_sha256_idx;
ALTER TABLE renders DROP COLUMN unsigned_sha256, DROP COLUMN look;
"""


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)


def downgrade() -> None:
    """Take back; hashes and the way back from evidence are lost."""
    _run(DOWNGRADE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
