"""Debian's nginx with our configuration before a real API: TLS, limits, tokens, and whose word on addresses counts."""

import http.client
import json
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from sgd_api.local.stack import LocalStack
from tests.deploy.files import DEPLOY
from tests.services.deploy.certificate import write_certificate
from tests.services.deploy.running import api_with, folder_for_all, free_port, program, server
from tests.sgd_resources.identity.issuer import ISSUER, PARTY, good_claims, jwk, jwks, token

pytestmark = [pytest.mark.services, pytest.mark.slow]
NGINX_SPEAKS_FROM = "127.0.0.2"
"""So that the API can trust nginx and nobody else of this machine."""
FAILED_LOGINS = 3
ORG = "larkfold"


@dataclass
class Front:
    """nginx and what is behind it."""

    stack: LocalStack
    port: int
    plain_port: int
    certificate: Path
    key: str

    def client(self, address: str = "127.0.0.1") -> httpx.Client:
        context = ssl.create_default_context(cafile=str(self.certificate))
        transport = httpx.HTTPTransport(verify=context, local_address=address, http2=False)
        return httpx.Client(base_url=f"https://127.0.0.1:{self.port}", transport=transport, timeout=60)


class _Jwks(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = jwks(jwk("k1"))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def configured(folder: Path, ports: dict[str, str], certificate: tuple[Path, Path]) -> Path:
    """Our file with this test's ports and paths, in the frame that Debian's nginx.conf is."""
    ours = (DEPLOY / "nginx" / "sgd.conf").read_text("utf-8")
    changes = {
        **ports,
        "/etc/nginx/tls/sgd.crt": str(certificate[0]),
        "/etc/nginx/tls/sgd.key": str(certificate[1]),
        "proxy_pass http://sgd_api;": f"proxy_pass http://sgd_api; proxy_bind {NGINX_SPEAKS_FROM};",
    }
    for was, now in changes.items():
        assert ours.count(was) == 1, was
        ours = ours.replace(was, now)
    (folder / "sgd.conf").write_text(ours, "utf-8")
    frame = folder / "nginx.conf"
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    frame.write_text(
        f"daemon off; pid {folder}/pid; error_log stderr;\nevents {{}}\n"
        f"http {{ access_log off; {places} include {folder}/sgd.conf; }}\n",
        "utf-8",
    )
    return frame


@pytest.fixture(scope="module")
def front() -> Iterator[Front]:
    issuer = ThreadingHTTPServer(("127.0.0.1", 0), _Jwks)
    threading.Thread(target=issuer.serve_forever, daemon=True).start()
    settings = {
        "SGD_TRUSTED_PROXIES": NGINX_SPEAKS_FROM,
        "SGD_RATE_LIMIT_FAILED_LOGINS_PER_MIN": str(FAILED_LOGINS),
        "CLERK_JWKS_URL": f"http://127.0.0.1:{issuer.server_port}/jwks",
        "CLERK_ISSUER": ISSUER,
        "CLERK_AUTHORIZED_PARTIES": PARTY,
    }
    with folder_for_all("sgd-nginx-") as folder, api_with(settings) as stack:
        port, plain_port = free_port(), free_port()
        api = stack.api_url.rpartition(":")[2].strip("/")
        ports = {
            "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
            "listen 80;": f"listen 127.0.0.1:{plain_port};",
            "server 127.0.0.1:8000;": f"server 127.0.0.1:{api};",
        }
        certificate = write_certificate(folder)
        frame = configured(folder, ports, certificate)
        _, key = stack.create_key(ORG, "test")
        with server([program("nginx"), "-c", str(frame)], port, folder / "log"):
            yield Front(stack, port, plain_port, certificate[0], key)
    issuer.shutdown()
    issuer.server_close()


def test_nginx_accepts_the_file(tmp_path: Path) -> None:
    ports = {"listen 443 ssl http2;": "listen 127.0.0.1:1443 ssl http2;", "listen 80;": "listen 127.0.0.1:1080;"}
    frame = configured(tmp_path, ports, write_certificate(tmp_path))
    found = subprocess.run([program("nginx"), "-t", "-c", str(frame)], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    assert "warn" not in found.stderr


def test_a_key_gets_through_tls_and_connections_are_kept(front: Front) -> None:
    with front.client() as client:
        answer = client.get("/uploads", headers={"Authorization": f"Bearer {front.key}", "X-Request-ID": "mine-12345"})
        assert answer.status_code == 200
        assert answer.headers["x-request-id"] == "mine-12345"
        assert answer.headers["strict-transport-security"]
        assert "nginx/" not in answer.headers["server"]
        assert answer.headers.get("connection", "keep-alive") == "keep-alive"


def test_plain_http_is_sent_to_https_and_old_tls_is_refused(front: Front) -> None:
    moved = httpx.get(f"http://127.0.0.1:{front.plain_port}/uploads?x=1")
    assert (moved.status_code, moved.headers["location"]) == (308, "https://127.0.0.1/uploads?x=1")
    old = ssl.create_default_context(cafile=str(front.certificate))
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    old.minimum_version = ssl.TLSVersion.TLSv1_2
    assert httpx.get(f"https://127.0.0.1:{front.port}/healthz", verify=old).status_code == 200
    strict = ssl.create_default_context(cafile=str(front.certificate))
    strict.minimum_version = ssl.TLSVersion.TLSv1_3
    assert httpx.get(f"https://127.0.0.1:{front.port}/healthz", verify=strict).status_code == 200


def test_a_session_token_is_verified_behind_it(front: Front) -> None:
    now = time.time()
    claims = good_claims(org_id=ORG, iat=now - 10, nbf=now - 10, exp=now + 60)
    with front.client("127.0.0.9") as client:
        good = client.get("/uploads", headers={"Authorization": f"Bearer {token(claims)}"})
        assert good.status_code == 200, good.text
        late = token({**claims, "exp": now - 60})
        assert client.get("/uploads", headers={"Authorization": f"Bearer {late}"}).status_code == 401


def test_metrics_stay_inside(front: Front) -> None:
    with front.client() as client:
        assert client.get("/metrics").status_code == 403
    assert httpx.get(f"{front.stack.api_url}/metrics").status_code == 200


def failed(client: httpx.Client, claimed: str) -> int:
    return client.get("/uploads", headers={"X-API-Key": "sgd_wrong", "X-Forwarded-For": claimed}).status_code


def test_failed_logins_count_for_the_address_that_nginx_saw(front: Front) -> None:
    with front.client("127.0.0.3") as guesser, front.client("127.0.0.4") as other:
        # Another address in each claim: none of them counts.
        answers = [failed(guesser, f"203.0.113.{number}") for number in range(FAILED_LOGINS + 2)]
        assert answers == [401] * FAILED_LOGINS + [429] * 2
        assert failed(other, "127.0.0.3") == 401


def test_nobody_but_nginx_is_believed(front: Front) -> None:
    transport = httpx.HTTPTransport(local_address="127.0.0.5")
    with httpx.Client(base_url=front.stack.api_url, transport=transport) as straight:
        answers = [failed(straight, f"203.0.113.{number}") for number in range(FAILED_LOGINS + 1)]
    assert answers == [401] * FAILED_LOGINS + [429]


def test_a_flood_from_one_address_is_cut_off_and_others_go_on(front: Front) -> None:
    with front.client("127.0.0.6") as flooding, front.client("127.0.0.7") as calm:
        began = time.monotonic()
        answers = [flooding.get("/healthz").status_code for _ in range(400)]
        allowed = 50 * (time.monotonic() - began) + 100 + 2
        assert answers.count(200) <= allowed
        assert set(answers) <= {200, 429}
        assert calm.get("/healthz").status_code == 200


def test_a_body_beyond_the_largest_file_is_refused_before_the_api(front: Front) -> None:
    context = ssl.create_default_context(cafile=str(front.certificate))
    connection = http.client.HTTPSConnection("127.0.0.1", front.port, context=context, source_address=("127.0.0.8", 0))
    connection.putrequest("POST", "/uploads")
    connection.putheader("Authorization", f"Bearer {front.key}")
    connection.putheader("Content-Length", "60000000")
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert b"nginx" in answer.read()
    connection.close()


def test_errors_of_the_api_come_through_as_they_are(front: Front) -> None:
    with front.client("127.0.0.10") as client:
        answer = client.get("/renders/none", headers={"Authorization": f"Bearer {front.key}"})
        assert answer.status_code == 404
        assert json.loads(answer.text)["error"]["code"] == "NOT_FOUND"
