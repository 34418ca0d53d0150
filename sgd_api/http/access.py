"""The outermost layer: request ids, one structured log line and the metrics of each request, and the last-resort 500.

Logged: method, route template, status, duration, bytes, org and caller. Never: query strings (they hold signatures),
headers, bodies. What must not live here: translating our own errors (`app.py` registers that).
"""

import json
import logging
import re
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sgd_api.http.callers.request_log import RequestLog
from sgd_api.http.errors import INTERNAL_MESSAGE, HttpError, http_error
from sgd_api.http.metrics import Metrics
from sgd_api.http.openai_errors import shaped
from sgd_resources.disk_full import as_storage_full
from sgd_resources.events import FIELDS
from sgd_resources.observed.logs import about
from sgd_resources.observed.spans import span, trace_id
from sgd_resources.postgres.rows.whole.request_log import LoggedRequest

if TYPE_CHECKING:
    from opentelemetry.trace import Span

log = logging.getLogger("sgd.access")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""What an answer carries when its route says nothing else; pages that load something bring a policy of their own."""


class AccessLayer:
    """ASGI middleware around the whole app."""

    def __init__(self, app: ASGIApp, metrics: Metrics, request_log: RequestLog | None = None) -> None:
        self._app = app
        self._metrics = metrics
        self._request_log = request_log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send)
        offered = Headers(scope=scope).get("traceparent")
        served = span("HTTP", parent=offered, kind="server", sgd__request__id=exchange.request_id)
        with about(request_id=exchange.request_id), served as made:
            exchange.trace_id = trace_id()
            try:
                await self._served(scope, receive, exchange)
            finally:
                if made is not None:
                    _describe(made, scope, exchange)

    async def _served(self, scope: Scope, receive: Receive, exchange: "_Exchange") -> None:
        began = time.perf_counter()
        with self._metrics.in_flight.track_inprogress():
            try:
                await self._app(scope, exchange.receiver(receive), exchange.send)
            except Exception as error:
                # The traceback goes to our log under the request id; the client gets the envelope.
                logging.getLogger("sgd.api").exception("unexpected failure", extra={"request_id": exchange.request_id})
                if exchange.status != 0:
                    raise  # the answer has begun: only a broken connection can still tell the client
                full = as_storage_full(error)
                failure = http_error(full) if full else HttpError(500, "INTERNAL_ERROR", INTERNAL_MESSAGE)
                await shaped(scope["path"], failure, exchange.request_id)(scope, receive, exchange.send)
            finally:
                self._record(scope, exchange, time.perf_counter() - began)

    def _record(self, scope: Scope, exchange: "_Exchange", seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "unmatched")
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        self._metrics.requests.labels(method, route, str(exchange.status)).inc()
        self._metrics.seconds.labels(method, route).observe(seconds)
        caller = scope.get("state", {}).get("caller")
        if self._request_log is not None and caller is not None:
            began_at = datetime.now(UTC) - timedelta(seconds=seconds)
            self._request_log.add(
                caller.org_id,
                LoggedRequest(
                    began_at, exchange.request_id, method, route, exchange.status, round(seconds * 1000, 2),
                    exchange.sent_bytes, caller.subject,
                ),
            )  # fmt: skip
        line = {
            "event": "request",
            "request_id": exchange.request_id,
            "method": method,
            "route": route,
            "status": exchange.status,
            "duration_ms": round(seconds * 1000, 2),
            "sent_bytes": exchange.sent_bytes,
            "org_id": getattr(caller, "org_id", None),
            "caller": getattr(caller, "subject", None),
            **({"trace_id": exchange.trace_id} if exchange.trace_id else {}),
        }
        log.info(json.dumps(line), extra={FIELDS: line})


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def _describe(made: "Span", scope: Scope, exchange: "_Exchange") -> None:
    """Name the span by its route, which is known only now, and never by its path."""
    route = getattr(scope.get("route"), "path", "unmatched")
    method = scope["method"] if scope["method"] in _METHODS else "_OTHER"
    made.update_name(f"{method} {route}")
    made.set_attributes({
        "http.request.method": method, "http.route": route, "http.response.status_code": exchange.status,
    })  # fmt: skip


def _has_body(headers: Headers) -> bool:
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


class _Exchange:
    """Notes what is sent and adds the headers every answer has."""

    def __init__(self, scope: Scope, send: Send) -> None:
        offered = Headers(scope=scope).get("x-request-id", "")
        self.request_id = offered if _REQUEST_ID.fullmatch(offered) else uuid4().hex
        self.trace_id: str | None = None
        self.status = 0
        self.sent_bytes = 0
        self._is_body_left = _has_body(Headers(scope=scope))
        self._send = send
        self._state = scope.setdefault("state", {})
        self._state["request_id"] = self.request_id

    def receiver(self, receive: Receive) -> Receive:
        """`receive`, watched for the end of the body."""

        async def watched() -> Message:
            message = await receive()
            if message["type"] != "http.request" or not message.get("more_body", False):
                self._is_body_left = False
            return message

        return watched

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self.request_id
            if self.trace_id is not None:
                headers["X-Trace-ID"] = self.trace_id
            for name, value in {**SECURITY_HEADERS, **self._state.get("limit_headers", {})}.items():
                if name not in headers:
                    headers[name] = value
            if self._is_body_left:
                # Refused before the body was read: whoever goes on sending it must not hold the connection.
                headers["Connection"] = "close"
        elif message["type"] == "http.response.body":
            self.sent_bytes += len(message.get("body", b""))
        await self._send(message)
