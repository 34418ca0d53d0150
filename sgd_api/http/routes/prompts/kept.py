"""What both kinds of kept things, schemas and templates, do alike: kept by version, found, listed, taken away.

What must not live here: the addresses (`schemas.py`, `templates.py`), or what a body is checked for before it is kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import anyio.to_thread
from sqlalchemy import Connection
from starlette.responses import JSONResponse, Response

from sgd_api.http.bodies.base import Body
from sgd_api.http.pages import page_of, place
from sgd_api.http.services import Services
from sgd_api.http.stored.prompt_store import find, name_of
from sgd_resources.identity.principal import Principal
from sgd_resources.postgres.rows.prompts import kept


@dataclass(frozen=True)
class KeptKind:
    """One kind of them.

    Attributes:
        kind: of the rows.
        address: of the list of them.
        page: the body of a list.
        items: its field that holds them.
        body: of one of them, as this org sees it.
    """

    kind: kept.Kind
    address: str
    page: type[Body]
    items: str
    body: Callable[[kept.Kept, str], Body]

    async def keep(
        self,
        services: Services,
        caller: Principal,
        document: Callable[[], Mapping[str, Any]],
        *,
        name: str,
        visibility: kept.Visibility,
    ) -> Response:
        """Version 1 under a new id; `document` checks what is sent, and gives what is kept."""

        def write(connection: Connection, body: Mapping[str, Any]) -> kept.Kept:
            return kept.create(
                connection,
                caller.org_id,
                self.kind,
                name=name,
                visibility=visibility,
                made_by=caller.account,
                body=body,
            )

        row = await anyio.to_thread.run_sync(_written, services, caller, document, write)
        return self._made(row, caller, f"{self.address}/{row.id}")

    async def keep_next(
        self,
        services: Services,
        caller: Principal,
        kept_id: str,
        document: Callable[[], Mapping[str, Any]],
        *,
        name: str | None,
    ) -> Response:
        """The next version, as `keep`. Every process forgets the one before."""

        def write(connection: Connection, body: Mapping[str, Any]) -> kept.Kept:
            return kept.add_version(
                connection, caller.org_id, self.kind, kept_id, name=name, made_by=caller.account, body=body
            )

        row = await anyio.to_thread.run_sync(_written, services, caller, document, write)
        await anyio.to_thread.run_sync(services.kept.drop, name_of(self.kind, kept_id))
        return self._made(row, caller, f"{self.address}/{row.id}?version={row.version}")

    def listed(
        self, services: Services, caller: Principal, *, limit: int, cursor: str | None, has_public: bool
    ) -> Response:
        """One page of the newest version of each."""
        with services.database.org_transaction(caller.org_id) as connection:
            rows = kept.listed(
                connection, caller.org_id, self.kind, key_id=caller.account, limit=limit + 1, before=place(cursor),
                has_public=has_public,
            )  # fmt: skip
        shown, following = page_of(rows, limit)
        bodies = tuple(self.body(row, caller.org_id) for row in shown)
        return JSONResponse(self.page(**{self.items: bodies}, next_cursor=following).wire())

    def one(self, services: Services, caller: Principal, kept_id: str, version: int | None) -> Response:
        """One version, or the newest."""
        row = find(services, caller, self.kind, kept_id if version is None else f"{kept_id}@{version}")
        return JSONResponse(self.body(row, caller.org_id).wire())

    def versions(self, services: Services, caller: Principal, kept_id: str) -> Response:
        """All of one, newest first."""
        with services.database.org_transaction(caller.org_id) as connection:
            rows = kept.versions(connection, caller.org_id, self.kind, kept_id, key_id=caller.account)
        return JSONResponse(self.page(**{self.items: tuple(self.body(row, caller.org_id) for row in rows)}).wire())

    def taken_away(self, services: Services, caller: Principal, kept_id: str) -> Response:
        """Every version; every process forgets it."""
        with services.database.org_transaction(caller.org_id) as connection:
            kept.delete(connection, caller.org_id, self.kind, kept_id, key_id=caller.account)
        services.kept.drop(name_of(self.kind, kept_id))
        return Response(status_code=204)

    def _made(self, row: kept.Kept, caller: Principal, where: str) -> Response:
        return JSONResponse(self.body(row, caller.org_id).wire(), 201, {"Location": where})


def _written(
    services: Services,
    caller: Principal,
    document: Callable[[], Mapping[str, Any]],
    write: Callable[[Connection, Mapping[str, Any]], kept.Kept],
) -> kept.Kept:
    """Checked first: what is refused holds no connection meanwhile."""
    body = document()
    with services.database.org_transaction(caller.org_id) as connection:
        return write(connection, body)
