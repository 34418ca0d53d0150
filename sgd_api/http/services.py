"""What the routes need of the outside world: made once per process, closed at its end.

The embedder, the vectors and the cache are built when the first request needs them, so that the API starts quickly.
What must not live here: choosing by anything but settings.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import anyio
import redis

from sgd_api.http.callers.rate_limits import RateLimiter
from sgd_api.http.callers.request_log import RequestLog
from sgd_api.http.callers.security_events import SecurityEvents
from sgd_api.http.intake.in_flight import BodiesInFlight
from sgd_api.http.intake.lane import LaneCaps, UploadLane
from sgd_api.http.metrics import Metrics
from sgd_assets.evidence.policy import UploadPolicy, upload_policy
from sgd_assets.on_demand.completion import CompletionListener
from sgd_assets.on_demand.resource.kept_canon import KeptCanons
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.errors import Unavailable
from sgd_resources.identity.jwks_address import fetch_jwks
from sgd_resources.identity.key_set import KeySet
from sgd_resources.identity.tokens import TokenRules, TokenVerifier
from sgd_resources.lazy import Lazy
from sgd_resources.llm.tracing import is_traced
from sgd_resources.observed.told import Teller
from sgd_resources.ports import ConfinedJobs, Embedder, ObjectStore, ReferenceFetcher, VectorStore
from sgd_resources.postgres.engine import Database
from sgd_resources.redis.cache import RedisCache
from sgd_resources.redis.heard_cache import HeardCache
from sgd_resources.settings import Settings
from sgd_resources.storage.select import build_object_store, build_url_signer
from sgd_resources.storage.signing import UrlSigner
from sgd_resources.vectors.select import OTHER_COLLECTIONS, build_vector_store
from sgd_resources.webhooks.secrets import WebhookSecrets

if TYPE_CHECKING:
    from sgd_assets.evidence.gate import EvidenceGate
    from sgd_resources.llm.sync_gateway import SyncLlmGateway

_REDIS_TIMEOUT_S = 0.5
_LOGIN_THREADS = 8
"""A look-up takes about 2 ms; together with `_PROBE_THREADS` no more than the pool keeps connections open."""
_PROBE_THREADS = 8
"""Twice the four parts: a probe that hangs is abandoned after two seconds, and its thread comes back later."""


@dataclass(frozen=True)
class Services:
    """The outside world of one API process. Tests put doubles of the same types in place of any part."""

    settings: Settings
    database: Database
    store: ObjectStore
    redis: "redis.Redis"
    limiter: RateLimiter
    listener: CompletionListener
    embedder: Lazy[Embedder]
    vectors: Lazy[VectorStore]
    drawing: Lazy[ConfinedJobs]
    """Decodes and measures pictures in a confined child."""
    metrics: Metrics
    collections: Mapping[str, Lazy[VectorStore]] = field(default_factory=dict)
    """Vectors beside those of the evidence: `design_examples`, `style_guides`."""
    gate: "Lazy[EvidenceGate]" = field(default_factory=lambda: Lazy(_no_gate))
    """Looks at pictures that are sent to be judged."""
    fetcher: Lazy[ReferenceFetcher] = field(default_factory=lambda: Lazy(_no_fetcher))
    """Fetches pictures that are named by an https address."""
    llm: "Lazy[SyncLlmGateway]" = field(default_factory=lambda: Lazy(_no_gateway))
    """The model gateway; without a key it says that it is degraded."""
    instance_id: str = field(default_factory=lambda: uuid4().hex)
    """What tells this process from another on the same port."""
    started_at: float = field(default_factory=time.monotonic)
    """Of this process, for its uptime."""
    dagster_url: str | None = None
    """Of Dagster's storage, for erasing an org; nothing else here reads it."""
    signer: UrlSigner | None = None
    """None when the object store signs for itself (S3) and this API serves no bytes."""
    request_log: RequestLog | None = None
    """Keeps what known callers asked; None where the settings keep no log of requests."""
    closers: tuple[Callable[[], Any], ...] = field(default=(), repr=False)

    @cached_property
    def upload_lane(self) -> UploadLane:
        """Where uploads wait and are written."""
        asked = self.settings
        return UploadLane(
            LaneCaps(asked.sgd_uploads_at_once, asked.sgd_uploads_at_once_per_org, asked.sgd_uploads_at_once_per_key)
        )

    @cached_property
    def bodies_in_flight(self) -> BodiesInFlight:
        """What comes in right now, by org."""
        return BodiesInFlight(self.settings.sgd_bytes_in_flight_per_org)

    @cached_property
    def security_events(self) -> SecurityEvents:
        """Tells who came in, who did not, and who asked too often."""
        return SecurityEvents(self.database)

    @cached_property
    def login_threads(self) -> anyio.CapacityLimiter:
        """Threads that look up keys and count requests."""
        return anyio.CapacityLimiter(_LOGIN_THREADS)

    @cached_property
    def probe_threads(self) -> anyio.CapacityLimiter:
        """Threads that ask whether the outside world is up."""
        return anyio.CapacityLimiter(_PROBE_THREADS)

    @cached_property
    def upload_policy(self) -> UploadPolicy:
        """What may come in: the gate's own policy, with the cap on a file that settings may lower."""
        return upload_policy().lowered_to(self.settings.sgd_max_upload_bytes)

    @cached_property
    def kept(self) -> HeardCache:
        """Schemas and templates of orgs, as this process knows them."""
        return HeardCache(self.redis)

    @cached_property
    def canons(self) -> KeptCanons:
        """Stored canons, with Redis before the store."""
        return KeptCanons(self.store, RedisCache(self.redis, name="canon"))

    @cached_property
    def vector_cache(self) -> RedisCache:
        """Vectors of texts that were embedded before, by this process or a run."""
        return RedisCache(self.redis)

    @cached_property
    def teller(self) -> Teller:
        """Tells what this process counts, and reads what all of them did."""
        return Teller(self.redis, "api", (self.metrics.registry,))

    @cached_property
    def webhook_secrets(self) -> WebhookSecrets:
        """Makes the secrets of webhooks; workers make the same ones."""
        return WebhookSecrets.of(self.settings)

    @cached_property
    def token_verifier(self) -> TokenVerifier | None:
        """Verifies session tokens; None where no issuer is configured."""
        asked = self.settings
        jwks_url, issuer = asked.clerk_jwks_url, asked.clerk_issuer
        if jwks_url is None or issuer is None:
            return None
        rules = TokenRules(issuer, frozenset(asked.authorized_parties), asked.clerk_audience)
        return TokenVerifier(rules, KeySet(lambda: fetch_jwks(jwks_url)))

    def take_nonce(self, nonce: str, ttl_s: int) -> bool:
        """Whether nobody used it before, across all processes. Raises Unavailable when that cannot be known."""
        try:
            return bool(self.redis.set(f"sgd:nonce:{nonce}", b"1", nx=True, ex=ttl_s))
        except redis.RedisError as error:
            raise Unavailable("signed requests cannot be checked right now") from error

    def close(self) -> None:
        """Close what `build_services` opened."""
        if "kept" in self.__dict__:
            self.kept.close()
        if "teller" in self.__dict__:
            self.teller.close()
        if self.request_log is not None:
            self.request_log.close()
        for close in self.closers:
            close()


