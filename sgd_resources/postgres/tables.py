"""The tables as SQLAlchemy Core knows them. Every org table has `org_id` first in each of its keys.

The truth is in `migrations/`; a test compares the two. Row level security, grants and functions live only there.
"""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)  # fmt: skip
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

metadata = MetaData()

_ID = Uuid(as_uuid=False)
_NOW = text("now()")
_EMPTY = text("''::text")
_EMPTY_OBJECT = text("'{}'::jsonb")
_ZERO = text("0")


def _created_at() -> Column[datetime]:
    return Column("created_at", DateTime(timezone=True), nullable=False, server_default=_NOW)


def _at(name: str) -> Column[datetime]:
    return Column(name, DateTime(timezone=True))


def _count(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default=_ZERO)


def _of_org(name: str = "org_id") -> ForeignKeyConstraint:
    return ForeignKeyConstraint([name], ["orgs.org_id"], ondelete="CASCADE")


def _org_id() -> Column[str]:
    return Column("org_id", Text, nullable=False)


orgs = Table(
    "orgs", metadata,
    Column("org_id", Text, primary_key=True),
    Column("name", Text, nullable=False, server_default=_EMPTY),
    _created_at(),
    Column("external_id", Text),
)  # fmt: skip

api_keys = Table(
    "api_keys", metadata,
    _org_id(),
    Column("key_id", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("key_sha256", Text, nullable=False),
    Column("label", Text, nullable=False, server_default=_EMPTY),
    _created_at(), _at("revoked_at"), _at("last_used_at"),
    Column("team", Text, nullable=False, server_default=_EMPTY),
    Column("scopes", ARRAY(Text)),
    _at("expires_at"),
    Column("per_min", Integer), Column("per_hour", Integer),
    PrimaryKeyConstraint("org_id", "key_id"),
    UniqueConstraint("org_id", "key_sha256"),
    _of_org(),
    Index("api_keys_key_sha256_idx", "key_sha256"),
)  # fmt: skip

evidence = Table(
    "evidence", metadata,
    _org_id(),
    Column("evidence_sha256", Text, nullable=False),
    Column("source_sha256", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("key", Text, nullable=False),
    Column("av", Text, nullable=False, server_default=text("'not_scanned'::text")),
    Column("av_engine", Text),
    Column("av_rules", Text),
    _created_at(),
    _at("removed_at"),
    Column("removed_reason", Text),
    _at("purged_at"),
    PrimaryKeyConstraint("org_id", "evidence_sha256"),
    _of_org(),
    Index("evidence_source_idx", "org_id", "source_sha256"),
    Index(
        "evidence_to_purge_idx", "org_id",
        postgresql_where=text("removed_at IS NOT NULL AND purged_at IS NULL"),
    ),
)  # fmt: skip

uploads = Table(
    "uploads", metadata,
    _org_id(),
    Column("upload_id", _ID, nullable=False),
    Column("project_id", Text),
    Column("file_name", Text, nullable=False),
    Column("declared_type", Text),
    Column("size_bytes", BigInteger, nullable=False),
    Column("source_sha256", Text),
    Column("key", Text, nullable=False),
    Column("status", Text, nullable=False, server_default=text("'quarantined'::text")),
    Column("verdict", Text),
    Column("reason", Text),
    Column("details", JSONB, nullable=False, server_default=_EMPTY_OBJECT),
    Column("evidence_sha256", Text),
    Column("attempts", Integer, nullable=False, server_default=_ZERO),
    _created_at(), _at("processed_at"), _at("retry_after"),
    Column("seq", BigInteger, Identity(always=True), nullable=False),
    Column("dropped_key", Text),
    Column("dropped_state", Text),
    Column("judged_by", Text, nullable=False, server_default=_EMPTY),
    _at("withdrawn_at"),
    PrimaryKeyConstraint("org_id", "upload_id"),
    UniqueConstraint("org_id", "key"),
    _of_org(),
    ForeignKeyConstraint(["org_id", "evidence_sha256"], ["evidence.org_id", "evidence.evidence_sha256"]),
    Index("uploads_pending_idx", "org_id", "seq", postgresql_where=text("processed_at IS NULL")),
    Index("uploads_source_idx", "org_id", "source_sha256"),
    Index("uploads_newest_idx", "org_id", "seq"),
    Index(
        "uploads_judged_idx", "judged_by", "org_id",
        postgresql_where=text("status = 'promoted' OR withdrawn_at IS NOT NULL"),
    ),
    Index("uploads_dropped_idx", "org_id", "dropped_key", "seq", postgresql_where=text("dropped_key IS NOT NULL")),
    Index(
        "uploads_evidence_idx", "org_id", "evidence_sha256", postgresql_where=text("evidence_sha256 IS NOT NULL")
    ),
)  # fmt: skip

documents = Table(
    "documents", metadata,
    _org_id(),
    Column("evidence_sha256", Text, nullable=False),
    Column("parser", Text, nullable=False),
    Column("parser_version", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("counts", JSONB, nullable=False, server_default=_EMPTY_OBJECT),
    _created_at(),
    PrimaryKeyConstraint("org_id", "evidence_sha256", "parser", "parser_version"),
    _of_org(),
    ForeignKeyConstraint(["org_id", "evidence_sha256"], ["evidence.org_id", "evidence.evidence_sha256"]),
)  # fmt: skip

canon_versions = Table(
    "canon_versions", metadata,
    _org_id(),
    Column("version", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("palette", ARRAY(Text), nullable=False),
    Column("fonts", ARRAY(Text), nullable=False),
    Column("is_current", Boolean, nullable=False, server_default=text("false")),
    Column("previous_version", Text),
    _created_at(),
    Column("seq", BigInteger, Identity(always=True), nullable=False),
    Column("is_draft", Boolean, nullable=False, server_default=text("false")),
    PrimaryKeyConstraint("org_id", "version"),
    _of_org(),
    Index("canon_versions_current_idx", "org_id", unique=True, postgresql_where=text("is_current")),
)  # fmt: skip

jobs = Table(
    "jobs", metadata,
    _org_id(),
    Column("job_id", _ID, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False, server_default=text("'queued'::text")),
    Column("body", JSONB, nullable=False, server_default=_EMPTY_OBJECT),
    Column("result", JSONB),
    Column("error", JSONB),
    Column("dagster_run_id", Text),
    Column("attempts", Integer, nullable=False, server_default=_ZERO),
    _created_at(), _at("started_at"), _at("finished_at"),
    Column("seq", BigInteger, Identity(always=True), nullable=False),
    Column("project_id", Text),
    Column("idempotency_key", Text),
    Column("body_sha256", Text),
    Column("priority", Text, nullable=False, server_default=text("'interactive'::text")),
    Column("runs_alone", Boolean, nullable=False, server_default=text("false")),
    Column("turn", BigInteger, nullable=False, server_default=_ZERO),
    Column("worker", Text), _at("lease_until"),
    Column("worker_deaths", Integer, nullable=False, server_default=_ZERO),
    _at("not_before"), _at("deadline_at"), _at("cancel_requested_at"),
    Column("progress", JSONB),
    Column("parent_id", _ID),
    Column("item_index", Integer),
    Column("metadata", JSONB),
    Column("keep_s", Integer), _at("expires_at"),
    Column("traceparent", Text),
    Column("webhook_id", Text),
    Column("text_state", Text),
    PrimaryKeyConstraint("org_id", "job_id"),
    UniqueConstraint("org_id", "kind", "idempotency_key"),
    UniqueConstraint("org_id", "parent_id", "item_index"),
    ForeignKeyConstraint(["org_id", "parent_id"], ["jobs.org_id", "jobs.job_id"], ondelete="CASCADE"),
    ForeignKeyConstraint(["org_id", "webhook_id"], ["webhooks.org_id", "webhooks.webhook_id"]),
    _of_org(),
    Index("jobs_open_idx", "org_id", "seq", postgresql_where=text("status IN ('queued', 'running')")),
    Index("jobs_queue_idx", text("priority DESC"), "turn", "seq", postgresql_where=text("status = 'queued'")),
    Index("jobs_running_idx", "org_id", postgresql_where=text("status = 'running'")),
    Index("jobs_turn_idx", "org_id", "priority", "turn"),
    Index("jobs_served_idx", "priority", "turn", postgresql_where=text("started_at IS NOT NULL")),
    Index("jobs_renders_idx", "org_id", "seq", postgresql_where=text("kind = 'render'")),
    Index("jobs_ingest_idx", "org_id", "finished_at", postgresql_where=text("kind = 'ingest'")),
    Index("jobs_expired_idx", "expires_at", postgresql_where=text("expires_at IS NOT NULL")),
    Index("jobs_newest_idx", "org_id", "seq", postgresql_where=text("parent_id IS NULL")),
    Index("jobs_text_idx", "finished_at", postgresql_where=text("text_state IS NULL AND finished_at IS NOT NULL")),
)  # fmt: skip

renders = Table(
    "renders", metadata,
    _org_id(),
    Column("render_id", _ID, nullable=False),
    Column("index", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("width_px", Integer, nullable=False),
    Column("height_px", Integer, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("plan", JSONB, nullable=False),
    Column("critique", JSONB, nullable=False),
    Column("canon_version", Text, nullable=False),
    Column("model_route", Text, nullable=False),
    _count("cost_usd_micros"),
    Column("verified_by", Text, nullable=False, server_default=text("'none'::text")),
    Column("trace_id", Text, nullable=False),
    _created_at(),
    Column("unsigned_sha256", Text),
    Column("look", BigInteger),
    PrimaryKeyConstraint("org_id", "render_id", "index"),
    _of_org(),
    ForeignKeyConstraint(["org_id", "render_id"], ["jobs.org_id", "jobs.job_id"], ondelete="CASCADE"),
    Index("renders_sha256_idx", "org_id", "sha256"),
    Index("renders_canon_idx", "org_id", "canon_version"),
)  # fmt: skip

render_evidence = Table(
    "render_evidence", metadata,
    _org_id(),
    Column("render_id", _ID, nullable=False),
    Column("evidence_sha256", Text, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    PrimaryKeyConstraint("org_id", "render_id", "evidence_sha256"),
    _of_org(),
    ForeignKeyConstraint(["org_id", "render_id"], ["jobs.org_id", "jobs.job_id"], ondelete="CASCADE"),
    Index("render_evidence_back_idx", "org_id", "evidence_sha256"),
)  # fmt: skip

ingest_claims = Table(
    "ingest_claims", metadata,
    _org_id(),
    Column("claim", _ID, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("org_id", "claim"),
    _of_org(),
    Index("ingest_claims_claim_idx", "claim"),
)  # fmt: skip

content_overrides = Table(
    "content_overrides", metadata,
    Column("org_id", Text, primary_key=True),
    Column("document", JSONB, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    _of_org(),
)  # fmt: skip

canon_statements = Table(
    "canon_statements", metadata,
    _org_id(),
    Column("audit_entry", BigInteger, nullable=False),
    Column("fact_id", Text, nullable=False), Column("verb", Text, nullable=False),
    Column("kind", Text, nullable=False), Column("value", Text, nullable=False),
    Column("role", Text), Column("name", Text),
    Column("new_kind", Text), Column("new_value", Text), Column("new_role", Text),
    Column("reason", Text, nullable=False), Column("subject", Text, nullable=False),
    Column("evidence_sha256s", ARRAY(Text), nullable=False, server_default="{}"),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    Column("withdrawn_at", DateTime(timezone=True)),
    PrimaryKeyConstraint("org_id", "audit_entry"),
    _of_org(),
    Index("canon_statements_standing", "org_id", "fact_id", unique=True, postgresql_where=text("withdrawn_at IS NULL")),
)  # fmt: skip

org_caps = Table(
    "org_caps", metadata,
    Column("org_id", Text, primary_key=True),
    Column("day_usd_micros", BigInteger), Column("month_usd_micros", BigInteger),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    _of_org(),
)  # fmt: skip

part_caps = Table(
    "part_caps", metadata,
    _org_id(),
    Column("kind", Text, nullable=False), Column("name", Text, nullable=False),
    Column("day_usd_micros", BigInteger), Column("month_usd_micros", BigInteger),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    PrimaryKeyConstraint("org_id", "kind", "name"),
    _of_org(),
)  # fmt: skip

request_log = Table(
    "request_log", metadata,
    _org_id(),
    Column("at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    Column("request_id", Text, nullable=False),
    Column("method", Text, nullable=False), Column("route", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("duration_ms", Double, nullable=False),
    Column("sent_bytes", BigInteger, nullable=False),
    Column("caller", Text, nullable=False),
    PrimaryKeyConstraint("org_id", "at", "request_id"),
    _of_org(),
)  # fmt: skip

audit_log = Table(
    "audit_log", metadata,
    _org_id(),
    Column("id", BigInteger, Identity(always=True), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", JSONB, nullable=False, server_default=_EMPTY_OBJECT),
    PrimaryKeyConstraint("org_id", "id"),
    _of_org(),
)  # fmt: skip

audit_chain = Table(
    "audit_chain", metadata,
    _org_id(),
    Column("seq", BigInteger, nullable=False, autoincrement=False),
    Column("audit_id", BigInteger, nullable=False),
    Column("row_sha256", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    PrimaryKeyConstraint("org_id", "seq"),
    UniqueConstraint("org_id", "audit_id"),
    _of_org(),
)  # fmt: skip

tombstones = Table(
    "tombstones", metadata,
    _org_id(),
    Column("erased_at", DateTime(timezone=True), nullable=False, server_default=_NOW),
    Column("counts", JSONB, nullable=False),
    Column("chain_seq", BigInteger),
    Column("chain_sha256", Text),
    Column("unfinished", Text),
    PrimaryKeyConstraint("org_id", "erased_at"),
    Index("tombstones_unfinished_idx", "unfinished", postgresql_where=text("unfinished IS NOT NULL")),
)  # fmt: skip

erased_audit = Table(
    "erased_audit", metadata,
    _org_id(),
    Column("erased_at", DateTime(timezone=True), nullable=False),
    Column("seq", BigInteger, nullable=False, autoincrement=False),
    Column("at", DateTime(timezone=True)),
    Column("action", Text),
    Column("row_sha256", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    PrimaryKeyConstraint("org_id", "erased_at", "seq"),
    ForeignKeyConstraint(["org_id", "erased_at"], ["tombstones.org_id", "tombstones.erased_at"]),
)  # fmt: skip

inference_calls = Table(
    "inference_calls", metadata,
    _org_id(),
    Column("call_id", _ID, nullable=False),
    Column("project_id", Text),
    Column("task", Text, nullable=False),
    Column("level", Text),
    Column("requested_model", Text),
    Column("served_model", Text),
    Column("provider", Text),
    _count("tokens_in"), _count("tokens_out"), _count("tokens_cached"), _count("tokens_reasoning"),
    _count("cost_usd_micros"),
    _count("latency_ms"),
    Column("input_sha256", Text),
    Column("cache_state", Text),
    Column("attempt", Integer, nullable=False, server_default=text("1")),
    Column("outcome", Text, nullable=False),
    Column("error_kind", Text),
    Column("trace_id", Text),
    _created_at(),
    Column("cost_source", Text, nullable=False, server_default=text("'none'::text")),
    _count("saved_usd_micros"),
    Column("request_id", Text),
    Column("day", Date, nullable=False, server_default=text("((now() AT TIME ZONE 'UTC'::text))::date")),
    Column("key_id", Text),
    PrimaryKeyConstraint("org_id", "call_id"),
    _of_org(),
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
        _org_id(),
        Column("id", Text, nullable=False),
        Column("version", Integer, nullable=False),
        Column("name", Text, nullable=False),
        Column("visibility", Text, nullable=False, server_default=text("'shared'::text")),
        Column("made_by", Text, nullable=False, server_default=_EMPTY),
        Column("body", JSONB, nullable=False),
        _created_at(), _at("deleted_at"),
        Column("seq", BigInteger, Identity(always=True), nullable=False),
        PrimaryKeyConstraint("org_id", "id", "version"),
        _of_org(),
        Index(f"{name}_newest_idx", "org_id", "seq", postgresql_where=text("deleted_at IS NULL")),
        Index(
            f"{name}_public_idx", "id", postgresql_where=text("visibility = 'public' AND deleted_at IS NULL")
        ),
    )  # fmt: skip


prompt_schemas = _kept_by_org("prompt_schemas")
prompt_templates = _kept_by_org("prompt_templates")

prompt_reviews = Table(
    "prompt_reviews", metadata,
    _org_id(),
    Column("review_id", _ID, nullable=False),
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
    _at("decided_at"), _created_at(),
    Column("seq", BigInteger, Identity(always=True), nullable=False),
    PrimaryKeyConstraint("org_id", "review_id"),
    _of_org(),
    Index("prompt_reviews_newest_idx", "org_id", "seq"),
    Index(
        "prompt_reviews_examples_idx", "org_id", "template_id", "seq", postgresql_where=text("status = 'corrected'")
    ),
)  # fmt: skip

webhooks = Table(
    "webhooks", metadata,
    _org_id(),
    Column("webhook_id", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("name", Text, nullable=False, server_default=_EMPTY),
    Column("secret_number", Integer, nullable=False, server_default=text("1")),
    Column("secret_check", Text, nullable=False),
    _at("old_secret_until"),
    Column("is_thin", Boolean, nullable=False, server_default=text("false")),
    Column("hears_all", Boolean, nullable=False, server_default=text("false")),
    _at("disabled_at"),
    Column("disabled_reason", Text),
    _at("removed_at"), _created_at(),
    Column("seq", BigInteger, Identity(always=True), nullable=False),
    PrimaryKeyConstraint("org_id", "webhook_id"),
    _of_org(),
    Index("webhooks_url_idx", "org_id", "url", unique=True, postgresql_where=text("removed_at IS NULL")),
)  # fmt: skip

webhook_deliveries = Table(
    "webhook_deliveries", metadata,
    _org_id(),
    Column("delivery_id", _ID, nullable=False, server_default=text("gen_random_uuid()")),
    Column("webhook_id", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("job_id", _ID),
    Column("status", Text, nullable=False, server_default=text("'waiting'::text")),
    Column("attempts", Integer, nullable=False, server_default=_ZERO),
    _at("next_at"),
    Column(
        "give_up_at", DateTime(timezone=True), nullable=False, server_default=text("(now() + '24:00:00'::interval)")
    ),
    Column("answer_status", Integer),
    Column("failure", Text),
    _created_at(), _at("ended_at"),
    Column("seq", BigInteger, Identity(always=True), nullable=False),
    PrimaryKeyConstraint("org_id", "delivery_id"),
    _of_org(),
    ForeignKeyConstraint(
        ["org_id", "webhook_id"], ["webhooks.org_id", "webhooks.webhook_id"], ondelete="CASCADE"
    ),
    Index("webhook_deliveries_due_idx", "next_at", postgresql_where=text("status = 'waiting'")),
    Index("webhook_deliveries_newest_idx", "org_id", "webhook_id", "seq"),
    Index("webhook_deliveries_ended_idx", "ended_at", postgresql_where=text("status <> 'waiting'")),
)  # fmt: skip

kept_answers = Table(
    "kept_answers", metadata,
    _org_id(),
    Column("idempotency_key", Text, nullable=False),
    Column("claim_id", _ID, nullable=False),
    Column("ends_at", DateTime(timezone=True), nullable=False),
    Column("request_sha256", Text),
    Column("request_bytes", BigInteger),
    Column("status", Integer),
    Column("headers", JSONB, nullable=False, server_default=_EMPTY_OBJECT),
    Column("body", Text),
    _created_at(),
    PrimaryKeyConstraint("org_id", "idempotency_key"),
    _of_org(),
    Index("kept_answers_ends_idx", "ends_at"),
)  # fmt: skip
