"""What a hostile file of one org costs two others: they go on asking for pictures while it is taken in.

python -m tests.benchmarks.bench_hostile [--quick]

A real machine (API, two warm workers, confined children). Two orgs each have a sample kit and ask for one picture after
another at a steady pace, in rounds: idle, then with one hostile file given to a third org by upload and ingest. A
round with a file lasts as long as its ingest. The files: drawings that cost a painter minutes, packed bombs, floods,
and those of the handed cases where they are beside the repository. Code 1 when, over the rounds with files, the median
latency of the two is more than twice its idle value, a picture of theirs fails, or a file is not settled in 20 s of
a quiet machine.
"""

import argparse
import statistics
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import httpx

from tests.benchmarks.bench_render import ended, kit_client, machine, picture
from tests.benchmarks.report import Row, percentile, print_rows
from tests.hostile import drawings, made
from tests.hostile.hostile_set import SHARED

KITS = ("larkfold", "kestrine")
HOSTILE_ORG = "visitor"
PAUSE_S = 1.0
"""Between two pictures of one org: the two together keep a quarter of two workers busy."""
IDLE_PICTURES = 8
MOST_TIMES = 2.0
MOST_SECONDS = 20.0


@dataclass
class Asking:
    """One org that asks for pictures until told to stop: milliseconds of each, and what failed."""

    client: httpx.Client
    spent: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    _ends: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self._ends.is_set():
            began = time.perf_counter()
            try:
                picture(self.client)
            except (AssertionError, httpx.HTTPError, KeyError) as error:
                self.failed.append(repr(error)[:200])
            self.spent.append((time.perf_counter() - began) * 1000)
            self._ends.wait(PAUSE_S)

    def stop(self) -> None:
        self._ends.set()


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line per file, then the figures over all of them; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="every third file")
    files = hostile_files()
    if parser.parse_args(argv).quick:
        files = dict(list(files.items())[::3])
    idle: list[float] = []
    beside: list[float] = []
    failed: list[str] = []
    slow: list[str] = []
    with machine({}) as stack, kit_client(stack, KITS[0]) as one, kit_client(stack, KITS[1]) as other:
        _, key = stack.create_key(HOSTILE_ORG, "bench")
        with httpx.Client(base_url=stack.api_url, headers={"X-API-Key": key}, timeout=60) as visitor:
            for number, (name, data) in enumerate(files.items()):
                if number % 4 == 0:
                    idle += _round((one, other), None, failed)
                began = time.monotonic()
                timed = _round((one, other), partial(take_in, visitor, name, data), failed)
                took = time.monotonic() - began
                beside += timed
                if took > MOST_SECONDS:
                    slow.append(f"{name}: {took:.0f} s")
                median = statistics.median(timed)
                say(f"{name:44s} settled in {took:5.1f} s; pictures beside it p50 {median:6.0f} ms of {len(timed)}")
    print_rows(
        [
            Row(f"a picture of another org, p{percent}", percentile(beside, percent), "ms", "idle",
                percentile(idle, percent))
            for percent in (50, 95)
        ]
    )  # fmt: skip
    for line in (*failed, *slow):
        say(line)
    return int(bool(failed or slow) or percentile(beside, 50) > MOST_TIMES * percentile(idle, 50))


def _round(clients: Sequence[httpx.Client], work: Callable[[], None] | None, failed: list[str]) -> list[float]:
    """Latencies of pictures asked for by both orgs while `work` is done, or of a few when there is none."""
    asking = [Asking(client) for client in clients]
    threads = [threading.Thread(target=one.run) for one in asking]
    for thread in threads:
        thread.start()
    try:
        if work is not None:
            work()
        while any(len(one.spent) < (1 if work is not None else IDLE_PICTURES // 2) for one in asking):
            time.sleep(0.05)
    finally:
        for one in asking:
            one.stop()
        for thread in threads:
            thread.join()
    for one in asking:
        failed += one.failed
    return [value for one in asking for value in one.spent]


def take_in(client: httpx.Client, name: str, data: bytes) -> None:
    """Uploads one file and waits for the end of its ingest, whatever the verdict is."""
    answer = client.post(
        "/uploads", files=[("files", (name, data, "application/octet-stream"))], data={"project_id": "bench"}
    )
    if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
        return  # refused at the door
    answer.raise_for_status()
    ids = [row["upload_id"] for row in answer.json()["uploads"]]
    ended(client, client.post("/ingest", json={"project_id": "bench", "assets": ids}), is_any_end=True)


def hostile_files() -> Mapping[str, bytes]:
    """By name: made here, then those of the handed cases where they are there."""
    own = {f"{name.replace(' ', '_')}.svg": data for name, data in drawings.LOGOS.items()}
    own |= {
        "unpacks_to_two_gigabytes.woff2": drawings.woff2_bomb(2 << 30),
        "gigapixels.png": made.png_bomb(),
        "nested.html": b"<ul><li>" * 60_000,
        "comments.css": b"/*" * 500_000 + b"*/",
        "quotes.css": b"a{content:'" * 60_000,
        "laughs.json": b'{"a":{"$value":"{b}{b}{b}{b}"},"b":{"$value":"{a}{a}{a}{a}"}}',
        "zeros.docx": made.docx({"word/media/zeros.bin": made.zeros(1 << 28)}),
    }
    handed = sorted((SHARED / "cases" / "hostile").glob("*.*")) if SHARED.is_dir() else []
    return own | {f"handed_{path.name}": path.read_bytes() for path in handed}


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a benchmark speaks


if __name__ == "__main__":
    sys.exit(main())
