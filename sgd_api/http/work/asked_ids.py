"""Which uploads, dropped files and evidence a job may name: the org's own, and files that lie still.

What must not live here: the bodies that name them, or jobs.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from sgd_api.http.services import Services
from sgd_assets.evidence.drops import DropRules, is_dropped, is_settled
from sgd_resources.errors import Conflict, InvalidInput, NotFound
from sgd_resources.postgres.rows import evidence, uploads
from sgd_resources.storage.keys import quarantine_prefix, validate_key


def check_assets(services: Services, org_id: str, wanted: Sequence[str]) -> None:
    """Accept ids of uploads, and keys of files dropped in by hand that lie still.

    Raises:
        NotFound: others. Conflict: a dropped file is still being written.
    """
    with services.database.org_transaction(org_id) as connection:
        _refuse(
            [
                value
                for value in wanted
                if not _is_found(uploads.get_upload, connection, org_id, value)
                and uploads.find_by_key(connection, org_id, value) is None
                and not (_is_dropped_key(value, org_id) and services.store.stat(value))
            ]
        )
    _refuse_unsettled(services, org_id, wanted)


def check_evidence(services: Services, org_id: str, wanted: Sequence[str]) -> None:
    """Accept ids of evidence and of uploads. Raises NotFound for others."""
    with services.database.org_transaction(org_id) as connection:
        _refuse(
            [
                value
                for value in wanted
                if not _is_found(evidence.get_evidence, connection, org_id, value)
                and not _is_found(uploads.get_upload, connection, org_id, value)
            ]
        )


def _is_found(find: Callable[[Connection, str, str], object], connection: Connection, org_id: str, value: str) -> bool:
    try:
        find(connection, org_id, value)
    except NotFound:
        return False
    return True


def _refuse(missing: Sequence[str]) -> None:
    if missing:
        raise NotFound("no such asset in this org", details={"missing": list(missing)})


def _refuse_unsettled(services: Services, org_id: str, wanted: Sequence[str]) -> None:
    """An ingest would pass over a file that is still written, and say nothing of it."""
    rules = DropRules(services.settings.sgd_drop_settle_s)
    found = [services.store.stat(value) for value in wanted if _is_dropped_key(value, org_id)]
    fresh = [stored.key for stored in found if stored is not None and not is_settled(stored, rules)]
    if fresh:
        raise Conflict(
            "a file was written to a moment ago; ask again once it lies still",
            details={"assets": fresh, "settle_s": rules.settle_s},
        )


def _is_dropped_key(value: str, org_id: str) -> bool:
    try:
        validate_key(value)
    except InvalidInput:
        return False
    prefix = quarantine_prefix(org_id)
    return value.startswith(prefix) and is_dropped(value.removeprefix(prefix))
