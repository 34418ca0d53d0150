"""GET /assets/{key}: the bytes behind a signed URL. The signature is the credential; no API key is asked for.

Only `public/` objects are handed out. What must not live here: signing, or checking a signature
(`sgd_resources/storage/signing.py`).
"""

from collections.abc import Iterator
from typing import BinaryIO

from fastapi import Request, Response
from starlette.responses import StreamingResponse

from sgd_api.http.byte_range import Unsatisfiable, asked_range, is_unchanged
from sgd_api.http.dependencies import ERRORS, WithServices
from sgd_api.http.errors import HttpError
from sgd_api.http.routing.router import Router
from sgd_resources.errors import NotFound
from sgd_resources.storage.keys import org_prefix
from sgd_resources.storage.signing import content_disposition

router = Router(tags=["assets"])
_BLOCK_BYTES = 1 << 18
_SERVED_TYPES = {"image/png", "image/jpeg", "image/webp", "application/json", "image/svg+xml", "application/pdf"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, max-age=300",
    "Accept-Ranges": "bytes",
}


@router.head("/assets/{key:path}", include_in_schema=False)
@router.get(
    "/assets/{key:path}",
    summary="A rendered picture, by signed URL",
    response_class=Response,
    responses={
        200: {"content": {kind: {} for kind in sorted(_SERVED_TYPES)}, "description": "the object, as an attachment"},
        206: {"description": "the one range that `Range` asked for"},
        304: {"description": "`If-None-Match` names the object as it is"},
        403: {**ERRORS[404], "description": "not signed, tampered with, expired, or for another method"},
        404: ERRORS[404],
        416: {**ERRORS[404], "description": "the range begins behind the object's end"},
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
    etag = f'"{stored.sha256}"' if stored.sha256 else None
    if etag is not None:
        headers["ETag"] = etag
    if is_unchanged(request.headers, etag):
        del headers["Content-Length"]
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        return Response(headers=headers)
    try:
        part = asked_range(request.headers, size_bytes=stored.size_bytes, etag=etag)
    except Unsatisfiable:
        refusal = HttpError(
            416, "INVALID_REQUEST", "no byte of that range exists", {"size_bytes": stored.size_bytes},
            {"Content-Range": f"bytes */{stored.size_bytes}"},
        )  # fmt: skip
        return refusal.response(request.state.request_id)
    stream = services.store.open(key)
    if part is None:
        return StreamingResponse(_blocks(stream, stored.size_bytes), headers=headers)
    stream.seek(part.first)
    headers |= {"Content-Length": str(part.length), "Content-Range": part.content_range}
    return StreamingResponse(_blocks(stream, part.length), 206, headers)


def _blocks(stream: BinaryIO, length: int) -> Iterator[bytes]:
    """`length` bytes from where the stream stands.

    The last read asks for one byte more: at the end of the object the store checks its hash, before that block is sent.
    """
    with stream:
        left = length
        while left > 0 and (block := stream.read(left + 1 if left <= _BLOCK_BYTES else _BLOCK_BYTES)):
            yield block[:left]
            left -= len(block)
