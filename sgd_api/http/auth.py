"""Who calls: an API key names the org, and nothing else does.

`Authorization: Bearer sgd_...` or `X-API-Key: sgd_...`. Headers that name an org or a user are never read. What must
not live here: making keys (`sgd_resources/postgres/rows/keys.py`), or deciding how much a caller may do
(`rate_limits.py`).
"""

import re
from dataclasses import dataclass

from starlette.datastructures import Headers

from sgd_resources.errors import Unauthorized
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys

_KEY = re.compile(r"sgd_[A-Za-z0-9_-]{16,200}")
_MISSING = "send an API key as 'Authorization: Bearer sgd_...' or 'X-API-Key: sgd_...'"
_UNKNOWN = "this API key is unknown or revoked"


@dataclass(frozen=True)
class Caller:
    """A verified caller. `org_id` comes from the key's row and is the only source of the org in a request."""

    org_id: str
    key_id: str


def presented_key(headers: Headers) -> str:
    """The one API key of a request.

    Raises:
        Unauthorized: none, several that differ, or something that cannot be a key of ours.
    """
    found: set[str] = set(headers.getlist("x-api-key"))
    for value in headers.getlist("authorization"):
        scheme, _, credential = value.partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthorized(_MISSING)
        found.add(credential.strip())
    if not found:
        raise Unauthorized(_MISSING)
    key = found.pop()
    if found or not _KEY.fullmatch(key):
        raise Unauthorized(_UNKNOWN)
    return key


def authenticate(database: Database, headers: Headers) -> Caller:
    """The caller behind a request's key; asked of the database each time, so that a revoked key ends at once.

    Raises:
        Unauthorized: no usable key. Unavailable: the database is away; retry.
    """
    key = presented_key(headers)
    with database.directory() as connection:
        identity = keys.authenticate(connection, key)
    return Caller(identity.org_id, identity.key_id)
