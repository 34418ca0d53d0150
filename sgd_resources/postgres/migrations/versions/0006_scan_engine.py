"""Evidence says which scanner looked at it and with which rules."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; rows from before keep a verdict without an engine."""
    op.execute("ALTER TABLE evidence ADD COLUMN av_engine text, ADD COLUMN av_rules text")
    op.execute("GRANT UPDATE (av_engine, av_rules) ON evidence TO sgd_app")


def downgrade() -> None:
    """Take back; the verdicts stay."""
    op.execute("ALTER TABLE evidence DROP COLUMN av_engine, DROP COLUMN av_rules")
