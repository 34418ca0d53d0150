"""An org has so many jobs open and no more, however many ask at once; what is refused leaves nothing behind."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sgd_assets.on_demand.request import request_batch, request_job, request_render, request_rerender
from sgd_assets.renders.campaign.items import Item
from sgd_resources.errors import RateLimited
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import jobs
from sgd_resources.postgres.rows.work import open_jobs as open_jobs_module
from sgd_resources.postgres.rows.work.open_jobs import wait_s
from tests.fakes import job_ends

BODY = {"project_id": "p"}
FOUR = jobs.Terms(most_open=4)


def open_jobs(database: Database, org_id: str = "acme") -> list[jobs.Job]:
    with database.org_transaction(org_id) as connection:
        return jobs.pending_jobs(connection, org_id)


def ask(database: Database, org_id: str = "acme", key: str | None = None) -> str:
    return request_render(database, org_id, BODY, idempotency_key=key, terms=FOUR).render_id


@pytest.mark.parametrize(
    ("too_many", "ended", "told"), [(1, 0, 60), (1, 300, 1), (3, 300, 3), (1, 10, 30), (500, 10, 60), (1, 9_000, 1)]
)
def test_the_wait_is_what_the_pace_of_the_last_minutes_says(too_many: int, ended: int, told: int) -> None:
    assert wait_s(too_many, ended) == told


@pytest.mark.embedded
def test_ten_that_ask_at_once_get_four_jobs_and_another_org_its_own(two_orgs: Database) -> None:
    def one(_: int) -> bool:
        try:
            ask(two_orgs)
        except RateLimited:
            return False
        return True

    with ThreadPoolExecutor(5) as hands:
        assert sum(hands.map(one, range(10))) == 4
    assert len(open_jobs(two_orgs)) == 4
    ask(two_orgs, "globex")


@pytest.mark.embedded
def test_an_end_makes_room_and_the_wait_follows_from_what_has_ended(
    two_orgs: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_jobs_module, "_LOOKED_BACK_S", 40)
    ids = [ask(two_orgs, key=f"key {n}") for n in range(4)]
    with pytest.raises(RateLimited) as refused:
        ask(two_orgs)
    assert (refused.value.retry_after_s, refused.value.details) == (60, {"max_jobs_open": 4})
    for job_id in ids[:2]:
        assert job_ends.cancel(two_orgs, "acme", job_id)
    for _ in range(2):
        ask(two_orgs)
    with pytest.raises(RateLimited) as refused:
        ask(two_orgs, key="late")
    assert refused.value.retry_after_s == 20
    # A repeat of what was accepted is no new job.
    assert ask(two_orgs, key="key 0") == ids[0]


@pytest.mark.embedded
def test_a_batch_counts_with_all_its_parts_and_is_taken_whole_or_not_at_all(two_orgs: Database) -> None:
    items = [Item(n, n, "1x1", {}, {**BODY, "n": n}) for n in range(3)]
    request_batch(two_orgs, "acme", BODY, items, terms=FOUR)
    assert len(open_jobs(two_orgs)) == 4
    for asked in (
        lambda: request_batch(two_orgs, "acme", BODY, items, terms=FOUR),
        lambda: request_job(two_orgs, "acme", "ingest", BODY, terms=FOUR),
    ):
        with pytest.raises(RateLimited):
            asked()
    assert len(open_jobs(two_orgs)) == 4


@pytest.mark.embedded
def test_renders_that_are_made_again_count_too(two_orgs: Database) -> None:
    render_id = ask(two_orgs)
    job_ends.succeed(two_orgs, "acme", render_id)
    with pytest.raises(RateLimited):
        request_rerender(two_orgs, "acme", project_id="p", render_ids=[render_id], most_open=1)
    assert open_jobs(two_orgs) == []
    assert request_rerender(two_orgs, "acme", project_id="p", render_ids=[render_id], most_open=2).job_id
