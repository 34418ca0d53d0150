"""Erases an org from every place, and proves it by looking again.

Postgres first: from then on nobody can log in, and no row can be added. The other places follow; what a run that was
under way wrote meanwhile is found by the look afterwards and erased in another pass. What must not live here: who may
ask, or what a place is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sgd_resources.erasure.place import Place, WrittenLate
from sgd_resources.errors import Unavailable
from sgd_resources.events import tell
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows.orgs import list_orgs
from sgd_resources.postgres.rows.whole.erasure import (
    count_rows,
    erase_rows,
    finish_erasure,
    list_tombstones,
    mark_of,
    unfinished_erasures,
)

POSTGRES = "postgres"
_PASSES = 3
_ALL_ORGS = 10_000_000
Counts = Mapping[str, Mapping[str, int]]
"""By place and kind."""


@dataclass(frozen=True)
class Erased:
    """What was there."""

    counts: Counts


def scan(database: Database, places: Sequence[Place], org_id: str) -> dict[str, dict[str, int]]:
    """All that there is of the org now, by place and kind; empty when there is nothing. Raises Unavailable."""
    with database.org_transaction(org_id) as connection:
        found = {POSTGRES: count_rows(connection, org_id)}
    found |= {place.name: dict(place.count(org_id)) for place in places}
    return {name: counts for name, counts in found.items() if counts}


def erase_org(database: Database, places: Sequence[Place], org_id: str) -> Erased:
    """Erase it, finish its tombstone, and say what was there. Safe to run again after a crash.

    Raises:
        Unavailable: a place is down, or something goes on writing. What is left goes with the next run, which the
            nightly schedule makes too.
    """
    with database.org_transaction(org_id) as connection:
        rows = erase_rows(connection, org_id)
    counts = {POSTGRES: rows, **{place.name: dict(place.count(org_id)) for place in places}}
    for _ in range(_PASSES):
        for place in places:
            place.erase(org_id)
        left = scan(database, places, org_id)
        if not left:
            break
    else:
        raise Unavailable("something still writes for this org; erase it again", details={"left": left})
    told = {name: found for name, found in counts.items() if found and name != POSTGRES}
    with database.directory() as directory:
        finish_erasure(directory, org_id, told)
    tell("org.erased", things=sum(sum(found.values()) for found in counts.values()))
    return Erased({name: found for name, found in counts.items() if found})


def finish_erasures(database: Database, places: Callable[[], Sequence[Place]]) -> int:
    """Go on with every erasure that a crash interrupted; how many.

    Args:
        database: of the tombstones.
        places: asked for only where there is something to erase.

    Raises:
        Unavailable: as `erase_org`.
    """
    with database.directory() as directory:
        waiting = unfinished_erasures(directory)
    for org_id in waiting:
        erase_org(database, places(), org_id)
    return len(waiting)


def erase_late(database: Database, places: Sequence[Place]) -> int:
    """Remove what runs wrote for orgs whose erasure was through by then; how many things.

    Raises:
        Unavailable: a place is down.
    """
    found = 0
    for late in (place for place in places if isinstance(place, WrittenLate)):
        # The names first: an org that is made meanwhile is then in the second list.
        named = late.org_ids()
        with database.directory() as directory:
            named -= {org.org_id for org in list_orgs(directory, limit=_ALL_ORGS)}
        for org_id in sorted(org_id for org_id in named if _was_erased(database, org_id)):
            found += sum(sum(place.count(org_id).values()) for place in places)
            for place in places:
                place.erase(org_id)
        found += late.drop_late()
    return found


def _was_erased(database: Database, org_id: str) -> bool:
    mark = mark_of(org_id)
    with database.org_transaction(mark) as connection:
        return bool(list_tombstones(connection, mark))
