"""One prompt, answered from the cache: over HTTP by a real API process to 50 callers at once, and by an app in process.

Over HTTP at a steady pace, as users have it, and as fast as the process can: the second tells how far the first may go.
In process without an HTTP client, which takes about as long as all that the API does before the route.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
from starlette.types import ASGIApp, Message

from sgd_resources.embedded.services import ServiceUrls
from tests.benchmarks.report import free_port, percentile

CALLERS = 50
PACED_PER_S = 100.0
_START_S = 120.0
_UNLIMITED = str(10**6)


@contextmanager
def api(urls: ServiceUrls, var_dir: Path, provider_url: str) -> Iterator[str]:
    """The URL of an API process over services that run already."""
    port = free_port()
    told = {
        "SGD_VAR_DIR": str(var_dir), "SGD_API_PORT": str(port), "DATABASE_URL": urls.database_url,
        "DAGSTER_DATABASE_URL": urls.dagster_url, "REDIS_URL": urls.redis_url, "OPENROUTER_API_KEY": "sk-bench",
        "OPENROUTER_BASE_URL": provider_url, "SGD_RATE_LIMIT_PER_MIN": _UNLIMITED,
        "SGD_RATE_LIMIT_WORK_PER_MIN": _UNLIMITED,
    }  # fmt: skip
    command = [sys.executable, "-m", "sgd_api.http.serve"]
    with subprocess.Popen(command, env={**os.environ, **told}, stderr=subprocess.DEVNULL) as server:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


async def measured(url: str, key: str, body: Mapping[str, Any], calls: int) -> dict[str, float]:
    """p95 in milliseconds at the pace, and calls a second without one."""
    limit = aiohttp.TCPConnector(limit=CALLERS)
    async with aiohttp.ClientSession(url, connector=limit, headers={"Authorization": f"Bearer {key}"}) as session:

        async def ask() -> float:
            began = time.perf_counter()
            async with session.post("/v1/analyze", json=body) as answer:
                assert answer.status == 200, await answer.text()
                await answer.read()
            return (time.perf_counter() - began) * 1_000

        await _awake(session)
        await asyncio.gather(*(ask() for _ in range(CALLERS)))
        began = time.perf_counter()

        async def at(number: int) -> float:
            await asyncio.sleep(max(0.0, began + number / PACED_PER_S - time.perf_counter()))
            return await ask()

        paced = await asyncio.gather(*(at(number) for number in range(calls)))
        began = time.perf_counter()
        await asyncio.gather(*(ask() for _ in range(calls)))
        return {"http": percentile(paced, 95), "per_s": calls / (time.perf_counter() - began)}


async def asked_in_process(app: ASGIApp, key: str, body: bytes) -> tuple[int, bytes]:
    """Status and body of one POST /v1/analyze, as a server hands it to the app."""
    headers = [(b"authorization", f"Bearer {key}".encode()), (b"content-type", b"application/json")]
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "path": "/v1/analyze",
        "raw_path": b"/v1/analyze", "root_path": "", "query_string": b"", "client": ("127.0.0.1", 1),
        "server": ("sgd.test", 80), "headers": [*headers, (b"content-length", str(len(body)).encode())],
    }  # fmt: skip
    status, parts = 0, []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        status = message.get("status", status)
        parts.append(message.get("body", b""))

    await app(scope, receive, send)
    return status, b"".join(parts)


async def _awake(session: aiohttp.ClientSession) -> None:
    deadline = time.monotonic() + _START_S
    while True:
        try:
            async with session.get("/healthz") as answer:
                if answer.status == 200:
                    return
        except aiohttp.ClientError:
            assert time.monotonic() < deadline, "the API did not start"
        await asyncio.sleep(0.2)
