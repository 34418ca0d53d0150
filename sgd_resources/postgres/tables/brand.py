"""What an org has about its brand: files, documents, canons, and what people said of them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from sgd_resources.postgres.tables.columns import (
    EMPTY,
    EMPTY_OBJECT,
    ID,
    NOW,
    ZERO,
    at,
    created_at,
    metadata,
    of_org,
    org_id,
)

orgs = Table(
    "orgs", metadata,
    Column("org_id", Text, primary_key=True),
    Column("name", Text, nullable=False, server_default=EMPTY),
    created_at(),
    Column("external_id", Text),
)  # fmt: skip

evidence = Table(
    "evidence", metadata,
    org_id(),
    Column("evidence_sha256", Text, nullable=False),
    Column("source_sha256", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("key", Text, nullable=False),
    Column("av", Text, nullable=False, server_default=text("'not_scanned'::text")),
    Column("av_engine", Text),
    Column("av_rules", Text),
    created_at(),
    at("removed_at"),
    Column("removed_reason", Text),
    at("purged_at"),
    PrimaryKeyConstraint("org_id", "evidence_sha256"),
    of_org(),
    Index("evidence_source_idx", "org_id", "source_sha256"),
    Index(
        "evidence_to_purge_idx", "org_id",
        postgresql_where=text("removed_at IS NOT NULL AND purged_at IS NULL"),
    ),
)  # fmt: skip

uploads = Table(
    "uploads", metadata,
    org_id(),
    Column("upload_id", ID, nullable=False),
    Column("project_id", Text),
    Column("file_name", Text, nullable=False),
    Column("declared_type", Text),
    Column("size_bytes", BigInteger, nullable=False),
    Column("source_sha256", Text),
    Column("key", Text, nullable=False),
    Column("status", Text, nullable=False, server_default=text("'quarantined'::text")),
    Column("verdict", Text),
    Column("reason", Text),
    Column("details", JSONB, nullable=False, server_default=EMPTY_OBJECT),
    Column("evidence_sha256", Text),
    Column("attempts", Integer, nullable=False, server_default=ZERO),
    created_at(), at("processed_at"), at("retry_after"),
    Column("seq", BigInteger, Identity(always=True), nullable=False),
    Column("dropped_key", Text),
    Column("dropped_state", Text),
    Column("judged_by", Text, nullable=False, server_default=EMPTY),
    at("withdrawn_at"),
    PrimaryKeyConstraint("org_id", "upload_id"),
    UniqueConstraint("org_id", "key"),
    of_org(),
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
    org_id(),
    Column("evidence_sha256", Text, nullable=False),
    Column("parser", Text, nullable=False),
    Column("parser_version", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("counts", JSONB, nullable=False, server_default=EMPTY_OBJECT),
    created_at(),
    PrimaryKeyConstraint("org_id", "evidence_sha256", "parser", "parser_version"),
    of_org(),
    ForeignKeyConstraint(["org_id", "evidence_sha256"], ["evidence.org_id", "evidence.evidence_sha256"]),
)  # fmt: skip

canon_versions = Table(
    "canon_versions", metadata,
    org_id(),
    Column("version", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("palette", ARRAY(Text), nullable=False),
    Column("fonts", ARRAY(Text), nullable=False),
    Column("is_current", Boolean, nullable=False, server_default=text("false")),
    Column("previous_version", Text),
    created_at(),
    Column("seq", BigInteger, Identity(always=True), nullable=False),
    Column("is_draft", Boolean, nullable=False, server_default=text("false")),
    PrimaryKeyConstraint("org_id", "version"),
    of_org(),
    Index("canon_versions_current_idx", "org_id", unique=True, postgresql_where=text("is_current")),
)  # fmt: skip

ingest_claims = Table(
    "ingest_claims", metadata,
    org_id(),
    Column("claim", ID, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("org_id", "claim"),
    of_org(),
    Index("ingest_claims_claim_idx", "claim"),
)  # fmt: skip

content_overrides = Table(
    "content_overrides", metadata,
    Column("org_id", Text, primary_key=True),
    Column("document", JSONB, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=NOW),
    of_org(),
)  # fmt: skip

canon_statements = Table(
    "canon_statements", metadata,
    org_id(),
    Column("audit_entry", BigInteger, nullable=False),
    Column("fact_id", Text, nullable=False), Column("verb", Text, nullable=False),
    Column("kind", Text, nullable=False), Column("value", Text, nullable=False),
    Column("role", Text), Column("name", Text),
    Column("new_kind", Text), Column("new_value", Text), Column("new_role", Text),
    Column("reason", Text, nullable=False), Column("subject", Text, nullable=False),
    Column("evidence_sha256s", ARRAY(Text), nullable=False, server_default="{}"),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=NOW),
    Column("withdrawn_at", DateTime(timezone=True)),
    PrimaryKeyConstraint("org_id", "audit_entry"),
    of_org(),
    Index("canon_statements_standing", "org_id", "fact_id", unique=True, postgresql_where=text("withdrawn_at IS NULL")),
)  # fmt: skip
