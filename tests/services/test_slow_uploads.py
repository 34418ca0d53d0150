"""Uploads that dribble, over real sockets: nobody else waits for them, and they are given up."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace

import httpx
import pytest
import uvicorn

from sgd_api.http.app import create_app
from sgd_api.http.services import Services
from sgd_resources.postgres.engine import Database
from tests.sgd_api.conftest import app_services, make_key, settings, store

__all__ = ["app_services", "settings", "store"]

DRIBBLERS = 100
_HEAD = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.svg"\r\n\r\n'


@contextmanager
def listening(services: Services) -> Iterator[int]:
    """A real server on a port of its own."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(services.settings, services), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            while not server.started:
                thread.join(0.05)
                assert thread.is_alive()
            yield bound.getsockname()[1]
        finally:
            server.should_exit = server.force_exit = True
            thread.join()


@asynccontextmanager
async def dribbling(port: int, key: str, count: int) -> AsyncIterator[list[asyncio.StreamReader]]:
    """Uploads that send a byte now and then, for the length of the block."""
    writers = []
    readers = []
    for _ in range(count):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            f"POST /uploads HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {key}\r\nContent-Length: 100000\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\n\r\n".encode()
            + _HEAD
        )
        writers.append(writer)
        readers.append(reader)

    async def drip() -> None:
        while True:
            for writer in writers:
                if not writer.is_closing():
                    writer.write(b"x")
            await asyncio.sleep(0.2)

    task = asyncio.create_task(drip())
    try:
        yield readers
    finally:
        task.cancel()
        for writer in writers:
            writer.close()


async def status_of(reader: asyncio.StreamReader) -> int:
    line = await asyncio.wait_for(reader.readline(), 20)
    return int(line.split()[1])


def with_settings(services: Services, **changed: object) -> Services:
    return replace(services, settings=services.settings.model_copy(update=changed))


async def test_a_hundred_dribbling_uploads_keep_nobody_waiting(app_services: Services, database: Database) -> None:
    roomy = dict.fromkeys(("sgd_uploads_at_once", "sgd_uploads_at_once_per_org", "sgd_uploads_at_once_per_key"), 1_000)
    services = with_settings(app_services, **roomy)
    slow, other = make_key(database, "acme"), make_key(database, "globex")
    with listening(services) as port:
        async with (
            dribbling(port, slow, DRIBBLERS),
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as client,
        ):
            while services.upload_lane.under_way < DRIBBLERS:
                await asyncio.sleep(0.05)
            client.headers["X-API-Key"] = other
            assert (await client.get("/readyz")).status_code == 200
            assert (await client.get("/uploads")).status_code == 200
            files = {"files": ("a.svg", b"<svg/>")}
            assert (await client.post("/uploads", files=files, data={"project_id": "p"})).status_code == 201
            client.headers["X-API-Key"] = slow
            assert (await client.get("/uploads")).status_code == 200


async def test_more_than_a_keys_share_is_refused_and_told_when_to_come_back(
    app_services: Services, database: Database
) -> None:
    services = with_settings(app_services, sgd_uploads_at_once_per_key=3)
    slow = make_key(database, "acme")
    with listening(services) as port:
        async with dribbling(port, slow, 3):
            while services.upload_lane.under_way < 3:
                await asyncio.sleep(0.05)
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
                files = {"files": ("a.svg", b"<svg/>")}
                answer = await client.post("/uploads", files=files, headers={"X-API-Key": slow})
                assert answer.status_code == 429
                assert int(answer.headers["Retry-After"]) > 0
        while services.upload_lane.under_way:
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("path", ["/uploads", "/render"])
async def test_a_body_that_stops_coming_is_given_up_and_the_connection_closed(
    app_services: Services, database: Database, path: str
) -> None:
    services = with_settings(app_services, sgd_upload_idle_s=0.3)
    key = make_key(database, "acme")
    kind = "multipart/form-data; boundary=x" if path == "/uploads" else "application/json"
    with listening(services) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST {path} HTTP/1.1\r\nHost: a\r\nX-API-Key: {key}\r\nContent-Length: 999\r\n"
        head += f"Content-Type: {kind}\r\n\r\n"
        writer.write(head.encode() + b"--x\r\n")
        answer = await asyncio.wait_for(reader.read(), 20)
        writer.close()
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"REQUEST_TIMEOUT" in answer
    assert not list(services.store.list("org/"))
