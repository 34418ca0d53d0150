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


def evidence_of(services: Services, org_id: str, wanted: Sequence[str]) -> list[str]:
    """sha256s of the evidence that these ids mean, be they its own or of uploads; each once, in their order.

    Raises:
        NotFound: others, and evidence that was taken back.
        Conflict: an upload is no evidence: it waits to be ingested, or was held back.
    """
    meant: dict[str, str | None] = {}
    with services.database.org_transaction(org_id) as connection:
        for value in wanted:
            if _is_found(evidence.get_evidence, connection, org_id, value):
                meant[value] = value
            elif _is_found(uploads.get_upload, connection, org_id, value):
                meant[value] = uploads.get_upload(connection, org_id, value).evidence_sha256
        _refuse([value for value in wanted if value not in meant])
        waiting = [value for value, sha256 in meant.items() if sha256 is None]
        if waiting:
            raise Conflict("an upload is no evidence yet: ingest it first", details={"evidence_ids": waiting})
        found = list(dict.fromkeys(sha256 for sha256 in meant.values() if sha256 is not None))
        _refuse([sha256 for sha256 in found if not _is_found(evidence.get_evidence, connection, org_id, sha256)])
    return found


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
