"""The org's canon as a file of another program."""

import httpx
import pytest

from sgd_api.cli.commands.canons.export import FORMAT_NAMES
from sgd_assets.canon.export.formats import FORMATS
from sgd_resources.postgres.engine import Database
from sgd_resources.storage.local import LocalObjectStore
from tests.sgd_api.http.routes.test_canon import NEW, OLD, keep_canon


@pytest.fixture
def two_versions(database: Database, store: LocalObjectStore) -> None:
    keep_canon(database, store, "acme", OLD)
    keep_canon(database, store, "acme", NEW)


@pytest.mark.usefixtures("two_versions")
@pytest.mark.parametrize("name", FORMATS)
async def test_each_format_is_an_attachment_whose_etag_is_the_canons_version(
    acme: httpx.AsyncClient, name: str
) -> None:
    answer = await acme.get("/canon/export", params={"format": name})
    assert answer.status_code == 200
    assert answer.headers["etag"] == f'"{NEW.version}"'
    assert answer.headers["content-type"] == FORMATS[name].media_type
    assert FORMATS[name].file_name in answer.headers["content-disposition"]
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content


@pytest.mark.usefixtures("two_versions")
async def test_a_client_that_has_this_version_is_sent_nothing(acme: httpx.AsyncClient) -> None:
    asked = {"If-None-Match": f'"{NEW.version}"'}
    answer = await acme.get("/canon/export", params={"format": "css"}, headers=asked)
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.usefixtures("two_versions")
async def test_an_older_version_is_exported_by_the_beginning_of_its_name(acme: httpx.AsyncClient) -> None:
    answer = await acme.get("/canon/export", params={"format": "css", "version": OLD.version[:12]})
    assert answer.headers["etag"] == f'"{OLD.version}"'
    assert "#445566" not in answer.text


@pytest.mark.usefixtures("two_versions")
async def test_an_unknown_format_is_refused(acme: httpx.AsyncClient) -> None:
    answer = await acme.get("/canon/export", params={"format": "docx"})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "VALIDATION_FAILED"


async def test_an_org_without_a_canon_has_nothing_to_export(acme: httpx.AsyncClient) -> None:
    assert (await acme.get("/canon/export", params={"format": "css"})).status_code == 404


def test_the_commands_help_names_every_format() -> None:
    assert FORMAT_NAMES.split(", ") == list(FORMATS)
