"""`make bench`: every benchmark, one after another, each in a process of its own.

    python -m tests.benchmarks [--quick] [NAME ...]

Each prints name, value, unit, compared with what, ratio. The exit code is that of the first one that failed.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def names() -> list[str]:
    """The benchmarks there are, by name."""
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def main() -> int:
    """Run the chosen benchmarks; returns an exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Speed, beside a peer.")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    parser.add_argument("names", nargs="*", help=f"of {', '.join(names())}; all when none is named")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(names()):
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}")
    failed = 0
    for name in chosen.names or names():
        began = time.monotonic()
        print(f"--- {name}", flush=True)  # noqa: T201 - a benchmark speaks on stdout
        argv = [sys.executable, "-m", f"tests.benchmarks.bench_{name}", *(["--quick"] if chosen.quick else [])]
        code = subprocess.run(argv, check=False).returncode
        print(f"--- {name}: exit {code} after {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201 - the same
        failed = failed or code
    return failed


if __name__ == "__main__":
    sys.exit(main())
