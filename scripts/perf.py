#!/usr/bin/env python3
"""How quickly a deployment answers, from outside: SGD_KEY=sgd_... scripts/perf.py URL [--seconds 10] [--at-once 8].

Reads only. Prints JSON: of each address requests, refusals, errors and latencies in ms. Exit code 1 when anything
answered 5xx or not at all, or when --p95-ms was not kept. Soak and spike are `make load`.
"""

import argparse
import asyncio
import json
import os
import sys
import time
from dataclasses import dataclass, field

import httpx

OPEN = ("/healthz",)
WITH_KEY = ("/uploads", "/canon", "/renders")


@dataclass
class Seen:
    """What one address answered."""

    latencies_ms: list[float] = field(default_factory=list)
    refused: int = 0
    errors: int = 0

    def told(self) -> dict[str, float]:
        """As it is printed."""
        ordered = sorted(self.latencies_ms) or [0.0]
        return {
            "requests": len(self.latencies_ms), "refused": self.refused, "errors": self.errors,
            "p50_ms": round(ordered[len(ordered) // 2], 1), "p95_ms": round(ordered[int(len(ordered) * 0.95)], 1),
        }  # fmt: skip


async def asking(client: httpx.AsyncClient, path: str, until: float, seen: Seen) -> None:
    """Asks one address again and again."""
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            answer = await client.get(path)
        except httpx.HTTPError:
            seen.errors += 1
            continue
        seen.latencies_ms.append((time.monotonic() - began) * 1000)
        seen.errors += answer.status_code >= 500
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            seen.refused += 1
            await asyncio.sleep(min(1.0, float(answer.headers.get("retry-after", "1"))))


async def measured(url: str, key: str | None, seconds: float, at_once: int) -> dict[str, Seen]:
    """Each address in turn, with so many requests in flight."""
    found = {}
    headers = {"X-API-Key": key} if key else {}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=30) as client:
        for path in (*OPEN, *(WITH_KEY if key else ())):
            seen = found[path] = Seen()
            until = time.monotonic() + seconds
            await asyncio.gather(*(asking(client, path, until, seen) for _ in range(at_once)))
    return found


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--seconds", type=float, default=10.0, help="per address")
    parser.add_argument("--at-once", type=int, default=8, help="requests in flight")
    parser.add_argument("--p95-ms", type=float, default=None, help="fail above it")
    asked = parser.parse_args()
    found = asyncio.run(measured(asked.url, os.environ.get("SGD_KEY"), asked.seconds, asked.at_once))
    told = {path: seen.told() for path, seen in found.items()}
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    is_slow = asked.p95_ms is not None and any(each["p95_ms"] > asked.p95_ms for each in told.values())
    return int(is_slow or any(each["errors"] or not each["requests"] for each in told.values()))


if __name__ == "__main__":
    raise SystemExit(main())
