"""The HTTP bodies of API keys.

What must not live here: which scopes exist (`sgd_resources/identity/access_policy.py`).
"""

from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field

from sgd_api.http.bodies.base import Body, Timestamp
from sgd_api.http.once.shown_once import ShownOnce
from sgd_resources.errors import ValidationFailed
from sgd_resources.identity.access_policy import KNOWN_SCOPES
from sgd_resources.postgres.rows.keys import ApiKey


def _known(scope: str) -> str:
    if scope not in KNOWN_SCOPES:
        raise ValueError(f"there is no scope {scope!r}")
    return scope


Scope = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": list(KNOWN_SCOPES)})]
_MOST_PER_MIN, _MOST_PER_HOUR = 100_000, 1_000_000


class ApiKeyRequest(Body):
    """Body of `POST /v1/keys`."""

    name: str = Field(min_length=1, max_length=100, description="what the key is for")
    team: str = Field(default="", max_length=100)
    scopes: tuple[Scope, ...] | None = Field(
        default=None, min_length=1, max_length=50, description="absent: those that the access policy gives to keys"
    )
    expires_at: Timestamp | None = Field(
        default=None, description="absent: it works until it is revoked, or as long as the key that makes it"
    )
    per_min: int | None = Field(default=None, ge=1, le=_MOST_PER_MIN, description="requests in any minute")
    per_hour: int | None = Field(default=None, ge=1, le=_MOST_PER_HOUR, description="requests in any hour")

    @property
    def ends_at(self) -> datetime | None:
        """The end of the key, UTC.

        Raises:
            ValidationFailed: it lies in the past.
        """
        if self.expires_at is None:
            return None
        found = datetime.fromisoformat(self.expires_at).astimezone(UTC)
        if found <= datetime.now(UTC):
            fault = {"path": "$.expires_at", "message": "lies in the past"}
            raise ValidationFailed("$.expires_at: lies in the past", details={"errors": [fault]})
        return found


class KeyRotation(Body):
    """Body of `POST /v1/keys/{key_id}/rotate`."""

    grace_s: int = Field(default=86_400, ge=0, le=2_592_000, description="seconds that the old key works on")


class CreatedApiKey(Body):
    """A new key. `key` is never shown again, not even where an Idempotency-Key gives this answer anew."""

    key_id: str
    prefix: str
    key: Annotated[str | None, ShownOnce()] = Field(default=None, description="absent in a replay")


class ApiKeyEntry(Body):
    """What is kept of a key."""

    key_id: str
    prefix: str
    name: str
    team: str
    scopes: tuple[str, ...] | None = None
    per_min: int | None = None
    per_hour: int | None = None
    created_at: Timestamp
    last_used_at: Timestamp | None = None
    expires_at: Timestamp | None = None
    revoked_at: Timestamp | None = None

    @classmethod
    def of(cls, key: ApiKey) -> Self:
        """From its row."""
        scopes = None if key.scopes is None else tuple(key.scopes)
        times = {name: _told(getattr(key, name)) for name in ("last_used_at", "expires_at", "revoked_at")}
        return cls(
            key_id=key.key_id, prefix=key.prefix, name=key.label, team=key.team, scopes=scopes, per_min=key.per_min,
            per_hour=key.per_hour, created_at=key.created_at.isoformat(), **times,
        )  # fmt: skip


class ApiKeyList(Body):
    """Answer of `GET /v1/keys`."""

    keys: tuple[ApiKeyEntry, ...]


def _told(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
