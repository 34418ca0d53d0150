"""A render of 1200 x 628 over HTTP, from the request to the bytes behind its signed URL, on real processes.

    python -m tests.benchmarks.bench_render [--quick]

At rest: one request after another on the local route. Beside it `GET /healthz`, which is what HTTP alone costs here.
With models: 5 requests a second, a provider that answers each call after 50 ms; the calls of one render are made one
after another (plan, picture, opinion), so what they cost is taken off and the rest is ours.
"""

import argparse
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx

from sgd_api.local.stack import LocalStack, local_stack
from sgd_api.samples.shelf import sample_kits
from sgd_resources.settings import load_settings
from tests.benchmarks.report import Row, free_port, percentile, print_rows
from tests.fakes.openrouter import Step, png, running
from tests.fakes.render_models import Scripts, task_of

KIT = "larkfold"
RATE_PER_S = 5.0
PROVIDER_S = 0.05
CALLS = 3  # of one render, one after another: plan, picture, opinion
AT_REST_MS, OVERHEAD_MS = 150.0, 300.0
PATIENCE_S = 300.0
_REPLACED = ("DATABASE_URL", "DATABASE_OWNER_URL", "DAGSTER_DATABASE_URL", "REDIS_URL", "QDRANT_URL", "S3_ENDPOINT_URL",
             "CLAMAV_HOST", "SGD_PUBLIC_URL", "OPENROUTER_API_KEY", "OPENROUTER_BASE_URL")  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    is_quick = parser.parse_args(argv).quick
    with machine({}) as stack, kit_client(stack, KIT) as client:
        alone = [_ms(lambda: client.get("/healthz")) for _ in range(50)]
        spent = [_ms(lambda: picture(client)) for _ in range(10 if is_quick else 40)][3:]
    with running() as provider:
        scripts = Scripts(image=png(1200, 628))
        provider.answer = lambda body: _late(scripts.answer(task_of(body), body))
        keys = {"OPENROUTER_API_KEY": "sk-or-bench", "OPENROUTER_BASE_URL": provider.url}
        with machine(keys) as stack, kit_client(stack, KIT) as client:
            for _ in range(3):
                picture(client)
            called = len(provider.calls)
            timed = at_a_rate(lambda: picture(client), 25 if is_quick else 100)
            each = (len(provider.calls) - called) / len(timed)
    overhead = [value - min(each, CALLS) * PROVIDER_S * 1000 for value in timed]
    rest, p95 = percentile(spent, 50), percentile(overhead, 95)
    http = percentile(alone, 50)
    print_rows(
        [
            Row("local render 1200x628, p50", rest, "ms", "GET /healthz, p50", http),
            Row("local render 1200x628, p95", percentile(spent, 95), "ms", "GET /healthz, p95", percentile(alone, 95)),
            Row("over a provider of 50 ms, 5/s, p50", percentile(overhead, 50), "ms", "calls per render", each),
            Row("over a provider of 50 ms, 5/s, p95", p95, "ms", "calls per render", each),
        ]
    )
    return int(rest > AT_REST_MS or p95 > OVERHEAD_MS)


@contextmanager
def machine(variables: Mapping[str, str]) -> Iterator[LocalStack]:
    """A stack of its own in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="sgd-bench-") as folder:
        kept = {name: os.environ.pop(name, None) for name in _REPLACED}
        os.environ |= {**variables, "SGD_VAR_DIR": folder, "SGD_API_PORT": str(free_port())}
        try:
            with local_stack(load_settings(), workers=2) as stack:
                yield stack
        finally:
            os.environ |= {name: value for name, value in kept.items() if value is not None}


@contextmanager
def kit_client(stack: LocalStack, kit: str) -> Iterator[httpx.Client]:
    """A client of an org that has taken a sample kit in."""
    _, key = stack.create_key(kit, "bench")
    with httpx.Client(base_url=stack.api_url, headers={"Authorization": f"Bearer {key}"}, timeout=PATIENCE_S) as client:
        folder = sample_kits()[kit]
        parts = [
            ("files", (path.name, path.read_bytes(), "application/octet-stream"))
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        ]
        taken = client.post("/uploads", files=parts, data={"project_id": "bench"}).json()["uploads"]
        body = {"project_id": "bench", "assets": [row["upload_id"] for row in taken]}
        ended(client, client.post("/ingest", json=body))
        yield client


def picture(client: httpx.Client) -> None:
    """One new render, waited for, and its picture fetched."""
    body: dict[str, Any] = {
        "project_id": "bench",
        "prompts": {"task": "create", "instruction": f'Banner: "Open day {uuid.uuid4().hex[:6]}"'},
        "outputs": {"count": 1, "format": "png", "dimensions": "1200x628"},
    }
    answer = ended(client, client.post("/render", json=body, headers={"Prefer": "wait=25"}))
    address = answer.json()["assets"][0]["url"]
    assert client.get(address).status_code == httpx.codes.OK


def ended(client: httpx.Client, answer: httpx.Response, *, is_any_end: bool = False) -> httpx.Response:
    """Follows a 202 to its end, which is a good one unless any will do."""
    location, deadline = answer.headers.get("location", ""), time.monotonic() + PATIENCE_S
    while answer.status_code == httpx.codes.ACCEPTED:
        assert time.monotonic() < deadline, "the work did not end"
        time.sleep(0.02)
        answer = client.get(location)
    assert is_any_end or answer.status_code == httpx.codes.OK, answer.text
    return answer


def at_a_rate(work: Any, count: int) -> list[float]:
    """Milliseconds of each piece of work, begun at a steady rate whether the one before has ended or not."""
    first = time.monotonic() + 0.2

    def timed(number: int) -> float:
        time.sleep(max(0.0, first + number / RATE_PER_S - time.monotonic()))
        return _ms(work)

    with ThreadPoolExecutor(max_workers=32) as pool:
        return list(pool.map(timed, range(count)))


def _ms(work: Any) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _late(step: Step) -> Step:
    return replace(step, delay_s=PROVIDER_S)


if __name__ == "__main__":
    sys.exit(main())
