"""Work on several items at once keeps their order, its bound and its failures."""

import contextvars
import threading
from collections.abc import Generator, Iterator
from typing import cast

import pytest

from sgd_resources.side_by_side import side_by_side


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_results_come_in_the_items_order(at_once: int) -> None:
    first_may_end = threading.Event()

    def work(item: int) -> int:
        if item == 0 and at_once > 1:
            first_may_end.wait(5)
        if item == 1:
            first_may_end.set()
        return item * item

    assert list(side_by_side(work, range(7), at_once=at_once)) == [item * item for item in range(7)]


def test_items_are_taken_as_they_are_needed() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for item in range(1000):
            taken += 1
            yield item

    results = cast("Generator[int]", side_by_side(lambda item: item, items(), at_once=3))
    assert [next(results) for _ in range(4)] == [0, 1, 2, 3]
    assert taken <= 10
    results.close()


def test_no_more_than_so_many_run_at_once() -> None:
    running, most = 0, 0
    lock, together = threading.Lock(), threading.Barrier(2)

    def work(item: int) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        together.wait(5)
        with lock:
            running -= 1

    assert list(side_by_side(work, range(6), at_once=2)) == [None] * 6
    assert most == 2


@pytest.mark.parametrize("at_once", [1, 2])
def test_the_first_failure_stands_where_its_result_would_and_the_rest_is_not_begun(at_once: int) -> None:
    begun: list[int] = []

    def work(item: int) -> int:
        begun.append(item)
        if item == 2:
            raise ValueError(item)
        return item

    results = side_by_side(work, range(100), at_once=at_once)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(ValueError, match="2"):
        next(results)
    assert max(begun) <= 2 + 2 * at_once


def test_the_work_knows_what_its_task_knows() -> None:
    trace = contextvars.ContextVar("trace", default="none")
    trace.set("t1")
    assert set(side_by_side(lambda _: trace.get(), range(4), at_once=2)) == {"t1"}
