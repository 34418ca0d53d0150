"""Without a receiver there are no spans, and nothing is imported for them."""

import subprocess
import sys

import pytest

from sgd_resources.errors import InvalidInput
from sgd_resources.observed import spans
from sgd_resources.observed.spans import record, span, span_inside, start_tracing, traceparent, traces_address
from sgd_resources.settings import Settings


def test_without_a_receiver_there_is_no_span_and_no_trace() -> None:
    assert start_tracing(Settings(_env_file=None), "api") is False
    with span("job render") as made, span_inside("redis GET"):
        record("step", 1, 2)
        assert (made, traceparent()) == (None, None)


@pytest.mark.slow
def test_the_exporter_is_imported_only_where_a_receiver_is_named() -> None:
    code = (
        "import sys; import sgd_api.http.serve, sgd_resources.observed.spans as s;"
        "s.span('a').__enter__(); print('opentelemetry.exporter' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("common", "own", "address"),
    [
        (None, None, None),
        ("http://collector:4318", None, "http://collector:4318/v1/traces"),
        ("http://collector:4318/", None, "http://collector:4318/v1/traces"),
        ("http://collector:4318", "http://other/x", "http://other/x"),
    ],
)
def test_spans_go_where_the_standard_says(common: str | None, own: str | None, address: str | None) -> None:
    settings = Settings(_env_file=None, otel_exporter_otlp_endpoint=common, otel_exporter_otlp_traces_endpoint=own)
    assert traces_address(settings) == address


def test_a_receiver_without_the_extra_is_refused_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spans, "find_spec", lambda name: None)
    with pytest.raises(InvalidInput, match=r"\[otel\]"):
        start_tracing(Settings(_env_file=None, otel_exporter_otlp_endpoint="http://collector:4318"), "api")
