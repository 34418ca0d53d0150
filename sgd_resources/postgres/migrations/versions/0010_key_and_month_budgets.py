"""The call log learns which API key asked, and months can be summed: budgets per key, project and month.

`directory_spent_between` replaces `directory_spent`: what everybody spent in some days, no rows of another org.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

UPGRADE = """
ALTER TABLE inference_calls ADD COLUMN key_id text;
CREATE INDEX inference_calls_request_idx ON inference_calls (org_id, request_id) WHERE request_id IS NOT NULL;
DROP FUNCTION directory_spent(date, text);
CREATE FUNCTION directory_spent_between(first date, after date) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(sum(c.cost_usd_micros), 0)::bigint
      FROM public.inference_calls c WHERE c.day >= first AND c.day < after
$$;
REVOKE ALL ON FUNCTION directory_spent_between(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory_spent_between(date, date) TO sgd_app;
GRANT CREATE ON SCHEMA public TO sgd_directory;
ALTER FUNCTION directory_spent_between(date, date) OWNER TO sgd_directory;
REVOKE CREATE ON SCHEMA public FROM sgd_directory;
"""

DOWNGRADE = """
DROP FUNCTION directory_spent_between(date, date);
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
DROP INDEX inference_calls_request_idx;
ALTER TABLE inference_calls DROP COLUMN key_id;
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
