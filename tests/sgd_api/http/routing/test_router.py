"""A path is looked for only among routes that begin as it does, and every route is found as FastAPI alone finds it."""

import re
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from starlette.routing import Match

from sgd_api.http.app import ROUTERS
from sgd_api.http.routing.router import Router


def _scope(path: str, **more: Any) -> dict[str, Any]:
    return {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b"", **more}


async def _answer() -> str:
    return "here"


def _app(router: APIRouter) -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.include_router(router)
    return app


@pytest.mark.parametrize("router", ROUTERS, ids=lambda router: str(router.routes[0].path))
def test_each_address_of_the_api_is_found(router: Router) -> None:
    (included,) = _app(router).routes
    for route in router.routes:
        path = re.sub(r"\{[^}]*\}", "x", route.path)  # type: ignore[attr-defined]  # each is a route with a path
        assert included.matches(_scope(path))[0] is not Match.NONE, path


def test_routes_are_not_asked_for_a_path_that_begins_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    router = Router(prefix="/v1/things")
    router.add_api_route("/{name}/parts", _answer)
    (included,) = _app(router).routes
    asked: list[str] = []
    plain = APIRouter.matches

    def watched(self: APIRouter, scope: Any) -> Any:
        asked.append(scope["path"])
        return plain(self, scope)

    monkeypatch.setattr(APIRouter, "matches", watched)
    assert [included.matches(_scope(path))[0] for path in ("/v1/other", "/v1/things/x/parts")] == [
        Match.NONE, Match.FULL,
    ]  # fmt: skip
    assert asked == ["/v1/things/x/parts"]


def test_a_route_that_is_added_later_is_found_too() -> None:
    router = Router()
    router.add_api_route("/first", _answer)
    (included,) = _app(router).routes
    assert included.matches(_scope("/second"))[0] is Match.NONE
    router.add_api_route("/second", _answer)
    assert included.matches(_scope("/second"))[0] is Match.FULL


def test_behind_a_proxy_the_part_that_it_cuts_off_does_not_hide_a_route() -> None:
    router = Router()
    router.add_api_route("/first", _answer)
    (included,) = _app(router).routes
    assert included.matches(_scope("/sgd/first", root_path="/sgd"))[0] is Match.FULL
