"""What is to be told to webhooks, and what became of it: outbox and log in one table.

The row of an end is written by the database, in the transaction of that end (`tell_webhooks`). Its `message_id` stays
the same at every try. What must not live here: sending, or when a failed try is repeated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Interval, bindparam, case, func, insert, select, text, update

from sgd_resources.errors import Conflict
from sgd_resources.postgres.shape import all_of, columns_of, known_uuid, newest_first, one_of
from sgd_resources.postgres.tables.work import webhook_deliveries as table

LOG_KEPT = timedelta(days=30)
"""What has ended is then forgotten; long enough to look into a month's bill, short enough for a small table."""
GIVEN_UP_AFTER = timedelta(hours=24)
TEST_EVENT = "webhook.test"

_CLAIM = text("SELECT * FROM directory_claim_deliveries(:hold, :most, :most_per_webhook, :busy)")
_FORGET = text("SELECT directory_forget_deliveries(:older_than)")


@dataclass(frozen=True)
class Delivery:
    """One message to one address.

    Attributes:
        status: waiting, delivered, or given_up.
        attempts: tries so far; of a message that was asked for again, since then.
        next_at: of the next try; while one is under way, when it is believed to be dead.
        answer_status: of HTTP, at the last try; None without an answer.
        failure: why the last try failed.
    """

    delivery_id: str
    webhook_id: str
    message_id: str
    event: str
    job_id: str | None
    status: str
    attempts: int
    next_at: datetime | None
    give_up_at: datetime
    answer_status: int | None
    failure: str | None
    created_at: datetime
    ended_at: datetime | None
    seq: int


@dataclass(frozen=True)
class Due:
    """A delivery that this sender holds for a while."""

    org_id: str
    delivery_id: str
    webhook_id: str


@dataclass(frozen=True)
class Tried:
    """One try and what became of it.

    Attributes:
        delivery: as it was before the try.
        event: that was told.
        failure: empty when it was taken.
        answer_status: of HTTP; None without an answer.
        pause: until the next try, when it was not taken; None: there is none.
    """

    delivery: Delivery
    event: str
    failure: str
    answer_status: int | None
    pause: timedelta | None = None


_THIS = (table.c.delivery_id == bindparam("this_id"), table.c.status == "waiting")
_TRIED: dict[str, Any] = {
    "event": bindparam("told"),
    "answer_status": bindparam("answer"),
    "attempts": bindparam("tries"),
}
_TAKEN = (
    update(table)
    .where(*_THIS)
    .values(**_TRIED, status="delivered", next_at=None, failure=None, ended_at=func.clock_timestamp())
)
_LATER = func.clock_timestamp() + bindparam("pause", type_=Interval)
# Without a pause the comparison is of nothing, which is not true: it is given up.
_IN_TIME = table.c.give_up_at >= _LATER
_NOT_TAKEN = (
    update(table)
    .where(*_THIS)
    .values(
        **_TRIED,
        failure=bindparam("why"),
        status=case((_IN_TIME, "waiting"), else_="given_up"),
        next_at=case((_IN_TIME, _LATER), else_=None),
        ended_at=case((_IN_TIME, None), else_=func.clock_timestamp()),
    )
)


def claim_due(
    connection: Connection, *, hold: timedelta, limit: int, per_webhook: int, busy: Sequence[str] = ()
) -> list[Due]:
    """Deliveries of any org that are due, on a connection without an org; nobody else gets them during the hold.

    Args:
        connection: see above.
        hold: longer than a try takes; then a delivery that nothing was noted of is due again.
        limit: at most so many.
        per_webhook: of one address at most so many.
        busy: addresses that get nothing now.
    """
    values = {"hold": hold, "most": limit, "most_per_webhook": per_webhook, "busy": list(busy)}
    return [Due(row.org_id, str(row.delivery_id), row.webhook_id) for row in connection.execute(_CLAIM, values)]


def get_delivery(connection: Connection, org_id: str, delivery_id: str, *, webhook_id: str | None = None) -> Delivery:
    """One delivery, of this address when one is named. Raises NotFound, for another org's too."""
    which = _same(org_id, delivery_id)
    if webhook_id is not None:
        which = (*which, table.c.webhook_id == webhook_id)
    query = select(*columns_of(table, Delivery)).where(*which)
    return one_of(Delivery, connection.execute(query).one_or_none(), "delivery")


