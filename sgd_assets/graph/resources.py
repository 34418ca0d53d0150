"""Which client stands behind each resource of the graph, chosen by settings; each imports its vendor when first used.

What must not live here: the clients, or any I/O when this is imported.
"""

import atexit
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from sgd_resources.lazy import Lazy
from sgd_resources.ports import ConfinedJobs, LlmGateway, ObjectStore, ReferenceFetcher, Sealer, VectorStore
from sgd_resources.settings import Settings

if TYPE_CHECKING:
    from sgd_assets.canon.model import Canon
    from sgd_assets.evidence.drops import DropRules
    from sgd_assets.evidence.gate import EvidenceGate
    from sgd_assets.evidence.manifest import EvidenceManifest
    from sgd_assets.renders.fulfil import Renderer
    from sgd_assets.renders.model import RenderRecord
    from sgd_assets.renders.progress import Progress
    from sgd_resources.embedded.services import ServiceUrls
    from sgd_resources.erasure.place import Place
    from sgd_resources.llm.safety.request_text import TextKept
    from sgd_resources.postgres.engine import Database
    from sgd_resources.sandbox.fork_server import ForkServer


def resources_by_settings(settings: Settings, *, role: str = "graph") -> dict[str, Lazy[Any]]:
    """A resource for every port, named as the assets ask for it.

    Args:
        settings: of this process.
        role: what this process is among those that are counted together: `graph` (Dagster's own) or `worker`.
    """
    services = Lazy(lambda: _services(settings, role))
    database = Lazy(lambda: _database(services.client()), description="Postgres: DATABASE_URL, or the embedded one")
    store = Lazy(lambda: _store(settings), description="Objects: local disk, or S3 by S3_ENDPOINT_URL")
    server = Lazy(_fork_server)
    gate = Lazy(
        lambda: _gate(settings, server.client()), description="The evidence gate: types, bounds, cleaning, virus scan"
    )
    drawing = Lazy(
        lambda: _drawing(server.client()), description="Draws, shapes and decodes what strangers sent, confined"
    )
    fetcher = Lazy(_fetcher, description="Reference URLs: https, hosts of policies/upload_policy.json")
    llm = Lazy(
        lambda: _llm(settings, services, database),
        description="LlmGatewayResource: every model call, by OPENROUTER_API_KEY; local routes without it",
    )
    return {
        "store": store,
        "database": database,
        "ledger": Lazy(lambda: _upload_ledger(database.client()), description="Uploads and evidence in Postgres"),
        "graph_ledger": Lazy(lambda: _graph_ledger(database.client()), description="Documents and canons in Postgres"),
        "render_ledger": Lazy(
            lambda: _render_ledger(database.client(), settings.sgd_request_text),
            description="Render requests in Postgres",
        ),
        "prompt_ledger": Lazy(
            lambda: _prompt_ledger(database.client()), description="Analyses and reviews in Postgres"
        ),
        "gate": gate,
        "drop_rules": Lazy(lambda: _drop_rules(settings), description="How long a dropped file must lie still"),
        "request_text": Lazy(
            lambda: settings.sgd_request_text, description="Words of ended requests: kept, redacted or none"
        ),
        "request_log_days": Lazy(
            lambda: settings.sgd_request_log_days, description="Days that the log of requests is kept, 0: none"
        ),
        "parser": Lazy(lambda: _parser(settings, server.client()), description="Document parser by SGD_PARSER"),
        "embedder": Lazy(lambda: _embedder(settings), description="Text embedder by SGD_EMBEDDER"),
        "cache": Lazy(lambda: _cache(services.client()), description="Redis: REDIS_URL, or the embedded one"),
        "vectors": Lazy(lambda: _vectors(settings), description="Qdrant: QDRANT_URL, or a local folder"),
        "places": Lazy(
            lambda: _places(settings, services, store),
            description="Every store beside Postgres that holds things of orgs",
        ),
        "llm": llm,
        "drawing": drawing,
        "renderer": Lazy(
            lambda: _renderer(
                store.client(),
                drawing.client(),
                fetcher,
                gate,
                llm,
                _sealer(settings, drawing.client()),
                database,
                settings.sgd_request_text,
            ),
            description="Plan, compositor and critique; planner, image and critic models with a key; signed by C2PA",
        ),
    }


def _services(settings: Settings, role: str) -> "ServiceUrls":
    from sgd_resources.embedded.services import embedded_services
    from sgd_resources.observed.spans import start_tracing
    from sgd_resources.observed.told import start_telling

    # Held until the process ends: the embedded servers stop with their last holder.
    stack = ExitStack()
    atexit.register(stack.close)
    urls = stack.enter_context(embedded_services(settings))
    # Registered after the services, so that at the end the rest is told before they may stop.
    start_telling(urls.redis_url, role)
    start_tracing(settings, role)
    return urls


def _database(urls: "ServiceUrls") -> "Database":
    from sgd_resources.postgres.engine import Database

    return Database(urls.database_url, pool_size=2)


def _store(settings: Settings) -> ObjectStore:
    from sgd_resources.storage.select import build_object_store

    return build_object_store(settings)


