"""Parse and canon of real brands' evidence, beside pypdfium2's bare text extraction of the same PDFs in the same run.

python -m tests.benchmarks.bench_parse [--quick]

Where the real brands are not beside the repository, the sample kits are read instead. The peer reads words only: no
colour operands, swatches, fonts, hidden words, pictures or canon. Pages without a text layer are read by OCR, which the
peer leaves out; a second row leaves it out too. unstructured's fast strategy joins in where it is installed.
"""

import argparse
import hashlib
import importlib
import importlib.util
import io
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pypdfium2
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from sgd_assets.canon.derive import derive_canon
from sgd_resources.contracts import ROOT
from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.parsers import ocr
from sgd_resources.parsers.select import LocalParser
from sgd_resources.ports import ParseRequest
from tests.benchmarks.report import Row, print_rows
from tests.brands import dev_set

KITS = ROOT / "sgd_api" / "samples" / "kits"
GUIDE_PAGES, GUIDE_LIMIT_S = 30, 2.5
ROUNDS = 3


@dataclass(frozen=True)
class Brand:
    """One brand's files: (name, bytes, media type)."""

    name: str
    files: tuple[tuple[str, bytes, str], ...]

    @property
    def pdfs(self) -> list[bytes]:
        """Its PDFs."""
        return [data for _, data, media_type in self.files if media_type == "application/pdf"]


def main(quick: bool) -> None:
    """Print pages/s, MB/s and peak memory of parse + canon, each beside its peer."""
    found = brands()[:5] if quick else brands()
    rounds = 1 if quick else ROUNDS
    print_rows([*guide_rows(rounds), *brand_rows(found, rounds), memory_row(found)])


def brands() -> list[Brand]:
    """The dev brands, else the sample kits."""
    folders = dev_set.brands()
    if not folders:
        print("skipped: the real brands are not beside the repository (set SGD_SHARED); reading the sample kits")  # noqa: T201 - a benchmark speaks on stdout
        folders = sorted(path for path in KITS.iterdir() if path.is_dir())
    return [Brand(folder.name, tuple(_files(folder / "evidence"))) for folder in folders]


def brand_rows(found: Sequence[Brand], rounds: int) -> list[Row]:
    """All files, then the PDFs alone beside their peers; the median of rounds taken in turns."""
    everything: list[float] = []
    pdfs: list[float] = []
    unread: list[float] = []
    bare: list[float] = []
    pages = 0
    only_pdfs = [Brand(b.name, tuple(f for f in b.files if f[2] == "application/pdf")) for b in found if b.pdfs]
    for _ in range(rounds):
        seconds, pages = _timed(lambda: sum(map(parse_and_derive, found)))
        everything.append(seconds)
        pdfs.append(_timed(lambda: sum(map(parse_and_derive, only_pdfs)))[0])
        with without_ocr():
            unread.append(_timed(lambda: sum(map(parse_and_derive, only_pdfs)))[0])
        bare.append(_timed(lambda: sum(bare_text(data) for b in found for data in b.pdfs))[0])
    pdf_pages = sum(bare_text(data) for b in found for data in b.pdfs)
    megabytes = sum(len(data) for b in found for _, data, _ in b.files) / 1e6
    pdf_megabytes = sum(len(data) for b in found for data in b.pdfs) / 1e6
    own, words = statistics.median(everything), statistics.median(bare)
    peer, rate = "pypdfium2, bare text of the PDFs", pdf_pages / words
    name = f"parse + canon, {len(found)} brands"
    rows = [
        Row(f"{name}, all files", pages / own, "pages/s", peer, rate),
        Row(f"{name}, all files", megabytes / own, "MB/s", peer, pdf_megabytes / words),
        Row(f"{name}, PDFs", pdf_pages / statistics.median(pdfs), "pages/s", peer, rate),
        Row(f"{name}, PDFs without OCR", pdf_pages / statistics.median(unread), "pages/s", peer, rate),
    ]
    if importlib.util.find_spec("unstructured") is None:
        print("skipped: unstructured is not installed (extra [unstructured]), so its fast strategy is not measured")  # noqa: T201 - a benchmark speaks on stdout
        return rows
    seconds, _ = _timed(lambda: sum(_by_unstructured(data) for b in found for data in b.pdfs))
    other = "unstructured, fast strategy"
    own_rate = pdf_pages / statistics.median(unread)
    return [*rows, Row(f"{name}, PDFs without OCR", own_rate, "pages/s", other, pdf_pages / seconds)]


