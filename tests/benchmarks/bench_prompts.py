"""Analyses: from the cache over the whole API, beside a bare gateway call, in batches, and schemas of strangers.

python -m tests.benchmarks.bench_prompts [--quick]

Peers (the openai SDK with pydantic, instructor) do the same against the same fake provider, from a venv of their own;
what cannot be installed is left out and named.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from sgd_api.http.app import create_app
from sgd_api.http.services import build_services
from sgd_assets.prompts.analyze import analyze, get_ready
from sgd_assets.prompts.batch import analyze_all
from sgd_assets.prompts.model import Analysis, Ask, Options
from sgd_assets.prompts.schema_guard.guard import read_schema
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.errors import ValidationFailed
from sgd_resources.lazy import Lazy
from sgd_resources.llm.caller import Caller
from sgd_resources.llm.gateway import LlmGateway
from sgd_resources.llm.sync_gateway import SyncLlmGateway
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys
from sgd_resources.settings import Settings
from tests.benchmarks.bench_gateway import ROOT, _wait_for
from tests.benchmarks.gateway_factory import ORG, gateway_maker, make_gateway
from tests.benchmarks.prompt_case import PROMPT, SCHEMA
from tests.benchmarks.prompt_http import CALLERS, PACED_PER_S, api, asked_in_process, measured
from tests.benchmarks.report import Row, free_port, percentile, print_rows
from tests.sgd_assets.prompts.schema_guard.hostile import REFUSED, TAKEN

PAUSE_MS = 50
PEERS = ["openai", "instructor"]
WHO = Caller(ORG, request_id="bench")
_BODY = {"prompt": f"{PROMPT} cached", "schema": SCHEMA}


def main(argv: Sequence[str] | None = None) -> int:
    """Print the rows; 1 when a schema of strangers took a second (speed on a busy machine is only told)."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    calls = 100 if parser.parse_args(argv).quick else 400
    with ExitStack() as stack:
        quick_port, slow_port = (_provider(stack, pause_ms) for pause_ms in (0, PAUSE_MS))
        found = asyncio.run(_own(stack, quick_port, slow_port, calls))
        peers = _peers(quick_port, slow_port, calls)
        rows = [
            Row("analyze from the cache, whole API in process, p95", found["cached"], "ms", "limit", 5.0),
            Row("the same, processor time of all threads", found["cached_cpu"], "ms", "limit", 5.0),
            Row(f"the same over HTTP, {CALLERS} callers, {PACED_PER_S:.0f}/s, p95", found["http"], "ms", "limit", 10.0),
            Row(f"the same over HTTP, {CALLERS} callers, no pause", found["per_s"], "calls/s", "pace", PACED_PER_S),
            Row("analyze over a bare gateway call, p50", found["overhead"], "ms", "limit", 5.0),
            Row(f"batch of 100 at {PAUSE_MS} ms, times quicker than one by one", found["speedup"], "x", "floor", 15.0),
        ]
        for name, theirs in peers.items():
            rows.append(Row("analyze, not cached, p50 at 1", found["p50"], "ms", name, theirs["p50_ms"]))
            rows.append(
                Row(f"100 prompts at {PAUSE_MS} ms, 50 in flight", found["batch"], "ms", name, theirs["batch_ms"])
            )
    slowest = _slowest_schema()
    rows.append(Row(f"slowest of {len(REFUSED) + len(TAKEN)} hostile schemas, CPU", slowest, "ms", "limit", 1_000.0))
    print_rows(rows)
    return 0 if slowest < 1_000 else 1


def _provider(stack: ExitStack, pause_ms: int) -> int:
    port = free_port()
    command = [sys.executable, "-m", "tests.benchmarks.prompt_provider", str(port), str(pause_ms)]
    server = subprocess.Popen(command, cwd=ROOT)
    stack.callback(server.wait)
    stack.callback(server.terminate)
    _wait_for(port)
    return port


