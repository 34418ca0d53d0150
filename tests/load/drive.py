"""Asks at given moments, whatever the answers take (open loop), and follows each request to its end.

What must not live here: which load (`scenarios.py`), what is made of the figures (`report.py`).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

BODY: dict[str, Any] = {
    "project_id": "load",
    "prompts": {"task": "create", "instruction": 'Banner: "Open studio night"'},
    "outputs": {"count": 1, "format": "png", "dimensions": "1200x628"},
}


@dataclass
class Asked:
    """One request: when, how long until its first answer and until its end, and what came."""

    at_s: float
    status: int = 0
    answered_ms: float = 0.0
    done_ms: float | None = None
    end: str = "open"
    subject: str | None = None
    """Id of the render."""
    org_id: str = ""
    began_at: float = 0.0
    """On the monotonic clock."""


@dataclass
class Run:
    """What one load gave."""

    name: str
    asked: list[Asked] = field(default_factory=list)
    memory_mb: list[tuple[float, float]] = field(default_factory=list)


def client(url: str) -> httpx.AsyncClient:
    """For many requests at once."""
    limits = httpx.Limits(max_connections=2_000, max_keepalive_connections=500)
    return httpx.AsyncClient(base_url=url, timeout=httpx.Timeout(60.0), limits=limits)


async def at_rate(run: Run, per_s: float, seconds: float, ask: Callable[[int, Asked], Awaitable[None]]) -> None:
    """Begin a request every `1 / per_s` seconds and wait for the last one's end."""
    began, tasks = time.monotonic(), []
    for number in range(round(per_s * seconds)):
        await asyncio.sleep(max(0.0, began + number / per_s - time.monotonic()))
        asked = Asked(at_s=time.monotonic() - began)
        run.asked.append(asked)
        tasks.append(asyncio.ensure_future(ask(number, asked)))
    await asyncio.gather(*tasks)


async def render(http: httpx.AsyncClient, key: str, asked: Asked, *, prefer: str) -> None:
    """Ask for one picture; one that is only accepted stays open until `Place.follow` has seen its end."""
    began = time.monotonic()
    asked.began_at = began
    try:
        answer = await http.post("/render", json=BODY, headers={**as_key(key), "Prefer": prefer})
        asked.status, asked.answered_ms = answer.status_code, (time.monotonic() - began) * 1000
        if answer.is_success:
            told = answer.json()
            asked.subject = str(told["render_id"])
            if answer.status_code != httpx.codes.ACCEPTED:
                asked.end, asked.done_ms = str(told["status"]), asked.answered_ms
        else:
            asked.end = f"http {answer.status_code}"
    except httpx.HTTPError as error:
        asked.end = type(error).__name__


async def read(http: httpx.AsyncClient, key: str, path: str, asked: Asked) -> None:
    """One GET."""
    began = time.monotonic()
    try:
        answer = await http.get(path, headers=as_key(key))
        asked.status, asked.end = answer.status_code, "succeeded" if answer.is_success else f"http {answer.status_code}"
    except httpx.HTTPError as error:
        asked.end = type(error).__name__
    asked.answered_ms = asked.done_ms = (time.monotonic() - began) * 1000


def quantile(values: Sequence[float], ratio: float) -> float:
    """The smallest value that so large a share does not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(ratio * len(ordered)))] if ordered else 0.0


def as_key(key: str) -> dict[str, str]:
    """The headers of a caller with this key."""
    return {"Authorization": f"Bearer {key}"}
