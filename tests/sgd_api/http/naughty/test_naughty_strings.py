"""Naughty strings in every place of every route: never a 5xx, and an answer that the API's description knows.

Each place gets a share of the strings, in turn, so that all are sent; `SGD_NAUGHTY=all` sends all of them everywhere
(some minutes).
"""

import os
from collections.abc import Iterator
from functools import cache
from itertools import islice

import pytest

from sgd_api.http.services import Services
from sgd_resources.contracts import faults
from sgd_resources.postgres.engine import Database
from sgd_resources.settings import Settings
from tests.sgd_api.conftest import make_key
from tests.sgd_api.http.naughty.places import Place, every_place, request_with
from tests.sgd_api.http.naughty.strings import STRINGS
from tests.sgd_api.http.routes.prompts.conftest import Opens, door  # noqa: F401 - a fixture
from tests.sgd_resources.postgres.test_tenancy import fill

SHARE = len(STRINGS) if os.environ.get("SGD_NAUGHTY") == "all" else 1
ROUTER_ONLY = {404, 405}
"""An address that is no route any more, as with an empty id in it."""
SHARDS = 2


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """No limit but those on what is sent."""
    limits = {name: 10**8 for name in Settings.model_fields if name.startswith(("sgd_rate_limit", "sgd_key_limit"))}
    return settings.model_copy(update={**limits, "sgd_max_wait_s": 0})


@pytest.fixture
def _acme_has_it_all(database: Database, app_services: Services) -> None:
    make_key(database, "acme")
    with database.org_transaction("acme") as connection:
        fill(connection, "acme", but=("audit_log", "audit_chain", "canon_versions"))  # no file behind it


@cache
def places_found() -> list[Place]:
    return list(every_place())


def shares(places: list[Place]) -> Iterator[tuple[Place, str]]:
    """Each place with the names of its strings."""
    names = list(STRINGS)
    for number, place in enumerate(places):
        start = number * SHARE % len(names)
        for name in islice([*names[start:], *names[:start]], SHARE):
            yield place, name


@pytest.mark.slow
def test_places_of_every_kind_are_found_and_every_string_is_sent() -> None:
    assert {place.kind for place in places_found()} == {"path", "query", "header", "json", "form", "file"}
    assert {name for _, name in shares(places_found())} == set(STRINGS)
    assert {"prompts.instruction", "copy.headline"} <= {
        place.name for place in places_found() if place.route == "/render"
    }


@pytest.mark.slow
@pytest.mark.usefixtures("_acme_has_it_all")
@pytest.mark.parametrize("shard", range(SHARDS))
async def test_no_string_anywhere_fails_on_our_side(door: Opens, shard: int) -> None:  # noqa: F811 - the fixture
    told = []
    async with door(org="acme") as opened:
        for place, name in list(shares(places_found()))[shard::SHARDS]:
            answer = await opened.client.request(**request_with(place, STRINGS[name]))
            known = {int(status) for status in place.operation["responses"]} | (
                ROUTER_ONLY if place.kind == "path" else set()
            )
            is_told = answer.status_code < 400 or faults("error_envelope", answer.json()) == []
            if answer.status_code >= 500 or answer.status_code not in known or not is_told:
                told.append((str(place), name, answer.status_code, answer.text[:200]))
    assert told == []
