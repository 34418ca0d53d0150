"""A job may be part of another: the parent ends by itself when the last of its parts has ended.

No worker serves a parent; it stays queued until its end, so that it takes nobody's share of the workers. Its end is in
`end_parent_job`, in the transaction of the part that ends last, whoever ends that: a run, the sweep, a cancellation.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

UPGRADE = """
ALTER TABLE jobs
    ADD COLUMN parent_id uuid,
    ADD COLUMN item_index integer CHECK (item_index >= 0),
    ADD CHECK ((parent_id IS NULL) = (item_index IS NULL)),
    ADD UNIQUE (org_id, parent_id, item_index),
    ADD FOREIGN KEY (org_id, parent_id) REFERENCES jobs (org_id, job_id) ON DELETE CASCADE;

CREATE FUNCTION end_parent_job() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    parent record;
    told record;
    ended_as text;
    why jsonb;
BEGIN
    -- Parts that end at once wait here for each other, so that the last one sees that it is the last.
    SELECT j.kind, j.status, j.cancel_requested_at INTO parent FROM public.jobs j
     WHERE j.org_id = NEW.org_id AND j.job_id = NEW.parent_id FOR UPDATE;
    IF parent.status NOT IN ('queued', 'running') OR EXISTS (
        SELECT 1 FROM public.jobs j WHERE j.org_id = NEW.org_id AND j.parent_id = NEW.parent_id
           AND j.status IN ('queued', 'running')) THEN
        RETURN NULL;
    END IF;
    SELECT count(*) FILTER (WHERE j.status = 'succeeded') AS succeeded,
           count(*) FILTER (WHERE j.status = 'failed') AS failed,
           count(*) FILTER (WHERE j.status = 'cancelled') AS cancelled,
           min(j.started_at) AS started_at,
           (array_agg(j.error ORDER BY j.item_index) FILTER (WHERE j.status = 'failed'))[1] AS first_error
      INTO told FROM public.jobs j WHERE j.org_id = NEW.org_id AND j.parent_id = NEW.parent_id;
    IF parent.cancel_requested_at IS NOT NULL THEN
        ended_as := 'cancelled';
    ELSIF told.succeeded = 0 AND told.failed > 0 THEN
        ended_as := 'failed';
        why := jsonb_build_object(
            'code', told.first_error ->> 'code',
            'message', 'no part could be done; the first: ' || coalesce(told.first_error ->> 'message', ''),
            'details', jsonb_build_object('failed', told.failed));
    ELSE
        ended_as := 'succeeded';
    END IF;
    UPDATE public.jobs j
       SET status = ended_as, error = why, started_at = told.started_at, finished_at = clock_timestamp(),
           result = jsonb_build_object(
               'succeeded', told.succeeded, 'failed', told.failed, 'cancelled', told.cancelled)
     WHERE j.org_id = NEW.org_id AND j.job_id = NEW.parent_id;
    INSERT INTO public.audit_log (org_id, actor, action, subject, details)
    VALUES (NEW.org_id, 'graph', parent.kind || '.' || ended_as, NEW.parent_id::text, jsonb_build_object(
        'succeeded', told.succeeded, 'failed', told.failed, 'cancelled', told.cancelled));
    RETURN NULL;
END
$$;
CREATE TRIGGER part_ended AFTER UPDATE OF status ON jobs FOR EACH ROW
    WHEN (NEW.parent_id IS NOT NULL AND NEW.status IN ('succeeded', 'failed', 'cancelled')
          AND OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION end_parent_job();
"""

DOWNGRADE = """
DROP TRIGGER part_ended ON jobs;
DROP FUNCTION end_parent_job();
ALTER TABLE jobs DROP COLUMN parent_id, DROP COLUMN item_index;
"""


def upgrade() -> None:
    """Apply."""
    _run(UPGRADE)


def downgrade() -> None:
    """Take back; parts of a batch become jobs of their own, and an open batch stays open."""
    _run(DOWNGRADE)


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in function bodies.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
