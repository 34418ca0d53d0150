"""The API's description, made once per process: making it takes seconds, and tests only read it."""

from functools import cache
from typing import Any

from sgd_api.http.openapi import build_openapi


@cache
def description() -> dict[str, Any]:
    """The whole document; not to be changed."""
    return build_openapi()
