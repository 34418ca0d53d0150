"""Nothing that a text holds fails a statement: not in a table, not in JSON, not in raw SQL."""

import math
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from sgd_resources.errors import InvalidInput
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import audit, renders, uploads
from sgd_resources.postgres.safe_text import CUT, MOST_CHARACTERS, safe, safe_json, safe_text
from sgd_resources.postgres.tables.access import audit_log
from tests.fakes import job_ends
from tests.fakes.audit import list_entries

HOSTILE = "nul \x00 and half \ud800 and pair \ud83d\ude00"
SAFE = "nul \ufffd and half \ufffd and pair \U0001f600"


@given(st.text(st.characters(codec=None, categories=None)))
def test_a_safe_text_is_one_that_postgres_holds_and_stays_as_it_is(value: str) -> None:
    made = safe_text(value)
    assert "\x00" not in made
    assert safe_text(made.encode().decode()) == made


def test_harmless_values_pass_unchanged() -> None:
    for value in ("Grüße 😀", 7, None, b"\x00", ["a", "b"], ("a",), 0.5):
        assert safe(value) == value


def test_json_is_made_safe_at_any_depth() -> None:
    assert safe_json({"a\x00": [{"b": ("c\ud800", math.nan, 1.5)}]}) == {"a\ufffd": [{"b": ["c\ufffd", None, 1.5]}]}


def test_a_text_beyond_all_measure_is_cut_with_a_mark() -> None:
    made = safe_text("x" * (MOST_CHARACTERS + 1))
    assert (len(made), made[-len(CUT) :]) == (MOST_CHARACTERS, CUT)


@pytest.mark.embedded
def test_every_table_takes_texts_that_postgres_cannot_hold(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme") as connection:
        audit.append(connection, "acme", actor=HOSTILE, action="b", subject="c", details={HOSTILE: [HOSTILE, math.inf]})
        uploads.record_upload(
            connection, "acme", upload_id=str(uuid4()), key="org/acme/quarantine/x", file_name=HOSTILE,
            declared_type=None, size_bytes=1,
        )  # fmt: skip
    with two_orgs.org_transaction("acme") as connection:
        (entry,) = list_entries(connection, "acme")
        assert (entry.actor, entry.details) == (SAFE, {SAFE: [SAFE, None]})
        assert uploads.list_uploads(connection, "acme")[0].file_name == SAFE


@pytest.mark.embedded
def test_raw_sql_and_many_rows_at_once_are_mended_too(two_orgs: Database) -> None:
    statement = text(
        "INSERT INTO audit_log (org_id, actor, action, subject, details)"
        " VALUES ('acme', :actor, 'b', 'c', CAST(:details AS jsonb))"
    )
    with two_orgs.org_transaction("acme") as connection:
        connection.execute(statement, [{"actor": HOSTILE, "details": "{}"}, {"actor": "plain", "details": "{}"}])
        found = connection.execute(text("SELECT count(*) FROM audit_log WHERE actor = :actor"), {"actor": HOSTILE})
        assert found.scalar_one() == 1


@pytest.mark.embedded
def test_a_row_is_found_by_the_text_that_made_it(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme") as connection:
        first, is_new = renders.create_request(
            connection, "acme", render_id=str(uuid4()), project_id="p", body={"a": HOSTILE}, idempotency_key=HOSTILE
        )
    assert job_ends.cancel(two_orgs, "acme", first.render_id)
    with two_orgs.org_transaction("acme") as connection:
        again, is_new_again = renders.create_request(
            connection, "acme", render_id=str(uuid4()), project_id="p", body={"a": HOSTILE}, idempotency_key=HOSTILE
        )
    assert (is_new, is_new_again, again.render_id) == (True, False, first.render_id)


@pytest.mark.embedded
def test_a_text_too_long_for_its_index_is_the_callers_fault(two_orgs: Database) -> None:
    long = "".join(str(uuid4()) for _ in range(3000))
    with pytest.raises(InvalidInput), two_orgs.org_transaction("acme") as connection:
        uploads.record_upload(
            connection, "acme", upload_id=str(uuid4()), key=long, file_name="x", declared_type=None, size_bytes=1
        )


@pytest.mark.embedded
def test_many_rows_that_are_given_back_are_mended_too(two_orgs: Database) -> None:
    rows = [
        {"org_id": "acme", "actor": f"a\x00{number}", "action": "x", "subject": "y", "details": {}}
        for number in range(3)
    ]
    with two_orgs.org_transaction("acme") as connection:
        made = connection.execute(audit_log.insert().returning(audit_log.c.actor), rows).scalars().all()
    assert made == [f"a\N{REPLACEMENT CHARACTER}{number}" for number in range(3)]
