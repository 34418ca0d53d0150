"""A server that closes each connection after its reply, without saying so, costs neither calls nor money."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sgd_resources.llm.wire.aiohttp_transport import AiohttpTransport
from tests.fakes.openrouter import chat_reply

BODY = json.dumps(chat_reply("hello")).encode()
REPLY = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (len(BODY), BODY)


@asynccontextmanager
async def _closing_server() -> AsyncIterator[str]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]))
        writer.write(REPLY)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def test_a_connection_that_the_server_has_closed_is_not_used_again() -> None:
    async with _closing_server() as url:
        transport = AiohttpTransport(url, "sk-test")
        for _ in range(50):
            answer = await transport.send("POST", "/chat/completions", body=b"{}", timeout_s=2, max_bytes=100_000)
            assert answer.body == BODY
        await transport.close()
