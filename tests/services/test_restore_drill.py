"""The drill of docs/backup.md by the real command line: a living installation, its backup, and another made of it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from sgd_api.local.stack import LocalStack, local_stack
from sgd_api.samples.shelf import sample_kits
from sgd_resources.postgres.rows.proof import audit_chain
from sgd_resources.settings import load_settings
from tests.services.test_end_to_end import REPLACED, finished, render_body, speaking_as, upload

pytestmark = [pytest.mark.services, pytest.mark.slow]
ORG = "larkfold"
QUERY = "clear space around the logo"


@contextmanager
def living(var_dir: Path) -> Iterator[LocalStack]:
    with pytest.MonkeyPatch.context() as environment:
        for name in (*REPLACED, "SGD_SIGNING_KEY", "DATABASE_ADMIN_URL"):
            environment.delenv(name, raising=False)
        environment.setenv("SGD_VAR_DIR", str(var_dir))
        with local_stack(load_settings(), workers=1) as stack:
            yield stack


def sgd(var_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in (*REPLACED, "SGD_SIGNING_KEY")}
    return subprocess.run(
        [sys.executable, "-m", "sgd_api.cli.app", *arguments],
        env={**environment, "SGD_VAR_DIR": str(var_dir)},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def told(client: httpx.Client) -> dict[str, Any]:
    canon = client.get("/canon").json()
    hits = client.get("/search", params={"q": QUERY}).json()["hits"]
    return {
        "version": canon["version"],
        "palette": canon["palette_hex"],
        "hits": [(hit["text"], round(hit["score"], 4)) for hit in hits],
    }


def picture(address: str, api_url: str) -> bytes:
    """By a signed address, wherever the API listens now: host and port are not signed."""
    answer = httpx.get(api_url + address[address.index("/assets/") :])
    assert answer.status_code == 200, answer.text
    return answer.content


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="sgd-drill-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


def test_a_backup_of_a_living_installation_becomes_another_one_with_the_same_canons_pictures_and_search(
    folder: Path,
) -> None:
    kit = sample_kits()[ORG]
    files = {path.name: path.read_bytes() for path in sorted(kit.rglob("*")) if path.is_file()}
    with living(folder / "first") as stack, speaking_as(stack, ORG) as client:
        ids = list(upload(client, files).values())
        assert finished(client, client.post("/ingest", json={"project_id": "p1", "assets": ids})).status_code == 200
        answer = client.post("/render", json=render_body(count=1), headers={"Prefer": "wait=25"})
        rendered = finished(client, answer).json()
        address = rendered["assets"][0]["url"]
        before, drawn = told(client), picture(address, stack.api_url)
        key = client.headers["Authorization"]
        assert before["hits"]
        made = sgd(folder / "first", "backup", str(folder / "kept"), "--json")
        assert made.returncode == 0, made.stderr
        assert_says_what_is_in_it(json.loads(made.stdout), rendered)
    shutil.rmtree(folder / "first")  # the machine is gone

    whole = sgd(folder / "second", "restore", str(folder / "kept"), "--check")
    assert (whole.returncode, whole.stdout.split(":")[0]) == (0, "whole")
    back = sgd(folder / "second", "restore", str(folder / "kept"))
    assert back.returncode == 0, back.stderr
    with living(folder / "second") as stack, httpx.Client(base_url=stack.api_url, timeout=60) as client:
        client.headers["Authorization"] = key
        assert told(client) == before
        assert picture(address, stack.api_url) == drawn
        assert client.get(f"/renders/{rendered['render_id']}").json()["status"] == "succeeded"
        with stack.database.org_transaction(ORG) as connection:
            chain = audit_chain.verify(connection, ORG)
        assert chain.broken is None
        assert chain.rows > 0
        again = finished(client, client.post("/render", json=render_body(count=1), headers={"Prefer": "wait=25"}))
        assert again.json()["status"] == "succeeded"
        refused = sgd(folder / "second", "restore", str(folder / "kept"))
        assert refused.returncode == 2
        assert "sgd down" in refused.stderr
    refused = sgd(folder / "second", "restore", str(folder / "kept"))
    assert refused.returncode == 2
    assert "holds orgs already: nothing was changed" in " ".join(refused.stderr.split())


def assert_says_what_is_in_it(manifest: Mapping[str, Any], rendered: Mapping[str, Any]) -> None:
    assert manifest["orgs"] == 1
    assert manifest["not_in_store"] == []
    assert {file["path"] for file in manifest["databases"]} == {"sgd.dump", "dagster.dump"}
    assert "keys/signing.key" in {file["path"] for file in manifest["keys"]}
    assert rendered["assets"]
