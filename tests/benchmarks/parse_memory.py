"""Peak resident memory of parse + canon, in a process that holds nothing else. Prints megabytes.

python -m tests.benchmarks.parse_memory [--without-ocr] [BRAND ...]
"""

import argparse
import contextlib
import resource
from pathlib import Path

from tests.benchmarks.brand_evidence import brands, parse_and_derive, without_ocr


def main() -> None:
    """Read the brands one after another, each let go before the next."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--without-ocr", action="store_true")
    arguments.add_argument("brands", nargs="*")
    chosen = arguments.parse_args()
    with without_ocr() if chosen.without_ocr else contextlib.nullcontext():
        for brand in brands():
            if not chosen.brands or brand.name in chosen.brands:
                parse_and_derive(brand)
    print(_peak_mb())  # noqa: T201 - the answer


def _peak_mb() -> float:
    """Of this program alone: rusage also counts the process that started it."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    main()
