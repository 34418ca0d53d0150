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
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from sgd_resources.llm.caller import Caller
from sgd_resources.settings import Settings
from tests.benchmarks.gateway_factory import ORG, SCHEMA, make_gateway
from tests.benchmarks.report import Row, free_port, percentile, print_rows
from tests.fakes.llm import forget_memory
from tests.fakes.openrouter import png

ROOT = Path(__file__).resolve().parents[2]
HARNESS = Path(os.environ.get("SGD_SHARED", ROOT.parent / "shared")) / "bench"
PEERS = ("openai", "litellm")
ASK = [{"role": "user", "content": "Plan a poster " + "x" * 800}]
PICTURE_BYTES = 2_000_000


def main(argv: Sequence[str] | None = None) -> list[Row]:
    """Print and return the rows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args(argv).quick
    rows = client_rows(calls=800 if quick else 2_000)
    with ExitStack() as stack:
        port = free_port()
        server = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.gateway_provider", str(port)], cwd=ROOT)
        stack.callback(server.wait)
        stack.callback(server.terminate)
        time.sleep(1)
        rows += asyncio.run(_own_rows(f"http://127.0.0.1:{port}/v1", stack, quick=quick))
    print_rows(rows)
    return rows


def client_rows(*, calls: int) -> list[Row]:
    """p50 at one call in flight, calls/s and p95 at 50, beside the peers that could be installed."""
    if not HARNESS.is_dir():
        print("bench_clients.py is not on this machine: no peers")  # noqa: T201 - a benchmark speaks on stdout
        return []
    python = _peer_python()
    out = Path(f"/tmp/sgd-bench-clients-{os.getpid()}.json")
    names = ["raw", "httpx", "aiohttp", *(["openai", "litellm.Router"] if python else [])]
    command = [
        python or sys.executable, str(HARNESS / "bench_clients.py"), "--n", str(calls), "--only", ",".join(names),
        "--extra", "ours=tests.benchmarks.gateway_factory:factory", "--json", str(out), "--port", str(free_port()),
    ]  # fmt: skip
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=900)
    found = json.loads(out.read_text("utf-8"))
    out.unlink()
    ours = found["ours"]
    overhead = ours["1"]["p50"] - found["httpx"]["1"]["p50"]
    rows = [
        Row("gateway call over plain httpx, p50 at 1", overhead, "ms", "limit", 1.0),
        Row("gateway calls a second at 50", ours["50"]["rps"], "1/s", "floor", 800.0),
        Row("gateway p95 at 50", ours["50"]["p95"], "ms", "limit", 100.0),
    ]
    for peer in (name for name in names if name in found and name not in {"raw"}):
        rows.append(Row("gateway call, p50 at 1", ours["1"]["p50"], "ms", peer, found[peer]["1"]["p50"]))
        rows.append(Row("gateway calls a second at 50", ours["50"]["rps"], "1/s", peer, found[peer]["50"]["rps"]))
    return rows


def _peer_python() -> str | None:
    """An interpreter that has our dependencies and the peers: a venv of the benchmark only, made once."""
    folder = Settings().var_dir / "bench-venv"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
        site = next((folder / "lib").glob("python*")) / "site-packages"
        own = [path for path in sys.path if path.endswith("site-packages")]
        # Ours first: the peers must not change what is measured.
        (site / "sgd.pth").write_text("\n".join(own) + "\n", "utf-8")
    probe = [str(python), "-c", "import openai, litellm"]
    if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return str(python)
    installers = (
        ["uv", "pip", "install", "-q", "--python", str(python)],
        [sys.executable, "-m", "pip", "--python", str(python), "install", "-q"],
    )
    for installer in installers:
        try:
            if subprocess.run([*installer, *PEERS], check=False, timeout=300).returncode == 0:
                break
        except (FileNotFoundError, subprocess.TimeoutExpired):
            continue
    if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return str(python)
    print("openai and litellm cannot be installed: no peers but httpx and aiohttp")  # noqa: T201 - the same
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
    calls, pictures = (2_000, 50) if quick else (20_000, 500)
    # Until the allocator has seen as many pictures in flight as it will: what grows after that is a leak.
    await _many(gateway, 0, 2_000, 50)
    before = _rss_mb()
    await _many(gateway, 2_000, calls // 2, pictures // 2)
    halfway = _rss_mb()
    await _many(gateway, 2_000 + calls // 2, calls // 2, pictures // 2)
    after = _rss_mb()
    await gateway.close()
    return [
        Row("cache hit in memory, p95", percentile(memory, 95), "ms", "limit", 1.0),
        Row("cache hit in Redis, p95", percentile(in_redis, 95), "ms", "limit", 3.0),
        Row(f"RSS after {calls // 2} calls, {pictures // 2} of 2 MB", halfway, "MB", "RSS before", before),
        Row(f"RSS after {calls} calls, {pictures} of 2 MB", after, "MB", "RSS before", before),
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
    main()
