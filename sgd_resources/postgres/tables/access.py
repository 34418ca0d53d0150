"""Who may ask, how much, what was asked, and what is told of it afterwards."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Double,
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

from sgd_resources.postgres.tables.columns import EMPTY, EMPTY_OBJECT, NOW, at, created_at, metadata, of_org, org_id

api_keys = Table(
    "api_keys", metadata,
    org_id(),
    Column("key_id", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("key_sha256", Text, nullable=False),
    Column("label", Text, nullable=False, server_default=EMPTY),
    created_at(), at("revoked_at"), at("last_used_at"),
    Column("team", Text, nullable=False, server_default=EMPTY),
    Column("scopes", ARRAY(Text)),
    at("expires_at"),
    Column("per_min", Integer), Column("per_hour", Integer),
    Column("lineage", Text), Column("made_under", Text),
    PrimaryKeyConstraint("org_id", "key_id"),
    UniqueConstraint("org_id", "key_sha256"),
    ForeignKeyConstraint(["org_id", "lineage"], ["api_keys.org_id", "api_keys.key_id"]),
    ForeignKeyConstraint(["org_id", "made_under"], ["api_keys.org_id", "api_keys.key_id"]),
    of_org(),
    Index("api_keys_key_sha256_idx", "key_sha256"),
)  # fmt: skip

org_caps = Table(
    "org_caps", metadata,
    Column("org_id", Text, primary_key=True),
    Column("day_usd_micros", BigInteger), Column("month_usd_micros", BigInteger),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=NOW),
    of_org(),
)  # fmt: skip

part_caps = Table(
    "part_caps", metadata,
    org_id(),
    Column("kind", Text, nullable=False), Column("name", Text, nullable=False),
    Column("day_usd_micros", BigInteger), Column("month_usd_micros", BigInteger),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=NOW),
    PrimaryKeyConstraint("org_id", "kind", "name"),
    of_org(),
)  # fmt: skip

request_log = Table(
    "request_log", metadata,
    org_id(),
    Column("at", DateTime(timezone=True), nullable=False, server_default=NOW),
    Column("request_id", Text, nullable=False),
    Column("method", Text, nullable=False), Column("route", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("duration_ms", Double, nullable=False),
    Column("sent_bytes", BigInteger, nullable=False),
    Column("caller", Text, nullable=False),
    PrimaryKeyConstraint("org_id", "at", "request_id"),
    of_org(),
)  # fmt: skip

audit_log = Table(
    "audit_log", metadata,
    org_id(),
    Column("id", BigInteger, Identity(always=True), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=NOW),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", JSONB, nullable=False, server_default=EMPTY_OBJECT),
    PrimaryKeyConstraint("org_id", "id"),
    of_org(),
)  # fmt: skip

audit_chain = Table(
    "audit_chain", metadata,
    org_id(),
    Column("seq", BigInteger, nullable=False, autoincrement=False),
    Column("audit_id", BigInteger, nullable=False),
    Column("row_sha256", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    PrimaryKeyConstraint("org_id", "seq"),
    UniqueConstraint("org_id", "audit_id"),
    of_org(),
)  # fmt: skip

tombstones = Table(
    "tombstones", metadata,
    org_id(),
    Column("erased_at", DateTime(timezone=True), nullable=False, server_default=NOW),
    Column("counts", JSONB, nullable=False),
    Column("chain_seq", BigInteger),
    Column("chain_sha256", Text),
    Column("unfinished", Text),
    PrimaryKeyConstraint("org_id", "erased_at"),
    Index("tombstones_unfinished_idx", "unfinished", postgresql_where=text("unfinished IS NOT NULL")),
)  # fmt: skip

erased_audit = Table(
    "erased_audit", metadata,
    org_id(),
    Column("erased_at", DateTime(timezone=True), nullable=False),
    Column("seq", BigInteger, nullable=False, autoincrement=False),
    Column("at", DateTime(timezone=True)),
    Column("action", Text),
    Column("row_sha256", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    PrimaryKeyConstraint("org_id", "erased_at", "seq"),
    ForeignKeyConstraint(["org_id", "erased_at"], ["tombstones.org_id", "tombstones.erased_at"]),
)  # fmt: skip
