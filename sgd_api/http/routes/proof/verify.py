"""GET and POST /assets/verify: whether a file is a picture of this org, and untouched.

What must not live here: the verdict (`sgd_assets/renders/prove/verify.py`).
"""

import hashlib
import re
from typing import Annotated, Any

import anyio.to_thread
from fastapi import Query, Request, Response
from sqlalchemy import Connection
from starlette.responses import JSONResponse

from sgd_api.http.bodies.json_body import read_file
from sgd_api.http.bodies.proof import Verification
from sgd_api.http.dependencies import ERRORS, WithServices, Worker
from sgd_api.http.routing.router import Router
from sgd_api.http.services import Services
from sgd_api.http.stored.proof.own_pictures import OwnPictures
from sgd_api.http.stored.proof.present import verification
from sgd_assets.renders.prove.verify import Verified, verify_picture
from sgd_resources.errors import CorruptObject, NotFound
from sgd_resources.postgres.rows import renders
from sgd_resources.provenance.signer import build_signer
from sgd_resources.storage.keys import provenance_key

router = Router(tags=["assets"])
MAX_VERIFIED_BYTES = 50_000_000
"""The largest render, 16 million pixels of noise as PNG, is about so large."""
_VECTOR = re.compile(r"org/[^/]+/public/renders/(?P<render>[0-9a-f-]{36})/[0-9]+\.(svg|pdf)")
_BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


@router.get(
    "/assets/verify", summary="Whether a stored picture is untouched", response_model=Verification, responses=ERRORS
)
def verify_stored(
    caller: Worker,
    services: WithServices,
    key: Annotated[str, Query(max_length=1024, description="object key of a picture, as a render's `assets` show it")],
) -> Response:
    """Reads the stored file and its manifest anew; 404 for a key that is no picture of this org."""
    with services.database.org_transaction(caller.org_id) as connection:
        row = renders.find_output(connection, caller.org_id, _picture_key(connection, caller.org_id, key))
    try:
        data, beside = services.store.get(key), _beside(services, key)
    except CorruptObject:
        return JSONResponse(verification(Verified("altered", "0" * 64, row), row.canon_version).wire())
    return JSONResponse(_verified(services, caller.org_id, data, beside).wire())


@router.post(
    "/assets/verify",
    summary="Whether a file is a picture of this org",
    response_model=Verification,
    responses=ERRORS,
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": _BINARY}}},
)
async def verify_file(
    request: Request,
    caller: Worker,
    services: WithServices,
    key: Annotated[
        str | None, Query(max_length=1024, description="object key of the stored SVG or PDF that the file is to be")
    ] = None,
) -> Response:
    """The file is the body, of any type. It is read in a confined process and not kept.

    An SVG or PDF carries no manifest itself: `key` says which stored one it is to be, and that one's manifest is taken.
    404 for a key that is no picture of this org.
    """
    data = await read_file(request, max_bytes=MAX_VERIFIED_BYTES)
    found = await anyio.to_thread.run_sync(_verified_as, services, caller.org_id, data, key)
    return JSONResponse(found.wire())


def _verified_as(services: Services, org_id: str, data: bytes, key: str | None) -> Verification:
    if key is None:
        return _verified(services, org_id, data, None)
    with services.database.org_transaction(org_id) as connection:
        row = renders.find_output(connection, org_id, _picture_key(connection, org_id, key))
    try:
        beside = _beside(services, key)
    except CorruptObject:
        sha256 = hashlib.sha256(data).hexdigest()
        return verification(Verified("altered", sha256, row), row.canon_version)
    return _verified(services, org_id, data, beside)


def _verified(services: Services, org_id: str, data: bytes, beside: bytes | None) -> Verification:
    found = verify_picture(
        data, OwnPictures(services.database, org_id), anchors_pem=build_signer(services.settings).anchors_pem,
        jobs=services.drawing.client(), store=services.store, beside=beside,
    )  # fmt: skip
    version = getattr(found.picture, "canon_version", None)
    return verification(found, version)


def _picture_key(connection: Connection, org_id: str, key: str) -> str:
    """The key of the picture that a vector file stands beside; any other key as it is."""
    match = _VECTOR.fullmatch(key)
    if match is None:
        return key
    found = renders.list_outputs(connection, org_id, match["render"])
    return next((row.key for row in found if row.key.rpartition(".")[0] == key.rpartition(".")[0]), key)


def _beside(services: Services, key: str) -> bytes | None:
    """The manifest of a file that carries none itself."""
    if key.endswith((".png", ".jpg", ".webp")):
        return None
    try:
        return services.store.get(provenance_key(key))
    except NotFound:
        return None
