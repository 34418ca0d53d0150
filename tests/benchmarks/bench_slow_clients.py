"""What slow clients of one org cost another: a hundred dribbling uploads and a hundred idle connections of one key.

python -m tests.benchmarks.bench_slow_clients [--quick]

A real API process. The other org's requests are timed in rounds, by turns with and without the slow clients, so that
what else the machine does falls on both. First with caps so high that all hundred uploads are held open, then with
those that are shipped, where most of them are refused. Code 1 when the 95th percentile is more than twice its idle
value.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from sgd_api.local.stack import LocalStack, local_stack
from sgd_resources.settings import load_settings
from tests.benchmarks.report import Row, free_port, percentile, print_rows
from tests.load.place import REPLACED

SLOW = 100
MOST_TIMES = 2.0
_UNLIMITED = dict.fromkeys(("SGD_KEY_LIMIT_PER_MIN", "SGD_KEY_LIMIT_PER_S", "SGD_KEY_LIMIT_BURST",
                            "SGD_RATE_LIMIT_PER_MIN", "SGD_RATE_LIMIT_WORK_PER_MIN"), "1000000")  # fmt: skip
_ALL_HELD = dict.fromkeys(("SGD_UPLOADS_AT_ONCE", "SGD_UPLOADS_AT_ONCE_PER_ORG", "SGD_UPLOADS_AT_ONCE_PER_KEY"), "1000")
_HEAD = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.svg"\r\n\r\n'


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures of both."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    rounds, each = (2, 60) if parser.parse_args(argv).quick else (6, 150)
    rows = []
    for name, caps in (("all held", _ALL_HELD), ("shipped caps", {})):
        with api({**_UNLIMITED, **caps}) as stack:
            slow, other = stack.create_key("slow", "bench")[1], stack.create_key("other", "bench")[1]
            idle, loaded, held = asyncio.run(_measure(stack.api_url, slow, other, rounds, each))
        print(f"{name}: {held} of {SLOW} uploads held, {SLOW} idle connections")  # noqa: T201 - a benchmark speaks
        for percent in (50, 95):
            peer = f"without them, p{percent}"
            rows.append(
                Row(
                    f"{name}: a GET of another org, p{percent}",
                    percentile(loaded, percent), "ms", peer, percentile(idle, percent),
                )
            )  # fmt: skip
    print_rows(rows)
    return int(any(row.ratio > MOST_TIMES for row in rows))


@contextmanager
def api(environment: dict[str, str]) -> Iterator[LocalStack]:
    """An API of its own with these settings, and no worker."""
    before = dict(os.environ)
    for name in REPLACED:
        os.environ.pop(name, None)
    try:
        with tempfile.TemporaryDirectory(prefix="sgd-bench-") as folder:
            os.environ |= {**environment, "SGD_VAR_DIR": str(Path(folder)), "SGD_API_PORT": str(free_port())}
            with local_stack(load_settings(), workers=0) as stack:
                yield stack
    finally:
        os.environ.clear()
        os.environ |= before


async def _measure(url: str, slow: str, other: str, rounds: int, each: int) -> tuple[list[float], list[float], int]:
    """Latencies in ms without and with the slow clients, and how many of their uploads were held to the end."""
    idle: list[float] = []
    loaded: list[float] = []
    held = 0
    async with httpx.AsyncClient(base_url=url, headers={"X-API-Key": other}, timeout=30) as client:
        await _timed(client, each)
        for _ in range(rounds):
            idle += await _timed(client, each)
            async with slow_clients(url, slow) as refused:
                loaded += await _timed(client, each)
                held = SLOW - refused()
    return idle, loaded, held


async def _timed(client: httpx.AsyncClient, count: int) -> list[float]:
    found = []
    for _ in range(count):
        began = time.perf_counter()
        (await client.get("/uploads")).raise_for_status()
        found.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(0.01)
    return found


@asynccontextmanager
async def slow_clients(url: str, key: str) -> AsyncIterator[Callable[[], int]]:
    """Uploads that send a byte five times a second, and connections that send nothing; gives who was refused."""
    address = urlsplit(url)
    readers, writers = [], []
    for number in range(2 * SLOW):
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        writers.append(writer)
        if number % 2:
            continue
        readers.append(reader)
        writer.write(
            f"POST /uploads HTTP/1.1\r\nHost: a\r\nX-API-Key: {key}\r\nContent-Length: 100000\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\n\r\n".encode()
            + _HEAD
        )
    await asyncio.sleep(1)

    async def drip() -> None:
        while True:
            for writer in writers[::2]:
                if not writer.is_closing():
                    writer.write(b"x")
            await asyncio.sleep(0.2)

    dripping = asyncio.create_task(drip())
    try:
        yield lambda: sum(bool(reader._buffer) or reader.at_eof() for reader in readers)  # type: ignore[attr-defined]  # asyncio's own: what came and was not read
    finally:
        dripping.cancel()
        for writer in writers:
            writer.close()
        await asyncio.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main())
