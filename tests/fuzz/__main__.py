"""A short coverage-guided run against everything the gate does to bytes. `python -m tests.fuzz [seconds]`

The gate may refuse any bytes; it must never raise anything but a refusal, and cleaning a clean SVG must change nothing.
Without atheris the same property runs on random mutations, and says so.
"""

import importlib
import random
import struct
import sys
import tempfile
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sgd_resources.errors import RejectedEvidence
from sgd_resources.filetype import detect
from sgd_resources.ports.examination import Limits
from tests.hostile import made

LIMITS = Limits(
    max_pixels=1_000_000, max_frames=20, max_inflated_bytes=5_000_000, max_archive_entries=100, max_svg_nodes=5_000
)
EXPECTED = (
    OSError, ValueError, SyntaxError, LookupError, TypeError, AttributeError, ArithmeticError, EOFError, zlib.error,
    struct.error, zipfile.BadZipFile,
)  # fmt: skip
"""What readers raise at damaged files; the sandbox's child turns them into `reject:malformed`."""
SEEDS = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><style>.a{fill:#0086bf}</style><g id="a"><use href="#a"/></g></svg>',
    b"<!doctype html><style>a{b:url(c)}</style><p style='color:red' onclick=x>text<svg><path d='M0'/></svg>",
    b'{"brand": {"$value": "#0086BF"}}',
    made.png_header(8, 8, data=made.zeros(0)),
    b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9",
    made.page_pdf(made.stream(b"0 0 1 rg"), page=b"/Contents 4 0 R"),
    made.docx(),
    made.odt(),
    b"wOFF" + bytes(80),
    b"\x00\x01\x00\x00\x00\x01" + bytes(60),
)
DEFAULT_SECONDS = 30


def one(data: bytes) -> None:
    """Detect and clean; raise only when a promise is broken."""
    import pikepdf
    from lxml import etree

    from sgd_resources.cleaning.dispatch import clean

    try:
        found = detect(data)
    except Exception:
        sys.stderr.write(f"naming the type of {data!r} failed\n")
        raise
    with suppress(RejectedEvidence, MemoryError, RecursionError, pikepdf.PdfError, etree.LxmlError, *EXPECTED):
        cleaned = clean(data, found.media_type, LIMITS)
        if found.media_type == "image/svg+xml":
            again = clean(cleaned.data, found.media_type, LIMITS).data
            if again != cleaned.data:
                raise AssertionError(f"cleaning an SVG twice is not cleaning it once: {data!r}")


def main(arguments: list[str]) -> int:
    """Fuzz for some seconds; 0 when every promise held."""
    seconds = int(arguments[0]) if arguments else DEFAULT_SECONDS
    warnings.simplefilter("ignore")
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        return _mutate(one, seconds)
    with atheris.instrument_imports(include=["sgd_resources"]):
        import sgd_resources.cleaning.dispatch  # noqa: F401 - instrumented by being imported here
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(SEEDS):
            with open(f"{corpus}/{number}", "wb") as file:
                file.write(seed)
        options = [f"-max_total_time={seconds}", "-max_len=4096", "-rss_limit_mb=2000", f"-artifact_prefix={corpus}/"]
        atheris.Setup([sys.argv[0], *options, corpus], one)
        atheris.Fuzz()
    return 0


def _mutate(target: Callable[[bytes], None], seconds: int) -> int:
    """Random mutations of the seeds, from a fixed start, so that a fault can be met again."""
    chance = random.Random(20_261_121)
    deadline = time.monotonic() + seconds
    runs = 0
    while time.monotonic() < deadline:
        data = bytearray(chance.choice(SEEDS))
        for _ in range(chance.randint(0, 8)):
            at = chance.randrange(len(data) + 1)
            kind = chance.randrange(4)
            if kind == 0 and data:
                data[min(at, len(data) - 1)] = chance.randrange(256)
            elif kind == 1:
                data[at:at] = chance.randbytes(chance.randint(1, 8))
            elif kind == 2:
                del data[at : at + chance.randint(1, 16)]
            else:
                other = chance.choice(SEEDS)
                start = chance.randrange(len(other))
                data[at:at] = other[start : start + chance.randint(1, 64)]
        try:
            target(bytes(data))
        except BaseException:
            sys.stderr.write(f"run {runs}: {bytes(data)!r}\n")
            raise
        runs += 1
    sys.stdout.write(f"{runs} inputs in {seconds} s without atheris (random mutations); every promise held\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