def build_services(settings: Settings, urls: ServiceUrls) -> Services:
    """The services these settings ask for; connects to nothing yet.

    Raises:
        InvalidInput: the settings lack something that the chosen parts need.
    """
    is_traced(settings)
    metrics = Metrics()
    database = Database(urls.database_url)
    drawing, gate = Lazy(_build_drawing), Lazy(lambda: _build_gate(settings))
    client = redis.Redis.from_url(
        urls.redis_url, socket_timeout=_REDIS_TIMEOUT_S, socket_connect_timeout=_REDIS_TIMEOUT_S
    )
    limiter = RateLimiter(client, on_fallback=metrics.limiter_fallback.inc, on_decision=metrics.local_limits.set)
    llm = Lazy(lambda: _build_llm(settings, urls, database, limiter))
    return Services(
        settings=settings,
        database=database,
        store=build_object_store(settings),
        redis=client,
        limiter=limiter,
        listener=CompletionListener(urls.database_url),
        embedder=Lazy(lambda: _build_embedder(settings)),
        vectors=Lazy(lambda: _build_vectors(settings)),
        collections={kind: Lazy(partial(_build_vectors, settings, kind)) for kind in OTHER_COLLECTIONS},
        drawing=drawing,
        metrics=metrics,
        gate=gate,
        fetcher=Lazy(_build_fetcher),
        llm=llm,
        instance_id=settings.sgd_instance_id or uuid4().hex,
        dagster_url=urls.dagster_url,
        signer=None if settings.s3_endpoint_url else build_url_signer(settings),
        request_log=RequestLog(database) if settings.sgd_request_log_days else None,
        closers=(
            lambda: llm.close_if_made(lambda gateway: gateway.close()),
            lambda: gate.close_if_made(lambda opened: opened.close()),
            lambda: drawing.close_if_made(lambda sandbox: sandbox.close()),
            database.dispose,
            client.close,
        ),
    )


def _build_embedder(settings: Settings) -> Embedder:
    from sgd_resources.vectors.embedder import build_embedder

    return build_embedder(settings)


def _build_vectors(settings: Settings, collection: str = "brand_assets") -> VectorStore:
    return build_vector_store(settings, collection)


def _build_drawing() -> ConfinedJobs:
    from sgd_resources.sandbox.drawing import drawing_sandbox

    return drawing_sandbox()


def _build_gate(settings: Settings) -> "EvidenceGate":
    from sgd_assets.evidence.build import build_gate

    return build_gate(settings, processes=1)


def _build_fetcher() -> ReferenceFetcher:
    from sgd_resources.fetch.https import build_fetcher

    return build_fetcher(upload_policy().reference_urls)


def _build_llm(settings: Settings, urls: ServiceUrls, database: Database, limiter: RateLimiter) -> "SyncLlmGateway":
    from sgd_resources.llm.build import build_gateway
    from sgd_resources.llm.sync_gateway import SyncLlmGateway

    return SyncLlmGateway(
        lambda: build_gateway(
            settings, redis_url=urls.redis_url, database=database, redis_lost_at=lambda: limiter.redis_lost_at
        )
    )


def _no_gate() -> "EvidenceGate":
    raise Unavailable("this process has no evidence gate")


def _no_fetcher() -> ReferenceFetcher:
    raise Unavailable("this process fetches nothing")


def _no_gateway() -> "SyncLlmGateway":
    raise Unavailable("this process has no model gateway")
