"""Runs one construct at growing sizes in children with a bound on their processor time, and says how the cost grew.

What must not live here: constructs, the table.
"""

import hashlib
import json
import math
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sgd_assets.canon.derive import extract_claims, resolve_canon
from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.parsers.select import LocalParser
from sgd_resources.ports import ParseRequest
from sgd_resources.ports.examination import Limits
from tests.benchmarks.growth.construct import Construct

MOST_PER_DOUBLING = 2.3
"""Times the cost that twice the input may have: a list that is sorted takes 2.1, caches that no longer hold it more."""
MOST_CPU_S = 30
_WORTH_JUDGING_S = 0.25
"""A cost below says more of the machine than of the growth: the clock of processor time ticks every 4 ms."""
_DEAR_S = 2.0
"""A cost that noise does not move; n grows until each part is worth judging, or all of them together cost this much."""
_MOST_BYTES = 3_000_000
_MEMORY_BYTES = 3_000_000_000
_AGAIN = 4
_WARM_UP = 2

Stage = Callable[[bytes, Construct], dict[str, float]]


@dataclass(frozen=True)
class Growth:
    """What one part of a stage cost at n, at 2n and at 4n."""

    construct: str
    stage: str
    n: int
    costs_s: tuple[float, float, float]

    @property
    def ratio(self) -> float:
        """Times the cost for twice the input, over two doublings: a machine's mood at one size weighs half as much."""
        first, _, last = self.costs_s
        return math.sqrt(last / first) if first else 1.0

    @property
    def is_judged(self) -> bool:
        """Whether it ever costs enough to be measured."""
        return self.costs_s[-1] > _WORTH_JUDGING_S

    @property
    def is_too_much(self) -> bool:
        """Whether the cost is worth judging and grows faster than it may."""
        return self.is_judged and self.ratio > MOST_PER_DOUBLING

    @property
    def verdict(self) -> str:
        """One word or two for the table."""
        if not self.is_judged:
            return "cheap at any size"
        return "too much" if self.is_too_much else "ok"


def growth_of(construct: Construct, stage: Stage) -> Iterator[Growth]:
    """The worst two doublings of each part of the stage among those worth judging, else the last ones.

    What a bound cuts off costs nothing more, so that the largest n alone would not show how the cost grows below it.
    """
    n = construct.first
    costs = [_measured(construct, size, stage) for size in (n, 2 * n, 4 * n)]
    worst: dict[str, Growth] = {}
    while costs[0]:
        costs = _settled(construct, n, costs, stage)
        for growth in _growths(construct, n, costs):
            worst[growth.stage] = _worse(worst.get(growth.stage), growth)
        last = costs[-1]
        is_known = sum(last.values()) > _DEAR_S or min(last.values(), default=0.0) > 2 * _WORTH_JUDGING_S
        if not last or is_known or not _may_grow(construct, 2 * n):
            break
        n *= 2
        costs = [*costs[1:], _measured(construct, 4 * n, stage)]
    yield from worst.values()


def _growths(construct: Construct, n: int, costs: list[dict[str, float]]) -> list[Growth]:
    """Of each part that was reached at n; what never ended at 2n or 4n counts with all the time it was given."""
    return [
        Growth(construct.label, name, n, (cost, *(_or_all(later, name) for later in costs[1:])))  # type: ignore[arg-type]  # three of them
        for name, cost in costs[0].items()
        if all(name in later or not later for later in costs[1:])
    ]


def _or_all(costs: dict[str, float], name: str) -> float:
    return costs.get(name, float(MOST_CPU_S))


def _may_grow(construct: Construct, n: int) -> bool:
    """Whether 4n is more than 2n, and not too much: some constructs are bounded by what the formats allow."""
    size = len(construct.bytes_of(2 * n))
    return size <= _MOST_BYTES and len(construct.bytes_of(4 * n)) > 1.1 * size


def _settled(construct: Construct, n: int, costs: list[dict[str, float]], stage: Stage) -> list[dict[str, float]]:
    """Costs at n, 2n and 4n; all are measured again, and the least of each counts, while the ratio seems too high."""
    for _ in range(_AGAIN):
        if not any(growth.is_too_much for growth in _growths(construct, n, costs)):
            break
        costs = [
            _least(known, _measured(construct, size, stage))
            for known, size in zip(costs, (n, 2 * n, 4 * n), strict=True)
        ]
    return costs


def _worse(known: Growth | None, grown: Growth) -> Growth:
    if known is None or not known.is_judged:
        return grown
    return grown if grown.is_judged and grown.ratio > known.ratio else known


def parse_and_claim(data: bytes, construct: Construct) -> dict[str, float]:
    """Seconds of the parser, and of the canon's rules over what it gave."""
    media_type, suffix = construct.kind
    request = ParseRequest(hashlib.sha256(data).hexdigest(), media_type, data, suffix)
    parser = LocalParser()
    began = time.process_time()
    try:
        document: ParsedDocument | None = parser.parse(request)
    except RejectedEvidence:
        document = None
    parsed = time.process_time()
    if document is None:
        return {"parse": parsed - began}
    claims = extract_claims(document, f"brand{suffix}")
    claimed = time.process_time()
    resolve_canon([claims])
    return {"parse": parsed - began, "claims": claimed - parsed, "canon": time.process_time() - claimed}


def clean(data: bytes, construct: Construct) -> dict[str, float]:
    """Seconds of the gate's cleaner."""
    from sgd_resources.cleaning.dispatch import clean as cleaned

    began = time.process_time()
    try:
        cleaned(data, construct.kind[0], Limits())
    except RejectedEvidence:
        return {"clean": time.process_time() - began}
    return {"clean": time.process_time() - began}


def _measured(construct: Construct, n: int, stage: Stage) -> dict[str, float]:
    """Seconds per part, in a child of its own; empty when it ran out of time or memory."""
    data = construct.bytes_of(n)
    receiving, sending = os.pipe()
    pid = os.fork()
    if pid == 0:
        _run_in_child(sending, data, construct, stage)
    os.close(sending)
    with os.fdopen(receiving, "rb") as stream:
        told = stream.read()
    os.waitpid(pid, 0)
    return dict(json.loads(told)) if told else {}


def _run_in_child(sending: int, data: bytes, construct: Construct, stage: Stage) -> None:
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S + 1))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        sys.setrecursionlimit(3000)
        try:
            stage(construct.bytes_of(_WARM_UP), construct)  # what is imported and compiled once is no growth
            costs = stage(data, construct)
        except RecursionError:
            costs = {"parse": 0.0}  # the product refuses it at once
        os.write(sending, json.dumps(costs).encode())
        code = 0
    finally:
        os._exit(code)


def _least(first: dict[str, float], second: dict[str, float]) -> dict[str, float]:
    return {name: min(cost, second.get(name, cost)) for name, cost in first.items()}
