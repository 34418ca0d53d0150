"""What an API process counts of requests, in a registry of its own; the view of all processes adds them up.

Labels hold route templates, never paths or ids. What must not live here: the /metrics route.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Counters of one app."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "sgd_http_requests", "Answers by route and status", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "sgd_http_request_duration_seconds", "Time to the last byte", ["method", "route"],
            buckets=_SECONDS, registry=self.registry,
        )  # fmt: skip
        self.in_flight = Gauge("sgd_http_requests_in_flight", "Requests being served", registry=self.registry)
        self.upload_bytes = Counter("sgd_upload_bytes", "Bytes taken into quarantine", registry=self.registry)
        self.duplicate_uploads = Counter(
            "sgd_duplicate_uploads", "Files whose bytes the org had already", registry=self.registry
        )
        self.rate_limited = Counter("sgd_rate_limited", "Requests refused by a rate limit", registry=self.registry)
        self.limiter_fallback = Counter(
            "sgd_rate_limiter_fallback", "Rate decisions made without Redis", registry=self.registry
        )
        self.local_limits = Gauge(
            "sgd_rate_limits_local", "API processes that limit by themselves, since Redis is away",
            registry=self.registry,
        )  # fmt: skip
        self.prompts = Counter(
            "sgd_prompts", "Prompts analysed by how they ended: passed, repaired, relaxed, failed or error",
            ["outcome"], registry=self.registry,
        )  # fmt: skip
        self.cached_prompts = Counter(
            "sgd_prompts_cached", "Prompts answered without asking a model", registry=self.registry
        )
        self.dependency_up = Gauge(
            "sgd_dependency_up", "1 when the last readiness check found it up", ["name"], registry=self.registry
        )
