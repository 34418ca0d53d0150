"""Parse and canon of real brands' evidence, beside other readers of the same PDFs in the same run.

python -m tests.benchmarks.bench_parse [--quick]

Where the real brands are not beside the repository, the sample kits are read instead. The peers read words only: no
colour operands, swatches, fonts, hidden words, pictures or canon. pypdfium2 extracts bare text; unstructured's fast
strategy, in a venv of the benchmark only, makes elements of it. Neither reads pages without a text layer, for which
ours takes OCR: rows without OCR leave it out of ours, and a row says how many PDFs gave a reader nothing. Every reader
reads once beforehand, so that loading its models does not count against it.
"""

import argparse
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import pypdfium2
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from sgd_resources.sandbox.parser import build_sandboxed_parser
from sgd_resources.settings import Settings
from tests.benchmarks.brand_evidence import Brand, brands, documents_of, in_children, parse_and_derive, without_ocr
from tests.benchmarks.report import Row, print_rows
from tests.benchmarks.unstructured_peer import NoPeer, UnstructuredPeer
from tests.brands import dev_set

GUIDE_PAGES, GUIDE_LIMIT_S = 30, 2.5
ROUNDS = 3
BARE, FAST = "pypdfium2, bare text", "unstructured, fast strategy"
Peer = UnstructuredPeer | None


def main(quick: bool) -> None:
    """Print pages/s, MB/s and peak memory of parse + canon, each beside its peers."""
    if not dev_set.brands():
        say("the real brands are not beside the repository (set SGD_SHARED); reading the sample kits")
    found = brands()[:5] if quick else brands()
    rounds = 1 if quick else ROUNDS
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        peer: Peer = None
        try:
            peer = stack.enter_context(UnstructuredPeer())
        except NoPeer as error:
            say(f"skipped: rows beside unstructured ({error})")
        rows = guide_rows(rounds, peer, folder) + brand_rows(found, rounds, peer, folder)
        if peer:
            rows += both_read_rows(found, rounds, peer, folder)
        rows += product_rows(found, rounds)
        print_rows(rows + memory_rows(found))


def brand_rows(found: Sequence[Brand], rounds: int, peer: Peer, folder: Path) -> list[Row]:
    """All files, then the PDFs alone beside their peers; the median of rounds taken in turns."""
    data = [data for b in found for data in b.pdfs]
    paths = _written(data, folder)
    only_pdfs = [b.only_pdfs() for b in found if b.pdfs]
    everything: list[float] = []
    read: list[float] = []
    unread: list[float] = []
    peers: dict[str, list[float]] = {BARE: [], **({FAST: []} if peer else {})}
    pages = sum(map(parse_and_derive, found))
    for _ in range(rounds):
        everything.append(_timed(lambda: [parse_and_derive(brand) for brand in found]))
        read.append(_timed(lambda: [parse_and_derive(brand) for brand in only_pdfs]))
        with without_ocr():
            unread.append(_timed(lambda: [parse_and_derive(brand) for brand in only_pdfs]))
        peers[BARE].append(_timed(lambda: list(map(bare_text, data))))
        if peer:
            peers[FAST].append(sum(peer.read(paths).seconds))
    pdf_pages, pdf_megabytes = sum(map(bare_text, data)), sum(map(len, data)) / 1e6
    megabytes = sum(len(data) for b in found for _, data, _ in b.files) / 1e6
    name, bare = f"{len(found)} brands", statistics.median(peers[BARE])
    rows = [
        Row(f"{name}, all files", amount / statistics.median(everything), unit, BARE, of_pdfs / bare)
        for amount, unit, of_pdfs in ((pages, "pages/s", pdf_pages), (megabytes, "MB/s", pdf_megabytes))
    ]
    return rows + [
        Row(
            f"{name}, {label}", amount / statistics.median(seconds), unit, peer_name, amount / statistics.median(theirs)
        )
        for label, seconds in (("PDFs", read), ("PDFs without OCR", unread))
        for peer_name, theirs in peers.items()
        for amount, unit in ((pdf_pages, "pages/s"), (pdf_megabytes, "MB/s"))
    ]


