"""`sgd prompts publish|unpublish`: an operator decides who may read what one org keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from typer.testing import CliRunner

from sgd_api.cli.app import app
from sgd_resources.errors import NotFound
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import orgs
from sgd_resources.postgres.rows.prompts import kept

pytestmark = pytest.mark.embedded


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["prompts", *arguments])


def test_published_it_is_everybodys_to_read_and_unpublished_its_orgs_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def opened(_: object) -> Iterator[Database]:
        yield database

    monkeypatch.setattr("sgd_api.cli.operator_database.operator_database", opened)
    for org_id in ("acme", "globex"):
        with database.org_transaction(org_id) as connection:
            orgs.ensure_org(connection, org_id)
    with database.org_transaction("acme") as connection:
        body = {"text": "Hello."}
        made = kept.create(
            connection, "acme", "template", name="T", visibility="shared", made_by="key_1", body=body
        )  # fmt: skip
    assert "is public" in run("publish", made.id, "--org", "acme").output
    with database.org_transaction("globex") as connection:
        assert kept.get(connection, "globex", "template", made.id, version=None, key_id="key_2").body == body
    assert "is shared" in run("unpublish", made.id, "--org", "acme").output
    with database.org_transaction("globex") as connection, pytest.raises(NotFound):
        kept.get(connection, "globex", "template", made.id, version=None, key_id="key_2")
    for wrong in (("publish", made.id, "--org", "globex"), ("publish", "sch_0", "--org", "acme")):
        assert run(*wrong).exit_code != 0
