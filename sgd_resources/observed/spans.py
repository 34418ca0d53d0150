"""Spans of this process' work in OpenTelemetry's form: one trace from a request to the picture, across processes.

    HTTP request -> statements, Redis -> (the job's row carries `traceparent`) -> job -> Dagster run -> stage -> steps

Nothing is made, sent or even imported unless OTLP's standard variables name a receiver and the extra `[otel]` is there.
A span holds names, ids and numbers, never a text, a query's values or an address with a secret. What must not live
here: what is worth a span (whoever does the work says so), or traces of model calls for Langfuse (`llm/tracing.py`).
"""

import atexit
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from sgd_resources.errors import InvalidInput
from sgd_resources.settings import Settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span, Tracer

INSTALL = ".venv/bin/pip install -e '.[otel]'"
PATH = "/v1/traces"
_QUIET_MS = 2_000
"""What a process gives its last spans at its end: a receiver that is away must not hold it up."""
Value = str | int | float | bool

_providers: list["TracerProvider"] = []
_tracers: list["Tracer"] = []
"""Of this process, one at most."""


def start_tracing(settings: Settings, role: str) -> bool:
    """Send this process' spans from now on; False when no receiver is named. Safe to call again.

    Args:
        settings: name the receiver and the service; the SDK reads the other `OTEL_*` variables itself.
        role: of this process: `api`, `worker`, `graph`.

    Raises:
        InvalidInput: a receiver is named and the extra is not installed.
    """
    address = checked_address(settings)
    if address is None or _tracers:
        return bool(_tracers)
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    named = {"service.name": f"{settings.service_name}-{role}", "service.namespace": settings.service_name}
    if settings.service_region:
        named["cloud.region"] = settings.service_region
    provider = TracerProvider(resource=Resource.create(named), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=address)))
    _providers.append(provider)
    _tracers.append(provider.get_tracer("sgd"))
    atexit.register(stop_tracing)
    return True


def checked_address(settings: Settings) -> str | None:
    """As `traces_address`, for whoever starts processes that send spans.

    Raises:
        InvalidInput: a receiver is named and the extra is not installed.
    """
    address = traces_address(settings)
    # The parts of a name are looked up one by one: of a package that is not there nothing can be asked.
    if address is not None and not all(
        map(find_spec, ("opentelemetry", "opentelemetry.sdk", "opentelemetry.exporter"))
    ):
        raise InvalidInput(
            f"traces need the extra [otel]: {INSTALL}", details={"setting": "OTEL_EXPORTER_OTLP_ENDPOINT"}
        )
    return address


def is_traced() -> bool:
    """Whether this process sends spans."""
    return bool(_tracers)


def traces_address(settings: Settings) -> str | None:
    """Where spans are posted to, by the standard's rule: the traces' own address as it is, or the common one's path."""
    if settings.otel_exporter_otlp_traces_endpoint:
        return settings.otel_exporter_otlp_traces_endpoint
    base = settings.otel_exporter_otlp_endpoint
    return base.rstrip("/") + PATH if base else None


def stop_tracing() -> None:
    """Send the rest; called by itself when the interpreter ends, by hand before `os._exit`."""
    _tracers.clear()
    while _providers:
        provider = _providers.pop()
        provider.force_flush(_QUIET_MS)
        provider.shutdown()


def span(
    name: str, *, parent: str | None = None, kind: str = "internal", **attributes: Value | None
) -> AbstractContextManager["Span | None"]:
    """A span around a block, below the current one; None without a receiver. An error of the block marks it.

    Args:
        name: few different ones: `job render`, never an id.
        parent: a `traceparent` to continue in place of the current span.
        kind: `server`, `client`, `consumer` or `internal`.
        attributes: names with `.` are written with `__`; None is left out.
    """
    return _opened(name, parent, kind, attributes) if _tracers else nullcontext()


def span_inside(name: str, **attributes: Value | None) -> AbstractContextManager["Span | None"]:
    """As `span`, of a client, but only where there is a trace: what a process does for itself begins none."""
    return nullcontext() if traceparent() is None else _opened(name, None, "client", attributes)


def record(name: str, began_ns: int, ended_ns: int, **attributes: Value | None) -> None:
    """A span that is over, below the current one; nothing where there is no trace. Times in ns since 1970."""
    if traceparent() is None:
        return
    from opentelemetry.trace import SpanKind

    kind = SpanKind.CLIENT if "db__system__name" in attributes else SpanKind.INTERNAL
    made = _tracers[0].start_span(name, start_time=began_ns, kind=kind, attributes=_written(attributes))
    made.end(ended_ns)


def traceparent() -> str | None:
    """The current span as the W3C header that another process continues; None where there is none."""
    context = _current()
    if context is None:
        return None
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{int(context.trace_flags):02x}"


def trace_id() -> str | None:
    """Of the current trace, 32 hex digits; None where there is none."""
    context = _current()
    return None if context is None else f"{context.trace_id:032x}"


def _current() -> Any:
    if not _tracers:
        return None
    from opentelemetry.trace import get_current_span

    context = get_current_span().get_span_context()
    return context if context.is_valid else None


@contextmanager
def _opened(name: str, parent: str | None, kind: str, attributes: Mapping[str, Value | None]) -> Iterator["Span"]:
    from opentelemetry.trace import SpanKind
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    context = TraceContextTextMapPropagator().extract({"traceparent": parent}) if parent else None
    kinds = SpanKind[kind.upper()]
    # The type of an error is told, never its text: that may quote what a stranger wrote.
    with _tracers[0].start_as_current_span(
        name, context=context, kind=kinds, attributes=_written(attributes), record_exception=False,
        set_status_on_exception=False,
    ) as made:  # fmt: skip
        try:
            yield made
        except BaseException as error:
            _failed(made, type(error).__name__)
            raise


def _failed(made: "Span", kind: str) -> None:
    from opentelemetry.trace import Status, StatusCode

    made.set_attribute("error.type", kind)
    made.set_status(Status(StatusCode.ERROR))


def _written(attributes: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name.replace("__", "."): value for name, value in attributes.items() if value is not None}
