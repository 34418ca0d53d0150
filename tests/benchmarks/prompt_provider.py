"""A provider for the benchmark of prompts: one valid analysis for everybody, after a pause.

python -m tests.benchmarks.prompt_provider PORT PAUSE_MS
"""

import asyncio
import json
import sys

from tests.benchmarks.prompt_case import ANSWER
from tests.fakes.openrouter import chat_reply


def _framed(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body) + body


REPLY = _framed(json.dumps(chat_reply(json.dumps(ANSWER), model="openai/gpt-5.6-luna")).encode())


class Provider(asyncio.Protocol):
    """One connection; answers keep their order because a client sends one request at a time on it."""

    def __init__(self, pause_s: float) -> None:
        self.pause_s = pause_s
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (at := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:at].lower()
            mark = head.find(b"content-length:")
            length = int(head[mark + 15 :].split(b"\r\n", 1)[0]) if mark >= 0 else 0
            if len(self.buffer) < at + 4 + length:
                return
            self.buffer = self.buffer[at + 4 + length :]
            asyncio.get_running_loop().call_later(self.pause_s, self.transport.write, REPLY)


async def serve(port: int, pause_s: float) -> None:
    """Until killed."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Provider(pause_s), "127.0.0.1", port, backlog=512)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]) / 1_000))
