"""An API whose answers a test gives, in place of the stack that a command starts."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest


def answers_of(client: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands talk to `client` instead of starting services."""

    @contextmanager
    def stack(*_: Any, **__: Any) -> Iterator[Any]:
        yield SimpleNamespace(client=one, database=None)

    @contextmanager
    def one(*_: Any, **__: Any) -> Iterator[object]:
        yield client

    monkeypatch.setattr("sgd_api.local.stack.local_stack", stack)
