"""One render is one trace, from the request to the steps of the picture, through the queue and another process."""

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from dagster import RunsFilter
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from sgd_assets.running.in_process import TRACE_TAG
from sgd_assets.running.warm_runs import REQUEST_TAG, warm_instance
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.observed.spans import span, start_tracing, stop_tracing, trace_id
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import renders
from sgd_resources.settings import Settings
from tests.benchmarks.graph_stack import BODY, graph_stack
from tests.services.waterfall import Bar, waterfall
from tests.sgd_api import conftest as api

pytestmark = pytest.mark.slow
PATIENCE_S = 120.0
settings, store, app_services, anonymous = api.settings, api.store, api.app_services, api.anonymous


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        request = ExportTraceServiceRequest.FromString(body)
        server = self.server
        assert isinstance(server, OtlpReceiver)
        server.take(request, self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


class OtlpReceiver(ThreadingHTTPServer):
    """Keeps the spans that are posted to it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.bars: list[Bar] = []
        self.paths: set[str] = set()
        self.raw = b""

    def take(self, request: ExportTraceServiceRequest, path: str) -> None:
        self.paths.add(path)
        self.raw += request.SerializeToString()
        for resource in request.resource_spans:
            named = {one.key: one.value.string_value for one in resource.resource.attributes}
            for scope in resource.scope_spans:
                self.bars += [
                    Bar(
                        one.trace_id.hex(), one.span_id.hex(), one.parent_span_id.hex(), named["service.name"],
                        one.name, one.start_time_unix_nano, one.end_time_unix_nano,
                    )
                    for one in scope.spans
                ]  # fmt: skip

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def receiver() -> Iterator[OtlpReceiver]:
    server = OtlpReceiver()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


async def test_a_request_and_its_render_in_a_worker_are_one_trace(
    receiver: OtlpReceiver, services: ServiceUrls, database: Database, anonymous: httpx.AsyncClient, tmp_path: Path
) -> None:
    assert start_tracing(Settings(_env_file=None, otel_exporter_otlp_endpoint=receiver.url), "api")
    with graph_stack(tmp_path, services) as stack:
        stack.seed_org("acme")
        headers = {"Authorization": f"Bearer {api.make_key(database, 'acme')}", "Idempotency-Key": "one"}
        headers["Prefer"] = "respond-async"
        answer = await anonymous.post("/render", json=BODY, headers=headers)
        assert answer.status_code == 202, answer.text
        trace, render_id = answer.headers["x-trace-id"], answer.json()["render_id"]
        with stack.worker(1, OTEL_EXPORTER_OTLP_ENDPOINT=receiver.url):
            wait_for(database, render_id)
        with warm_instance(str(stack.dagster_home)) as instance:
            (run,) = instance.get_runs(RunsFilter(tags={REQUEST_TAG: render_id}))
        assert run.tags[TRACE_TAG] == trace
    stop_tracing()
    assert receiver.paths == {"/v1/traces"}
    mine = [bar for bar in receiver.bars if bar.trace_id == trace]
    names = {bar.name for bar in mine}
    assert {"POST /render", "job render", "dagster render_job", "stage render_outputs", "postgres insert"} <= names
    assert {bar.service for bar in mine} == {"sgd-api", "sgd-worker"}
    roots = [bar for bar in mine if not bar.parent_id]
    assert [bar.name for bar in roots] == ["POST /render"]
    known = {bar.span_id for bar in mine}
    assert [bar.name for bar in mine if bar.parent_id and bar.parent_id not in known] == []
    assert "POST /render" in waterfall(mine)


async def test_a_trace_that_a_caller_began_goes_on(receiver: OtlpReceiver, anonymous: httpx.AsyncClient) -> None:
    start_tracing(Settings(_env_file=None, otel_exporter_otlp_traces_endpoint=f"{receiver.url}/own/path"), "api")
    given = "4bf92f3577b34da6a3ce929d0e0e4736"
    answer = await anonymous.get("/healthz", headers={"traceparent": f"00-{given}-00f067aa0ba902b7-01"})
    stop_tracing()
    assert answer.headers["x-trace-id"] == given
    assert receiver.paths == {"/own/path"}
    (bar,) = [bar for bar in receiver.bars if bar.trace_id == given]
    assert (bar.name, bar.parent_id) == ("GET /healthz", "00f067aa0ba902b7")


def test_an_error_is_told_by_its_type_and_never_its_text(receiver: OtlpReceiver) -> None:
    start_tracing(Settings(_env_file=None, otel_exporter_otlp_endpoint=receiver.url), "api")
    with pytest.raises(ValueError, match="secret"), span("outer"):
        raise ValueError("secret words")
    stop_tracing()
    assert [bar.name for bar in receiver.bars] == ["outer"]
    assert b"ValueError" in receiver.raw
    assert b"secret" not in receiver.raw


def test_a_receiver_that_is_away_holds_nobody_up() -> None:
    start_tracing(Settings(_env_file=None, otel_exporter_otlp_endpoint="http://127.0.0.1:9"), "api")
    with span("lost"):
        pass
    stop_tracing()
    assert trace_id() is None


def wait_for(database: Database, render_id: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        with database.org_transaction("acme") as connection:
            if renders.get_request(connection, "acme", render_id).status == "succeeded":
                return
        assert time.monotonic() < deadline, "the render was not served"
        time.sleep(0.1)
