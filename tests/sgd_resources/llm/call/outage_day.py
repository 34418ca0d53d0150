"""An outage of a day, simulated: calls that fail in one way each, a provider that is away for look-ups and comes back.

The transport is in memory and keeps a bill of its own, call by call, known by the hash of what was asked. As a command
it prints the table: `python -m tests.sgd_resources.llm.call.outage_day REDIS_URL 10000`.
"""

import asyncio
import hashlib
import json
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest import mock

from sgd_resources.errors import SgdError
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.policy.policy_file import BreakerPolicy, BudgetLimits, ModelFacts, RetryPolicy
from sgd_resources.llm.wire.transport import HttpReply, HttpStream, TransportFailed
from tests.fakes.llm import Bench, bench, policy
from tests.fakes.openrouter import delta

FREE = ("refused", "reset", "timeout", "no name", "503", "page of a proxy", "empty body")
BILLED = ("cut answer", "garbage", "broken stream", "abandoned stream")
"""Every other one of these calls is billed; all carry the id of their generation."""
KINDS = (*FREE, *BILLED, "cut answer without an id")
CAP_USD_MICROS = 500_000_000
_FAILS: Mapping[str, tuple[Any, str, bool]] = {
    "refused": ("connect", "no connection", False), "no name": ("connect", "no such host", False),
    "reset": ("reset", "the connection broke", True), "timeout": ("timeout", "no whole reply in time", True),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """What one kind came to, in micro-USD."""

    kind: str
    calls: int
    most_held: int
    booked_before: int
    booked_after: int
    bill: int
    wrong_calls: int
    """Whose row in the ledger is not what the provider billed for them."""


class OutageTransport:
    """Fails every call in one way."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.is_away = True
        self.bill: dict[str, int] = {}
        self._generations: dict[str, int] = {}

    async def send(
        self, method: str, path: str, *, body: bytes | None = None, timeout_s: float, max_bytes: int
    ) -> HttpReply:
        """A failure, or the cost of a generation once the provider is back."""
        if method == "GET":
            return self._generation(path)
        name, cost = self._billed(body or b"")
        if self.kind in _FAILS:
            kind, message, was_sent = _FAILS[self.kind]
            raise TransportFailed(kind, message, was_sent=was_sent, body_began=False)
        if self.kind == "503":
            return HttpReply(503, {}, b"busy")
        if self.kind == "page of a proxy":
            return HttpReply(200, {"content-type": "text/html"}, b"<html>come back later</html>")
        if self.kind == "empty body":
            return HttpReply(200, {}, b"")
        if self.kind == "garbage":
            return HttpReply(200, {"x-generation-id": self._made(name, cost)}, b"{nope")
        generation = self._made(name, cost) if self.kind == "cut answer" else None
        raise TransportFailed("truncated", "ended too early", was_sent=True, generation_id=generation)

    def stream(
        self, method: str, path: str, *, body: bytes, timeout_s: float, max_bytes: int
    ) -> AbstractAsyncContextManager[HttpStream]:
        """One text, then the end of the connection."""
        return self._stream(body)

    async def close(self) -> None:
        """Nothing is open."""

    @asynccontextmanager
    async def _stream(self, body: bytes) -> AsyncIterator[HttpStream]:
        name, cost = self._billed(body)
        headers = {"content-type": "text/event-stream", "x-generation-id": self._made(name, cost)}

        async def chunks() -> AsyncIterator[bytes]:
            yield delta("Hel").replace('"id": "gen-s"', f'"id": "gen-{name}"').encode()

        yield HttpStream(200, headers, chunks())

    def _billed(self, body: bytes) -> tuple[str, int]:
        name = hashlib.sha256(json.loads(body)["messages"][0]["content"].encode()).hexdigest()
        cost = 700 if self.kind not in FREE and len(self.bill) % 2 == 0 else 0
        self.bill[name] = cost
        return name, cost

    def _made(self, name: str, cost: int) -> str:
        self._generations[f"gen-{name}"] = cost
        return f"gen-{name}"

    def _generation(self, path: str) -> HttpReply:
        if self.is_away:
            raise TransportFailed("connect", "no connection", was_sent=False)
        cost = self._generations.get(path.partition("id=")[2])
        if cost is None:
            return HttpReply(404, {}, b"{}")
        return HttpReply(200, {}, json.dumps({"data": {"total_cost": cost / 1_000_000}}).encode())


async def outage(redis_url: str, kind: str, calls: int) -> Row:
    """So many calls of one kind, then the provider comes back."""
    rules = policy(
        retry=RetryPolicy(max_attempts=1, total_deadline_s=60.0),
        breaker=BreakerPolicy(failures=10**9),
        budgets=BudgetLimits(org_day_usd_micros=CAP_USD_MICROS, global_day_usd_micros=CAP_USD_MICROS),
        models={"acme/good-1": ModelFacts(prompt_usd_per_million=1, completion_usd_per_million=4)},
    )
    rules = replace(rules, tasks={"planner": replace(rules.tasks["planner"], models=("acme/good-1",))})
    wire = OutageTransport(kind)
    away = mock.patch.multiple("sgd_resources.llm.call.reconcile", FIRST_AWAY_S=0.01, MOST_AWAY_S=0.05)
    with away:
        async with bench(redis_url, transport=wire, rules=rules) as made:
            most = 0
            for first in range(0, calls, 50):
                await asyncio.gather(*(_call(made, kind, first + at) for at in range(min(50, calls - first))))
                most = max(most, sum(await made.held()))
            await asyncio.sleep(0.05)
            before = (await made.held())[1]
            wire.is_away = False
            reserved, after = await made.books()
            while reserved:
                reserved, after = await made.books()
            logged: dict[str, int] = {}
            for row in made.ledger.rows:
                name = row.input_sha256 or ""
                logged[name] = logged.get(name, 0) + row.cost_usd_micros
    wrong = sum(logged.get(name) != cost for name, cost in wire.bill.items()) + len(logged.keys() - wire.bill.keys())
    return Row(kind, len(wire.bill), most, before, after, sum(wire.bill.values()), wrong)


async def _call(made: Bench, kind: str, number: int) -> None:
    ask = [{"role": "user", "content": f"{kind}, call {number}"}]
    try:
        if kind.endswith("stream"):
            events = made.gateway.stream("planner", ask, caller=Caller("acme"))
            async for _ in events:
                if kind == "abandoned stream":
                    break
            await events.aclose()  # type: ignore[attr-defined]  # an async generator
        else:
            await made.gateway.complete("planner", ask, caller=Caller("acme"))
    except SgdError:
        return


def main(redis_url: str, calls: int) -> None:
    """The table."""
    import redis

    head = f"{'kind':26}{'calls':>7}{'most held':>12}{'before':>10}{'after':>12}{'bill':>12}{'wrong':>7}\n"
    sys.stdout.write(head)
    for kind in KINDS:
        with redis.Redis.from_url(redis_url) as client:
            client.flushdb()
        found = asyncio.run(outage(redis_url, kind, calls))
        sys.stdout.write(
            f"{found.kind:26}{found.calls:>7}{found.most_held:>12}{found.booked_before:>10}{found.booked_after:>12}"
            f"{found.bill:>12}{found.wrong_calls:>7}\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
