"""Which client stands behind each resource of the graph, chosen by settings; each imports its vendor when first used.

What must not live here: the clients, or any I/O when this is imported.
"""

import atexit
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from sgd_resources.dagster import Lazy
from sgd_resources.ports import ObjectStore, Painter, VectorStore
from sgd_resources.settings import Settings

if TYPE_CHECKING:
    from sgd_assets.evidence.gate import EvidenceGate
    from sgd_resources.database.engine import Database
    from sgd_resources.embedded import ServiceUrls


def faces_by_settings(settings: Settings) -> dict[str, Lazy[Any]]:
    """Every port's face, named as the assets ask for it."""
    services = Lazy(lambda: _services(settings))
    database = Lazy(lambda: _database(services.client()), description="Postgres: DATABASE_URL, or the embedded one")
    return {
        "store": Lazy(lambda: _store(settings), description="Objects: local disk, or S3 by S3_ENDPOINT_URL"),
        "database": database,
        "ledger": Lazy(lambda: _upload_ledger(database.client()), description="Uploads and evidence in Postgres"),
        "graph_ledger": Lazy(lambda: _graph_ledger(database.client()), description="Documents and canons in Postgres"),
        "render_ledger": Lazy(lambda: _render_ledger(database.client()), description="Render requests in Postgres"),
        "gate": Lazy(lambda: _gate(settings), description="The evidence gate: types, bounds, cleaning, virus scan"),
        "parser": Lazy(lambda: _parser(settings), description="Document parser by SGD_PARSER"),
        "embedder": Lazy(lambda: _embedder(settings), description="Text embedder by SGD_EMBEDDER"),
        "cache": Lazy(lambda: _cache(services.client()), description="Redis: REDIS_URL, or the embedded one"),
        "vectors": Lazy(lambda: _vectors(settings), description="Qdrant: QDRANT_URL, or a local folder"),
        "painter": Lazy(_painter, description="Draws and codes pictures"),
        "fonts": Lazy(_fonts, description="Open fonts from wheels"),
    }


def _services(settings: Settings) -> "ServiceUrls":
    from sgd_resources.embedded import embedded_services

    # Held until the process ends: the embedded servers stop with their last holder.
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(embedded_services(settings))


def _database(urls: "ServiceUrls") -> "Database":
    from sgd_resources.database.engine import Database

    return Database(urls.database_url, pool_size=2)


def _store(settings: Settings) -> ObjectStore:
    from sgd_resources.storage.select import build_object_store

    return build_object_store(settings)


def _upload_ledger(database: "Database") -> Any:
    from sgd_resources.database.upload_ledger import DatabaseUploadLedger

    return DatabaseUploadLedger(database)


def _graph_ledger(database: "Database") -> Any:
    from sgd_resources.database.graph_ledger import GraphLedger

    return GraphLedger(database)


def _render_ledger(database: "Database") -> Any:
    from sgd_resources.database.request_ledger import RequestLedger

    return RequestLedger(database)


def _gate(settings: Settings) -> "EvidenceGate":
    from sgd_assets.evidence.gate import build_gate

    return build_gate(settings)


def _parser(settings: Settings) -> Any:
    from sgd_resources.parsers.select import build_parser

    return build_parser(settings)


def _embedder(settings: Settings) -> Any:
    from sgd_resources.embedder import build_embedder

    return build_embedder(settings)


def _cache(urls: "ServiceUrls") -> Any:
    from sgd_resources.cache import RedisCache

    return RedisCache(urls.redis_url)


def _vectors(settings: Settings) -> VectorStore:
    from sgd_resources.vectors import build_vector_store

    return build_vector_store(settings)


def _painter() -> Painter:
    from sgd_resources.painter import ResvgPainter

    return ResvgPainter()


def _fonts() -> Any:
    from sgd_resources.fonts import build_font_library

    return build_font_library()
