"""Runs one construct at growing sizes in children with a bound on their processor time, and says how the cost grew.

What must not live here: constructs, the table.
"""

import hashlib
import json
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

MOST_CPU_S = 30
_ENOUGH_S = 0.15
"""A cost that noise does not move much; n grows until the middle size takes it."""
_MOST_BYTES = 3_000_000
_MEMORY_BYTES = 3_000_000_000
_AGAIN = 2

Stage = Callable[[bytes, Construct], dict[str, float]]


@dataclass(frozen=True)
class Growth:
    """What one stage cost at n and at 2n."""

    construct: str
    stage: str
    n: int
    seconds: float
    twice_seconds: float

    @property
    def ratio(self) -> float:
        """Times the cost for twice the input."""
        return self.twice_seconds / self.seconds if self.seconds else 1.0


def growth_of(construct: Construct, stage: Stage) -> Iterator[Growth]:
    """The largest doubling that was measured, of each part of the stage."""
    n = construct.first
    costs = _measured(construct, n, stage)
    worst: dict[str, Growth] = {}
    while True:
        twice = _measured(construct, 2 * n, stage)
        for _ in range(_AGAIN):
            if all(twice.get(name, 0.0) <= 2.3 * cost or cost < 0.02 for name, cost in costs.items()):
                break
            costs = _least(costs, _measured(construct, n, stage))
            twice = _least(twice, _measured(construct, 2 * n, stage))
        for name, cost in costs.items():
            if name in twice or not twice:
                worst[name] = Growth(construct.label, name, n, cost, twice.get(name, float(MOST_CPU_S)))
        is_large = len(construct.bytes_of(2 * n)) > _MOST_BYTES
        if not twice or sum(twice.values()) > 2 * _ENOUGH_S or is_large:
            break
        costs, n = twice, 2 * n
    yield from worst.values()


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
            costs = stage(data, construct)
        except RecursionError:
            costs = {"parse": 0.0}  # the product refuses it at once
        os.write(sending, json.dumps(costs).encode())
        code = 0
    finally:
        os._exit(code)


def _least(first: dict[str, float], second: dict[str, float]) -> dict[str, float]:
    return {name: min(cost, second.get(name, cost)) for name, cost in first.items()}
