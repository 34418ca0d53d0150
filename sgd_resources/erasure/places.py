"""The places of this installation, as its settings have them.

A store that keeps something of an org and stands in no line here is a fault. What must not live here: a place itself.
"""

from collections.abc import Sequence

import redis

from sgd_resources.dagster.logs_of_org import DagsterLogs
from sgd_resources.dagster.rows_of_org import DagsterRows
from sgd_resources.erasure.objects import Objects
from sgd_resources.erasure.own_files import OwnFiles
from sgd_resources.erasure.place import Place
from sgd_resources.erasure.redis_keys import RedisKeys
from sgd_resources.erasure.vectors import Vectors
from sgd_resources.ports import ObjectStore, VectorStore
from sgd_resources.settings import Settings
from sgd_resources.vectors.select import OTHER_COLLECTIONS, build_vector_store


def places_of(
    settings: Settings,
    *,
    store: ObjectStore,
    vectors: VectorStore,
    client: "redis.Redis",
    dagster_url: str | None,
) -> Sequence[Place]:
    """Every place beside Postgres, in the order in which they are erased.

    Args:
        settings: say where files of this machine lie.
        store: of objects.
        vectors: of search.
        client: of Redis.
        dagster_url: of Dagster's storage; None where there is none.
    """
    rows = DagsterRows(dagster_url) if dagster_url is not None else None
    # The logs first: whose a run was is known from its rows.
    graph: list[Place] = [DagsterLogs(settings.var_dir, store, rows), rows] if rows is not None else []
    others = [Vectors(build_vector_store(settings, kind), name=kind) for kind in OTHER_COLLECTIONS]
    return [*graph, Objects(store), Vectors(vectors), *others, RedisKeys(client), OwnFiles(settings.var_dir)]
