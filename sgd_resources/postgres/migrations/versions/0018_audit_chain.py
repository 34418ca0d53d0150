"""Each org's audit log is a chain of hashes: a row that is changed, taken out or put in later breaks it.

The links stand in a table of their own, made at the commit of what they tell of. So an org's writers wait for each
other only while one of them commits, and none holds the chain while it waits for a row. `sgd_app` may read and add
links and nothing else; a link it would forge does not follow from the one before, which `verify` tells. Rows from
before are linked in the order of their ids.
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

UPGRADE = """
CREATE TABLE audit_chain (
    org_id text NOT NULL REFERENCES orgs (org_id) ON DELETE CASCADE,
    seq bigint NOT NULL CHECK (seq > 0),
    audit_id bigint NOT NULL,
    row_sha256 text NOT NULL CHECK (row_sha256 ~ '^[0-9a-f]{64}$'),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    PRIMARY KEY (org_id, seq),
    UNIQUE (org_id, audit_id)
);

-- What is hashed of a row: every column as text in UTF-8, each with its length in bytes before it, so that no two rows
-- give the same bytes. `audit_chain.py` does the same without the database.
CREATE FUNCTION audit_row_sha256(told public.audit_log) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT encode(sha256(convert_to(string_agg(octet_length(part.said) || ':' || part.said, '' ORDER BY part.place),
                                    'UTF8')), 'hex')
      FROM unnest(ARRAY[told.org_id, told.id::text,
                        to_char(told.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                        told.actor, told.action, told.subject, told.details::text]) WITH ORDINALITY AS part(said, place)
$$;

CREATE FUNCTION link_audit_row() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last record;
    own text := public.audit_row_sha256(NEW);
BEGIN
    -- One writer of an org at a time, until its commit; the next statement then sees what that one added.
    PERFORM pg_advisory_xact_lock(hashtextextended('sgd.audit:' || NEW.org_id, 0));
    SELECT c.seq, c.sha256 INTO last FROM public.audit_chain c
     WHERE c.org_id = NEW.org_id ORDER BY c.seq DESC LIMIT 1;
    INSERT INTO public.audit_chain (org_id, seq, audit_id, row_sha256, sha256)
    VALUES (NEW.org_id, coalesce(last.seq, 0) + 1, NEW.id, own,
            encode(sha256(convert_to(coalesce(last.sha256, repeat('0', 64)) || own, 'UTF8')), 'hex'));
    RETURN NULL;
END
$$;

-- The rows of every org at once: under FORCE the owner would see none of them.
ALTER TABLE audit_log NO FORCE ROW LEVEL SECURITY;
DO $$
DECLARE
    told public.audit_log;
    org text := '';
    place bigint;
    before text;
    own text;
BEGIN
    FOR told IN SELECT * FROM public.audit_log ORDER BY org_id, id LOOP
        IF told.org_id <> org THEN
            org := told.org_id;
            place := 0;
            before := repeat('0', 64);
        END IF;
        own := public.audit_row_sha256(told);
        place := place + 1;
        before := encode(sha256(convert_to(before || own, 'UTF8')), 'hex');
        INSERT INTO public.audit_chain VALUES (org, place, told.id, own, before);
    END LOOP;
END
$$;
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;

CREATE CONSTRAINT TRIGGER link_audit_row AFTER INSERT ON audit_log DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION link_audit_row();

ALTER TABLE audit_chain ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_chain FORCE ROW LEVEL SECURITY;
CREATE POLICY org_isolation ON audit_chain
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
GRANT SELECT, INSERT ON audit_chain TO sgd_app;
"""

DOWNGRADE = """
DROP TRIGGER link_audit_row ON audit_log;
DROP FUNCTION link_audit_row();
DROP FUNCTION audit_row_sha256(public.audit_log);
DROP TABLE audit_chain;
"""


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)


def downgrade() -> None:
    """Take back; the audit log stays, its hashes are lost."""
    _run(DOWNGRADE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
