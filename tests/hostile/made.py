"""Makes bombs and test viruses at test time, so that none lies in the repository.

What must not live here: tests.
"""

import io
import struct
import zipfile
import zlib

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + b"$H+H*"
"""The industry's harmless test virus, in two pieces so that this file is none. Source: eicar.org."""

UNKNOWN_VIRUS = b"a virus that only " + b"the fake scanner knows"

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/octet-stream"/>'
    '<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="{part}"/></Relationships>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>Hello</w:t></w:r></w:p></w:body></w:document>'


def zipped(members: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip container of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(extra: dict[str, bytes | str] | None = None, document: str = DOCUMENT, relations: str = "") -> bytes:
    """A minimal DOCX with more parts and relationships of the main part."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES.format(part="word/document.xml", kind="wordprocessingml.document"),
        "_rels/.rels": _RELS.format(part="word/document.xml"),
        "word/document.xml": document,
    }
    if relations:
        members["word/_rels/document.xml.rels"] = (
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
        )
    return zipped(members | (extra or {}))


def relation(kind: str, target: str, *, is_external: bool = False) -> str:
    """One relationship element of an office document."""
    mode = ' TargetMode="External"' if is_external else ""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationship Id="rId9" Type="{base}/{kind}" Target="{target}"{mode}/>'


def xlsx(sheet: str, extra: dict[str, bytes | str] | None = None) -> bytes:
    """A minimal XLSX with one sheet."""
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    )
    workbook = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>'
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES.format(part="xl/workbook.xml", kind="spreadsheetml.sheet"),
        "_rels/.rels": _RELS.format(part="xl/workbook.xml"),
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": rels,
        "xl/worksheets/sheet1.xml": sheet,
    }
    return zipped(members | (extra or {}))


def odt(extra: dict[str, bytes | str] | None = None, content: str = "") -> bytes:
    """A minimal ODT."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = content or "<text:p>Hello</text:p>"
    members: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            f'<office:document-content xmlns:office="{office}" xmlns:text="{text}" '
            'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
            f'xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>{body}</office:text></office:body>'
            "</office:document-content>"
        ),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in (members | (extra or {})).items():
            archive.writestr(name, part, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def png_header(width: int, height: int, *, data: bytes = b"") -> bytes:
    """A PNG that claims a size; `data` is its compressed image data."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def chunk(name: bytes, body: bytes) -> bytes:
    """One PNG chunk with its checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_bomb(side: int = 20_000) -> bytes:
    """A complete picture of one colour: a few hundred kilobytes that decode to hundreds of megabytes."""
    return png_header(side, side, data=zeros(side * (side + 1)))


def zeros(n_bytes: int) -> bytes:
    """That many zero bytes, deflated: one packed megabyte again and again, so that making a bomb costs nothing."""
    megabytes, rest = divmod(n_bytes, 1 << 20)
    packer, end = zlib.compressobj(9, wbits=-15), zlib.compressobj(9, wbits=-15)
    packed = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)  # it refers to nothing before it
    last = end.compress(bytes(rest)) + end.flush()
    checksum = (n_bytes % 65_521) << 16 | 1  # Adler-32 of zeros
    return b"\x78\xda" + packed * megabytes + last + checksum.to_bytes(4, "big")


def pdf(objects: list[bytes], *, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start))
    return out.getvalue()


def page_pdf(*more: bytes, catalogue: bytes = b"", page: bytes = b"") -> bytes:
    """A PDF with one empty page; further objects are numbered from 4."""
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] %s >>" % page,
            *more,
        ]
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object's body."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def pdf_with_attachment(data: bytes) -> bytes:
    """A PDF that embeds a file."""
    return page_pdf(
        b"<< /Type /Filespec /F (a.txt) /EF << /F 5 0 R >> >>",
        stream(zlib.compress(data), b"/Type /EmbeddedFile /Filter /FlateDecode"),
        catalogue=b"/Names << /EmbeddedFiles << /Names [(a.txt) 4 0 R] >> >>",
    )


def quine_like(depth: int = 6) -> bytes:
    """Zip in zip in zip: what a reader that unpacks without end would follow."""
    inner = b"x"
    for _ in range(depth):
        inner = zipped({"r/r.zip": inner})
    return inner
