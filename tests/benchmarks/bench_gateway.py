"""The model gateway beside other clients: cost of a call, calls at 50 in flight, cache hits, memory over 20,000 calls.

python -m tests.benchmarks.bench_gateway [--quick]

The whole pipeline is measured (policy, redaction, cache key, single flight, rate limit, reserve, settle, call log,
validation), each call unique. Peers run in the same process and rounds, from a venv of the benchmark only; a peer that
cannot be installed is left out and named.
"""

import argparse
import asyncio
import base64
import json
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from sgd_resources.llm.caller import Caller
from sgd_resources.settings import Settings
from tests.benchmarks.gateway_factory import ORG, SCHEMA, make_gateway
from tests.benchmarks.report import Row, free_port, percentile, print_rows
from tests.fakes.llm import forget_memory
from tests.fakes.openrouter import png

ROOT = Path(__file__).resolve().parents[2]
PEERS = {"openai": "openai", "litellm.Router": "litellm", "pydantic-ai": "pydantic-ai-slim[openai]"}
"""By the name in `gateway_clients.py`: what is installed for it."""
MOST_OVERHEAD_MS = 0.7
LEAST_CALLS_PER_S = 1_500.0
MOST_GROWN_MB = 32.0
"""Between 2,000 and 20,000 calls: a dozen pictures that the allocator still has; a leak of 2 kB a call is more."""
WARM_UP_CALLS = 2_000
ASK = [{"role": "user", "content": "Plan a poster " + "x" * 800}]
PICTURE_BYTES = 2_000_000


