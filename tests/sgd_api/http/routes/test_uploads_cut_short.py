"""An upload whose transaction fails: bytes without a row go, a row never loses its bytes, a repeat is no second one."""

from collections.abc import Callable
from typing import Any, Never

import httpx
import pytest

from sgd_api.http.routes import uploads as route
from sgd_resources.errors import Unavailable
from sgd_resources.postgres.engine import Database
from sgd_resources.storage.local import LocalObjectStore

FORM: dict[str, Any] = {"files": {"files": ("a.svg", b"<svg/>")}, "data": {"project_id": "p"}}
pytestmark = pytest.mark.embedded


def _fails(monkeypatch: pytest.MonkeyPatch, *, after: bool) -> None:
    """Have the connection be lost before or after the commit of an upload's rows."""
    record: Callable[..., Any] = route._record

    def cut_short(*args: Any) -> None:
        if after:
            record(*args)
        raise Unavailable("the connection was lost")

    monkeypatch.setattr(route, "_record", cut_short)


async def test_a_commit_of_which_nobody_heard_keeps_its_bytes_and_a_repeat_finds_them(
    acme: httpx.AsyncClient, store: LocalObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as during:
        _fails(during, after=True)
        assert (await acme.post("/uploads", **FORM)).status_code == 503
    again = await acme.post("/uploads", **FORM)
    assert again.status_code == 200
    (listed,) = (await acme.get("/uploads")).json()["uploads"]
    assert [row["upload_id"] for row in again.json()["uploads"]] == [listed["upload_id"]]
    (kept,) = store.list("org/acme/")
    assert store.get(kept.key) == b"<svg/>"


async def test_what_was_not_committed_leaves_no_bytes(
    acme: httpx.AsyncClient, store: LocalObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as during:
        _fails(during, after=False)
        assert (await acme.post("/uploads", **FORM)).status_code == 503
    assert list(store.list("org/acme/")) == []
    assert (await acme.post("/uploads", **FORM)).status_code == 201


async def test_bytes_of_which_nobody_can_say_are_left_to_the_sweep(
    acme: httpx.AsyncClient, store: LocalObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(self: Database, org_id: str) -> Never:
        raise Unavailable("the database is away")

    with monkeypatch.context() as during:

        def lose(*_: Any) -> Never:
            during.setattr(Database, "org_transaction", away)
            raise Unavailable("the connection was lost")

        during.setattr(route, "_record", lose)
        refused = await acme.post("/uploads", **FORM)
    assert refused.status_code == 503
    assert len(list(store.list("org/acme/"))) == 1
