"""What is done beside an answer: booking, logging, tracing, keeping. If it fails, the answer is given out all the same.

A provider has been paid by then, and an answer that is thrown away is paid for again. What fails is told in the log and
counted. What must not live here: the things that are done.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sgd_resources.llm.metrics import LlmMetrics

_log = logging.getLogger(__name__)


@contextmanager
def beside(what: str, metrics: LlmMetrics) -> Iterator[None]:
    """Do what stands in the block; if it raises, say so and go on behind it.

    Args:
        what: names it in the log and as the metric's label, such as `trace`.
        metrics: count it.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever fails here, the answer beside it is paid for
        # the message may repeat what it could not write: only its kind is told
        _log.error("%s failed beside an answer (%s); the answer is kept", what, type(error).__name__)
        with suppress(Exception):
            metrics.failed_beside.labels(what).inc()
