"""Addresses of an org that are told when its jobs have ended.

No secret is here: `secret_number` says which one is valid now (`sgd_resources/webhooks/secrets.py`), and until
`old_secret_until` the one before it is valid as well. What must not live here: what is told to them
(`deliveries.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from sgd_resources.errors import Conflict
from sgd_resources.postgres.shape import all_of, columns_of, one_of
from sgd_resources.postgres.tables.work import webhook_deliveries
from sgd_resources.postgres.tables.work import webhooks as table

MOST_OF_AN_ORG = 200
"""Whoever gives each job an address of its own finds out before the table does: jobs are told apart by their id."""
REMOVED = "the webhook was removed"

SecretCheck = Callable[[str, int], str]
"""Of the id and the number of a secret: its check value."""


@dataclass(frozen=True)
class Webhook:
    """One address."""

    webhook_id: str
    url: str
    name: str
    secret_number: int
    secret_check: str
    old_secret_until: datetime | None
    is_thin: bool
    hears_all: bool
    disabled_at: datetime | None
    disabled_reason: str | None
    removed_at: datetime | None
    created_at: datetime
    seq: int


def create_webhook(
    connection: Connection,
    org_id: str,
    *,
    url: str,
    check: SecretCheck,
    name: str = "",
    is_thin: bool = False,
    hears_all: bool = True,
) -> Webhook:
    """An address that is told from now on.

    Args:
        connection: of a transaction of the org.
        org_id: whose.
        url: checked before.
        check: gives the check value of its first secret.
        name: what it is for.
        is_thin: it gets the ids only, and asks for the rest.
        hears_all: of every job of the org; otherwise only of those that name it.

    Raises:
        Conflict: the org has this address already, or as many as it may have.
    """
    made = _insert(connection, org_id, url=url, check=check, name=name, is_thin=is_thin, hears_all=hears_all)
    if made is None:
        raise Conflict("this address is a webhook of the org already", details={"url": url})
    return made


def webhook_of_url(connection: Connection, org_id: str, url: str, *, check: SecretCheck) -> str:
    """Id of the org's webhook at this address; one that hears of the jobs that name it is made where there is none.

    Raises:
        Conflict: it is disabled, or the org has as many as it may have.
    """
    made = _insert(connection, org_id, url=url, check=check, name="", is_thin=False, hears_all=False)
    if made is not None:
        return made.webhook_id
    same = (table.c.org_id == org_id, table.c.url == url, table.c.removed_at.is_(None))
    found = Webhook(*connection.execute(select(*columns_of(table, Webhook)).where(*same)).one())
    if found.disabled_at is not None:
        raise Conflict(
            "this webhook is disabled; enable it first",
            details={"webhook_id": found.webhook_id, "reason": found.disabled_reason},
        )
    return found.webhook_id


def list_webhooks(connection: Connection, org_id: str) -> list[Webhook]:
    """All that are not removed, oldest first."""
    which = (table.c.org_id == org_id, table.c.removed_at.is_(None))
    return all_of(Webhook, connection.execute(select(*columns_of(table, Webhook)).where(*which).order_by(table.c.seq)))


def get_webhook(connection: Connection, org_id: str, webhook_id: str, *, has_removed: bool = False) -> Webhook:
    """One of them. Raises NotFound, for another org's and, unless asked for, for a removed one too."""
    which = [table.c.org_id == org_id, table.c.webhook_id == webhook_id]
    if not has_removed:
        which.append(table.c.removed_at.is_(None))
    query = select(*columns_of(table, Webhook)).where(*which)
    return one_of(Webhook, connection.execute(query).one_or_none(), "webhook")


def rotate_secret(
    connection: Connection, org_id: str, webhook_id: str, *, old_until: datetime, check: SecretCheck
) -> Webhook:
    """The webhook with its next secret; the one before is valid until `old_until`. Raises NotFound."""
    now = get_webhook(connection, org_id, webhook_id)
    # The number it had is named again, so that two rotations at once do not both believe in the same new secret.
    same = (table.c.org_id == org_id, table.c.webhook_id == webhook_id, table.c.secret_number == now.secret_number)
    number = now.secret_number + 1
    values = {
        "secret_number": number, "secret_check": check(webhook_id, number), "old_secret_until": old_until,
    }  # fmt: skip
    row = connection.execute(
        update(table).where(*same).values(values).returning(*columns_of(table, Webhook))
    ).one_or_none()
    if row is None:
        raise Conflict("its secret is rotated at this moment", details={"webhook_id": webhook_id})
    return Webhook(*row)


def enable_webhook(connection: Connection, org_id: str, webhook_id: str) -> Webhook:
    """Tell it again, from now on; a repeat changes nothing. Raises NotFound."""
    get_webhook(connection, org_id, webhook_id)
    same = (table.c.org_id == org_id, table.c.webhook_id == webhook_id)
    enabled = update(table).where(*same).values(disabled_at=None, disabled_reason=None)
    return Webhook(*connection.execute(enabled.returning(*columns_of(table, Webhook))).one())


def disable_webhook(connection: Connection, org_id: str, webhook_id: str, *, reason: str) -> None:
    """Tell it nothing more, not even what waits."""
    same = (table.c.org_id == org_id, table.c.webhook_id == webhook_id, table.c.disabled_at.is_(None))
    connection.execute(update(table).where(*same).values(disabled_at=func.now(), disabled_reason=reason))
    _give_up(connection, org_id, webhook_id, reason)


def remove_webhook(connection: Connection, org_id: str, webhook_id: str) -> None:
    """Take it away with what waits for it; its log stays with the row. Raises NotFound."""
    get_webhook(connection, org_id, webhook_id)
    same = (table.c.org_id == org_id, table.c.webhook_id == webhook_id)
    connection.execute(update(table).where(*same).values(removed_at=func.now()))
    _give_up(connection, org_id, webhook_id, REMOVED)


def _give_up(connection: Connection, org_id: str, webhook_id: str, reason: str) -> None:
    deliveries = webhook_deliveries
    waiting = (
        deliveries.c.org_id == org_id, deliveries.c.webhook_id == webhook_id, deliveries.c.status == "waiting",
    )  # fmt: skip
    ended = {"status": "given_up", "next_at": None, "ended_at": func.now(), "failure": reason}
    connection.execute(update(deliveries).where(*waiting).values(ended))


def _insert(
    connection: Connection, org_id: str, *, url: str, check: SecretCheck, name: str, is_thin: bool, hears_all: bool
) -> Webhook | None:
    webhook_id = f"whk_{uuid4().hex[:16]}"
    row = {
        "org_id": org_id, "webhook_id": webhook_id, "url": url, "name": name, "secret_check": check(webhook_id, 1),
        "is_thin": is_thin, "hears_all": hears_all,
    }  # fmt: skip
    once = insert(table).values(row).on_conflict_do_nothing(
        index_elements=["org_id", "url"], index_where=text("removed_at IS NULL")
    )  # fmt: skip
    made = connection.execute(once.returning(*columns_of(table, Webhook))).one_or_none()
    if made is None:
        return None
    count = select(func.count()).where(table.c.org_id == org_id, table.c.removed_at.is_(None))
    if connection.execute(count).scalar_one() > MOST_OF_AN_ORG:
        raise Conflict("the org has as many webhooks as it may have", details={"most": MOST_OF_AN_ORG})
    return Webhook(*made)
