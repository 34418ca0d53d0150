"""A server of raw bytes on a real TCP socket: each connection gets a script of texts, pauses and ends.

What must not live here: what a gateway makes of it (`test_tcp_faults.py`).
"""

import asyncio
import contextlib
import socket
import ssl
import struct
from dataclasses import dataclass
from typing import Literal

End = Literal["reset", "close", "half-close", "hold"]


@dataclass(frozen=True)
class Script:
    """What one connection gets after its request: bytes, pauses in seconds, and at last an end."""

    parts: tuple[bytes | float, ...] = ()
    end: End = "close"
    before_reading: bool = False
    """End it before the request was read."""


class BrokenLines:
    """The server. Every POST to it meets the script."""

    def __init__(self, script: Script, context: ssl.SSLContext | None = None) -> None:
        self.script = script
        self.requests = 0
        self.port = 0
        self._context = context
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "BrokenLines":
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self._context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                await self._play(reader, writer)
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _play(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.script.before_reading:
            head = await reader.readuntil(b"\r\n\r\n")
            if head.startswith(b"GET "):
                # a look-up of what an attempt cost: this server knows of none
                writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
                await writer.drain()
                return
            length = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
            await reader.readexactly(int(length or 0))
        self.requests += 1
        for part in self.script.parts:
            if isinstance(part, float):
                await asyncio.sleep(part)
                continue
            writer.write(part)
            await writer.drain()
        await self._end(writer)

    async def _end(self, writer: asyncio.StreamWriter) -> None:
        if self.script.end == "reset":
            raw: socket.socket = writer.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        elif self.script.end == "half-close":
            writer.write_eof()
            await asyncio.sleep(30)
        elif self.script.end == "hold":
            await asyncio.sleep(30)
