"""The same analysis by the openai SDK with pydantic, and by instructor: prints JSON.

python -m tests.benchmarks.prompt_peers QUICK_PORT SLOW_PORT CALLS

Runs with an interpreter that has the peers (`bench_prompts.py` makes one); one that cannot be imported is left out.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import BaseModel, Field

from tests.benchmarks.prompt_case import MODEL, PROMPT
from tests.benchmarks.report import percentile

Call = Callable[[str], Awaitable[Any]]


class Order(BaseModel):
    item: str
    count: int = Field(ge=1)


class Entities(BaseModel):
    key_details: list[str]
    source: str | None
    target: str | None
    metadata: dict[str, str]


class Wanted(BaseModel):
    intent: str
    subject: str
    entities: Entities
    data: Order


def _openai(url: str) -> Call:
    from openai import AsyncOpenAI  # type: ignore[import-not-found, unused-ignore] # only in the peers' venv

    client = AsyncOpenAI(base_url=url, api_key="x", max_retries=0)

    async def call(prompt: str) -> Any:
        format_ = {"type": "json_schema", "json_schema": {"name": "x", "schema": Wanted.model_json_schema()}}
        answer = await client.chat.completions.create(
            model=MODEL, messages=[{"role": "user", "content": prompt}], response_format=format_
        )
        return Wanted.model_validate_json(answer.choices[0].message.content)

    return call


def _instructor(url: str) -> Call:
    import instructor  # type: ignore[import-not-found, unused-ignore] # only in the peers' venv
    from openai import AsyncOpenAI

    client = instructor.from_openai(
        AsyncOpenAI(base_url=url, api_key="x", max_retries=0), mode=instructor.Mode.JSON_SCHEMA
    )

    async def call(prompt: str) -> Any:
        return await client.chat.completions.create(
            model=MODEL, messages=[{"role": "user", "content": prompt}], response_model=Wanted, max_retries=0
        )

    return call


async def _measured(make: Callable[[str], Call], quick_port: str, slow_port: str, calls: int) -> dict[str, float]:
    call, took = make(f"http://127.0.0.1:{quick_port}/v1"), []
    await call("warm")
    for number in range(calls):
        began = time.perf_counter()
        await call(f"{PROMPT} {number}")
        took.append((time.perf_counter() - began) * 1_000)
    late, seats = make(f"http://127.0.0.1:{slow_port}/v1"), asyncio.Semaphore(50)

    async def one(number: int) -> None:
        async with seats:
            await late(f"{PROMPT} {number}")

    await late("warm")
    began = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(100)))
    return {"p50_ms": percentile(took, 50), "batch_ms": (time.perf_counter() - began) * 1_000}


def main(quick_port: str, slow_port: str, calls: str) -> None:
    """Each peer that is there."""
    found = {}
    for name, make in (("openai + pydantic", _openai), ("instructor", _instructor)):
        try:
            found[name] = asyncio.run(_measured(make, quick_port, slow_port, int(calls)))
        except ImportError as error:
            sys.stderr.write(f"{name} is left out: {error}\n")
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
