"""Keys know whom they replaced, and the key with limits of its own that made them; kept answers know whose they are.

`lineage` is the first key of those that replaced each other: they share windows, budgets and private things. Both
columns may be empty: code of the version before fills neither, and its keys have windows of their own as before.
"""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

COLUMNS = """
ALTER TABLE api_keys
    ADD COLUMN lineage text CHECK (lineage <> key_id),
    ADD COLUMN made_under text,
    ADD CONSTRAINT api_keys_lineage_fkey FOREIGN KEY (org_id, lineage) REFERENCES api_keys (org_id, key_id),
    ADD CONSTRAINT api_keys_made_under_fkey FOREIGN KEY (org_id, made_under) REFERENCES api_keys (org_id, key_id);
GRANT SELECT (lineage, made_under) ON api_keys TO sgd_directory;
ALTER TABLE kept_answers ADD COLUMN seen_by text;
"""
AUTHENTICATE = """
DROP FUNCTION directory_authenticate(text);
CREATE FUNCTION directory_authenticate(wanted_sha256 text)
RETURNS TABLE (org_id text, key_id text, scopes text[], is_expired boolean, per_min integer, per_hour integer{more})
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- A write per request would be a row version per request; a minute is exact enough.
    UPDATE public.api_keys k SET last_used_at = now()
     WHERE k.key_sha256 = wanted_sha256 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
       AND (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute');
    RETURN QUERY SELECT k.org_id, k.key_id, k.scopes, coalesce(k.expires_at <= now(), false), k.per_min, k.per_hour
{found}
     WHERE k.key_sha256 = wanted_sha256 AND k.revoked_at IS NULL LIMIT 1;
END
$$;
GRANT CREATE ON SCHEMA public TO sgd_directory;
REVOKE ALL ON FUNCTION directory_authenticate(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory_authenticate(text) TO sgd_app;
ALTER FUNCTION directory_authenticate(text) OWNER TO sgd_directory;
REVOKE CREATE ON SCHEMA public FROM sgd_directory;
"""
WITH_LINES = AUTHENTICATE.format(
    more=", lineage text, made_under text, under_per_min integer, under_per_hour integer",
    found="""         , k.lineage, k.made_under, m.per_min, m.per_hour
      FROM public.api_keys k LEFT JOIN public.api_keys m ON m.org_id = k.org_id AND m.key_id = k.made_under""",
)
DOWNGRADE = (
    AUTHENTICATE.format(more="", found="      FROM public.api_keys k")
    + """
ALTER TABLE kept_answers DROP COLUMN seen_by;
ALTER TABLE api_keys DROP COLUMN made_under, DROP COLUMN lineage;
"""
)


def upgrade() -> None:
    """Apply."""
    _run(COLUMNS)
    _run(WITH_LINES)


def downgrade() -> None:
    """Take back; a key that replaced another then has windows and a budget of its own."""
    _run(DOWNGRADE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