def _places(settings: Settings, services: "Lazy[ServiceUrls]", store: Lazy[ObjectStore]) -> "Sequence[Place]":
    import redis

    from sgd_resources.erasure.places import places_of

    urls = services.client()
    return places_of(
        settings, store=store.client(), vectors=_vectors(settings), client=redis.Redis.from_url(urls.redis_url),
        dagster_url=urls.dagster_url,
    )  # fmt: skip


def _upload_ledger(database: "Database") -> Any:
    from sgd_resources.postgres.ledgers.uploads import DatabaseUploadLedger

    return DatabaseUploadLedger(database)


def _graph_ledger(database: "Database") -> Any:
    from sgd_resources.postgres.ledgers.graph import GraphLedger

    return GraphLedger(database)


def _render_ledger(database: "Database", text: "TextKept") -> Any:
    from sgd_resources.postgres.ledgers.requests import RequestLedger

    return RequestLedger(database, text)


def _prompt_ledger(database: "Database") -> Any:
    from sgd_resources.postgres.ledgers.prompts import DatabasePromptLedger

    return DatabasePromptLedger(database)


def _fork_server() -> "ForkServer":
    """One for the gate, the parsers and the painter: what opens files is imported once."""
    from sgd_resources.sandbox.drawing import DRAWING_PRELOAD
    from sgd_resources.sandbox.fork_server import ForkServer
    from sgd_resources.sandbox.parser import PRELOAD

    return ForkServer((*PRELOAD, *DRAWING_PRELOAD))


def _drawing(server: "ForkServer") -> ConfinedJobs:
    from sgd_resources.sandbox.drawing import drawing_sandbox

    return drawing_sandbox(server)


def _gate(settings: Settings, server: "ForkServer") -> "EvidenceGate":
    from sgd_assets.evidence.build import build_gate

    return build_gate(settings, server=server)


def _drop_rules(settings: Settings) -> "DropRules":
    from sgd_assets.evidence.drops import DropRules

    return DropRules(settings.sgd_drop_settle_s, settings.sgd_sweep_age_s)


def _parser(settings: Settings, server: "ForkServer") -> Any:
    from sgd_resources.sandbox.parser import build_sandboxed_parser

    return build_sandboxed_parser(settings, server=server)


def _embedder(settings: Settings) -> Any:
    from sgd_resources.vectors.embedder import build_embedder

    return build_embedder(settings)


def _cache(urls: "ServiceUrls") -> Any:
    from sgd_resources.redis.cache import RedisCache

    return RedisCache(urls.redis_url)


def _vectors(settings: Settings) -> VectorStore:
    from sgd_resources.vectors.select import build_vector_store

    return build_vector_store(settings)


def _llm(settings: Settings, services: "Lazy[ServiceUrls]", database: "Lazy[Database]") -> "LlmGateway":
    from sgd_resources.llm.policy.policy_file import PolicyFile
    from sgd_resources.llm.providers import has_models
    from sgd_resources.llm.tracing import is_traced

    is_traced(settings)
    if settings.openrouter_api_key is None and not has_models(settings.variable, PolicyFile().current()):
        from sgd_resources.llm.local import WithoutModels

        return WithoutModels()
    from sgd_resources.llm.build import build_gateway
    from sgd_resources.llm.sync_gateway import SyncLlmGateway

    redis_url = services.client().redis_url
    gateway = SyncLlmGateway(lambda: build_gateway(settings, redis_url=redis_url, database=database.client()))
    # Calls that are written down in the background must be, also when the run's process ends.
    atexit.register(gateway.close)
    return gateway


def _fetcher() -> ReferenceFetcher:
    from sgd_assets.evidence.policy import upload_policy
    from sgd_resources.fetch.https import build_fetcher

    return build_fetcher(upload_policy().reference_urls)


def _sealer(settings: Settings, drawing: ConfinedJobs) -> Sealer:
    from sgd_resources.provenance.build import build_sealer

    return build_sealer(settings, drawing)


def _content_override(database: "Database", org_id: str) -> dict[str, Any] | None:
    from sgd_resources.postgres.rows import content

    with database.org_transaction(org_id) as connection:
        return content.get_override(connection, org_id)


def _renderer(
    store: ObjectStore,
    drawing: ConfinedJobs,
    fetcher: Lazy[ReferenceFetcher],
    gate: "Lazy[EvidenceGate]",
    llm: "Lazy[LlmGateway]",
    sealer: Sealer,
    database: "Lazy[Database]",
    text: "TextKept",
) -> "Renderer":
    from sgd_assets.renders.content.policy import content_policy
    from sgd_assets.renders.references import fetch_reference
    from sgd_assets.renders.render import render_request
    from sgd_resources.font_shelf import font_shelf

    fonts = font_shelf()

    def render(
        body: Mapping[str, Any],
        canon: "Canon",
        *,
        org_id: str,
        render_id: str,
        evidence: "EvidenceManifest",
        run_id: str | None = None,
        progress: "Progress | None" = None,
    ) -> "RenderRecord":
        return render_request(
            body,
            canon,
            org_id=org_id,
            render_id=render_id,
            canon_version=canon.version,
            evidence=evidence,
            store=store,
            jobs=drawing,
            fonts=fonts,
            content=content_policy(_content_override(database.client(), org_id)),
            web_picture=lambda url: fetch_reference(url, fetcher=fetcher.client(), gate=gate.client()),
            gateway=llm.client,
            run_id=run_id,
            progress=progress,
            sealer=sealer,
            text=text,
        )

    return render
