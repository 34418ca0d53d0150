"""API keys: made once, stored as a hash, looked up without knowing the org.

The secret is 256 random bits, so a plain SHA-256 is enough: there is nothing to guess. What must not live here: what a
key may do.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, text, update

from sgd_resources.errors import NotFound, Unauthorized
from sgd_resources.postgres.shape import all_of, columns_of
from sgd_resources.postgres.tables import api_keys

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
class KeyIdentity:
    """Whose key it is."""

    org_id: str
    key_id: str


@dataclass(frozen=True)
class ApiKey:
    """What is kept of a key."""

    key_id: str
    prefix: str
    label: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


def create_key(connection: Connection, org_id: str, *, label: str = "") -> CreatedKey:
    """A new key of an existing org, its plaintext for the one and only time. Raises NotFound without the org."""
    plaintext = MARK + secrets.token_urlsafe(SECRET_BYTES)
    created = CreatedKey(f"key_{secrets.token_hex(8)}", plaintext[:PREFIX_CHARACTERS], plaintext)
    row = {"org_id": org_id, "key_id": created.key_id, "prefix": created.prefix, "label": label}
    connection.execute(insert(api_keys).values(**row, key_sha256=_sha256(plaintext)))
    return created


def authenticate(directory: Connection, plaintext: str) -> KeyIdentity:
    """The org and key behind a plaintext; notes the use, to the minute. Call inside `Database.directory()`.

    Raises:
        Unauthorized: unknown or revoked.
    """
    row = directory.execute(
        text("SELECT org_id, key_id FROM directory_authenticate(:sha256)"), {"sha256": _sha256(plaintext)}
    ).one_or_none()
    if row is None:
        raise Unauthorized("the API key is unknown or revoked")
    return KeyIdentity(*row)


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
