"""What models were asked and answered, and what an org keeps for asking."""

from sqlalchemy import BigInteger, Column, Date, Identity, Index, Integer, PrimaryKeyConstraint, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from sgd_resources.postgres.tables.columns import EMPTY, ID, at, count, created_at, metadata, of_org, org_id

inference_calls = Table(
    "inference_calls", metadata,
    org_id(),
    Column("call_id", ID, nullable=False),
    Column("project_id", Text),
    Column("task", Text, nullable=False),
    Column("level", Text),
    Column("requested_model", Text),
    Column("served_model", Text),
    Column("provider", Text),
    count("tokens_in"), count("tokens_out"), count("tokens_cached"), count("tokens_reasoning"),
    count("cost_usd_micros"),
    count("latency_ms"),
    Column("input_sha256", Text),
    Column("cache_state", Text),
    Column("attempt", Integer, nullable=False, server_default=text("1")),
    Column("outcome", Text, nullable=False),
    Column("error_kind", Text),
    Column("trace_id", Text),
    created_at(),
    Column("cost_source", Text, nullable=False, server_default=text("'none'::text")),
    count("saved_usd_micros"),
    Column("request_id", Text),
    Column("day", Date, nullable=False, server_default=text("((now() AT TIME ZONE 'UTC'::text))::date")),
    Column("key_id", Text),
    PrimaryKeyConstraint("org_id", "call_id"),
    of_org(),
    Index(
        "inference_calls_request_idx", "org_id", "request_id", postgresql_where=text("request_id IS NOT NULL")
    ),
    Index("inference_calls_day_idx", "day", "org_id", postgresql_include=["cost_usd_micros"]),
    Index("inference_calls_time_idx", "org_id", "created_at"),
)  # fmt: skip


def _kept_by_org(name: str) -> Table:
    """Versions of something an org keeps under an id; none is ever changed."""
    return Table(
        name, metadata,
        org_id(),
        Column("id", Text, nullable=False),
        Column("version", Integer, nullable=False),
        Column("name", Text, nullable=False),
        Column("visibility", Text, nullable=False, server_default=text("'shared'::text")),
        Column("made_by", Text, nullable=False, server_default=EMPTY),
        Column("body", JSONB, nullable=False),
        created_at(), at("deleted_at"),
        Column("seq", BigInteger, Identity(always=True), nullable=False),
        PrimaryKeyConstraint("org_id", "id", "version"),
        of_org(),
        Index(f"{name}_newest_idx", "org_id", "seq", postgresql_where=text("deleted_at IS NULL")),
        Index(
            f"{name}_public_idx", "id", postgresql_where=text("visibility = 'public' AND deleted_at IS NULL")
        ),
    )  # fmt: skip


prompt_schemas = _kept_by_org("prompt_schemas")

prompt_templates = _kept_by_org("prompt_templates")

prompt_reviews = Table(
    "prompt_reviews", metadata,
    org_id(),
    Column("review_id", ID, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("template_id", Text),
    Column("template_version", Integer),
    Column("prompt", Text, nullable=False),
    Column("guidance", Text),
    Column("document", JSONB),
    Column("raw_answer", Text, nullable=False),
    Column("errors", JSONB, nullable=False),
    Column("model", Text, nullable=False),
    Column("status", Text, nullable=False, server_default=text("'open'::text")),
    Column("answer", JSONB),
    Column("decided_by", Text),
    at("decided_at"), created_at(),
    Column("seq", BigInteger, Identity(always=True), nullable=False),
    PrimaryKeyConstraint("org_id", "review_id"),
    of_org(),
    Index("prompt_reviews_newest_idx", "org_id", "seq"),
    Index(
        "prompt_reviews_examples_idx", "org_id", "template_id", "seq", postgresql_where=text("status = 'corrected'")
    ),
)  # fmt: skip