def guide_rows(rounds: int) -> list[Row]:
    """One guide of thirty pages with headings, swatches, captions and prose."""
    data = guide(GUIDE_PAGES)
    brand = Brand("guide", (("guide.pdf", data, "application/pdf"),))
    parse_and_derive(brand)
    own = statistics.median(_timed(lambda: parse_and_derive(brand))[0] for _ in range(rounds))
    bare = statistics.median(_timed(lambda: bare_text(data))[0] for _ in range(rounds))
    return [
        Row(f"parse + canon of a {GUIDE_PAGES}-page guide", own, "s", "at most", GUIDE_LIMIT_S),
        Row(f"parse + canon of a {GUIDE_PAGES}-page guide", own, "s", "pypdfium2, bare text", bare),
    ]


def memory_row(found: Sequence[Brand]) -> Row:
    """Peak resident memory of this process, beside the bytes it read."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    read = sum(len(data) for b in found for _, data, _ in b.files) / 1e6
    return Row("peak memory of parse + canon", peak, "MB", "evidence read", read)


def parse_and_derive(brand: Brand) -> int:
    """How many pages the brand's files have; a file without pages counts as one."""
    documents = list(_documents(brand))
    derive_canon(documents)
    return sum(max(1, len(document.pages)) for _, document in documents)


def bare_text(data: bytes) -> int:
    """Pages of a PDF after its text was extracted and thrown away."""
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            words = page.get_textpage()
            words.get_text_range()
            words.close()
            page.close()
        return len(document)
    finally:
        document.close()


def guide(pages: int) -> bytes:
    """A guide as designers lay it out, made here."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(842, 595), invariant=1)
    prose = "Our voice is plain and warm. We write short sentences and we name things as people do. "
    for number in range(pages):
        canvas.setFillColor(HexColor("#111111"))
        canvas.setFont("Helvetica-Bold", 28)
        canvas.drawString(48, 530, f"{number + 1}. Brand colours")
        canvas.setFont("Helvetica", 9)
        for line in range(24):
            canvas.drawString(48, 500 - 12 * line, prose)
        for swatch in range(6):
            value = f"#{(number * 7919 + swatch * 104729) % 0xFFFFFF:06X}"
            canvas.setFillColor(HexColor(value))
            canvas.rect(48 + 125 * swatch, 90, 110, 70, stroke=0, fill=1)
            canvas.setFillColor(HexColor("#111111"))
            canvas.drawString(48 + 125 * swatch, 76, f"Swatch {number}.{swatch}")
            canvas.drawString(48 + 125 * swatch, 64, f"HEX {value}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@contextmanager
def without_ocr() -> Iterator[None]:
    """As on a machine without an engine."""
    with (
        mock.patch.object(ocr, "is_ocr_installed", return_value=False),
        mock.patch("sgd_resources.parsers.pdf_words.is_ocr_installed", return_value=False),
    ):
        yield


def _documents(brand: Brand) -> Iterator[tuple[str, ParsedDocument]]:
    parser = LocalParser()
    for name, data, media_type in brand.files:
        request = ParseRequest(hashlib.sha256(data).hexdigest(), media_type, data, Path(name).suffix)
        try:
            yield name, parser.parse(request)
        except RejectedEvidence:
            continue


def _files(folder: Path) -> Iterator[tuple[str, bytes, str]]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        media_type = dev_set.MEDIA_TYPES.get(path.suffix.lower())
        if media_type is not None:
            yield path.relative_to(folder).as_posix(), path.read_bytes(), media_type


def _by_unstructured(data: bytes) -> int:
    partition = importlib.import_module("unstructured.partition.pdf").partition_pdf
    return len(partition(file=io.BytesIO(data), strategy="fast"))


def _timed(work: Callable[[], int]) -> tuple[float, int]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="fewer brands and rounds")
    main(arguments.parse_args().quick)
