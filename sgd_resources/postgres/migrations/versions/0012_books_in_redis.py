"""Budgets are held in Redis and booked in `inference_calls`: two tables that nothing ever wrote go.

A call whose cost was counted by the prices of the policy says so (`cost_source` = `policy`), in place of `estimate`.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

UPGRADE = """
DROP TABLE budget_reservations, budget_scopes;
ALTER TABLE inference_calls DROP CONSTRAINT inference_calls_cost_source_check;
ALTER TABLE inference_calls ADD CONSTRAINT inference_calls_cost_source_check
    CHECK (cost_source IN ('provider', 'generation', 'policy', 'estimate', 'none'));
"""

# The rows of every org at once: under FORCE the owner would see none of them.
DOWNGRADE = """
ALTER TABLE inference_calls NO FORCE ROW LEVEL SECURITY;
UPDATE inference_calls SET cost_source = 'estimate' WHERE cost_source = 'policy';
ALTER TABLE inference_calls FORCE ROW LEVEL SECURITY;
ALTER TABLE inference_calls DROP CONSTRAINT inference_calls_cost_source_check;
ALTER TABLE inference_calls ADD CONSTRAINT inference_calls_cost_source_check
    CHECK (cost_source IN ('provider', 'generation', 'estimate', 'none'));
CREATE TABLE budget_scopes (
    org_id text NOT NULL REFERENCES orgs (org_id) ON DELETE CASCADE,
    scope text NOT NULL,
    day text NOT NULL,
    limit_usd_micros bigint CHECK (limit_usd_micros >= 0),
    reserved_usd_micros bigint NOT NULL DEFAULT 0 CHECK (reserved_usd_micros >= 0),
    spent_usd_micros bigint NOT NULL DEFAULT 0 CHECK (spent_usd_micros >= 0),
    PRIMARY KEY (org_id, scope, day)
);
CREATE TABLE budget_reservations (
    org_id text NOT NULL REFERENCES orgs (org_id) ON DELETE CASCADE,
    reservation_id uuid NOT NULL,
    scopes jsonb NOT NULL,
    day text NOT NULL,
    amount_usd_micros bigint NOT NULL CHECK (amount_usd_micros >= 0),
    settled_usd_micros bigint CHECK (settled_usd_micros >= 0),
    state text NOT NULL DEFAULT 'reserved' CHECK (state IN ('reserved', 'settled', 'released')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, reservation_id)
);
CREATE INDEX budget_reservations_open_idx ON budget_reservations (org_id, created_at) WHERE state = 'reserved';
""" + "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY org_isolation ON {table}
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
GRANT SELECT, INSERT, UPDATE ON {table} TO sgd_app;
"""
    for table in ("budget_scopes", "budget_reservations")
)


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)


def downgrade() -> None:
    """Take back; the tables come empty, as they were."""
    _run(DOWNGRADE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
