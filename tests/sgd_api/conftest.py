"""The app over ASGI, against this session's real Postgres and Redis and a store in a temp folder."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
import redis

from sgd_api.http.app import create_app
from sgd_api.http.callers.rate_limits import RateLimiter
from sgd_api.http.metrics import Metrics
from sgd_api.http.services import Services
from sgd_assets.on_demand.completion import CompletionListener
from sgd_resources.lazy import Lazy
from sgd_resources.ports import ConfinedJobs, Embedder, VectorStore
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys, orgs
from sgd_resources.settings import Settings
from sgd_resources.storage.local import LocalObjectStore
from sgd_resources.storage.signing import UrlSigner
from tests.fakes.confined import FakeConfinedJobs
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.vectors import FakeVectorStore

BASE_URL = "http://sgd.test"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Small limits, so that tests reach them."""
    return Settings(
        _env_file=None,
        sgd_var_dir=tmp_path,
        sgd_max_upload_bytes=200_000,
        sgd_org_quota_bytes=500_000,
        sgd_max_upload_files=3,
        sgd_max_json_bytes=100_000,
        sgd_max_wait_s=5,
        sgd_rate_limit_per_min=500,
        sgd_rate_limit_work_per_min=400,
    )


@pytest.fixture
def store(tmp_path: Path) -> LocalObjectStore:
    return LocalObjectStore(tmp_path / "objects", signer=UrlSigner(b"k" * 32, base_url=BASE_URL))


@pytest.fixture
def app_services(settings: Settings, database: Database, store: LocalObjectStore, redis_url: str) -> Iterator[Services]:
    metrics = Metrics()
    client = redis.Redis.from_url(redis_url, socket_timeout=2)
    embedder: Lazy[Embedder] = Lazy(FakeEmbedder)
    vectors: Lazy[VectorStore] = Lazy(FakeVectorStore)
    drawing: Lazy[ConfinedJobs] = Lazy(FakeConfinedJobs)
    yield Services(
        settings=settings,
        database=database,
        store=store,
        redis=client,
        limiter=RateLimiter(client, on_fallback=metrics.limiter_fallback.inc),
        listener=CompletionListener(database.app_url),
        embedder=embedder,
        vectors=vectors,
        collections={kind: Lazy(FakeVectorStore) for kind in ("design_examples", "style_guides")},
        drawing=drawing,
        metrics=metrics,
        signer=UrlSigner(b"k" * 32, base_url=BASE_URL),
    )
    client.close()


@asynccontextmanager
async def serving(services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a running app, without a key."""
    app = create_app(services.settings, services)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url=BASE_URL, timeout=30) as client,
    ):
        yield client


@pytest.fixture
async def anonymous(app_services: Services) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(app_services) as client:
        yield client


def make_key(database: Database, org_id: str) -> str:
    """Plaintext of a new key; the org is made when it is new."""
    with database.org_transaction(org_id) as connection:
        orgs.ensure_org(connection, org_id)
        return keys.create_key(connection, org_id, label="test").plaintext


@pytest.fixture
def as_org(anonymous: httpx.AsyncClient, database: Database) -> Callable[[str], httpx.AsyncClient]:
    """A client that speaks as an org."""

    def speak(org_id: str) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {make_key(database, org_id)}"}
        return httpx.AsyncClient(transport=anonymous._transport, base_url=BASE_URL, headers=headers, timeout=30)

    return speak


@pytest.fixture
def acme(as_org: Callable[[str], httpx.AsyncClient]) -> httpx.AsyncClient:
    return as_org("acme")


@pytest.fixture
def globex(as_org: Callable[[str], httpx.AsyncClient]) -> httpx.AsyncClient:
    return as_org("globex")


async def in_thread(function: Callable[..., object], *args: object) -> object:
    """Run blocking test set-up beside the app's loop."""
    return await asyncio.to_thread(function, *args)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for Postgres or Redis is `embedded`, so that `make check` stays fast."""
    for item in items:
        if {"database", "redis_url"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.embedded)
