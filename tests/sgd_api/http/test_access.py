"""The last resort of the app: what nobody foresaw is a 500, a full disk is not."""

import errno

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from sgd_api.http.access import AccessLayer
from sgd_api.http.metrics import Metrics


@pytest.mark.parametrize(("error", "status"), [(OSError(errno.ENOSPC, "x"), 503), (OSError(errno.EIO, "x"), 500)])
async def test_a_full_disk_below_a_library_is_unavailable(error: Exception, status: int) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise error

    transport = httpx.ASGITransport(app=AccessLayer(app, Metrics()), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://sgd.test") as client:
        answer = await client.get("/")
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) == (status == 503)