def list_deliveries(
    connection: Connection,
    org_id: str,
    webhook_id: str,
    *,
    limit: int,
    status: str | None = None,
    before_seq: int | None = None,
) -> list[Delivery]:
    """The log of one address, newest first, those made before `before_seq`."""
    which = [table.c.org_id == org_id, table.c.webhook_id == webhook_id]
    if status is not None:
        which.append(table.c.status == status)
    query = select(*columns_of(table, Delivery)).where(*which)
    return all_of(Delivery, connection.execute(newest_first(query, table.c.seq, before=before_seq, limit=limit)))


def ask_for_test(connection: Connection, org_id: str, webhook_id: str) -> Delivery:
    """A message that tells of no job, to be sent like any other."""
    row = {
        "org_id": org_id, "webhook_id": webhook_id, "message_id": f"msg_{uuid4().hex}", "event": TEST_EVENT,
        "next_at": func.now(),
    }  # fmt: skip
    return Delivery(*connection.execute(insert(table).values(row).returning(*columns_of(table, Delivery))).one())


def ask_again(connection: Connection, org_id: str, delivery: Delivery) -> Delivery:
    """Have an ended delivery sent again, with the id that it had. Raises Conflict: it has not ended."""
    values = {
        "status": "waiting", "attempts": 0, "next_at": func.now(), "give_up_at": func.now() + GIVEN_UP_AFTER,
        "ended_at": None,
    }  # fmt: skip
    again = update(table).where(*_same(org_id, delivery.delivery_id), table.c.status != "waiting").values(values)
    row = connection.execute(again.returning(*columns_of(table, Delivery))).one_or_none()
    if row is None:
        raise Conflict("it has not ended yet", details={"delivery_id": delivery.delivery_id})
    return Delivery(*row)


def held_deliveries(connection: Connection, org_id: str, delivery_ids: Sequence[str]) -> list[Delivery]:
    """Those of them that still wait, oldest first; what has ended meanwhile is not among them."""
    which = (table.c.org_id == org_id, table.c.delivery_id.in_(delivery_ids), table.c.status == "waiting")
    return all_of(
        Delivery, connection.execute(select(*columns_of(table, Delivery)).where(*which).order_by(table.c.seq))
    )


def note_tried(connection: Connection, org_id: str, tries: Sequence[Tried]) -> None:
    """Write down what became of these tries, one per delivery; what ended meanwhile stays as it ended."""
    rows = [
        {
            "this_id": known_uuid(tried.delivery.delivery_id, "delivery"),
            "told": tried.event,
            "why": tried.failure or None,
            "answer": tried.answer_status,
            "tries": tried.delivery.attempts + 1,
            "pause": tried.pause,
        }
        for tried in tries
    ]
    for statement, chosen in (
        (_TAKEN, [row for row in rows if row["why"] is None]),
        (_NOT_TAKEN, [row for row in rows if row["why"] is not None]),
    ):
        if chosen:
            connection.execute(statement.where(table.c.org_id == org_id), chosen)


def let_go(connection: Connection, org_id: str, delivery_ids: Sequence[str]) -> None:
    """Held and not tried: due again now, for whoever comes first."""
    which = (table.c.org_id == org_id, table.c.delivery_id.in_(delivery_ids), table.c.status == "waiting")
    connection.execute(update(table).where(*which).values(next_at=func.clock_timestamp()))


def note_not_tried(connection: Connection, org_id: str, delivery: Delivery, *, reason: str) -> None:
    """Its address wants nothing any more."""
    values = {"status": "given_up", "failure": reason, "next_at": None, "ended_at": func.now()}
    _note(connection, org_id, delivery, values)


def forget_old(connection: Connection) -> int:
    """How many ended deliveries of any org were forgotten, on a connection without an org."""
    return int(connection.execute(_FORGET, {"older_than": LOG_KEPT}).scalar_one())


def _note(connection: Connection, org_id: str, delivery: Delivery, values: dict[str, Any]) -> None:
    connection.execute(update(table).where(*_waiting(org_id, delivery)).values(values))


def _waiting(org_id: str, delivery: Delivery) -> tuple[Any, ...]:
    """Not what was given up or delivered meanwhile: a removal stays a removal."""
    return (*_same(org_id, delivery.delivery_id), table.c.status == "waiting")


def _same(org_id: str, delivery_id: str) -> tuple[Any, ...]:
    return table.c.org_id == org_id, table.c.delivery_id == known_uuid(delivery_id, "delivery")
