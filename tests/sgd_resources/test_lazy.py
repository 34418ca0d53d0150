from collections.abc import Iterator
from threading import Barrier, Thread

import pytest

from sgd_resources.lazy import Lazy


def test_nothing_is_made_until_it_is_asked_for_and_then_once_for_all_threads() -> None:
    made: list[int] = []
    meet = Barrier(4)
    lazy = Lazy(lambda: made.append(1) or object())  # type: ignore[func-returns-value]  # append returns None
    assert not made
    found: list[object] = []

    def ask() -> None:
        meet.wait()
        found.append(lazy.client())

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]
    assert len({id(client) for client in found}) == 1


def test_an_error_of_its_making_is_raised_and_the_next_call_tries_again() -> None:
    answers: Iterator[OSError | str] = iter([OSError("away"), "client"])

    def make() -> str:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    lazy = Lazy(make)
    with pytest.raises(OSError, match="away"):
        lazy.client()
    assert lazy.client() == "client"


def test_only_what_was_made_is_closed() -> None:
    closed: list[str] = []
    lazy = Lazy(lambda: "client")
    lazy.close_if_made(closed.append)
    assert not closed
    lazy.client()
    lazy.close_if_made(closed.append)
    assert closed == ["client"]