def main(argv: Sequence[str] | None = None) -> int:
    """Print the rows; 1 when memory grew with the calls (speed on a busy machine is only told)."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--memory", action="store_true", help="only caches and memory, without the peers")
    chosen = parser.parse_args(argv)
    quick = chosen.quick
    with ExitStack() as stack:
        port = free_port()
        server = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.gateway_provider", str(port)], cwd=ROOT)
        stack.callback(server.wait)
        stack.callback(server.terminate)
        _wait_for(port)
        rows = [] if chosen.memory else client_rows(port, calls=600 if quick else 3_000)
        rows += asyncio.run(_own_rows(f"http://127.0.0.1:{port}/v1", stack, quick=quick))
    print_rows(rows)
    grown = next(row for row in rows if row.unit == "MB" and row.peer == "limit")
    is_flat = grown.value <= grown.peer_value
    print(f"memory is {'flat' if is_flat else 'NOT flat'}: {grown.value:+.1f} MB, {grown.peer_value:.0f} MB may be")  # noqa: T201 - the same
    return 0 if is_flat else 1


def client_rows(port: int, *, calls: int) -> list[Row]:
    """p50 at one call in flight, calls/s and p95 at 50, beside the peers that could be installed."""
    python = _peer_python()
    names = ["httpx", "aiohttp", *(PEERS if python else ()), "ours"]
    # Our own packages stand before the peers': they must not change what is measured.
    own = [path for path in sys.path if path.endswith("site-packages")]
    command = [python or sys.executable, "-m", "tests.benchmarks.gateway_clients", str(port), str(calls), *names]
    done = subprocess.run(
        command, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *own])},
        stdout=subprocess.PIPE, timeout=900,
    )  # fmt: skip
    found = json.loads(done.stdout)
    ours = found["ours"]
    overhead = ours["1"]["p50_ms"] - found["httpx"]["1"]["p50_ms"]
    rows = [
        Row("gateway call over plain httpx, p50 at 1", overhead, "ms", "limit", MOST_OVERHEAD_MS),
        Row("gateway calls a second at 50", ours["50"]["calls_per_s"], "1/s", "floor", LEAST_CALLS_PER_S),
        Row("gateway p95 at 50", ours["50"]["p95_ms"], "ms", "limit", 100.0),
    ]
    for peer in (name for name in names if name in found and name != "ours"):
        theirs = found[peer]
        rows.append(Row("gateway call, p50 at 1", ours["1"]["p50_ms"], "ms", peer, theirs["1"]["p50_ms"]))
        rows.append(Row("gateway calls at 50", ours["50"]["calls_per_s"], "1/s", peer, theirs["50"]["calls_per_s"]))
        rows.append(Row("gateway CPU a call at 50", ours["50"]["cpu_ms"], "ms", peer, theirs["50"]["cpu_ms"]))
    return rows


def _wait_for(port: int) -> None:
    """Until somebody listens. Raises TimeoutError."""
    ends_at = time.monotonic() + 30
    while time.monotonic() < ends_at:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError("the provider of the benchmark did not start")


def _peer_python() -> str | None:
    """An interpreter that has our dependencies and the peers: a venv of the benchmark only, made once."""
    folder = Settings().var_dir / "bench-venv"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    probe = [str(python), "-c", "import openai, litellm, pydantic_ai.models.openai"]
    if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return str(python)
    installers = (
        ["uv", "pip", "install", "-qq", "--python", str(python)],
        [sys.executable, "-m", "pip", "--python", str(python), "install", "-qq"],
    )
    for installer in installers:
        try:
            if subprocess.run([*installer, *PEERS.values()], check=False, timeout=300).returncode == 0:
                break
        except (FileNotFoundError, subprocess.TimeoutExpired):
            continue
    if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return str(python)
    print(f"{', '.join(PEERS)} cannot be installed here: no peers but httpx and aiohttp")  # noqa: T201 - the same
    return None


async def _own_rows(base_url: str, stack: ExitStack, *, quick: bool) -> list[Row]:
    gateway, _ = make_gateway(base_url, stack)
    ask = {"schema": SCHEMA, "caller": Caller(ORG)}
    await gateway.complete("planner", ASK, **ask)  # type: ignore[arg-type]  # options by name
    memory = []
    for _ in range(500):
        started = time.perf_counter()
        answer = await gateway.complete("planner", ASK, **ask)  # type: ignore[arg-type]  # options by name
        memory.append((time.perf_counter() - started) * 1000)
        assert answer.cache_state == "memory"
    in_redis = []
    cache = gateway.parts.cache
    for _ in range(500):
        forget_memory(cache)
        started = time.perf_counter()
        answer = await gateway.complete("planner", ASK, **ask)  # type: ignore[arg-type]  # options by name
        in_redis.append((time.perf_counter() - started) * 1000)
        assert answer.cache_state == "redis"
    calls, pictures = (4_000, 100) if quick else (20_000, 500)
    # Until the allocator has seen as many pictures in flight as it will: what grows after that is a leak.
    await _many(gateway, 0, WARM_UP_CALLS, 50)
    before = _rss_mb()
    half = (calls - WARM_UP_CALLS) // 2
    await _many(gateway, WARM_UP_CALLS, half, pictures // 2)
    halfway = _rss_mb()
    await _many(gateway, WARM_UP_CALLS + half, half, pictures // 2)
    after = _rss_mb()
    await gateway.close()
    return [
        Row("cache hit in memory, p95", percentile(memory, 95), "ms", "limit", 1.0),
        Row("cache hit in Redis, p95", percentile(in_redis, 95), "ms", "limit", 3.0),
        Row(
            f"RSS after {WARM_UP_CALLS + half} calls, pictures of 2 MB in it", halfway, "MB", "RSS after 2,000", before
        ),
        Row(f"RSS after {calls} calls, pictures of 2 MB in it", after, "MB", "RSS after 2,000", before),
        Row(f"RSS grown from 2,000 to {calls} calls", after - before, "MB", "limit", MOST_GROWN_MB),
    ]


async def _many(gateway: object, first: int, calls: int, pictures: int) -> None:
    """Unique calls, 20 in flight, with pictures among them, four in flight."""
    from sgd_resources.llm.gateway import LlmGateway

    assert isinstance(gateway, LlmGateway)
    numbers = iter(range(first, first + calls))

    async def talk() -> None:
        for number in numbers:
            await gateway.complete(
                "critic", [{"role": "user", "content": f"{number} {ASK[0]['content']}"}], caller=Caller(ORG)
            )

    shots = iter(range(pictures))

    async def draw() -> None:
        for number in shots:
            (answer,) = await gateway.generate_image("image", f"{first} {number}", caller=Caller(ORG))
            assert len(answer.pictures[0].data) > PICTURE_BYTES

    await asyncio.gather(*(talk() for _ in range(20)), *(draw() for _ in range(4)))


def _rss_mb() -> float:
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def picture_url() -> str:
    """A picture of 2 MB as a data URL."""
    return "data:image/png;base64," + base64.b64encode(png(filler_bytes=PICTURE_BYTES)).decode()


if __name__ == "__main__":
    sys.exit(main())
