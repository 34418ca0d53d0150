"""What a warm process does beside its jobs; the jobs themselves are in `test_worker.py`."""

from typing import Any

from sgd_assets.on_demand.worker_process import keep_books
from sgd_resources.errors import Unavailable
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