def both_read_rows(found: Sequence[Brand], rounds: int, peer: UnstructuredPeer, folder: Path) -> list[Row]:
    """The PDFs that unstructured reads something of, alone; and how many gave each reader nothing."""
    named = [(b, file) for b in found for file in b.only_pdfs().files]
    paths = _written([data for _, (_, data, _) in named], folder)
    elements = peer.read(paths).elements
    for (brand, (name, _, _)), count in zip(named, elements, strict=True):
        if not count:
            say(f"{FAST}: no elements of {brand.name}/{name}")
    legible = [Brand(brand.name, (file,)) for (brand, file), count in zip(named, elements, strict=True) if count]
    their_paths = [path for path, count in zip(paths, elements, strict=True) if count]
    own, theirs = [], []
    for _ in range(rounds):
        own.append(_timed(lambda: [parse_and_derive(brand) for brand in legible]))
        theirs.append(sum(peer.read(their_paths).seconds))
    pages = sum(bare_text(data) for brand in legible for data in brand.pdfs)
    documents = [document for brand in found for _, document in documents_of(brand.only_pdfs())]
    empty = sum(not document.text_blocks for document in documents)
    own_rate, rate = pages / statistics.median(own), pages / statistics.median(theirs)
    return [
        Row(f"the {len(legible)} PDFs of which both read words", own_rate, "pages/s", FAST, rate),
        Row(f"of {len(named)} PDFs, those read as empty", empty, "PDFs", FAST, elements.count(0)),
    ]


def guide_rows(rounds: int, peer: Peer, folder: Path) -> list[Row]:
    """One guide of thirty pages with headings, swatches, captions and prose."""
    data = guide(GUIDE_PAGES)
    brand, paths = Brand("guide", (("guide.pdf", data, "application/pdf"),)), _written([data], folder)
    parse_and_derive(brand)
    own, bare, others = [], [], []
    if peer:
        peer.read(paths)
    for _ in range(rounds):
        own.append(_timed(lambda: parse_and_derive(brand)))
        bare.append(_timed(lambda: bare_text(data)))
        if peer:
            others.append(sum(peer.read(paths).seconds))
    name = f"a {GUIDE_PAGES}-page guide"
    seconds = statistics.median(own)
    rows = [
        Row(name, seconds, "s", "at most", GUIDE_LIMIT_S),
        Row(name, seconds, "s", BARE, statistics.median(bare)),
    ]
    return [*rows, Row(name, seconds, "s", FAST, statistics.median(others))] if others else rows


def product_rows(found: Sequence[Brand], rounds: int) -> list[Row]:
    """All files as the product reads them, in confined children side by side, beside the same in this process."""
    with closing(build_sandboxed_parser(Settings())) as parser:
        pages = in_children(found, parser)
        side, alone = [], []
        for _ in range(rounds):
            side.append(_timed(lambda: in_children(found, parser)))
            alone.append(_timed(lambda: [parse_and_derive(brand) for brand in found]))
        name = f"{len(found)} brands, all files, {parser.at_once} children"
    rate = pages / statistics.median(side)
    return [Row(name, rate, "pages/s", "ours in one process", pages / statistics.median(alone))]


def memory_rows(found: Sequence[Brand]) -> list[Row]:
    """Peak resident memory of a process that does nothing else, beside the bytes it read."""
    read = sum(len(data) for b in found for _, data, _ in b.files) / 1e6
    rows = []
    for label, flags in (("peak memory", []), ("peak memory without OCR", ["--without-ocr"])):
        command = [sys.executable, "-m", "tests.benchmarks.parse_memory", *flags, *(b.name for b in found)]
        peak = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        rows.append(Row(label, peak, "MB", "evidence read", read))
    return rows


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


def say(line: str) -> None:
    """A remark between the rows."""
    print(line)  # noqa: T201 - a benchmark speaks on stdout


def _written(pdfs: Sequence[bytes], folder: Path) -> list[Path]:
    """The PDFs as files, for a reader in another process."""
    paths = [folder / f"{len(pdfs)}-{number}.pdf" for number in range(len(pdfs))]
    for path, data in zip(paths, pdfs, strict=True):
        path.write_bytes(data)
    return paths


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="fewer brands and rounds")
    main(arguments.parse_args().quick)
