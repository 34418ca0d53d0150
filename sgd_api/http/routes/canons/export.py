"""GET /canon/export: the org's canon as a file for another program.

What must not live here: any format (`sgd_assets/canon/export`).
"""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import Query, Request, Response

from sgd_api.http.byte_range import is_unchanged
from sgd_api.http.dependencies import ERRORS, Reader, WithServices
from sgd_api.http.routes.canon import CURRENT, load_version
from sgd_api.http.routing.router import Router
from sgd_assets.canon.export.formats import FORMATS, export_canon
from sgd_resources.storage.signing import content_disposition

router = Router(tags=["canon"])
ExportFormat = StrEnum("ExportFormat", {name: name for name in FORMATS})  # type: ignore[misc]  # names come from one table
_TYPES = sorted({one.media_type.partition(";")[0] for one in FORMATS.values()})
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {kind: {} for kind in _TYPES},
        "description": "the file, as an attachment",
        "headers": {"ETag": {"schema": {"type": "string"}, "description": "the canon's version"}},
    },
    304: {"description": "`If-None-Match` names the canon's version"},
    **ERRORS,
}


@router.get("/canon/export", summary="The canon for another program", response_class=Response, responses=_ANSWERS)
def export(
    caller: Reader,
    services: WithServices,
    request: Request,
    wanted: Annotated[ExportFormat, Query(alias="format")],
    version: Annotated[str, Query(max_length=64, description="an older version, by 6 or more of its digits")] = CURRENT,
) -> Response:
    """Palette and fonts with their sources, nothing else; read back, the file gives the same palette and fonts."""
    row, canon = load_version(services, caller.org_id, version)
    etag = f'"{row.version}"'
    if is_unchanged(request.headers, etag):
        return Response(status_code=304, headers={"ETag": etag})
    exported = export_canon(canon, wanted.value)
    headers = {
        "ETag": etag,
        "Content-Type": exported.media_type,
        "Content-Disposition": content_disposition(exported.file_name),
        "Cache-Control": "private, no-cache",
    }
    return Response(exported.data, headers=headers)
