"""A quick provider for the benchmark: canned answers, with a picture of 2 MB for image requests.

python -m tests.benchmarks.gateway_provider PORT
"""

import asyncio
import json
import sys

from tests.benchmarks.bench_gateway import picture_url
from tests.fakes.openrouter import chat_reply


def _framed(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body) + body


TEXT = _framed(json.dumps(chat_reply('{"ok":true,"title":"hello"}', model="openai/gpt-5.6-terra")).encode())
_image = {"type": "image_url", "image_url": {"url": picture_url()}}
PICTURE = _framed(json.dumps(chat_reply("", images=[_image], cost=0.04)).encode())


class Provider(asyncio.Protocol):
    """One connection."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (at := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:at].lower()
            mark = head.find(b"content-length:")
            length = int(head[mark + 15 :].split(b"\r\n", 1)[0]) if mark >= 0 else 0
            if len(self.buffer) < at + 4 + length:
                return
            body = self.buffer[at + 4 : at + 4 + length]
            self.buffer = self.buffer[at + 4 + length :]
            self.transport.write(PICTURE if b'"modalities"' in body else TEXT)


async def serve(port: int) -> None:
    """Until killed."""
    server = await asyncio.get_running_loop().create_server(Provider, "127.0.0.1", port, backlog=512)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