async def _own(stack: ExitStack, quick_port: int, slow_port: int, calls: int) -> dict[str, float]:
    make, database, urls = gateway_maker(f"http://127.0.0.1:{quick_port}/v1", stack)
    gateway = make()
    schema = read_schema(SCHEMA)

    def ask(number: int) -> Ask:
        return Ask(f"{PROMPT} {number}", schema=schema, options=Options(max_tokens=1_000))

    async def analysed(number: int) -> None:
        found = await analyze(gateway, get_ready(ask(number)), WHO)
        assert isinstance(found, Analysis), found

    async def bare(number: int) -> None:
        ready = get_ready(ask(calls + number))
        begun.append(time.perf_counter())
        await gateway.complete("analyze", ready.messages, schema=ready.schema, caller=WHO)
        took.append((time.perf_counter() - begun[-1]) * 1_000)

    begun: list[float] = []
    took: list[float] = []
    await analysed(10**6)
    whole = await _timed(analysed, calls)
    for number in range(calls):
        await bare(number)
    await gateway.close()
    cached = await _cached(database, make, urls, calls)
    with (
        tempfile.TemporaryDirectory(prefix="sgd-bench-") as folder,
        api(urls, Path(folder), f"http://127.0.0.1:{quick_port}/v1") as url,
    ):
        over_http = await measured(url, _key(database), _BODY, calls)
    slow, _ = make_gateway(f"http://127.0.0.1:{slow_port}/v1", stack)
    hundred = [get_ready(ask(number)) for number in range(101)]
    await analyze(slow, hundred.pop(), WHO)
    began = time.perf_counter()
    ends = await analyze_all(slow, hundred, WHO)
    batch = (time.perf_counter() - began) * 1_000
    assert all(isinstance(end.found, Analysis) for end in ends)
    singles = await _timed(lambda number: analyze(slow, get_ready(ask(1_000 + number)), WHO), 20)
    await slow.close()
    one_by_one = 100 * sum(singles) / len(singles)
    return {
        **cached,
        **over_http,
        "p50": percentile(whole, 50),
        "overhead": percentile(whole, 50) - percentile(took, 50),
        "batch": batch,
        "speedup": one_by_one / batch,
    }


async def _timed(call: Callable[[int], Awaitable[object]], times: int) -> list[float]:
    took = []
    for number in range(times):
        began = time.perf_counter()
        await call(number)
        took.append((time.perf_counter() - began) * 1_000)
    return took


async def _cached(
    database: Database, make: Callable[[], LlmGateway], urls: ServiceUrls, calls: int
) -> dict[str, float]:
    """p95 of one prompt over the app, its key and its limits, once the answer is kept; and its processor time."""
    settings = Settings(sgd_rate_limit_per_min=10**6, sgd_rate_limit_work_per_min=10**6)
    own = SyncLlmGateway(make, watches=False)
    services = replace(build_services(settings, urls), llm=Lazy(lambda: own))
    app = create_app(settings, services)
    key, body = _key(database), json.dumps(_BODY).encode()
    async with app.router.lifespan_context(app):

        async def ask(number: int) -> None:
            status, answer = await asked_in_process(app, key, body)
            assert status == 200, answer

        await ask(0)
        await ask(1)
        began_cpu = time.process_time()
        took = await _timed(ask, calls)
        return {"cached": percentile(took, 95), "cached_cpu": (time.process_time() - began_cpu) * 1_000 / calls}


def _key(database: Database) -> str:
    with database.org_transaction(ORG) as connection:
        return keys.create_key(connection, ORG, label="bench").plaintext


def _slowest_schema() -> float:
    """Milliseconds of CPU of the slowest hostile schema: read, and judged by where it is taken."""
    slowest = 0.0
    for name, document, value in [*((name, schema, None) for name, schema, _ in REFUSED), *TAKEN]:
        began = time.process_time()
        with suppress(ValidationFailed):
            read_schema(document).faults(value)
        took = (time.process_time() - began) * 1_000
        if took > slowest:
            slowest = took
            sys.stderr.write(f"{name}: {took:.0f} ms\n")
    return slowest


def _peers(quick_port: int, slow_port: int, calls: int) -> dict[str, dict[str, float]]:
    python = _peer_python()
    if python is None:
        return {}
    own = [path for path in sys.path if path.endswith("site-packages")]
    done = subprocess.run(
        [python, "-m", "tests.benchmarks.prompt_peers", str(quick_port), str(slow_port), str(calls)],
        check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *own])},
        stdout=subprocess.PIPE, timeout=600,
    )  # fmt: skip
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


def _peer_python() -> str | None:
    """An interpreter that has our dependencies and the peers: a venv of the benchmark only, made once."""
    folder: Path = Settings().var_dir / "bench-venv-prompts"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    probe = [str(python), "-c", "import openai, instructor"]
    if subprocess.run(probe, capture_output=True, check=False).returncode != 0:
        command = [sys.executable, "-m", "pip", "--python", str(python), "install", "-qq", *PEERS]
        subprocess.run(command, check=False, timeout=300)
    if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return str(python)
    sys.stdout.write(f"{', '.join(PEERS)} cannot be installed here: no peers\n")
    return None


if __name__ == "__main__":
    sys.exit(main())
