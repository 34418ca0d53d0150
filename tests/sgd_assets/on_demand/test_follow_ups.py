"""A failed ingest is asked for again by itself: with growing rests, a few times, and then named. Real Postgres."""

from datetime import UTC, datetime, timedelta

import pytest

from sgd_assets.on_demand.follow_ups import MOST_RETRIES, ask_for_failed
from sgd_assets.on_demand.request import FOLLOW_AGAIN, ask_to_follow
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import jobs, orgs
from tests.fakes import job_ends

pytestmark = pytest.mark.embedded
LATER = timedelta(hours=3)
ERROR = {"code": "UNAVAILABLE", "message": "the parser is away"}


@pytest.fixture
def org(database: Database) -> Database:
    with database.org_transaction("acme") as connection:
        orgs.ensure_org(connection, "acme")
        ask_to_follow(connection, "acme", actor="test")
    return database


def end(database: Database, *, is_good: bool = False) -> None:
    """The org's open jobs end."""
    with database.org_transaction("acme") as connection:
        pending = jobs.pending_jobs(connection, "acme")
    for job in pending:
        if is_good:
            assert job_ends.succeed(database, "acme", job.job_id)
        else:
            assert job_ends.fail(database, "acme", job.job_id, error=ERROR)


def test_a_failed_follow_up_is_asked_for_again_once_it_has_rested(org: Database) -> None:
    assert ask_for_failed(org).asked == []  # it is queued
    end(org)
    assert ask_for_failed(org).asked == []  # it has only just failed
    assert ask_for_failed(org, now=datetime.now(UTC) + LATER).asked == ["acme"]
    assert ask_for_failed(org, now=datetime.now(UTC) + LATER).asked == []
    with org.org_transaction("acme") as connection:
        (asked,) = jobs.pending_jobs(connection, "acme")
    assert (asked.kind, asked.body) == ("ingest", FOLLOW_AGAIN)


def test_each_failure_doubles_the_rest(org: Database) -> None:
    end(org)
    assert ask_for_failed(org, now=datetime.now(UTC) + timedelta(minutes=11)).asked == ["acme"]
    end(org)
    assert ask_for_failed(org, now=datetime.now(UTC) + timedelta(minutes=11)).asked == []
    assert ask_for_failed(org, now=datetime.now(UTC) + timedelta(minutes=21)).asked == ["acme"]


def test_after_three_retries_the_org_is_named_with_its_reason_and_left_alone(org: Database) -> None:
    end(org)
    for _ in range(MOST_RETRIES):
        assert ask_for_failed(org, now=datetime.now(UTC) + LATER).asked == ["acme"]
        end(org)
    found = ask_for_failed(org, now=datetime.now(UTC) + LATER)
    assert (found.asked, found.given_up) == ([], {"acme": "UNAVAILABLE: the parser is away"})


def test_a_run_that_went_well_forgets_the_failures_before_it(org: Database) -> None:
    end(org)
    assert ask_for_failed(org, now=datetime.now(UTC) + LATER).asked == ["acme"]
    end(org, is_good=True)
    found = ask_for_failed(org, now=datetime.now(UTC) + LATER)
    assert (found.asked, found.given_up) == ([], {})
