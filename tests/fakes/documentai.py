"""A local Google Document AI: `:process` and the token service over real HTTP; reads PDFs with pdfium.

It asks for what Google asks for (a bearer token of its own or a service account's signed one, a known processor in its
region, at most 15 pages a call) and gives style only where `computeStyleInfo` is on. Bodies are checked against the
messages that Google publishes with its client, both ways.
"""

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jwt
import pypdfium2
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.cloud import documentai_v1
from google.protobuf import json_format

NAME = "projects/sample/locations/eu/processors/abc123"
SCOPE = "https://www.googleapis.com/auth/cloud-platform"
SUBJECT = "a token of the cluster"


@dataclass
class FakeDocumentAi:
    """What the fake is told to do, and what it was asked."""

    url: str = ""
    failures: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    """Status and headers of the next answers, before it works again."""
    is_blank: bool = False
    is_garbled: bool = False
    bodies: list[dict[str, Any]] = field(default_factory=list)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    tokens: list[str] = field(default_factory=list)
    """Given out by the token service; a new one each time."""
    refuses_tokens: bool = False

    def forget_tokens(self) -> None:
        """As if their hour were over."""
        self._good.clear()

    def __post_init__(self) -> None:
        self._good: set[str] = set()

    def token(self, form: dict[str, list[str]]) -> tuple[int, dict[str, str], Any]:
        """Status, headers and JSON of one token exchange (RFC 8693)."""
        if self.refuses_tokens or form.get("subject_token") != [SUBJECT] or form.get("scope") != [SCOPE]:
            return 400, {}, {"error": "invalid_grant"}
        made = f"token-{len(self.tokens) + 1}"
        self.tokens.append(made)
        self._good.add(made)
        kind = "urn:ietf:params:oauth:token-type:access_token"
        return 200, {}, {
            "access_token": made, "issued_token_type": kind, "token_type": "Bearer", "expires_in": 3600,
        }  # fmt: skip

    def answer(self, path: str, authorization: str, body: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        """Status, headers and JSON of one call."""
        self.bodies.append(body)
        if not self._knows(authorization.removeprefix("Bearer ")):
            return 401, {}, _error(401, "UNAUTHENTICATED")
        if self.failures:
            status, headers = self.failures.pop(0)
            return status, headers, _error(status, "RESOURCE_EXHAUSTED")
        if path != f"/v1/{NAME}:process":
            return 404, {}, _error(404, "NOT_FOUND")
        # Raises on a field that Google's API does not have.
        json_format.ParseDict(body, documentai_v1.ProcessRequest.pb(documentai_v1.ProcessRequest()))
        options = body.get("processOptions", {})
        pages = options.get("individualPageSelector", {}).get("pages", [])
        if len(pages) > 15:
            return 400, {}, _error(400, "PAGE_LIMIT_EXCEEDED")
        if self.is_garbled:
            return 200, {}, {"documents": []}
        wants_style = options.get("ocrConfig", {}).get("premiumFeatures", {}).get("computeStyleInfo", False)
        document = _read(base64.b64decode(body["rawDocument"]["content"]), pages, wants_style=wants_style)
        told = {"document": {"text": "", "pages": []} if self.is_blank else document}
        json_format.ParseDict(told, documentai_v1.ProcessResponse.pb(documentai_v1.ProcessResponse()))
        return 200, {}, told

    def _knows(self, token: str) -> bool:
        if token in self._good:
            return True
        try:
            claims = jwt.decode(token, self.key.public_key(), algorithms=["RS256"], options={"verify_aud": False})
        except jwt.InvalidTokenError:
            return False
        return bool(claims.get("scope") == SCOPE)


def service_account(fake: FakeDocumentAi, folder: Path, *, key: rsa.RSAPrivateKey | None = None) -> Path:
    """A key file as Google's console gives out; of another `key` it is a stranger's."""
    pem = (key or fake.key).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    account = {
        "type": "service_account", "project_id": "sample", "private_key_id": "k1", "private_key": pem.decode(),
        "client_email": "reader@sample.example", "client_id": "1", "token_uri": f"{fake.url}/token",
    }  # fmt: skip
    path = folder / "account.json"
    path.write_text(json.dumps(account), "utf-8")
    return path


def federated_identity(fake: FakeDocumentAi, folder: Path) -> Path:
    """The file of an identity that is federated: its own token is exchanged at the token service.

    Of a workforce pool, since of a workload pool the library also looks its project up at Google.
    """
    (folder / "subject").write_text(SUBJECT, "utf-8")
    settings = {
        "type": "external_account", "token_url": f"{fake.url}/token",
        "audience": "//iam.googleapis.com/locations/global/workforcePools/p/providers/q",
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "credential_source": {"file": str(folder / "subject")},
    }  # fmt: skip
    path = folder / "identity.json"
    path.write_text(json.dumps(settings), "utf-8")
    return path


@contextmanager
def serve() -> Iterator[FakeDocumentAi]:
    """The fake on a free local port."""
    fake = FakeDocumentAi()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            sent = self.rfile.read(size)
            if self.path == "/token":
                status, headers, value = fake.token(parse_qs(sent.decode()))
            else:
                path = self.path.partition("?")[0]
                status, headers, value = fake.answer(path, self.headers.get("Authorization", ""), json.loads(sent))
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
