"""Erasing an org: all its rows at once, and what is left of it under a name that is no org's.

A tombstone holds the hash of the org's id, how much was erased, and the head of the audit log's chain; `erased_audit`
holds each link of that chain with its time and action, and nothing of a person or a thing. Until all stores beside
Postgres are through, `unfinished` holds the id, so that somebody can go on after a crash.
"""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

UPGRADE = """
CREATE TABLE tombstones (
    org_id text NOT NULL,
    erased_at timestamptz NOT NULL DEFAULT now(),
    counts jsonb NOT NULL,
    chain_seq bigint,
    chain_sha256 text,
    unfinished text,
    PRIMARY KEY (org_id, erased_at)
);
CREATE INDEX tombstones_unfinished_idx ON tombstones (unfinished) WHERE unfinished IS NOT NULL;
CREATE TABLE erased_audit (
    org_id text NOT NULL,
    erased_at timestamptz NOT NULL,
    seq bigint NOT NULL,
    at timestamptz,
    action text,
    row_sha256 text NOT NULL,
    sha256 text NOT NULL,
    PRIMARY KEY (org_id, erased_at, seq),
    FOREIGN KEY (org_id, erased_at) REFERENCES tombstones (org_id, erased_at)
);
ALTER TABLE tombstones ENABLE ROW LEVEL SECURITY;
ALTER TABLE tombstones FORCE ROW LEVEL SECURITY;
ALTER TABLE erased_audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE erased_audit FORCE ROW LEVEL SECURITY;
CREATE POLICY org_isolation ON tombstones
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
CREATE POLICY org_isolation ON erased_audit
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
CREATE POLICY directory_bury ON tombstones FOR INSERT TO sgd_directory WITH CHECK (true);
CREATE POLICY directory_unfinished ON tombstones FOR SELECT TO sgd_directory USING (true);
CREATE POLICY directory_finish ON tombstones FOR UPDATE TO sgd_directory
    USING (unfinished IS NOT NULL) WITH CHECK (true);
CREATE POLICY directory_bury ON erased_audit FOR INSERT TO sgd_directory WITH CHECK (true);
GRANT SELECT ON tombstones, erased_audit TO sgd_app;
GRANT SELECT, INSERT, UPDATE (counts, unfinished) ON tombstones TO sgd_directory;
GRANT INSERT ON erased_audit TO sgd_directory;
GRANT SELECT (org_id, id, at, action) ON audit_log TO sgd_directory;
GRANT SELECT (org_id, seq, audit_id, row_sha256, sha256) ON audit_chain TO sgd_directory;
GRANT DELETE ON orgs TO sgd_directory;

-- Only to count: whoever counts rows of an org needs to read whose they are, within that org's transaction.
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id'
                 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') LOOP
        EXECUTE format('GRANT SELECT (org_id) ON public.%I TO sgd_directory', name);
    END LOOP;
END $$;

-- Every table points at `orgs` and goes with it; row level security lets this see the transaction's own org only.
CREATE FUNCTION directory_erase_org(mark text) RETURNS TABLE (name text, n bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wanted text := nullif(current_setting('app.org_id', true), '');
    counts jsonb := '{}';
    last record;
BEGIN
    -- Nobody adds a link while the chain is copied.
    PERFORM pg_advisory_xact_lock(hashtextextended('sgd.audit:' || wanted, 0));
    PERFORM FROM public.orgs o WHERE o.org_id = wanted;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    FOR name IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id'
                 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                   AND c.relname NOT IN ('tombstones', 'erased_audit') ORDER BY 1 LOOP
        EXECUTE format('SELECT count(*) FROM public.%I t WHERE t.org_id = $1', name) INTO n USING wanted;
        IF n > 0 THEN
            counts := counts || jsonb_build_object(name, n);
            RETURN NEXT;
        END IF;
    END LOOP;
    SELECT c.seq, c.sha256 INTO last FROM public.audit_chain c WHERE c.org_id = wanted ORDER BY c.seq DESC LIMIT 1;
    INSERT INTO public.tombstones (org_id, erased_at, counts, chain_seq, chain_sha256, unfinished)
    VALUES (mark, now(), jsonb_build_object('postgres', counts), last.seq, last.sha256, wanted);
    INSERT INTO public.erased_audit (org_id, erased_at, seq, at, action, row_sha256, sha256)
    SELECT mark, now(), c.seq, l.at, l.action, c.row_sha256, c.sha256
      FROM public.audit_chain c LEFT JOIN public.audit_log l ON l.org_id = c.org_id AND l.id = c.audit_id
     WHERE c.org_id = wanted;
    DELETE FROM public.orgs o WHERE o.org_id = wanted;
END
$$;
CREATE FUNCTION directory_unfinished_erasures() RETURNS TABLE (org_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT t.unfinished FROM public.tombstones t WHERE t.unfinished IS NOT NULL
$$;
CREATE FUNCTION directory_finish_erasure(wanted text, told jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.tombstones t SET counts = t.counts || told, unfinished = NULL WHERE t.unfinished = wanted
$$;
GRANT CREATE ON SCHEMA public TO sgd_directory;
"""
FUNCTIONS = (
    "directory_erase_org(text)", "directory_unfinished_erasures()", "directory_finish_erasure(text, jsonb)",
)  # fmt: skip
OWNED_BY_THE_DIRECTORY = """
REVOKE ALL ON FUNCTION {function} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {function} TO sgd_app;
ALTER FUNCTION {function} OWNER TO sgd_directory;
"""
DOWNGRADE = """
DROP FUNCTION directory_erase_org(text);
DROP FUNCTION directory_unfinished_erasures();
DROP FUNCTION directory_finish_erasure(text, jsonb);
DROP TABLE erased_audit;
DROP TABLE tombstones;
REVOKE DELETE ON orgs FROM sgd_directory;
REVOKE SELECT (org_id, id, at, action) ON audit_log FROM sgd_directory;
REVOKE SELECT (org_id, seq, audit_id, row_sha256, sha256) ON audit_chain FROM sgd_directory;
"""


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)
    for function in FUNCTIONS:
        _run(OWNED_BY_THE_DIRECTORY.format(function=function))
    _run("REVOKE CREATE ON SCHEMA public FROM sgd_directory")


def downgrade() -> None:
    """Take back; what was left of erased orgs is lost."""
    _run(DOWNGRADE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
