"""What orgs keep for the prompt service: JSON Schemas, templates of prompts, and answers that wait for a person.

A version of a schema or template is never changed; only who may see it, and whether it is gone. What an operator made
public can be read by every org, and changed by none but its own.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEPT = """
CREATE TABLE {table} (
    org_id text NOT NULL REFERENCES orgs ON DELETE CASCADE,
    id text NOT NULL CHECK (id ~ '^[a-z]{{3}}_[0-9a-f]{{16}}$'),
    version integer NOT NULL CHECK (version >= 1),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    visibility text NOT NULL DEFAULT 'shared' CHECK (visibility IN ('private', 'shared', 'public')),
    made_by text NOT NULL DEFAULT '',
    body jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (org_id, id, version)
);
CREATE INDEX {table}_newest_idx ON {table} (org_id, seq) WHERE deleted_at IS NULL;
CREATE INDEX {table}_public_idx ON {table} (id) WHERE visibility = 'public' AND deleted_at IS NULL;
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY org_isolation ON {table}
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
CREATE POLICY public_read ON {table} FOR SELECT
    USING (visibility = 'public' AND deleted_at IS NULL
           AND nullif(current_setting('app.org_id', true), '') IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (visibility, deleted_at) ON {table} TO sgd_app;
"""

REVIEWS = """
CREATE TABLE prompt_reviews (
    org_id text NOT NULL REFERENCES orgs ON DELETE CASCADE,
    review_id uuid NOT NULL,
    request_id text NOT NULL,
    template_id text,
    template_version integer,
    prompt text NOT NULL,
    guidance text,
    document jsonb,
    raw_answer text NOT NULL,
    errors jsonb NOT NULL,
    model text NOT NULL,
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'accepted', 'corrected', 'expired')),
    answer jsonb,
    decided_by text,
    decided_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    seq bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (org_id, review_id),
    CHECK ((status = 'open') = (decided_at IS NULL)),
    CHECK ((status = 'corrected') = (answer IS NOT NULL))
);
CREATE INDEX prompt_reviews_newest_idx ON prompt_reviews (org_id, seq);
CREATE INDEX prompt_reviews_examples_idx ON prompt_reviews (org_id, template_id, seq) WHERE status = 'corrected';
ALTER TABLE prompt_reviews ENABLE ROW LEVEL SECURITY;
ALTER TABLE prompt_reviews FORCE ROW LEVEL SECURITY;
CREATE POLICY org_isolation ON prompt_reviews
    USING (org_id = nullif(current_setting('app.org_id', true), ''))
    WITH CHECK (org_id = nullif(current_setting('app.org_id', true), ''));
GRANT SELECT, INSERT,
      UPDATE (status, answer, decided_by, decided_at, prompt, guidance, document, raw_answer, errors)
   ON prompt_reviews TO sgd_app;
"""

TABLES = ("prompt_schemas", "prompt_templates")


def upgrade() -> None:
    """Apply."""
    for table in TABLES:
        _run(KEPT.format(table=table))
    _run(REVIEWS)


def downgrade() -> None:
    """Take back, with what was kept."""
    _run("DROP TABLE prompt_reviews, prompt_schemas, prompt_templates")


def _run(sql: str) -> None:
    # The driver's own execute: many statements at once, and no parsing of % and : in the text.
    driver_connection = op.get_bind().connection.driver_connection
    assert driver_connection is not None
    driver_connection.execute(sql)
