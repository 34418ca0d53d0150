"""Canon versions that are drafts: of some files only, and never an org's current canon."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        "ALTER TABLE canon_versions ADD COLUMN is_draft boolean NOT NULL DEFAULT false, "
        "ADD CONSTRAINT canon_drafts_are_not_current CHECK (NOT (is_draft AND is_current))"
    )
    op.execute("GRANT UPDATE (is_draft) ON canon_versions TO sgd_app")


def downgrade() -> None:
    """Take back; drafts stay as versions that were never current."""
    op.execute("REVOKE UPDATE (is_draft) ON canon_versions FROM sgd_app")
    op.execute("ALTER TABLE canon_versions DROP COLUMN is_draft")
