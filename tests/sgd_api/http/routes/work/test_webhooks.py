"""Webhooks over HTTP: made, listed, rotated, tested, disabled, removed, and named by a job."""

from typing import Any

import httpx
import pytest

from sgd_api.http.services import Services
from sgd_assets.on_demand.webhook_lane import WebhookLane
from sgd_resources.contracts import faults
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import keys
from sgd_resources.postgres.rows.work import webhooks
from sgd_resources.storage.local import LocalObjectStore
from sgd_resources.webhooks.sender import WebhookSender
from tests.fakes.audit import list_entries
from tests.fakes.webhook_receiver import Names, Receiver
from tests.sgd_api.conftest import in_thread
from tests.sgd_api.doubles import DoubleWorker

URL = "https://hooks.example/sgd"
INGEST = {"job_type": "ingest", "request_params": {"project_id": "spring", "assets": []}}


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def lane(app_services: Services, receiver: Receiver) -> WebhookLane:
    return WebhookLane(
        app_services.database, app_services.store, sender=WebhookSender(resolver=Names(), poster=receiver),
        secrets=app_services.webhook_secrets,
    )  # fmt: skip


async def made(client: httpx.AsyncClient, **more: Any) -> dict[str, Any]:
    answer = await client.post("/v1/webhooks", json={"url": URL, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_webhook_shows_its_secret_once_and_is_its_orgs_alone(
    acme: httpx.AsyncClient, globex: httpx.AsyncClient, database: Database
) -> None:
    answer = await acme.post("/v1/webhooks", json={"url": URL, "name": "billing"})
    webhook = answer.json()
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    assert answer.headers["location"] == f"/v1/webhooks/{webhook['webhook_id']}"
    assert faults("created_webhook", webhook) == []
    shown = (await acme.get(answer.headers["location"])).json()
    assert shown == {name: value for name, value in webhook.items() if name != "secret"}
    listed = (await acme.get("/v1/webhooks")).json()
    assert (listed, faults("webhook_list", listed)) == ({"webhooks": [shown]}, [])
    assert (await globex.get(answer.headers["location"])).status_code == 404
    assert (await globex.get("/v1/webhooks")).json() == {"webhooks": []}
    assert (await globex.delete(answer.headers["location"])).status_code == 404
    with database.org_transaction("acme") as connection:
        stored = webhooks.get_webhook(connection, "acme", webhook["webhook_id"])
    assert webhook["secret"].removeprefix("whsec_") not in repr(stored)


@pytest.mark.parametrize(
    "url",
    ["http://hooks.example/", "https://10.0.0.1/", "https://localhost/", "https://hooks.example:8443/",
     "https://user:pw@hooks.example/", "https://[::1]/x", "ftp://hooks.example/", "https://a.example/" + "x" * 2_100],
)  # fmt: skip
async def test_an_address_that_nothing_would_be_sent_to_is_refused_with_its_place(
    acme: httpx.AsyncClient, url: str
) -> None:
    for path, body, place in (
        ("/v1/webhooks", {"url": url}, "$.url"),
        ("/v1/jobs", {**INGEST, "webhook_url": url}, "$.webhook_url"),
    ):
        answer = await acme.post(path, json=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_FAILED")
        assert answer.json()["error"]["details"]["errors"][0]["path"] == place
    assert (await acme.get("/v1/jobs")).json() == {"jobs": []}
    assert (await acme.get("/v1/webhooks")).json() == {"webhooks": []}


async def test_an_address_is_a_webhook_once_and_an_org_has_so_many(
    acme: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook = await made(acme)
    assert (await acme.post("/v1/webhooks", json={"url": URL})).status_code == 409
    monkeypatch.setattr(webhooks, "MOST_OF_AN_ORG", 1)
    more = await acme.post("/v1/webhooks", json={"url": f"{URL}/2"})
    assert (more.status_code, more.json()["error"]["details"]) == (409, {"most": 1})
    assert (await acme.delete(f"/v1/webhooks/{webhook['webhook_id']}")).status_code == 204
    assert (await made(acme))["webhook_id"] != webhook["webhook_id"]


async def test_a_rotation_gives_a_new_secret_and_tells_until_when_the_old_one_is_valid(
    acme: httpx.AsyncClient, database: Database
) -> None:
    webhook = await made(acme)
    path = f"/v1/webhooks/{webhook['webhook_id']}"
    rotated = await acme.post(f"{path}/rotate", json={"grace_s": 600})
    assert (rotated.status_code, rotated.headers["cache-control"]) == (200, "no-store")
    assert rotated.json()["secret"] != webhook["secret"]
    assert "old_secret_until" in (await acme.get(path)).json()
    assert (await acme.post(f"{path}/rotate", json={"grace_s": 0})).status_code == 200
    assert "old_secret_until" not in (await acme.get(path)).json()
    assert (await acme.post(f"{path}/rotate", json={"grace_s": -1})).status_code == 422
    with database.org_transaction("acme") as connection:
        actions = [entry.action for entry in list_entries(connection, "acme")]
    assert [action for action in actions if action.startswith("webhook.")] == [
        "webhook.rotated", "webhook.rotated", "webhook.created",
    ]  # fmt: skip


async def test_a_test_message_is_sent_like_any_other_and_can_be_sent_again_with_its_id(
    acme: httpx.AsyncClient, globex: httpx.AsyncClient, lane: WebhookLane, receiver: Receiver
) -> None:
    path = f"/v1/webhooks/{(await made(acme))['webhook_id']}"
    asked = await acme.post(f"{path}/test")
    delivery = asked.json()
    assert (asked.status_code, delivery["status"], delivery["event"]) == (202, "waiting", "webhook.test")
    again = f"{path}/deliveries/{delivery['delivery_id']}/redeliver"
    assert (await acme.post(again)).status_code == 409
    await in_thread(lane.deliver_due)
    page = (await acme.get(f"{path}/deliveries")).json()
    assert faults("webhook_delivery_page", page) == []
    assert [(one["status"], one["answer_status"]) for one in page["deliveries"]] == [("delivered", 200)]
    assert (await globex.get(f"{path}/deliveries")).status_code == 404
    assert (await globex.post(again)).status_code == 404
    assert (await acme.post(again)).status_code == 202
    await in_thread(lane.deliver_due)
    assert [got.headers["webhook-id"] for got in receiver.got] == [delivery["message_id"]] * 2


async def test_the_log_is_told_by_page_and_status(
    acme: httpx.AsyncClient, lane: WebhookLane, receiver: Receiver
) -> None:
    path = f"/v1/webhooks/{(await made(acme))['webhook_id']}"
    ids = [(await acme.post(f"{path}/test")).json()["delivery_id"] for _ in range(3)][::-1]
    first = (await acme.get(f"{path}/deliveries", params={"limit": 2})).json()
    rest = (await acme.get(f"{path}/deliveries", params={"cursor": first["next_cursor"]})).json()
    assert [one["delivery_id"] for one in (*first["deliveries"], *rest["deliveries"])] == ids
    assert "next_cursor" not in rest
    await in_thread(lane.deliver_due)
    assert (await acme.get(f"{path}/deliveries", params={"status": "waiting"})).json() == {"deliveries": []}


async def test_a_disabled_webhook_says_why_takes_no_test_and_no_job_until_it_is_enabled(
    acme: httpx.AsyncClient, lane: WebhookLane, receiver: Receiver
) -> None:
    receiver.answers = lambda _: 410
    path = f"/v1/webhooks/{(await made(acme))['webhook_id']}"
    await acme.post(f"{path}/test")
    await in_thread(lane.deliver_due)
    found = (await acme.get(path)).json()
    assert (found["disabled"], "410" in found["disabled_reason"]) == (True, True)
    assert (await acme.post(f"{path}/test")).status_code == 409
    assert (await acme.post("/v1/jobs", json={**INGEST, "webhook_url": URL})).status_code == 409
    enabled = await acme.post(f"{path}/enable")
    assert (enabled.status_code, enabled.json()["disabled"]) == (200, False)
    assert (await acme.post(f"{path}/test")).status_code == 202


async def test_a_job_names_its_address_and_only_its_end_is_told_there(
    acme: httpx.AsyncClient, lane: WebhookLane, receiver: Receiver, database: Database, store: LocalObjectStore
) -> None:
    named = (await acme.post("/v1/jobs", json={**INGEST, "webhook_url": URL})).json()
    again = (await acme.post("/v1/jobs", json={**INGEST, "webhook_url": URL})).json()
    await acme.post("/v1/jobs", json=INGEST)
    assert named["webhook_id"] == again["webhook_id"]
    [webhook] = (await acme.get("/v1/webhooks")).json()["webhooks"]
    assert (webhook["webhook_id"], webhook["all_jobs"]) == (named["webhook_id"], False)
    worker = DoubleWorker(database, store)
    await in_thread(lambda: worker.end_jobs("acme", result={"chunks": 3}))
    await in_thread(lane.deliver_due)
    log = (await acme.get(f"/v1/webhooks/{webhook['webhook_id']}/deliveries")).json()["deliveries"]
    assert {one["job_id"] for one in log} == {named["job_id"], again["job_id"]}
    assert {one["event"] for one in log} == {"job.succeeded"}


async def test_who_may_only_read_jobs_makes_no_webhook(
    anonymous: httpx.AsyncClient, acme: httpx.AsyncClient, database: Database
) -> None:
    with database.org_transaction("acme") as connection:
        secret = keys.create_key(connection, "acme", rights=keys.KeyRights(scopes=("jobs:read",))).plaintext
    headers = {"Authorization": f"Bearer {secret}"}
    assert (await anonymous.post("/v1/webhooks", json={"url": URL}, headers=headers)).status_code == 403
    assert (await anonymous.get("/v1/webhooks", headers=headers)).status_code == 200
