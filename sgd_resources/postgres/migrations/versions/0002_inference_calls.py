"""The call log learns the booking day, where a cost comes from, what a cache hit saved, and which request it served.

`directory_spent` is what a lost budget is rebuilt from: two sums, no rows of another org.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UPGRADE = """
ALTER TABLE inference_calls
    ADD COLUMN cost_source text NOT NULL DEFAULT 'none'
        CHECK (cost_source IN ('provider', 'generation', 'estimate', 'none')),
    ADD COLUMN saved_usd_micros bigint NOT NULL DEFAULT 0 CHECK (saved_usd_micros >= 0),
    ADD COLUMN request_id text,
    ADD COLUMN day date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date;
CREATE INDEX inference_calls_day_idx ON inference_calls (day, org_id) INCLUDE (cost_usd_micros);

GRANT SELECT (org_id, day, cost_usd_micros) ON inference_calls TO sgd_directory;
CREATE POLICY directory ON inference_calls FOR SELECT TO sgd_directory USING (true);
CREATE FUNCTION directory_spent(wanted_day date, wanted_org text) RETURNS TABLE (own bigint, everybody bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(sum(c.cost_usd_micros) FILTER (WHERE c.org_id = wanted_org), 0)::bigint,
           coalesce(sum(c.cost_usd_micros), 0)::bigint
      FROM public.inference_calls c WHERE c.day = wanted_day
$$;
REVOKE ALL ON FUNCTION directory_spent(date, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory_spent(date, text) TO sgd_app;
GRANT CREATE ON SCHEMA public TO sgd_directory;
ALTER FUNCTION directory_spent(date, text) OWNER TO sgd_directory;
REVOKE CREATE ON SCHEMA public FROM sgd_directory;
"""

DOWNGRADE = """
DROP FUNCTION directory_spent(date, text);
DROP POLICY directory ON inference_calls;
REVOKE SELECT (org_id, day, cost_usd_micros) ON inference_calls FROM sgd_directory;
DROP INDEX inference_calls_day_idx;
ALTER TABLE inference_calls
    DROP COLUMN cost_source, DROP COLUMN saved_usd_micros, DROP COLUMN request_id, DROP COLUMN day;
"""


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)


def downgrade() -> None:
    """Undo."""
    _run(DOWNGRADE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
