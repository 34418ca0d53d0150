"""The whole evidence gate on 200 mixed benign files, beside the plain library calls in this process, in the same run.

python -m tests.benchmarks.bench_gate [--quick]

Plain means what a service without a gate would still do: name the type, read with the library, write again, hash. Same
libraries, same options, no child process, no bounds, no allowlists.
"""

import argparse
import hashlib
import io
import statistics
import time
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import html5lib
import numpy as np
import pikepdf
from lxml import etree
from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile

from sgd_assets.evidence.build import build_gate
from sgd_assets.evidence.gate import EvidenceGate
from sgd_resources.filetype import detect
from sgd_resources.parsers.select import build_parser
from sgd_resources.ports import ParseRequest
from sgd_resources.sandbox.parser import build_sandboxed_parser
from sgd_resources.settings import Settings
from tests.benchmarks.report import Row, print_rows
from tests.hostile import made

FILES, ROUNDS = 200, 3
PARSES = 15


@dataclass(frozen=True)
class Sample:
    """One benign file."""

    name: str
    data: bytes


def main(arguments: list[str] | None = None) -> None:
    """Print throughput of the gate and the cost of parsing in the sandbox, each beside its plain peer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer files and rounds")
    quick = parser.parse_args(arguments).quick
    samples = benign_files(40 if quick else FILES)
    print_rows([*gate_rows(samples, rounds=1 if quick else ROUNDS), parse_row(3 if quick else PARSES)])


def gate_rows(samples: list[Sample], *, rounds: int) -> list[Row]:
    """Seconds, files/s and MB/s of gate and peer; the median of the rounds, taken in turns."""
    gated: list[float] = []
    plain: list[float] = []
    with warnings.catch_warnings(), build_gate(Settings(clamav_host=None), processes=1) as gate:
        warnings.simplefilter("ignore")
        through_gate(gate, samples[:20])
        by_libraries(samples[:20])
        for _ in range(rounds):
            plain.append(_timed(lambda: by_libraries(samples)))
            gated.append(_timed(lambda: through_gate(gate, samples)))
    own, peer = statistics.median(gated), statistics.median(plain)
    megabytes = sum(len(sample.data) for sample in samples) / 1e6
    peer_name = "plain library calls, same files, same process"
    return [
        Row(f"evidence gate, {len(samples)} mixed benign files", own, "s", peer_name, peer),
        Row("evidence gate, files per second", len(samples) / own, "files/s", peer_name, len(samples) / peer),
        Row("evidence gate, megabytes per second", megabytes / own, "MB/s", peer_name, megabytes / peer),
    ]


def parse_row(n_parses: int) -> Row:
    """One normal PDF of ten pages, parsed in the sandbox and in this process."""
    data = normal_pdf(10)
    request = ParseRequest(hashlib.sha256(data).hexdigest(), "application/pdf", data, ".pdf")
    settings = Settings()
    plain, sandboxed = build_parser(settings), build_sandboxed_parser(settings)
    try:
        plain.parse(request)
        sandboxed.parse(request)
        own = [_timed(lambda: sandboxed.parse(request)) for _ in range(n_parses)]
        peer = [_timed(lambda: plain.parse(request)) for _ in range(n_parses)]
    finally:
        sandboxed.close()
    return Row(
        "parse a normal PDF in the sandbox",
        1000 * statistics.median(own),
        "ms",
        "plain call",
        1000 * statistics.median(peer),
    )


def through_gate(gate: EvidenceGate, samples: list[Sample]) -> None:
    """Every file accepted, or the numbers mean nothing."""
    for sample in samples:
        found = gate.inspect(sample.data, file_name=sample.name)
        if not found.is_accepted:
            raise RuntimeError(f"{sample.name}: {found.verdict}:{found.reason} {found.details}")


def by_libraries(samples: list[Sample]) -> None:
    """The peer."""
    for sample in samples:
        detect(sample.data)
        hashlib.sha256(sample.data).hexdigest()
        hashlib.sha256(_PLAIN[sample.name.rpartition(".")[2]](sample.data)).hexdigest()


def _plain_image(data: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        options: dict[str, Any] = {"qtables": image.quantization} if isinstance(image, JpegImageFile) else {}
        if image.format == "PNG":
            options = {"compress_level": 4}
        ImageOps.exif_transpose(image).save(out, image.format, **options)
    return out.getvalue()


def _plain_pdf(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _plain_svg(data: bytes) -> bytes:
    return bytes(etree.tostring(etree.fromstring(data)))


def _plain_html(data: bytes) -> bytes:
    tree = html5lib.parse(data, treebuilder="lxml")
    return str(html5lib.serialize(tree, tree="lxml")).encode()


def _plain_zip(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith((".xml", ".rels")):
                content = etree.tostring(etree.fromstring(content))
            target.writestr(name, content)
    return out.getvalue()


_PLAIN: dict[str, Callable[[bytes], bytes]] = {
    "png": _plain_image, "jpg": _plain_image, "webp": _plain_image, "pdf": _plain_pdf, "svg": _plain_svg,
    "html": _plain_html, "docx": _plain_zip, "pptx": _plain_zip, "md": bytes, "css": bytes,
}  # fmt: skip


def benign_files(count: int) -> list[Sample]:
    """Files of the sizes that brand kits have, no two alike, the same in every run."""
    makers: list[tuple[str, Callable[[int], bytes]]] = [
        ("png", lambda n: _picture(n, "PNG", 700)), ("jpg", lambda n: _picture(n, "JPEG", 1000)), ("svg", _drawing),
        ("pdf", lambda n: normal_pdf(4 + n % 6)), ("html", _page), ("docx", _letter), ("pptx", _slides), ("md", _text),
        ("css", _style), ("png", lambda n: _picture(n, "PNG", 300)),
    ]  # fmt: skip
    return [
        Sample(f"{number}.{kind}", make(number))
        for number in range(count)
        for kind, make in [makers[number % len(makers)]]
    ]


def _picture(number: int, kind: str, side: int) -> bytes:
    chance = np.random.default_rng(number)
    flat = np.repeat(np.repeat(chance.integers(0, 255, (8, 8, 3), dtype=np.uint8), side // 8, 0), side // 8, 1)
    noise = chance.integers(0, 6, flat.shape, dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(np.minimum(flat, 249) + noise).save(out, kind)
    return out.getvalue()


def _drawing(number: int) -> bytes:
    shapes = "".join(
        f'<path class="a" fill="#{(number * 7919 + i * 104729) % 0xFFFFFF:06x}" d="M{i} {i}L{i * 2} 9C1 2 3 4 5 {i}z"/>'
        for i in range(300)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600"><style>.a{stroke:#0086bf}</style>'
        f"<g>{shapes}</g></svg>"
    ).encode()


def normal_pdf(pages: int) -> bytes:
    """A text PDF with a picture, as a word processor writes it."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    sheet = canvas.Canvas(out, invariant=1)
    picture = ImageReader(io.BytesIO(_picture(pages, "JPEG", 400)))
    for page in range(pages):
        sheet.setFont("Helvetica", 11)
        for line in range(45):
            sheet.drawString(
                50, 780 - 16 * line, f"Page {page}, line {line}: the primary colour is #0086BF, used sparingly."
            )
        sheet.setFillColorRGB(0, 0.525, 0.749)
        sheet.rect(400, 50, 100, 60, fill=1)
        sheet.drawImage(picture, 50, 20, 60, 60)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def _page(number: int) -> bytes:
    rows = "".join(f"<tr><td>Colour {i}</td><td style='color:#0086bf'>{number}</td></tr>" for i in range(60))
    head = "<!doctype html><title>Brand</title><style>h1{color:#f60}</style>"
    return f"{head}<h1>Colours</h1><table>{rows}</table>".encode()


def _letter(number: int) -> bytes:
    lines = "".join(f"<w:p><w:r><w:t>Paragraph {i} of {number}</w:t></w:r></w:p>" for i in range(300))
    picture: dict[str, bytes | str] = {"word/media/image1.png": _picture(number, "PNG", 200)}
    document = f'<w:document xmlns:w="{made.WORD}"><w:body>{lines}</w:body></w:document>'
    return made.docx(picture, document, made.relation("image", "media/image1.png"))


def _slides(number: int) -> bytes:
    from pptx import Presentation

    deck = Presentation()
    for page in range(4):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Slide {page} of {number}"
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _text(number: int) -> bytes:
    return f"# Voice {number}\n\nWe speak plainly.\n".encode() * 60


def _style(number: int) -> bytes:
    return f":root {{ --brand-{number}: #0086BF }}\n.a {{ color: var(--brand-{number}) }}\n".encode() * 60


def _timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
