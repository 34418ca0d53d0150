"""GET /canon, its versions and their differences.

A canon that is incomplete is answered all the same, with its status and what was not found. What must not live here:
deriving (`jobs.py` asks for it), or comparing (`sgd_assets/canon/compare.py`).
"""

import re
from typing import Annotated, Any

from fastapi import Query, Response
from starlette.responses import JSONResponse

from sgd_api.http.bodies.listings import CanonDiff, CanonVersion, CanonVersions, ListChange, ValueChange
from sgd_api.http.bodies.schemas import CanonDeriveResponse
from sgd_api.http.dependencies import ERRORS, Reader, WithServices
from sgd_api.http.pages import SeqCursor, page_of, place
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_api.http.stored.canon_sections import CanonSection, part_of
from sgd_api.http.stored.job_answers import stored_canon_answer
from sgd_api.http.stored.present import timestamp
from sgd_api.http.stored.reading_results import latest_documents, reading_notes
from sgd_assets.canon.compare import ListDifference, compare_canons
from sgd_assets.canon.model import Canon
from sgd_resources.errors import NotFound
from sgd_resources.postgres.rows import canon as canon_rows
from sgd_resources.shown.first_step import first_step

router = Router(tags=["canon"])
_PREFIX = re.compile(r"[0-9a-f]{6,64}")
CURRENT = "current"


@router.get("/canon", summary="The org's current canon", response_model=CanonDeriveResponse, responses=ERRORS)
def get_canon(
    caller: Reader,
    services: WithServices,
    version: Annotated[str, Query(max_length=64, description="an older version, by 6 or more of its digits")] = CURRENT,
    section: Annotated[CanonSection | None, Query(description="of a large canon, only this part")] = None,
) -> Response:
    """Palette, fonts, voice, logo rules, each fact cited; `status` says whether renders can keep to it."""
    return _answer(services, caller.org_id, version, section)


@router.get(
    "/canon/versions", summary="Every canon version, newest first", response_model=CanonVersions, responses=ERRORS
)
def list_versions(
    caller: Reader,
    services: WithServices,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
    cursor: SeqCursor = None,
) -> Response:
    """One page of versions. They are immutable: the sha256 of their content."""
    with services.database.org_transaction(caller.org_id) as connection:
        rows = canon_rows.list_versions(connection, caller.org_id, limit=limit + 1, before_seq=place(cursor))
    shown, following = page_of(rows, limit)
    page = CanonVersions(versions=tuple(_version_body(row) for row in shown), next_cursor=following)
    return JSONResponse(page.wire())


@router.get(
    "/canon/versions/{version}", summary="One canon version", response_model=CanonDeriveResponse, responses=ERRORS
)
def get_version(version: str, caller: Reader, services: WithServices) -> Response:
    """The canon as it was derived then; a version may be given by the first 6 or more of its digits."""
    return _answer(services, caller.org_id, version)


@router.get("/canon/diff", summary="What changed between two versions", response_model=CanonDiff, responses=ERRORS)
def diff_versions(
    caller: Reader,
    services: WithServices,
    from_version: Annotated[str, Query(alias="from", max_length=64)],
    to_version: Annotated[str, Query(alias="to", max_length=64)] = CURRENT,
) -> Response:
    """Added, removed and reordered values; `to` is the current version by default."""
    before_row, before = load_version(services, caller.org_id, from_version)
    after_row, after = load_version(services, caller.org_id, to_version)
    found = compare_canons(before, after)
    answer = CanonDiff(
        from_version=before_row.version,
        to_version=after_row.version,
        is_same=before_row.version == after_row.version,
        palette_hex=_list_change(found.palette_hex),
        fonts=_list_change(found.fonts),
        voice_tone=_value_change(found.voice_tone),
        voice_dos=_list_change(found.voice_dos),
        voice_donts=_list_change(found.voice_donts),
        logo_safe_zone=_value_change(found.logo_safe_zone),
        logo_dos=_list_change(found.logo_dos),
        logo_donts=_list_change(found.logo_donts),
        facts=_list_change(found.facts),
        evidence=_list_change(found.evidence),
        statements=_list_change(found.statements),
    )
    return JSONResponse(answer.wire())


def _answer(services: Services, org_id: str, version: str, section: CanonSection | None = None) -> Response:
    row = _find(services, org_id, version)
    notes = reading_notes(latest_documents(services.store, org_id)) if version == CURRENT else ()
    answer = stored_canon_answer(services, org_id, row, notes=notes)
    etag = row.version if section is None else f"{row.version}.{section}"
    return JSONResponse(part_of(answer.wire(), section), headers={"ETag": f'"{etag}"'})


def load_version(services: Services, org_id: str, version: str) -> tuple[Any, Canon]:
    """A version's row and its canon.

    Args:
        version: `current`, or 6 or more of a version's digits.

    Raises:
        NotFound: there is none. InvalidInput: several begin so. Unavailable: its record is damaged.
    """
    row = _find(services, org_id, version)
    return row, services.canons.load(org_id, row.version, row.key)


def _find(services: Services, org_id: str, version: str) -> Any:
    with services.database.org_transaction(org_id) as connection:
        if version == CURRENT:
            row = canon_rows.current_version(connection, org_id)
            if row is None:
                raise NotFound(f"this org has no canon yet: {first_step(org_id)}")
        else:
            if not _PREFIX.fullmatch(version):
                raise NotFound("no such canon version")
            row = canon_rows.find_version(connection, org_id, version)
    return row


def _version_body(row: Any) -> CanonVersion:
    return CanonVersion(
        version=row.version,
        status=row.status,
        palette_hex=tuple(row.palette),
        fonts=tuple(row.fonts),
        is_current=row.is_current,
        is_draft=row.is_draft or None,
        previous_version=row.previous_version,
        created_at=timestamp(row.created_at),
    )


def _list_change(found: ListDifference) -> ListChange:
    return ListChange(added=found.added, removed=found.removed, is_reordered=found.is_reordered)


def _value_change(found: tuple[str | None, str | None] | None) -> ValueChange | None:
    return ValueChange(before=found[0], after=found[1]) if found else None
