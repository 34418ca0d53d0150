"""A citation's place is opened in the bytes alone: what stands elsewhere, or nowhere, is a miss."""

import io
import zipfile
from typing import Any

import pytest
from PIL import Image

from sgd_assets.canon.model import Citation
from tests.brands.opened import miss_of

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><g/><g><path fill="#0086BF"/></g></svg>'


def cite(file_name: str, quote: str, **place: Any) -> Citation:
    return Citation(evidence_sha256="a" * 64, file_name=file_name, quote=quote, **place)


def picture(colour: str) -> bytes:
    made = Image.new("RGB", (20, 20), "#FFFFFF")
    made.paste(colour, (10, 10, 20, 20))
    out = io.BytesIO()
    made.save(out, "PNG")
    return out.getvalue()


def package() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("ppt/theme/theme1.xml", '<a:srgbClr val="0086BF"/>')
    return out.getvalue()


CASES: list[tuple[Citation, bytes, str | None]] = [
    (cite("a.css", "#0086BF", line=2), b":root {\n  --brand: #0086bf;\n}", None),
    (cite("a.css", "#0086BF", line=3), b":root {\n  --brand: #0086bf;\n}\n", "text: the quote is not at its line"),
    (cite("a.css", "#0086BF", line=9), b":root {\n  --brand: #0086bf;\n}\n", "text: no such line"),
    (cite("a.svg", "#0086BF", xml_path="/*/*[2]/*[1]"), SVG, None),
    (cite("a.svg", "#0086BF", xml_path="/*/*[2]/*[4]"), SVG, "svg: no such element"),
    (cite("a.png", "#0086BF", bbox=(10, 10, 20, 20)), picture("#0086BF"), None),
    (cite("a.png", "#0086BF", bbox=(0, 0, 9, 9)), picture("#0086BF"), "picture: no such colour in the box"),
    (cite("a.pptx", "0086BF", xml_path="ppt/theme/theme1.xml:/a:theme"), package(), None),
    (cite("a.pptx", "0086BF", xml_path="ppt/theme/theme2.xml:/a:theme"), package(), "package: no such part"),
    (cite("a.pptx", "FF0000", xml_path="ppt/theme/theme1.xml:/a"), package(), "package: the quote is not in its part"),
]


@pytest.mark.parametrize(("citation", "data", "miss"), CASES)
def test_a_place_is_opened_in_the_bytes(citation: Citation, data: bytes, miss: str | None) -> None:
    assert miss_of(citation, data, "#0086BF") == miss
