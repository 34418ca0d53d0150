"""`make demo` after installation, cold and warm, each in a fresh and then in the same data directory.

The peer of a cold demo is its target of 60 s, of a warm one 15 s: there is no other program that does the same.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from statistics import median

from tests.benchmarks.report import Row, print_rows


def main(argv: Sequence[str] | None = None) -> list[Row]:
    """Time whole processes; prints and returns the rows."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_demo")
    parser.add_argument("--quick", action="store_true", help="one warm run instead of three")
    chosen = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="sgd-bench-") as folder:
        cold_s = _demo(folder)
        warm_s = median(_demo(folder) for _ in range(1 if chosen.quick else 3))
    rows = [
        Row("demo, cold data directory", cold_s, "s", "target", 60.0),
        Row("demo, nothing changed (median)", warm_s, "s", "target", 15.0),
    ]
    print_rows(rows)
    return rows


def _demo(folder: str) -> float:
    env = {**os.environ, "SGD_VAR_DIR": folder}
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "sgd_api.cli.app", "demo"], env=env, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
