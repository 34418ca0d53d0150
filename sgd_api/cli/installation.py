"""Every store of this installation, for a command that concerns an org as a whole.

What must not live here: what is done with them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import redis

from sgd_resources.embedded.services import embedded_services
from sgd_resources.erasure.place import Place
from sgd_resources.erasure.places import places_of
from sgd_resources.ports import ObjectStore, VectorStore
from sgd_resources.postgres.engine import Database
from sgd_resources.settings import Settings
from sgd_resources.storage.select import build_object_store
from sgd_resources.vectors.select import build_vector_store


@dataclass(frozen=True)
class Installation:
    """Its stores."""

    database: Database
    store: ObjectStore
    vectors: VectorStore
    places: Sequence[Place]
    """All but Postgres."""


@contextmanager
def whole_installation(settings: Settings) -> Iterator[Installation]:
    """The stores for as long as the block lasts; embedded ones are started, or used when they run already."""
    with embedded_services(settings) as urls:
        database = Database(urls.database_url, urls.database_owner_url)
        store, vectors = build_object_store(settings), build_vector_store(settings)
        with redis.Redis.from_url(urls.redis_url, socket_timeout=5) as client:
            places = places_of(settings, store=store, vectors=vectors, client=client, dagster_url=urls.dagster_url)
            try:
                yield Installation(database, store, vectors, places)
            finally:
                database.dispose()
