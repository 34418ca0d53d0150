"""API keys have a team, scopes, an end and limits of their own; an org may have another name at a token issuer."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_OWNED_BY_THE_DIRECTORY = """
REVOKE ALL ON FUNCTION {function} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {function} TO sgd_app;
GRANT CREATE ON SCHEMA public TO sgd_directory;
ALTER FUNCTION {function} OWNER TO sgd_directory;
REVOKE CREATE ON SCHEMA public FROM sgd_directory;
"""

UPGRADE = (
    """
ALTER TABLE orgs ADD COLUMN external_id text CHECK (length(external_id) BETWEEN 1 AND 200);
ALTER TABLE api_keys
    ADD COLUMN team text NOT NULL DEFAULT '',
    ADD COLUMN scopes text[] CHECK (cardinality(scopes) > 0),
    ADD COLUMN expires_at timestamptz,
    ADD COLUMN per_min integer CHECK (per_min > 0),
    ADD COLUMN per_hour integer CHECK (per_hour > 0);
GRANT UPDATE (external_id) ON orgs TO sgd_app;
GRANT UPDATE (expires_at) ON api_keys TO sgd_app;
GRANT SELECT (external_id) ON orgs TO sgd_directory;
GRANT SELECT (scopes, expires_at, per_min, per_hour) ON api_keys TO sgd_directory;

DROP FUNCTION directory_authenticate(text);
CREATE FUNCTION directory_authenticate(wanted_sha256 text)
RETURNS TABLE (org_id text, key_id text, scopes text[], is_expired boolean, per_min integer, per_hour integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- A write per request would be a row version per request; a minute is exact enough.
    UPDATE public.api_keys k SET last_used_at = now()
     WHERE k.key_sha256 = wanted_sha256 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
       AND (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute');
    RETURN QUERY SELECT k.org_id, k.key_id, k.scopes, coalesce(k.expires_at <= now(), false), k.per_min, k.per_hour
      FROM public.api_keys k
     WHERE k.key_sha256 = wanted_sha256 AND k.revoked_at IS NULL LIMIT 1;
END
$$;

-- The issuer's name of an org where an operator linked one, else our own name of it. A name of two orgs is nobody's: a
-- unique key over all orgs would tell one org of another.
CREATE FUNCTION directory_org_known_as(wanted text) RETURNS TABLE (org_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT min(o.org_id) FROM public.orgs o
     WHERE o.external_id = wanted OR (o.org_id = wanted AND o.external_id IS NULL)
    HAVING count(*) = 1
$$;
"""  # noqa: S608  # assembled from the constants above
    + _OWNED_BY_THE_DIRECTORY.format(function="directory_authenticate(text)")
    + _OWNED_BY_THE_DIRECTORY.format(function="directory_org_known_as(text)")
)  # assembled from the constants above

DOWNGRADE = (
    """
DROP FUNCTION directory_org_known_as(text);
DROP FUNCTION directory_authenticate(text);
CREATE FUNCTION directory_authenticate(wanted_sha256 text) RETURNS TABLE (org_id text, key_id text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.api_keys k SET last_used_at = now()
     WHERE k.key_sha256 = wanted_sha256 AND k.revoked_at IS NULL
       AND (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute');
    RETURN QUERY SELECT k.org_id, k.key_id FROM public.api_keys k
     WHERE k.key_sha256 = wanted_sha256 AND k.revoked_at IS NULL LIMIT 1;
END
$$;
"""  # noqa: S608  # assembled from the constants above
    + _OWNED_BY_THE_DIRECTORY.format(function="directory_authenticate(text)")
    + """
-- A key that had an end must not live for ever afterwards.
UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE expires_at IS NOT NULL OR scopes IS NOT NULL;
ALTER TABLE api_keys
    DROP COLUMN team, DROP COLUMN scopes, DROP COLUMN expires_at, DROP COLUMN per_min, DROP COLUMN per_hour;
ALTER TABLE orgs DROP COLUMN external_id;
"""
)


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
