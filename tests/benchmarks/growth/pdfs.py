"""Constructs of PDFs: pages, words, shapes, pictures, forms."""

import zlib

from tests.benchmarks.growth.construct import PDF, Construct
from tests.hostile import made

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def _page(content: str, resources: bytes = b"", *more: bytes) -> bytes:
    """One page; font F is object 5, `more` are numbered from 6."""
    return made.page_pdf(
        made.stream(zlib.compress(content.encode(), 1), b"/Filter /FlateDecode"),
        _FONT,
        *more,
        page=b"/Contents 4 0 R /Resources << /Font << /F 5 0 R >> %s >>" % resources,
    )


def _at(number: int) -> tuple[int, int]:
    return number * 7 % 97, number * 13 % 97


def _each_at(n: int, text: str) -> str:
    """`text` n times, X and Y replaced by places strewn over the page, N by the number."""
    return "\n".join(
        text.replace("X", str(_at(i)[0])).replace("Y", str(_at(i)[1])).replace("N", f"{i % 251 / 251:.3f}")
        for i in range(n)
    )


def _pages(n: int) -> bytes:
    count = min(n, 300)
    pages = [
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
    ]
    kids = b" ".join([b"3 0 R"] * count)
    return made.pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            *pages,
            made.stream(b"BT /F 9 Tf 9 9 Td (We speak plainly) Tj ET", b""),
            _FONT,
        ]
    )


def _form(content: bytes) -> bytes:
    return made.stream(
        content, b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /G 6 0 R >> >>"
    )


_PICTURE = made.stream(zlib.compress(bytes(3 * 64 * 64)), b"/Subtype /Image /Width 64 /Height 64 /BitsPerComponent 8 "
                       b"/ColorSpace /DeviceRGB /Filter /FlateDecode")  # fmt: skip
CONSTRUCTS = (
    Construct("pages", PDF, _pages, first=20),
    Construct(
        "words strewn over a page",
        PDF,
        lambda n: _page("BT /F 2 Tf\n" + _each_at(n, "1 0 0 1 X Y Tm (Sea) Tj") + " ET"),
    ),
    Construct(
        "lines of a page", PDF, lambda n: _page("BT /F 1 Tf 0 .01 TL 9 90 Td\n" + "(We speak) Tj T*\n" * n + "ET")
    ),
    Construct("words of a line", PDF, lambda n: _page("BT /F 1 Tf 9 90 Td\n" + "(sea ) Tj\n" * n + "ET")),
    Construct(
        "letters placed one by one", PDF, lambda n: _page("BT /F 2 Tf\n" + _each_at(n, "1 0 0 1 X Y Tm (a) Tj") + " ET")
    ),
    Construct(
        "coloured words", PDF, lambda n: _page("BT /F 2 Tf\n" + _each_at(n, "N 0 0 rg 1 0 0 1 X Y Tm (Sea) Tj") + " ET")
    ),
    Construct("white words", PDF, lambda n: _page("BT 1 g /F 2 Tf\n" + _each_at(n, "1 0 0 1 X Y Tm (Sea) Tj") + " ET")),
    Construct("values", PDF, lambda n: _page("BT /F 2 Tf\n" + _each_at(n, "1 0 0 1 X Y Tm (#0086bf) Tj") + " ET")),
    Construct("rectangles", PDF, lambda n: _page(_each_at(n, "N 0 0 rg X Y 2 2 re f"))),
    Construct("rectangles of one colour", PDF, lambda n: _page("1 0 0 rg " + _each_at(n, "X Y 2 2 re f"))),
    Construct(
        "swatches and captions",
        PDF,
        lambda n: _page(_each_at(n, "N 0 0 rg X Y 2 2 re f BT /F 1 Tf 1 0 0 1 X Y Tm (Sea) Tj ET")),
    ),
    Construct("lines of a grid", PDF, lambda n: _page(_each_at(n, "X 0 m X 99 l S 0 Y m 99 Y l S"))),
    Construct("cells of a grid", PDF, lambda n: _page(_each_at(n, "X Y 5 5 re S BT /F 1 Tf 1 0 0 1 X Y Tm (a) Tj ET"))),
    Construct("segments of a path", PDF, lambda n: _page("1 0 0 rg 0 0 m " + _each_at(n, "X Y l") + " f")),
    Construct("curves", PDF, lambda n: _page("1 0 0 rg 0 0 m " + _each_at(n, "1 2 3 4 X Y c") + " f")),
    Construct("saved states", PDF, lambda n: _page("q " * n + "Q " * n)),
    Construct("clips", PDF, lambda n: _page(_each_at(n, "X Y 9 9 re W n"))),
    Construct("numbers", PDF, lambda n: _page("1 " * n)),
    Construct("open strings", PDF, lambda n: _page("(" * n)),
    Construct("open arrays", PDF, lambda n: _page("[" * n)),
    Construct("pictures placed", PDF, lambda n: _page("/I Do " * n, b"/XObject << /I 6 0 R >>", _PICTURE)),
    Construct("inline pictures", PDF, lambda n: _page("BI /W 1 /H 1 /BPC 8 /CS /G ID a EI\n" * n)),
    Construct(
        "forms drawn", PDF, lambda n: _page("/G Do " * n, b"/XObject << /G 6 0 R >>", _form(b"1 0 0 rg 0 0 1 1 re f"))
    ),
    Construct("marked content", PDF, lambda n: _page("/P BMC " * n + "EMC " * n)),
    Construct("bullets", PDF, lambda n: _page(_each_at(n, "BT /F 1 Tf 1 0 0 1 X Y Tm (- be kind) Tj ET"))),
)
