"""The chain of an org's audit log: whole after any order of commits, and broken by every kind of tampering."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, create_engine, text

from sgd_resources.errors import Forbidden
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import audit, orgs
from sgd_resources.postgres.rows.proof import audit_chain

pytestmark = pytest.mark.embedded


@pytest.fixture
def acme(database: Database) -> Database:
    """An org with three rows in its log."""
    for org_id in ("acme", "globex"):
        with database.org_transaction(org_id) as connection:
            orgs.ensure_org(connection, org_id)
    for number in range(3):
        _append(database, "acme", number)
    return database


def _append(database: Database, org_id: str, number: int) -> None:
    details = {"number": number, "share": 0.10, "words": "Größe 'x' \u2028"}
    with database.org_transaction(org_id) as connection:
        audit.append(connection, org_id, actor="key:k1", action="thing.done", subject=f"s{number}", details=details)


def _verdict(database: Database, org_id: str = "acme", noted: audit_chain.Head | None = None) -> audit_chain.Verdict:
    with database.org_transaction(org_id) as connection:
        return audit_chain.verify(connection, org_id, noted=noted)


@pytest.fixture
def tamper(database: Database) -> Iterator[Connection]:
    """The schema's owner, past the app's rights but within row level security."""
    assert database.owner_url is not None
    engine = create_engine(database.owner_url)
    with engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.org_id', 'acme', false)"))
        yield connection
    engine.dispose()


def test_an_untouched_log_is_whole_and_tells_its_head(acme: Database) -> None:
    found = _verdict(acme)
    assert (found.rows, found.broken, found.head.seq) == (3, None, 3)
    assert _verdict(acme, noted=found.head).broken is None
    assert _verdict(acme, "globex").rows == 0


def test_what_is_taken_back_leaves_no_gap(acme: Database) -> None:
    with pytest.raises(RuntimeError):
        _undone(acme)
    _append(acme, "acme", 9)
    assert (_verdict(acme).rows, _verdict(acme).broken) == (4, None)


def test_writers_at_once_make_one_chain(acme: Database) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda number: _append(acme, "acme", number), range(60)))
    assert (_verdict(acme).rows, _verdict(acme).broken) == (63, None)


@pytest.mark.parametrize(
    ("statement", "seq", "why"),
    [
        ("UPDATE audit_log SET actor = 'somebody' WHERE subject = 's1'", 2, "its row was changed"),
        ("UPDATE audit_log SET details = '{}' WHERE subject = 's0'", 1, "its row was changed"),
        ("UPDATE audit_log SET at = at + interval '1 microsecond' WHERE subject = 's2'", 3, "its row was changed"),
        ("DELETE FROM audit_log WHERE subject = 's1'", 2, "its row is gone"),
        ("DELETE FROM audit_chain WHERE seq = 2", 3, "link 2 is missing"),
        (f"UPDATE audit_chain SET sha256 = '{'a' * 64}' WHERE seq = 1", 1, "it does not follow from the link before"),
        (f"UPDATE audit_chain SET row_sha256 = '{'a' * 64}' WHERE seq = 3", 3, "its row was changed"),
        ("DELETE FROM audit_chain WHERE seq = 3", None, "the row stands in no link"),
    ],
)
def test_the_first_broken_row_is_named(
    acme: Database, tamper: Connection, statement: str, seq: int | None, why: str
) -> None:
    assert tamper.execute(text(statement)).rowcount == 1
    tamper.commit()
    broken = _verdict(acme).broken
    assert broken is not None
    assert (broken.seq, broken.why) == (seq, why)
    assert broken.audit_id is not None


def test_an_end_that_was_cut_off_is_seen_by_a_noted_head(acme: Database, tamper: Connection) -> None:
    noted = _verdict(acme).head
    tamper.execute(text("DELETE FROM audit_chain WHERE seq = 3"))
    tamper.execute(text("DELETE FROM audit_log WHERE subject = 's2'"))
    tamper.commit()
    assert _verdict(acme).broken is None
    broken = _verdict(acme, noted=noted).broken
    assert broken is not None
    assert broken.why == "the chain went on to 3 once"
    _append(acme, "acme", 7)
    broken = _verdict(acme, noted=noted).broken
    assert broken is not None
    assert (broken.seq, broken.why) == (3, "it is not the link that was noted")


@pytest.mark.parametrize("statement", ["UPDATE audit_chain SET seq = seq + 9", "DELETE FROM audit_chain"])
def test_the_app_only_adds_links(acme: Database, statement: str) -> None:
    with pytest.raises(Forbidden), acme.org_transaction("acme") as connection:
        connection.execute(text(statement))


def _undone(database: Database) -> None:
    with database.org_transaction("acme") as connection:
        audit.append(connection, "acme", actor="key:k1", action="thing.undone", subject="s")
        raise RuntimeError
