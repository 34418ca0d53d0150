"""What anybody may read and nobody's data is in: it has a tag, and a browser or a CDN may keep it for an hour.

What must not live here: which files there are, or what is of an org.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request, Response

from sgd_api.http.byte_range import is_unchanged

_FRESH_S = 3600
"""So long a release is behind at the edge; the tag then costs one small question."""


@dataclass(frozen=True)
class PublicFile:
    """Bytes with their type and a tag that changes with them."""

    content: bytes
    media_type: str
    etag: str

    @classmethod
    def of(cls, content: bytes, media_type: str) -> "PublicFile":
        """Tagged by its hash."""
        return cls(content, media_type, f'"{hashlib.sha256(content).hexdigest()}"')

    def answer(self, request: Request, headers: Mapping[str, str] | None = None) -> Response:
        """The file, or a 304 where the client has it."""
        told = {**(headers or {}), "ETag": self.etag, "Cache-Control": f"public, max-age={_FRESH_S}"}
        if is_unchanged(request.headers, self.etag):
            return Response(status_code=304, headers=told)
        return Response(self.content, media_type=self.media_type, headers=told)
