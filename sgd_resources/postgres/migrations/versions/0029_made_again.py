"""A render that is made again names the one it stands for, which is no longer stale once that has succeeded."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE jobs ADD COLUMN replaces_id uuid")
    op.execute("CREATE INDEX jobs_replaces_idx ON jobs (org_id, replaces_id) WHERE replaces_id IS NOT NULL")


def downgrade() -> None:
    """Take back; every render of an older canon is stale again."""
    op.execute("DROP INDEX jobs_replaces_idx")
    op.execute("ALTER TABLE jobs DROP COLUMN replaces_id")
