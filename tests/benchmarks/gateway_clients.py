"""Clients of a model beside each other: the same call, over and over, against the same quick provider.

python -m tests.benchmarks.gateway_clients PORT CALLS NAME ...   prints JSON

All run in one process, in turns that change their order, so that a slow moment of the machine meets each of them. Runs
with an interpreter that has the peers (`bench_gateway.py` makes one); a client that cannot be imported is left out and
named on stderr. What must not live here: judging what was measured.
"""

import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from typing import Any

from tests.benchmarks.report import percentile

os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")  # else it asks the network while it is imported
MODEL = "openai/gpt-5.6-terra"
ASK = [
    {"role": "system", "content": "You plan."},
    {"role": "user", "content": "Plan a poster " + "x" * 800},
]
ROUNDS = 6
IN_FLIGHT = (1, 50)
_WARM_UP = 20
_POOL = 200

Call = Callable[[], Awaitable[Any]]


async def _httpx(url: str, stack: AsyncExitStack) -> Call:
    import httpx

    limits = httpx.Limits(max_connections=_POOL, max_keepalive_connections=_POOL)
    client = await stack.enter_async_context(
        httpx.AsyncClient(base_url=url, headers={"authorization": "Bearer x"}, limits=limits, timeout=30)
    )

    async def call() -> Any:
        answer = await client.post("/chat/completions", json={"model": MODEL, "messages": ASK})
        answer.raise_for_status()
        return answer.json()

    return call


async def _aiohttp(url: str, stack: AsyncExitStack) -> Call:
    import aiohttp

    connector = aiohttp.TCPConnector(limit=_POOL)
    session = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))

    async def call() -> Any:
        async with session.post(url + "/chat/completions", json={"model": MODEL, "messages": ASK}) as answer:
            return await answer.json()

    return call


async def _openai(url: str, stack: AsyncExitStack) -> Call:
    from openai import AsyncOpenAI  # type: ignore[import-not-found, unused-ignore] # only in the peers' venv

    client = await stack.enter_async_context(AsyncOpenAI(base_url=url, api_key="x", max_retries=0))

    async def call() -> Any:
        return await client.chat.completions.create(model=MODEL, messages=ASK)

    return call


async def _litellm(url: str, stack: AsyncExitStack) -> Call:
    import litellm  # type: ignore[import-not-found, unused-ignore] # only in the peers' venv

    litellm.suppress_debug_info = True
    both = [
        {"model_name": name, "litellm_params": {"model": f"openai/{MODEL}", "api_base": url, "api_key": "x"}}
        for name in ("planner", "planner-2")
    ]
    router = litellm.Router(model_list=both, fallbacks=[{"planner": ["planner-2"]}], num_retries=2, timeout=30)

    async def call() -> Any:
        return await router.acompletion(model="planner", messages=ASK)

    return call


async def _pydantic_ai(url: str, stack: AsyncExitStack) -> Call:
    from pydantic_ai.direct import model_request  # type: ignore[import-not-found, unused-ignore] # the same
    from pydantic_ai.messages import (  # type: ignore[import-not-found, unused-ignore] # the same
        ModelRequest,
        SystemPromptPart,
        UserPromptPart,
    )
    from pydantic_ai.models.openai import OpenAIChatModel  # type: ignore[import-not-found, unused-ignore] # the same
    from pydantic_ai.providers.openai import OpenAIProvider  # type: ignore[import-not-found, unused-ignore] # the same

    model = OpenAIChatModel(MODEL, provider=OpenAIProvider(base_url=url, api_key="x"))
    parts = [SystemPromptPart(content=ASK[0]["content"]), UserPromptPart(content=ASK[1]["content"])]
    asked = [ModelRequest(parts=parts)]

    async def call() -> Any:
        return await model_request(model, asked)

    return call


async def _ours(url: str, stack: AsyncExitStack) -> Call:
    from tests.benchmarks.gateway_factory import factory

    whole = factory(url)
    stack.push_async_callback(whole.aclose)  # type: ignore[attr-defined]  # set there

    async def call() -> Any:
        return await whole(ASK)

    return call


CLIENTS: dict[str, Callable[[str, AsyncExitStack], Awaitable[Call]]] = {
    "httpx": _httpx,
    "aiohttp": _aiohttp,
    "openai": _openai,
    "litellm.Router": _litellm,
    "pydantic-ai": _pydantic_ai,
    "ours": _ours,
}


async def measured(port: int, calls: int, names: Sequence[str]) -> dict[str, dict[str, dict[str, float]]]:
    """By client and calls in flight: p50 and p95 in ms, calls a second, CPU ms a call."""
    url = f"http://127.0.0.1:{port}/v1"
    found: dict[str, dict[str, dict[str, float]]] = {}
    async with AsyncExitStack() as stack:
        ready: dict[str, Call] = {}
        for name in names:
            try:
                ready[name] = await CLIENTS[name](url, stack)
            except ImportError as error:
                sys.stderr.write(f"{name} is left out: {error}\n")
        for in_flight in IN_FLIGHT:
            for call in ready.values():
                await _turn(call, max(_WARM_UP, in_flight * 4), in_flight)
            turns: dict[str, list[tuple[list[float], float, float]]] = {name: [] for name in ready}
            for number in range(ROUNDS):
                for name in list(ready)[:: 1 if number % 2 == 0 else -1]:
                    turns[name].append(await _turn(ready[name], calls // ROUNDS, in_flight))
            for name, seen in turns.items():
                found.setdefault(name, {})[str(in_flight)] = _summed(seen)
    return found


async def _turn(call: Call, calls: int, in_flight: int) -> tuple[list[float], float, float]:
    """(ms of each call, seconds of all, CPU seconds of all)."""
    numbers = iter(range(calls))
    took: list[float] = []

    async def work() -> None:
        for _ in numbers:
            started = time.perf_counter()
            await call()
            took.append((time.perf_counter() - started) * 1000)

    gc.collect()
    started, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(work() for _ in range(in_flight)))
    return took, time.perf_counter() - started, time.process_time() - cpu


def _summed(turns: Sequence[tuple[list[float], float, float]]) -> dict[str, float]:
    took = [one for turn in turns for one in turn[0]]
    return {
        "p50_ms": percentile(took, 50),
        "p95_ms": percentile(took, 95),
        "calls_per_s": len(took) / sum(turn[1] for turn in turns),
        "cpu_ms": sum(turn[2] for turn in turns) / len(took) * 1000,
    }


def main(argv: Sequence[str]) -> None:
    """Print what was measured."""
    port, calls, *names = argv
    sys.stdout.write(json.dumps(asyncio.run(measured(int(port), int(calls), names or list(CLIENTS)))))


if __name__ == "__main__":
    main(sys.argv[1:])
