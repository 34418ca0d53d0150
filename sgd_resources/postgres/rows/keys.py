"""API keys: made once, stored as a hash, looked up without knowing the org.

The secret is 256 random bits, so a plain SHA-256 is enough: there is nothing to guess. What must not live here: what a
key may do.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, or_, select, text, update

from sgd_resources.errors import NotFound, Unauthorized
from sgd_resources.identity.principal import MakerLimits
from sgd_resources.postgres.rows.whole.caps import copy_part_caps
from sgd_resources.postgres.shape import all_of, columns_of, one_of
from sgd_resources.postgres.tables.access import api_keys

MARK = "sgd_"
SECRET_BYTES = 32
PREFIX_CHARACTERS = 12
COMMAND_LINE_LABEL = "command line"
"""Of the keys that commands make for themselves and revoke at their end."""


@dataclass(frozen=True)
class CreatedKey:
    """A new key; the plaintext exists only here."""

    key_id: str
    prefix: str
    plaintext: str


@dataclass(frozen=True)
class KeyRights:
    """What a new key may do, how often, and until when.

    Attributes:
        scopes: None: those that the access policy gives to keys.
        expires_at: UTC; None: until it is revoked.
        per_min: requests in any minute, per_hour: in any hour; None: what the settings say.
        made_under: the key with limits of its own whose windows it spends of too, since that made it.
    """

    team: str = ""
    scopes: tuple[str, ...] | None = None
    expires_at: datetime | None = None
    per_min: int | None = None
    per_hour: int | None = None
    made_under: str | None = None


@dataclass(frozen=True)
class KeyIdentity:
    """Whose key it is, and what was given to it.

    Attributes:
        lineage: the first of the keys that it and others before it replaced; None: it replaced none.
        maker: whose windows it spends of too.
    """

    org_id: str
    key_id: str
    scopes: tuple[str, ...] | None = None
    per_min: int | None = None
    per_hour: int | None = None
    lineage: str | None = None
    maker: MakerLimits | None = None


@dataclass(frozen=True)
class ApiKey:
    """What is kept of a key."""

    key_id: str
    prefix: str
    label: str
    team: str
    scopes: tuple[str, ...] | None
    per_min: int | None
    per_hour: int | None
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None
    lineage: str | None
    made_under: str | None

    @property
    def line(self) -> str:
        """The first of the keys that replaced each other up to this one."""
        return self.lineage or self.key_id


def create_key(
    connection: Connection,
    org_id: str,
    *,
    label: str = "",
    rights: KeyRights = KeyRights(),
    lineage: str | None = None,
) -> CreatedKey:
    """A new key of an existing org, its plaintext for the one and only time.

    Args:
        connection: inside a transaction of the org.
        org_id: whose.
        label: what it is for.
        rights: what it may do.
        lineage: the first of the keys that it replaces.

    Raises:
        NotFound: there is no such org.
    """
    plaintext = MARK + secrets.token_urlsafe(SECRET_BYTES)
    created = CreatedKey(f"key_{secrets.token_hex(8)}", plaintext[:PREFIX_CHARACTERS], plaintext)
    row = {"org_id": org_id, "key_id": created.key_id, "prefix": created.prefix, "label": label,
           "lineage": lineage}  # fmt: skip
    given = {**vars(rights), "scopes": None if rights.scopes is None else list(rights.scopes)}
    connection.execute(insert(api_keys).values(**row, **given, key_sha256=_sha256(plaintext)))
    return created


_AUTHENTICATE = text(
    "SELECT org_id, key_id, scopes, is_expired, per_min, per_hour, lineage, made_under, under_per_min, under_per_hour"
    " FROM directory_authenticate(:sha256)"
)


def authenticate(directory: Connection, plaintext: str) -> KeyIdentity:
    """The org and key behind a plaintext; notes the use, to the minute.

    Call inside `Database.directory_statement()`, or `directory()`.

    Raises:
        Unauthorized: unknown, revoked or expired.
    """
    row = directory.execute(_AUTHENTICATE, {"sha256": _sha256(plaintext)}).one_or_none()
    if row is None:
        raise Unauthorized("the API key is unknown or revoked")
    if row.is_expired:
        raise Unauthorized("the API key has expired")
    scopes = None if row.scopes is None else tuple(row.scopes)
    under = row.made_under
    maker = None if under is None else MakerLimits(f"key:{under}", row.under_per_min, row.under_per_hour)
    return KeyIdentity(row.org_id, row.key_id, scopes, row.per_min, row.per_hour, row.lineage, maker)


def rotate_key(connection: Connection, org_id: str, key_id: str, *, old_until: datetime) -> CreatedKey:
    """A new key with the rights of an old one, which ends at the given time if it does not end before.

    Both spend of the same windows and budgets, so that a grace gives nobody more.

    Raises:
        NotFound: no such key that still works.
    """
    mine = (api_keys.c.org_id == org_id, api_keys.c.key_id == key_id)
    works = (api_keys.c.revoked_at.is_(None), or_(api_keys.c.expires_at.is_(None), api_keys.c.expires_at > func.now()))
    row = connection.execute(select(*columns_of(api_keys, ApiKey)).where(*mine, *works).with_for_update()).one_or_none()
    old = one_of(ApiKey, row, "key")
    scopes = None if old.scopes is None else tuple(old.scopes)
    rights = KeyRights(old.team, scopes, old.expires_at, old.per_min, old.per_hour, old.made_under)
    created = create_key(connection, org_id, label=old.label, rights=rights, lineage=old.line)
    copy_part_caps(connection, org_id, ("key", key_id), ("key", created.key_id))
    ends = func.least(func.coalesce(api_keys.c.expires_at, old_until), old_until)
    connection.execute(update(api_keys).where(*mine).values(expires_at=ends))
    return created


def revoke_key(connection: Connection, org_id: str, key_id: str) -> None:
    """The key stops working at once. Revoking twice keeps the first time. Raises NotFound."""
    mine = (api_keys.c.org_id == org_id, api_keys.c.key_id == key_id)
    revoked_at = func.coalesce(api_keys.c.revoked_at, func.now())
    if connection.execute(update(api_keys).where(*mine).values(revoked_at=revoked_at)).rowcount != 1:
        raise NotFound("no such key")


def list_keys(connection: Connection, org_id: str) -> list[ApiKey]:
    """The org's keys, oldest first, revoked ones too."""
    query = select(*columns_of(api_keys, ApiKey)).where(api_keys.c.org_id == org_id)
    return all_of(ApiKey, connection.execute(query.order_by(api_keys.c.created_at, api_keys.c.key_id)))


def _sha256(plaintext: str) -> str:
    return hashlib.sha256(plaintext.encode("utf-8", "surrogatepass")).hexdigest()
