"""Work on many items at once, results in the items' order; never more of it in memory than the next few.

For work that waits on a child process or on the network. What must not live here: any knowledge of the work.
"""

import contextvars
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def side_by_side(work: Callable[[T], R], items: Iterable[T], *, at_once: int) -> Iterator[R]:
    """`work` of each item, in order, with at most `at_once` running and twice as many begun but not yet taken.

    The first failure, in the items' order, is raised where its result would have come; what has not begun by then
    does not begin.
    """
    if at_once <= 1:
        yield from map(work, items)
        return
    begun: deque[Future[R]] = deque()
    with ThreadPoolExecutor(at_once) as hands:
        try:
            for item in items:
                # what the log and the trace know of this task belongs to its parts too
                begun.append(hands.submit(contextvars.copy_context().run, work, item))
                if len(begun) >= 2 * at_once:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            for future in begun:
                future.cancel()
