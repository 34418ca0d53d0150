"""The embedded rules find what they are for, wherever it is packed, and nothing in ordinary files."""

import base64
import gzip
import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from PIL import Image

from sgd_resources.errors import RejectedEvidence
from sgd_resources.filetype import DOCX, XLSX
from sgd_resources.ports.examination import Limits
from sgd_resources.scanning.rules import engine_name, rules_file, rules_name
from sgd_resources.scanning.scan import Hit, scan
from tests.hostile import made

LIMITS = Limits()
PDF = "application/pdf"
PROGRAM = b"MZ" + bytes(58) + struct.pack("<I", 128) + bytes(64) + b"PE\x00\x00" + bytes(200)
ELF = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x02\x00\x3e\x00\x01\x00\x00\x00" + bytes(40)
SHORTCUT = b"L\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00F" + bytes(60)


def found(data: bytes, media_type: str = "text/plain") -> Hit | None:
    return scan(data, media_type, LIMITS)


def signature(data: bytes, media_type: str = "text/plain") -> str | None:
    hit = found(data, media_type)
    return None if hit is None else hit.signature


def packed(data: bytes) -> bytes:
    """A PDF whose object streams hide every string."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return out.getvalue()


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, kind)
    return out.getvalue()


def script(code: bytes) -> bytes:
    return made.page_pdf(catalogue=b"/OpenAction << /S /JavaScript /JS (%s) >>" % code)


EQUATION = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    + b"\x1c\x00\x00\x00\x02\x00" + bytes(22) + b"\x03\x01\x01\x03\x0a\x0a\x01\x08\x5a\x5a"
)  # fmt: skip
DEFLATED = b"/Filter /FlateDecode"
TWICE = b"/Filter [/ASCIIHexDecode /FlateDecode]"
CONTENTS = b"/Contents 4 0 R"
B64 = base64.b64encode(made.EICAR)


@pytest.mark.parametrize(
    ("data", "media_type", "where"),
    [
        (made.EICAR, "text/plain", "file"),
        (b"hello\n" + made.EICAR + b"\nbye", "text/markdown", "file"),
        (made.EICAR.decode().encode("utf-16-le"), "text/plain", "file"),
        (made.docx({"word/media/x.bin": made.EICAR}), DOCX, "word/media/x.bin"),
        (made.docx(document=f"<a>{made.EICAR.decode()}</a>"), DOCX, "word/document.xml"),
        (made.docx({"word/x.zip": made.zipped({"a/b.com": made.EICAR})}), DOCX, "word/x.zip > a/b.com"),
        (made.docx({"word/x.gz": gzip.compress(made.EICAR)}), DOCX, "word/x.gz > gzip"),
        (made.odt({"Pictures/x": made.EICAR}), "application/vnd.oasis.opendocument.text", "Pictures/x"),
        (made.pdf_with_attachment(made.EICAR), PDF, "stream 5"),
        (made.page_pdf(made.stream(zlib.compress(made.EICAR), DEFLATED), page=CONTENTS), PDF, "stream 4"),
        (made.page_pdf(made.stream(zlib.compress(made.EICAR).hex().encode() + b">", TWICE), page=CONTENTS), PDF,
         "stream 4"),
        (made.docx({"word/x.pdf": made.pdf_with_attachment(made.EICAR)}), DOCX, "word/x.pdf > stream 5"),
        (b'<img src="data:image/png;base64,' + B64 + b'">', "text/html", "base64 1"),
        (b"--x\nContent-Transfer-Encoding: base64\n\n" + B64[:76] + b"\r\n" + B64[76:] + b"\n", "text/plain",
         "base64 1"),
        (b"x " + base64.b64encode(made.zipped({"a": made.EICAR})), "text/html", "base64 1 > a"),
        (picture("PNG") + made.EICAR, "image/png", "file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_test_virus_is_found_wherever_it_is_packed(data: bytes, media_type: str, where: str) -> None:
    hit = found(data, media_type)
    assert hit is not None
    assert (hit.verdict, hit.signature, hit.where) == ("malware", "Eicar_Test_File", where)


def test_a_large_stream_is_scanned_in_pieces_to_its_end() -> None:
    large = zlib.compress(bytes(31_999_950) + made.EICAR + bytes(20_000_000), 1)
    hit = found(made.page_pdf(made.stream(large, DEFLATED), page=CONTENTS), PDF)
    assert hit is not None
    assert hit.signature == "Eicar_Test_File"


def test_a_damaged_archive_is_scanned_as_far_as_it_unpacks() -> None:
    whole = made.zipped({"a.com": made.EICAR, "b": b"x" * 500}, method=zipfile.ZIP_STORED)
    broken = whole.replace(b"x" * 500, b"y" * 500)
    assert signature(broken, DOCX) == "Eicar_Test_File"


@pytest.mark.parametrize(
    ("data", "media_type", "rule"),
    [
        (made.docx({"word/x.bin": PROGRAM}), DOCX, "Program_Windows"),
        (b"<p>" + base64.b64encode(PROGRAM), "text/html", "Program_Windows"),
        (picture("PNG") + b"MZ" + bytes(58) + struct.pack("<I", 128) + bytes(18) + b"This program cannot" + bytes(27)
         + b"PE\x00\x00", "image/png", "Program_Windows"),
        (picture("JPEG") + ELF, "image/jpeg", "Program_Linux"),
        (made.docx({"word/x.bin": b"\xcf\xfa\xed\xfe\x07\x00\x00\x01\x03\x00\x00\x00\x02\x00\x00\x00"}), DOCX,
         "Program_Mac_or_Java"),
        (made.docx({"word/x.bin": b"\xca\xfe\xba\xbe\x00\x00\x00\x34"}), DOCX, "Program_Mac_or_Java"),
        (made.docx({"word/x.bin": b"\xd0\xcf\x11\xe0" + bytes(500) + SHORTCUT}), DOCX, "Shortcut_Windows"),
        (picture("JPEG") + b"\n#!/bin/sh\nid\n", "image/jpeg", "Script_After_Picture"),
        (picture("PNG") + b"#!/usr/bin/env python", "image/png", "Script_After_Picture"),
        (b"<HTA:APPLICATION><script>new ActiveXObject('WScript.Shell')", "text/html", "Script_Html_Application"),
        (b"powershell -NoP -Enc " + b"A" * 120, "text/plain", "Script_Encoded_Powershell"),
        (b"<?php eval(base64_decode($_POST['x']));", "text/plain", "Script_Web_Shell"),
        (b'<a href="ms-msdt:/id PCWDiagnostic /x">', "text/html", "Link_Diagnostic_Tool"),
        (made.docx(relations=made.relation("oleObject", "mhtml:http://e.test/a!x-usc:http://e.test/a",
         is_external=True)),
         DOCX, "Link_Remote_Cabinet"),
        (made.docx(document='<f>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"</f>'), DOCX,
         "Office_Command_Field"),
        (made.xlsx("<f>cmd|' /c calc'!A0</f>"), XLSX, "Office_Command_Field"),
        (made.xlsx("<f>=cmd|' /c calc'!A0</f>"), XLSX, "Office_Command_Field"),
        (made.docx({"word/x.bin": EQUATION + b"cmd.exe /c calc"}), DOCX, "Office_Equation_Exploit"),
        (made.page_pdf(catalogue=b"/OpenAction << /S /J#61vaScript /JS (x) >>"), PDF, "Pdf_Hidden_Names"),
        (made.page_pdf(catalogue=b"/OpenAction << /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >>"), PDF,
         "Pdf_Starts_Program"),
        (script(b"unescape('" + b"%u9090" * 9 + b"')"), PDF, "Pdf_Script_Exploit"),
        (packed(script(b"Collab.getIcon('x')")), PDF, "Pdf_Script_Exploit"),
        (packed(script(b"this.exportDataObject({cName: 'a.exe', nLaunch: 2})")), PDF, "Pdf_Script_Exploit"),
    ],
)  # fmt: skip
def test_programs_scripts_and_shapes_of_exploits_are_found(data: bytes, media_type: str, rule: str) -> None:
    assert signature(data, media_type) == rule


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"The string EICAR-STANDARD-ANTIVIRUS-TEST-FILE is part of a test virus.", "text/plain"),
        (b"MZ is the beginning of a Windows program; PE\x00 follows. This program is not one.", "text/plain"),
        (b"Run powershell -File build.ps1 and cmd /c dir", "text/markdown"),
        (made.docx(document="<a>DDE is a protocol of 1987; a command prompt is cmd</a>"), DOCX),
        (made.docx({"word/x.bin": EQUATION + b"Times New Roman\x00E=mc"}), DOCX),
        (script(b"app.alert('Please fill in the form'); this.getField('a').value = 1"), PDF),
        (made.page_pdf(page=b"/Annots [<< /Subtype /Link /A << /S /URI /URI (https://a.test/JavaScript) >> >>]"), PDF),
        (picture("GIF"), "image/gif"),
        (b'<img src="data:image/png;base64,' + base64.b64encode(picture("PNG")) + b'">', "text/html"),
    ],
)  # fmt: skip
def test_ordinary_files_and_words_about_malware_pass(data: bytes, media_type: str) -> None:
    assert found(data, media_type) is None


def test_what_unpacks_past_its_bounds_is_refused_not_passed_unseen() -> None:
    with pytest.raises(RejectedEvidence, match="bomb"):
        scan(made.docx({"x": bytes(2000)}), DOCX, Limits(max_inflated_bytes=1000))
    nested = made.EICAR
    for _ in range(9):
        nested = made.zipped({"a": nested})
    with pytest.raises(RejectedEvidence, match="bomb"):
        found(made.docx({"x.zip": nested}), DOCX)


def test_a_report_names_engine_and_rules() -> None:
    assert engine_name().startswith("yara-x 1.")
    assert rules_name().startswith("sgd ")


def test_the_rules_hold_no_test_virus_themselves() -> None:
    assert made.EICAR not in rules_file().read_bytes()
