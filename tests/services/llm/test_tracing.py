"""Langfuse gets a generation per call, without texts; without keys there is neither import nor network."""

import gzip
import hashlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest
from pydantic import SecretStr

from sgd_resources.llm.tracing import Generation, NullTracer, build_tracer
from sgd_resources.settings import Settings

GENERATION = Generation(
    trace_id="t-1", task="planner", org_id="acme", model="acme/good-1", prompt_sha256="ab" * 32, latency_ms=120,
    cost_usd_micros=1_100, tokens_in=42, tokens_out=12, outcome="succeeded", guardrails_status="passed",
    dagster_run_id="run-7",
)  # fmt: skip


class Receiver(BaseHTTPRequestHandler):
    """Keeps what is posted to the OTLP path."""

    posted: ClassVar[list[tuple[str, bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        self.posted.append((self.path, body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def receiver() -> Iterator[str]:
    Receiver.posted.clear()
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_generation_reaches_an_otlp_receiver(receiver: str, record_property: Callable[[str, object], None]) -> None:
    pytest.importorskip("langfuse", reason="the extra `tracing`")
    settings = Settings(
        _env_file=None, langfuse_public_key="pk-x", langfuse_secret_key=SecretStr("sk-x"), langfuse_host=receiver
    )
    tracer = build_tracer(settings)
    tracer.record(GENERATION)
    tracer.close()
    traces = [body for path, body in Receiver.posted if path == "/api/public/otel/v1/traces"]
    assert traces
    for word in (b"planner", b"ab" * 32, b"acme/good-1", b"prompt_hash", b"guardrails_status", b"run-7", b"acme"):
        assert any(word in body for body in traces), word
    trace_id = hashlib.sha256(GENERATION.trace_id.encode()).hexdigest()[:32]
    assert any(bytes.fromhex(trace_id) in body for body in traces)
    record_property("langfuse_trace_id", trace_id)


def test_without_keys_nothing_is_sent() -> None:
    tracer = build_tracer(Settings(_env_file=None))
    assert isinstance(tracer, NullTracer)
    tracer.record(GENERATION)
    tracer.close()
