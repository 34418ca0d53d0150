"""HEAD is GET without its body, and whoever serves the connection goes on knowing that it was a HEAD."""

from starlette.types import Message, Receive, Scope, Send

from sgd_api.http.routing.methods import HeadLayer


async def test_the_server_sees_a_head_while_the_app_answers_a_get() -> None:
    asked: list[str] = []
    seen: list[tuple[str, object]] = []
    bodies: list[bytes] = []
    outer: Scope = {"type": "http", "method": "HEAD", "path": "/healthz"}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope["method"])
        scope["route"] = "/healthz"
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
        await send({"type": "http.response.body", "body": b"body"})

    async def send(message: Message) -> None:
        seen.append((outer["method"], outer["route"]))
        bodies.append(message.get("body", b""))

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    await HeadLayer(app)(outer, receive, send)
    assert asked == ["GET"]
    assert seen == [("HEAD", "/healthz")] * 2
    assert bodies == [b"", b""]
    assert outer["method"] == "HEAD"
