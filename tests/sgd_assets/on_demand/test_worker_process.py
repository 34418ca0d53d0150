"""What a warm process does beside its jobs; the jobs themselves are in `test_worker.py`."""

from typing import Any

from sgd_assets.on_demand.worker_process import DATABASE_AWAY, keep_books, rest_of
from sgd_resources.errors import StorageFull, Unavailable
from sgd_resources.lazy import Lazy


class Gateway:
    def __init__(self, opened: list[str], error: Exception | None = None) -> None:
        self.opened, self.error = opened, error

    @property
    def is_cloud(self) -> bool:
        if self.error is not None:
            raise self.error
        self.opened.append("open")
        return True


def test_a_worker_opens_its_gateway_before_a_model_is_asked_so_that_it_settles_for_the_dead() -> None:
    opened: list[str] = []
    gateway: Lazy[Any] = Lazy(lambda: Gateway(opened))
    keep_books(gateway)
    assert opened == ["open"]


def test_a_worker_serves_while_the_books_cannot_be_opened() -> None:
    gateway: Lazy[Any] = Lazy(lambda: Gateway([], Unavailable("Redis is away")))
    keep_books(gateway)


def test_a_request_rests_ever_longer_for_room_on_a_disk_and_fails_after_some_minutes() -> None:
    rests = [rest_of(StorageFull("full"), attempts)[0] for attempts in range(10)]
    assert rests == [2, 4, 8, 16, 32, 60, 60, 60, 60, None]
    assert rest_of(StorageFull("full"), 9)[1]["details"] == {"retry_after_s": 60, "reason": "storage_full"}


def test_a_database_that_went_away_is_waited_for_as_ever() -> None:
    assert [rest_of(Unavailable("away"), attempts) for attempts in (0, 2, 3)] == [
        (2, DATABASE_AWAY), (2, DATABASE_AWAY), (None, DATABASE_AWAY)
    ]  # fmt: skip
