"""The router of every module of routes: it looks at its routes only for a path that begins as one of them does.

FastAPI asks each included router in turn, and each asks all its routes, twice for the one that is taken: a regular
expression and some notes for every address of the API, at every request. The first letters tell it sooner. What must
not live here: any route.
"""

from typing import Any

from fastapi import APIRouter
from starlette.routing import Match
from starlette.types import Scope


class Router(APIRouter):
    """Include it without a prefix of its own: it knows its paths as they were written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._beginnings: tuple[int, tuple[str, ...]] = (0, ())

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As `APIRouter.matches`; NONE at once where no route can match."""
        # Behind a proxy that cuts off a part of the path, only FastAPI knows what is left.
        if not scope.get("root_path") and not scope["path"].startswith(self._begin()):
            return Match.NONE, {}
        return super().matches(scope)

    def _begin(self) -> tuple[str, ...]:
        """What stands before the first parameter of each route's path; anything, for one that tells no path."""
        n_routes, known = self._beginnings
        if n_routes != len(self.routes):
            known = tuple({getattr(route, "path", "").partition("{")[0] for route in self.routes})
            self._beginnings = (len(self.routes), known)
        return known
