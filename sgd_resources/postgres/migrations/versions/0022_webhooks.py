"""Webhooks: addresses of an org that are told when a job has ended, and what is still to be told to them.

A delivery is written by the row that ends, in the transaction of its end, whoever ends it: no end goes untold, and
none is told that was rolled back. It outlives its job, so that the log says what was sent. No secret is kept: it is
made anew from a key that is not in the database, and `secret_check` tells when that key is another one.
"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE webhooks (
    org_id text NOT NULL REFERENCES orgs ON DELETE CASCADE,
    webhook_id text NOT NULL CHECK (webhook_id ~ '^whk_[0-9a-f]{16}$'),
    url text NOT NULL CHECK (length(url) BETWEEN 9 AND 2048),
    name text NOT NULL DEFAULT '',
    secret_number integer NOT NULL DEFAULT 1 CHECK (secret_number > 0),
    secret_check text NOT NULL,
    old_secret_until timestamptz,
    is_thin boolean NOT NULL DEFAULT false,
    hears_all boolean NOT NULL DEFAULT false,
    disabled_at timestamptz,
    disabled_reason text,
    removed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    seq bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (org_id, webhook_id),
    CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
);
CREATE UNIQUE INDEX webhooks_url_idx ON webhooks (org_id, url) WHERE removed_at IS NULL;

CREATE TABLE webhook_deliveries (
    org_id text NOT NULL REFERENCES orgs ON DELETE CASCADE,
    delivery_id uuid NOT NULL DEFAULT gen_random_uuid(),
    webhook_id text NOT NULL,
    message_id text NOT NULL,
    event text NOT NULL,
    job_id uuid,
    status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'delivered', 'given_up')),
    attempts integer NOT NULL DEFAULT 0,
    next_at timestamptz,
    give_up_at timestamptz NOT NULL DEFAULT now() + interval '24 hours',
    answer_status integer,
    failure text,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (org_id, delivery_id),
    FOREIGN KEY (org_id, webhook_id) REFERENCES webhooks (org_id, webhook_id) ON DELETE CASCADE,
    CHECK ((status = 'waiting') = (next_at IS NOT NULL))
);
CREATE INDEX webhook_deliveries_due_idx ON webhook_deliveries (next_at) WHERE status = 'waiting';
CREATE INDEX webhook_deliveries_newest_idx ON webhook_deliveries (org_id, webhook_id, seq);
CREATE INDEX webhook_deliveries_ended_idx ON webhook_deliveries (ended_at) WHERE status <> 'waiting';
ALTER TABLE jobs ADD COLUMN webhook_id text,
    ADD FOREIGN KEY (org_id, webhook_id) REFERENCES webhooks (org_id, webhook_id);
"""

OF_ORGS = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY org_isolation ON {table}
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
GRANT SELECT, INSERT, UPDATE ON {table} TO sgd_app;
"""

OUTBOX = """
CREATE FUNCTION tell_webhooks() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.webhook_deliveries (org_id, webhook_id, message_id, event, job_id, next_at)
    SELECT w.org_id, w.webhook_id, 'msg_' || replace(gen_random_uuid()::text, '-', ''), 'job.' || NEW.status,
           NEW.job_id, clock_timestamp()
      FROM public.webhooks w
     WHERE w.org_id = NEW.org_id AND w.disabled_at IS NULL AND w.removed_at IS NULL
       AND (w.hears_all OR w.webhook_id = NEW.webhook_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER ended_told AFTER UPDATE OF status ON jobs FOR EACH ROW
    WHEN (NEW.parent_id IS NULL AND NEW.status IN ('succeeded', 'failed', 'cancelled')
          AND OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION tell_webhooks();

GRANT SELECT (org_id, delivery_id, webhook_id, status, next_at, ended_at), UPDATE (next_at), DELETE
    ON webhook_deliveries TO sgd_directory;
CREATE POLICY directory ON webhook_deliveries FOR SELECT TO sgd_directory USING (true);
CREATE POLICY directory_claim ON webhook_deliveries FOR UPDATE TO sgd_directory USING (true) WITH CHECK (true);
CREATE POLICY directory_forget ON webhook_deliveries FOR DELETE TO sgd_directory USING (status <> 'waiting');
CREATE FUNCTION directory_claim_deliveries(
    hold interval, max_rows integer, max_per_webhook integer, busy_webhooks text[])
RETURNS TABLE (org_id text, delivery_id uuid, webhook_id text) LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
    -- Held, not taken: a sender that dies says nothing, and the delivery is due again when the hold is over.
    WITH due AS (
        SELECT q.org_id, q.delivery_id, q.webhook_id, q.next_at FROM public.webhook_deliveries q
         WHERE q.status = 'waiting' AND q.next_at <= clock_timestamp() AND NOT q.webhook_id = ANY (busy_webhooks)
         ORDER BY q.next_at LIMIT 1000
    ), ranked AS (
        SELECT d.org_id, d.delivery_id,
               row_number() OVER (PARTITION BY d.org_id, d.webhook_id ORDER BY d.next_at) AS place FROM due d
    ), mine AS (
        SELECT q.org_id, q.delivery_id FROM public.webhook_deliveries q
          JOIN ranked r ON r.org_id = q.org_id AND r.delivery_id = q.delivery_id
         WHERE r.place <= max_per_webhook AND q.status = 'waiting' AND q.next_at <= clock_timestamp()
         ORDER BY q.next_at LIMIT max_rows FOR UPDATE OF q SKIP LOCKED
    )
    UPDATE public.webhook_deliveries d SET next_at = clock_timestamp() + hold
      FROM mine WHERE d.org_id = mine.org_id AND d.delivery_id = mine.delivery_id
    RETURNING d.org_id, d.delivery_id, d.webhook_id
$$;
CREATE FUNCTION directory_forget_deliveries(older_than interval) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    removed bigint;
BEGIN
    DELETE FROM public.webhook_deliveries d WHERE d.status <> 'waiting' AND d.ended_at < clock_timestamp() - older_than;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$$;
GRANT CREATE ON SCHEMA public TO sgd_directory;
"""

FUNCTIONS = (
    "directory_claim_deliveries(interval, integer, integer, text[])",
    "directory_forget_deliveries(interval)",
)
OWNED_BY_THE_DIRECTORY = """
REVOKE ALL ON FUNCTION {function} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {function} TO sgd_app;
ALTER FUNCTION {function} OWNER TO sgd_directory;
"""

DOWNGRADE = """
DROP TRIGGER ended_told ON jobs;
DROP FUNCTION tell_webhooks();
DROP FUNCTION directory_claim_deliveries(interval, integer, integer, text[]);
DROP FUNCTION directory_forget_deliveries(interval);
ALTER TABLE jobs DROP COLUMN webhook_id;
DROP TABLE webhook_deliveries, webhooks;
"""


def upgrade() -> None:
    """Apply."""
    _run(TABLES)
    for table in ("webhooks", "webhook_deliveries"):
        _run(OF_ORGS.format(table=table))
    _run(OUTBOX)
    for function in FUNCTIONS:
        _run(OWNED_BY_THE_DIRECTORY.format(function=function))
    _run("REVOKE CREATE ON SCHEMA public FROM sgd_directory")


def downgrade() -> None:
    """Take back, with the endpoints and what was still to be told."""
    _run(DOWNGRADE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
