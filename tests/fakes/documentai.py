"""A local Google Document AI: speaks the wire format of `:process` over real HTTP, reads PDFs with pdfium.

It asks for what Google asks for (a bearer token, a known processor in its region, at most 15 pages a call) and gives
style only where `computeStyleInfo` is on.
"""

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pypdfium2

TOKEN = "test-token"
NAME = "projects/sample/locations/eu/processors/abc123"


@dataclass
class FakeDocumentAi:
    """What the fake is told to do, and what it was asked."""

    url: str = ""
    failures: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    """Status and headers of the next answers, before it works again."""
    is_blank: bool = False
    is_garbled: bool = False
    bodies: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, path: str, authorization: str, body: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        """Status, headers and JSON of one call."""
        self.bodies.append(body)
        if authorization != f"Bearer {TOKEN}":
            return 401, {}, _error(401, "UNAUTHENTICATED")
        if self.failures:
            status, headers = self.failures.pop(0)
            return status, headers, _error(status, "RESOURCE_EXHAUSTED")
        if path != f"/v1/{NAME}:process":
            return 404, {}, _error(404, "NOT_FOUND")
        options = body.get("processOptions", {})
        pages = options.get("individualPageSelector", {}).get("pages", [])
        if len(pages) > 15:
            return 400, {}, _error(400, "PAGE_LIMIT_EXCEEDED")
        if self.is_garbled:
            return 200, {}, {"documents": []}
        wants_style = options.get("ocrConfig", {}).get("premiumFeatures", {}).get("computeStyleInfo", False)
        document = _read(base64.b64decode(body["rawDocument"]["content"]), pages, wants_style=wants_style)
        return 200, {}, {"document": {"text": "", "pages": []} if self.is_blank else document}


@contextmanager
def serve() -> Iterator[FakeDocumentAi]:
    """The fake on a free local port."""
    fake = FakeDocumentAi()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(size))
            status, headers, value = fake.answer(self.path, self.headers.get("Authorization", ""), body)
            raw = json.dumps(value).encode()
            self.send_response(status)
            for name, header in {
                **headers,
                "Content-Type": "application/json",
                "Content-Length": str(len(raw)),
            }.items():
                self.send_header(name, header)
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _error(code: int, status: str) -> dict[str, Any]:
    return {"error": {"code": code, "status": status, "message": "no"}}


def _read(data: bytes, numbers: list[int], *, wants_style: bool) -> dict[str, Any]:
    text = ""
    pages = []
    document = pypdfium2.PdfDocument(data)
    try:
        for number in numbers:
            page = document[number - 1]
            width, height = page.get_size()
            words = page.get_textpage()
            told: dict[str, Any] = {
                "pageNumber": number,
                "dimension": {"width": width, "height": height, "unit": "points"},
                "paragraphs": [],
                "tokens": [],
            }
            for index in range(words.count_rects()):
                left, bottom, right, top = words.get_rect(index)
                line = re.sub(r"\s+", " ", words.get_text_bounded(left, bottom, right, top)).strip() + "\n"
                segment = {"endIndex": str(len(text) + len(line))}
                if text:
                    segment["startIndex"] = str(len(text))
                box = [(left, top), (right, top), (right, bottom), (left, bottom)]
                corners = [{"x": x / width, "y": 1 - y / height} for x, y in box]
                layout = {
                    "textAnchor": {"textSegments": [segment]},
                    "boundingPoly": {"normalizedVertices": corners},
                    "confidence": 0.99,
                }
                text += line
                told["paragraphs"].append({"layout": layout})
                style = {"fontSize": 11, "fontType": "Sample Sans", "textColor": {"red": 1, "blue": 0.2}}
                told["tokens"].append({"layout": layout} | ({"styleInfo": style} if wants_style else {}))
            pages.append(told)
    finally:
        document.close()
    return {"text": text, "pages": pages}
