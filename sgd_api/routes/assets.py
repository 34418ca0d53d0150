"""GET /assets/{key}: the bytes behind a signed URL. The signature is the credential; no API key is asked for.

Only `public/` objects are handed out. What must not live here: signing, or checking a signature
(`sgd_resources/storage/signing.py`).
"""

from collections.abc import Iterator
from typing import BinaryIO

from fastapi import APIRouter, Request, Response
from starlette.responses import StreamingResponse

from sgd_api.doors import ERRORS, WithServices
from sgd_resources.errors import NotFound
from sgd_resources.storage.keys import org_prefix
from sgd_resources.storage.signing import content_disposition

router = APIRouter(tags=["assets"])
_BLOCK_BYTES = 1 << 18
_SERVED_TYPES = {"image/png", "image/jpeg", "image/webp", "application/json"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, max-age=300",
}


@router.head("/assets/{key:path}", include_in_schema=False)
@router.get(
    "/assets/{key:path}",
    summary="A rendered picture, by signed URL",
    response_class=Response,
    responses={
        200: {"content": {kind: {} for kind in sorted(_SERVED_TYPES)}, "description": "the object, as an attachment"},
        403: {**ERRORS[404], "description": "not signed, tampered with, expired, or for another method"},
        404: ERRORS[404],
    },
)
def get_asset(key: str, request: Request, services: WithServices) -> Response:
    """The object's bytes, as an attachment that no browser sniffs; 403 after the URL's expiry (at most 900 s)."""
    if services.signer is None:
        raise NotFound("this service's objects are fetched from the object store itself")
    grant = services.signer.verify(key, request.query_params, method=request.method)
    if not key.startswith(f"{org_prefix(grant.org_id)}public/"):
        raise NotFound("no such object")
    stored = services.store.stat(key)
    if stored is None:
        raise NotFound("no such object")
    kind = stored.content_type if stored.content_type in _SERVED_TYPES else "application/octet-stream"
    headers = {
        **HEADERS,
        "Content-Type": kind,
        "Content-Length": str(stored.size_bytes),
        "Content-Disposition": content_disposition(grant.filename or key.rsplit("/", 1)[-1]),
    }
    if stored.sha256:
        headers["ETag"] = f'"{stored.sha256}"'
        if request.headers.get("if-none-match") == headers["ETag"]:
            del headers["Content-Length"]
            return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        return Response(headers=headers)
    return StreamingResponse(_blocks(services.store.open(key)), headers=headers)


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while block := stream.read(_BLOCK_BYTES):
            yield block
