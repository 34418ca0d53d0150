"""Campaign sets: asked for at once, seen item by item, fetched as one zip, cancelled as far as they have not begun."""

import csv
import hashlib
import io
import json
import zipfile
from typing import Any

import httpx
import pytest

from sgd_resources.contracts import faults
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import jobs
from sgd_resources.storage.local import LocalObjectStore
from tests.fakes import job_ends
from tests.sgd_api.conftest import in_thread
from tests.sgd_api.doubles import PNG, DoubleWorker

BODY: dict[str, Any] = {
    "project_id": "spring",
    "prompts": {"task": "create"},
    "copy": {"headline": "{city} awaits", "price": "{price}"},
    "outputs": {"format": "png", "sizes": ["1080x1080", "1200x628"]},
    "rows": [{"city": "Berlin", "price": "9"}, {"city": "=HYPERLINK(1)", "price": "1"}],
}


@pytest.fixture
def worker(database: Database, store: LocalObjectStore) -> DoubleWorker:
    return DoubleWorker(database, store)


async def ask(client: httpx.AsyncClient, key: str | None = None, **changes: Any) -> httpx.Response:
    headers = {"Idempotency-Key": key} if key else {}
    return await client.post("/render/batch", json={**BODY, **changes}, headers=headers)


async def unzipped(client: httpx.AsyncClient, batch: dict[str, Any]) -> dict[str, bytes]:
    answer = await client.get(batch["zip_url"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert all(not info.flag_bits & 0x08 for info in archive.infolist()), "a reader of streams needs sizes in front"
        return {name: archive.read(name) for name in archive.namelist()}


async def test_a_batch_is_asked_for_at_once_and_its_items_are_renders_of_their_own(
    acme: httpx.AsyncClient, worker: DoubleWorker
) -> None:
    answer = await ask(acme)
    batch = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (202, batch["status_url"])
    assert faults("render_batch_status", batch) == []
    assert batch["counts"] == {"total": 4, "queued": 4, "running": 0, "succeeded": 0, "failed": 0, "cancelled": 0}
    assert [item["name"] for item in batch["items"]] == [
        "001-berlin-1080x1080", "001-berlin-1200x628", "002-hyperlink-1-1080x1080", "002-hyperlink-1-1200x628",
    ]  # fmt: skip
    one = await acme.get(batch["items"][2]["status_url"])
    assert (one.status_code, one.json()["status"]) == (202, "queued")
    await in_thread(worker.finish_renders, "acme")
    done = await acme.get(batch["status_url"])
    assert (done.status_code, done.json()["status"], done.json()["counts"]["succeeded"]) == (200, "succeeded", 4)
    assert faults("render_batch_status", done.json()) == []
    picture = await httpx.AsyncClient(transport=acme._transport).get(done.json()["items"][3]["assets"][0]["url"])
    assert picture.content.startswith(PNG)


async def test_items_come_in_pages(acme: httpx.AsyncClient) -> None:
    batch = (await ask(acme)).json()
    first = (await acme.get(batch["status_url"], params={"limit": 3})).json()
    rest = (await acme.get(batch["status_url"], params={"limit": 3, "cursor": first["next_cursor"]})).json()
    assert [[item["index"] for item in page["items"]] for page in (first, rest)] == [[0, 1, 2], [3]]
    assert "next_cursor" not in rest


async def test_an_item_that_fails_fails_no_other_and_says_why(
    acme: httpx.AsyncClient, worker: DoubleWorker, database: Database
) -> None:
    batch = (await ask(acme)).json()
    error = {"code": "BUDGET_EXCEEDED", "message": "no more today"}
    second = batch["items"][1]["render_id"]
    await in_thread(lambda: job_ends.fail(database, "acme", second, error=error))
    running = (await acme.get(batch["status_url"])).json()
    assert (running["status"], running["counts"]["failed"]) == ("running", 1)
    await in_thread(worker.finish_renders, "acme")
    done = (await acme.get(batch["status_url"])).json()
    assert (done["status"], done["counts"]["succeeded"], done["counts"]["failed"]) == ("succeeded", 3, 1)
    assert done["items"][1]["error"] == error
    files = await unzipped(acme, batch)
    told = json.loads(files["manifest.json"])["items"][1]
    assert (told["file"], told["error"]) == (None, "BUDGET_EXCEEDED: no more today")


async def test_the_zip_has_every_picture_and_a_manifest_of_them(acme: httpx.AsyncClient, worker: DoubleWorker) -> None:
    batch = (await ask(acme, outputs={"format": "png", "sizes": ["64x64"], "count": 2})).json()
    await in_thread(lambda: worker.finish_renders("acme", violations=["contrast 2.1 < 4.5"]))
    files = await unzipped(acme, batch)
    names = ["001-berlin-64x64", "001-berlin-64x64-2", "002-hyperlink-1-64x64", "002-hyperlink-1-64x64-2"]
    assert list(files) == [*(f"{name}.png" for name in names), "manifest.json", "manifest.csv"]
    told = json.loads(files["manifest.json"])
    assert (told["batch_id"], told["pictures"], told["cost_usd"]) == (batch["batch_id"], 4, 0.0)
    for entry in told["items"]:
        assert entry["sha256"] == hashlib.sha256(files[entry["file"]]).hexdigest()
        assert entry["bytes"] == len(files[entry["file"]])
        assert (entry["guardrails_ok"], entry["violations"]) == (False, ["contrast 2.1 < 4.5"])
        assert entry["alt"]
    sheet = list(csv.DictReader(io.StringIO(files["manifest.csv"].decode())))
    assert [line["file"] for line in sheet] == [entry["file"] for entry in told["items"]]
    assert sheet[2]["field city"] == "'=HYPERLINK(1)", "a spreadsheet would run it"


async def test_a_zip_before_the_end_holds_what_is_there_and_names_the_rest(acme: httpx.AsyncClient) -> None:
    files = await unzipped(acme, (await ask(acme)).json())
    told = json.loads(files["manifest.json"])
    assert list(files) == ["manifest.json", "manifest.csv"]
    assert [(entry["file"], entry["status"]) for entry in told["items"]] == [(None, "queued")] * 4


async def test_a_picture_that_is_no_longer_stored_is_named_in_the_manifest(
    acme: httpx.AsyncClient, worker: DoubleWorker, store: LocalObjectStore
) -> None:
    batch = (await ask(acme)).json()
    await in_thread(worker.finish_renders, "acme")
    done = (await acme.get(batch["status_url"])).json()
    store.delete(done["items"][0]["assets"][0]["key"])
    files = await unzipped(acme, batch)
    told = json.loads(files["manifest.json"])["items"]
    assert (told[0]["file"], told[0]["error"]) == (None, "the picture is no longer stored")
    assert told[1]["file"] in files


async def test_cancelling_ends_what_has_not_begun(acme: httpx.AsyncClient, database: Database) -> None:
    batch = (await ask(acme)).json()
    await in_thread(job_ends.succeed, database, "acme", batch["items"][0]["render_id"])
    cancelled = (await acme.post(f"{batch['status_url']}/cancel")).json()
    assert (cancelled["status"], cancelled["counts"]["succeeded"], cancelled["counts"]["cancelled"]) == (
        "cancelled", 1, 3,
    )  # fmt: skip
    again = await acme.post(f"{batch['status_url']}/cancel")
    assert (again.status_code, again.json()["counts"]) == (200, cancelled["counts"])


async def test_a_key_is_for_one_batch(acme: httpx.AsyncClient, worker: DoubleWorker) -> None:
    first = await ask(acme, key="k")
    under_way = await ask(acme, key="k")
    assert under_way.status_code == 409
    assert under_way.json()["error"]["details"]["batch_id"] == first.json()["batch_id"]
    assert (await ask(acme, key="k", seed=3)).status_code == 422
    await in_thread(worker.finish_renders, "acme")
    again = await ask(acme, key="k")
    assert (again.status_code, again.json()["batch_id"]) == (200, first.json()["batch_id"])


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"rows": [{"city": "Berlin", "price": "9"}, {"city": "Paris"}]}, "$.rows[1]", "the field price is missing"),
        ({"copy": {"headline": "{town}"}}, "$.copy", "{town}"),
        ({"rows": [{"city": "x" * 300, "price": "9"}]}, "$.rows[0]", "$.copy.headline: 1 to 300 characters"),
        ({"csv": "city,price\nRome,1\n"}, "$.csv", "either rows or csv"),
        ({"outputs": {"format": "png", "sizes": ["9x9"]}}, "$.outputs.sizes[0]", "does not match"),
        ({"outputs": {"format": "png", "sizes": ["15x15"]}}, "$.rows[0]", "$.outputs.dimensions"),
        ({"plan": {}}, "$.plan", "unknown field"),
        ({"prompts": {"task": "create", "instruction": "{price}"}}, "$.rows[0]", "$.prompts.instruction"),
    ],
)
async def test_a_batch_that_cannot_be_drawn_is_refused_whole_and_by_name(
    acme: httpx.AsyncClient, worker: DoubleWorker, changes: dict[str, Any], path: str, words: str
) -> None:
    answer = await ask(acme, **changes)
    first = answer.json()["error"]["details"]["errors"][0]
    assert (answer.status_code, first["path"]) == (422, path)
    assert words in first["message"]
    assert worker.count_renders("acme") == 0


async def test_another_org_finds_no_batch(acme: httpx.AsyncClient, globex: httpx.AsyncClient) -> None:
    batch = (await ask(acme)).json()
    for answer in (
        await globex.get(batch["status_url"]),
        await globex.get(batch["zip_url"]),
        await globex.post(f"{batch['status_url']}/cancel"),
    ):
        assert answer.status_code == 404


async def test_a_batch_is_a_job_like_any_other(acme: httpx.AsyncClient, database: Database) -> None:
    batch = (await ask(acme)).json()
    told = (await acme.get(f"/jobs/{batch['batch_id']}")).json()
    assert (told["kind"], told["status"]) == ("batch", "queued")
    with database.org_transaction("acme") as connection:
        assert jobs.get_job(connection, "acme", batch["items"][0]["render_id"]).priority == "batch"
