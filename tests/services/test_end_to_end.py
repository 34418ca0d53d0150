"""The whole way through real processes: a brand kit over HTTP, its canon, a search, a render, and what may go wrong.

One machine's API and warm worker serve all tests of this file, in a data directory of their own.
"""

import hashlib
import json
import os
import shutil
import signal
import socket
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pikepdf
import pytest

from sgd_api.local.stack import LocalStack, local_stack
from sgd_api.samples.shelf import sample_kits
from sgd_resources.postgres.rows import renders
from sgd_resources.settings import load_settings
from sgd_resources.storage.select import build_object_store
from sgd_resources.storage.signing import UrlSigner

pytestmark = [pytest.mark.services, pytest.mark.slow]
ORG, OTHER = "larkfold", "kestrine"
SIGNING_KEY = "end-to-end-signing-key-of-32-bytes-or-more"
PATIENCE_S = 180.0
REPLACED = ("DATABASE_URL", "DATABASE_OWNER_URL", "DAGSTER_DATABASE_URL", "REDIS_URL", "QDRANT_URL", "S3_ENDPOINT_URL",
            "CLAMAV_HOST", "OPENROUTER_API_KEY", "SGD_PUBLIC_URL")  # fmt: skip


def render_body(**outputs: object) -> dict[str, Any]:
    return {
        "project_id": "p1",
        "prompts": {"task": "create", "instruction": 'Poster: "Open day on Saturday"'},
        "outputs": {"count": 2, "format": "png", "dimensions": "320x320", **outputs},
    }


@pytest.fixture(scope="module")
def stack() -> Iterator[LocalStack]:
    folder = Path(tempfile.mkdtemp(prefix="sgd-e2e-"))
    with pytest.MonkeyPatch.context() as environment, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        for name in REPLACED:
            environment.delenv(name, raising=False)
        environment.setenv("SGD_VAR_DIR", str(folder / "var"))
        environment.setenv("SGD_SIGNING_KEY", SIGNING_KEY)
        environment.setenv("SGD_API_PORT", str(port))
        # The supervisor takes the next free port when this one is still held by the probe.
        with local_stack(load_settings(), workers=1) as made:
            yield made
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def speaking_as(stack: LocalStack, org_id: str) -> Iterator[httpx.Client]:
    _, key = stack.create_key(org_id, "test")
    with httpx.Client(base_url=stack.api_url, headers={"Authorization": f"Bearer {key}"}, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def client(stack: LocalStack) -> Iterator[httpx.Client]:
    with speaking_as(stack, ORG) as made:
        yield made


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def finished(client: httpx.Client, answer: httpx.Response) -> httpx.Response:
    """Follows a 202 to its end."""
    location = answer.headers.get("location", "")
    deadline = time.monotonic() + PATIENCE_S
    while answer.status_code == httpx.codes.ACCEPTED:
        assert time.monotonic() < deadline, "the work did not end"
        time.sleep(0.1)
        answer = client.get(location)
    return answer


def upload(client: httpx.Client, files: Mapping[str, bytes]) -> dict[str, str]:
    """File name -> upload id."""
    parts = [("files", (name, data, "application/octet-stream")) for name, data in files.items()]
    answer = client.post("/uploads", files=parts, data={"project_id": "p1"})
    assert answer.status_code in (200, 201), answer.text
    return {row["file_name"]: row["upload_id"] for row in answer.json()["uploads"]}


def ingest(client: httpx.Client, upload_ids: list[str]) -> httpx.Response:
    return finished(client, client.post("/ingest", json={"project_id": "p1", "assets": upload_ids}))


@pytest.fixture(scope="module")
def truth(client: httpx.Client) -> dict[str, Any]:
    """The truth of the sample kit that the org has taken in."""
    folder = sample_kits()[ORG]
    files = {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    assert ingest(client, list(upload(client, files).values())).status_code == 200
    found: dict[str, Any] = json.loads((folder.parent / "truth.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def rendered(client: httpx.Client, truth: dict[str, Any]) -> dict[str, Any]:
    headers = {"Prefer": "wait=25", "Idempotency-Key": "poster-1"}
    answer = client.post("/render", json=render_body(), headers=headers)
    assert finished(client, answer).status_code == 200
    # The same request again gives the same render, also when the first answer came too late.
    again = client.post("/render", json=render_body(), headers=headers)
    assert again.status_code == 200
    document: dict[str, Any] = again.json()
    assert answer.json()["render_id"] == document["render_id"]
    return document


def output_rows(stack: LocalStack, render_id: str) -> list[renders.Render]:
    with stack.database.org_transaction(ORG) as connection:
        return renders.list_outputs(connection, ORG, render_id)


def test_the_canon_of_the_uploaded_kit_is_its_truth(client: httpx.Client, truth: dict[str, Any]) -> None:
    canon = client.get("/canon").json()
    assert canon["palette_hex"] == truth["palette_hex"]
    assert canon["fonts"] == truth["fonts"]
    assert all(fact["citations"] for fact in canon["facts"])


def test_a_search_hit_says_which_file_it_comes_from(client: httpx.Client, truth: dict[str, Any]) -> None:
    hits = client.get("/search", params={"q": "clear space around the logo"}).json()["hits"]
    assert hits
    assert all(hit["file_name"] and hit["source"]["evidence_sha256"] for hit in hits if hit["kind"] != "canon")
    assert any(hit["file_name"] for hit in hits)


def test_one_idempotency_key_makes_one_set_of_outputs(stack: LocalStack, rendered: dict[str, Any]) -> None:
    assert [asset["index"] for asset in rendered["assets"]] == [0, 1]
    assert len(output_rows(stack, rendered["render_id"])) == 2
    folder = rendered["assets"][0]["key"].rpartition("/")[0]
    kept = [one.key for one in build_object_store(stack.settings).list(folder + "/")]
    assert len([key for key in kept if not key.endswith(".c2pa")]) == 2, "each picture's manifest lies beside it"
    assert rendered["audit"]["guardrails_ok"]


def test_a_signed_url_downloads_a_png_as_an_attachment_nobody_sniffs(rendered: dict[str, Any]) -> None:
    answer = httpx.get(rendered["assets"][0]["url"])
    assert answer.status_code == 200
    assert answer.content.startswith(b"\x89PNG\r\n\x1a\n")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_tampered_a_strangers_and_an_expired_url_are_403(stack: LocalStack, rendered: dict[str, Any]) -> None:
    url, key = rendered["assets"][0]["url"], rendered["assets"][0]["key"]
    past = UrlSigner(SIGNING_KEY.encode(), base_url=stack.api_url, clock=lambda: time.time() - 10)
    live = UrlSigner(SIGNING_KEY.encode(), base_url=stack.api_url)
    stolen = live.sign(key.replace(ORG, OTHER, 1), org_id=OTHER).replace(OTHER, ORG, 1)
    expired = past.sign(key, org_id=ORG, expires_in_s=1)
    assert httpx.get(live.sign(key, org_id=ORG, expires_in_s=60)).status_code == 200
    for refused in (url.replace("0.png", "1.png", 1), url.replace(f"org={ORG}", f"org={OTHER}"), stolen, expired):
        answer = httpx.get(refused)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "FORBIDDEN")


def test_respond_async_is_a_202_that_polls_to_done(client: httpx.Client, truth: dict[str, Any]) -> None:
    answer = client.post("/render", json=render_body(count=1), headers={"Prefer": "respond-async"})
    assert answer.status_code == 202
    assert answer.headers["location"] == answer.json()["status_url"]
    done = finished(client, answer).json()
    assert (done["status"], len(done["assets"])) == ("succeeded", 1)


def test_a_campaign_set_is_made_by_the_workers_and_comes_as_one_zip(
    client: httpx.Client, truth: dict[str, Any]
) -> None:
    body = {
        "project_id": "p1",
        "prompts": {"task": "create"},
        "copy": {"headline": "{city} awaits", "call_to_action": "Book now"},
        "outputs": {"format": "png", "sizes": ["320x320", "728x90"]},
        "rows": [{"city": "Berlin"}, {"city": "\U00013000\U00013001"}, {"city": "Lisbon"}],
    }
    answer = client.post("/render/batch", json=body, headers={"Idempotency-Key": "campaign-1"})
    assert answer.status_code == 202
    batch = finished(client, answer).json()
    # No font has hieroglyphs: that row fails, and no other one for it.
    assert (batch["status"], batch["counts"]["succeeded"], batch["counts"]["failed"]) == ("succeeded", 4, 2)
    assert {item["error"]["code"] for item in batch["items"] if item["row"] == 1} == {"VALIDATION_FAILED"}
    with zipfile.ZipFile(BytesIO(client.get(batch["zip_url"]).content)) as archive:
        told = json.loads(archive.read("manifest.json"))
        for entry in told["items"]:
            if entry["file"] is not None:
                assert hashlib.sha256(archive.read(entry["file"])).hexdigest() == entry["sha256"]
    assert [entry["file"] for entry in told["items"]] == [
        "001-berlin-320x320.png", "001-berlin-728x90.png", None, None, "003-lisbon-320x320.png",
        "003-lisbon-728x90.png",
    ]  # fmt: skip
    assert "Berlin awaits" in told["items"][0]["alt"]
    again = client.post("/render/batch", json=body, headers={"Idempotency-Key": "campaign-1"})
    assert (again.status_code, again.json()["batch_id"]) == (200, batch["batch_id"])


def pdf(*, pages: int, password: str = "") -> bytes:
    file = BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(file, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
    return file.getvalue()


def test_a_bad_file_stays_out_with_its_reason_on_the_row_and_the_rest_goes_on(
    client: httpx.Client, truth: dict[str, Any]
) -> None:
    before = client.get("/canon").json()["version"]
    bad = {
        "setup.exe": (b"MZ" + bytes(300), "type"),
        "blank.md": (b" \n\n", "empty"),
        "secret.pdf": (pdf(pages=1, password="hidden"), "encrypted"),
        "hollow.pdf": (pdf(pages=0), None),
    }
    ids = upload(client, {name: data for name, (data, _) in bad.items()})
    good = upload(client, {"note.md": b"# Note\n\nWe speak plainly and we greet people by name.\n"})
    answer = ingest(client, [*ids.values(), *good.values()])
    assert answer.status_code == 200
    for name, (_, reason) in bad.items():
        row = client.get(f"/uploads/{ids[name]}").json()
        assert row["status"] in ("quarantined", "rejected"), name
        assert row["reason"] == reason if reason else row["reason"], name
        assert row.get("evidence_sha256") is None
    assert client.get(f"/uploads/{good['note.md']}").json()["status"] == "promoted"
    assert client.get("/canon").json()["version"] != before


def test_a_file_without_a_byte_is_refused_or_held_never_taken(client: httpx.Client) -> None:
    answer = client.post("/uploads", files={"files": ("empty.pdf", b"")}, data={"project_id": "p1"})
    if answer.status_code == 201:
        ids = [row["upload_id"] for row in answer.json()["uploads"]]
        ingest(client, ids)
        assert client.get(f"/uploads/{ids[0]}").json()["reason"] == "empty"
    else:
        assert answer.status_code in (400, 422)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"{not json", 400, "INVALID_REQUEST"),
        (b'{"project_id": "p1"}', 422, "VALIDATION_FAILED"),
        (json.dumps(render_body(count=99)).encode(), 422, "VALIDATION_FAILED"),
    ],
)
def test_wrong_json_is_a_4xx_in_the_envelope(client: httpx.Client, content: bytes, status: int, code: str) -> None:
    answer = client.post("/render", content=content, headers={"Content-Type": "application/json"})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert error["request_id"] == answer.headers["x-request-id"]


def test_an_address_on_no_allowlisted_host_is_named(client: httpx.Client, truth: dict[str, Any]) -> None:
    body = render_body(count=1)
    body["prompts"]["references"] = ["https://pictures.example/a.png"]
    answer = client.post("/render", json=body, headers={"Prefer": "wait=25"})
    if answer.status_code == 202:
        answer = finished(client, answer)
        assert "pictures.example" in answer.json()["error"]["message"]
    else:
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_FAILED")
        assert "pictures.example" in answer.json()["error"]["message"]


def test_a_key_of_no_org_is_a_401(stack: LocalStack) -> None:
    answer = httpx.get(f"{stack.api_url}/canon", headers={"Authorization": "Bearer sgd_" + "x" * 40})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "UNAUTHORIZED")


def test_another_orgs_upload_and_render_are_a_404(
    stack: LocalStack, client: httpx.Client, rendered: dict[str, Any]
) -> None:
    mine = next(iter(upload(client, {"mine.md": b"# Mine\n\nOnly ours.\n"}).values()))
    with speaking_as(stack, OTHER) as stranger:
        assert stranger.get(f"/uploads/{mine}").status_code == 404
        assert stranger.post("/ingest", json={"project_id": "p1", "assets": [mine]}).status_code == 404
        assert stranger.get(f"/renders/{rendered['render_id']}").status_code == 404
        assert stranger.get("/canon").status_code == 404


def test_a_worker_killed_in_the_middle_of_a_render_leaves_exactly_one_set_of_outputs(
    stack: LocalStack, client: httpx.Client, truth: dict[str, Any]
) -> None:
    worker = next(child for child in stack.supervisor.children if child.name == "worker")
    answer = client.post(
        "/render", json=render_body(count=3, dimensions="2000x2000"), headers={"Prefer": "respond-async"}
    )
    render_id = answer.json()["render_id"]
    # taken by a worker is not begun yet: the kill is to hit the run itself
    until(lambda: attempts(stack, render_id) == 1)
    os.killpg(worker.popen.pid, signal.SIGKILL)
    assert status(stack, render_id) == "running", "the render was done before the kill"

    def is_done() -> bool:
        stack.supervisor.restart_dead()
        return status(stack, render_id) not in ("queued", "running")

    until(is_done)
    assert worker.restarts == 1
    assert client.get(f"/renders/{render_id}").json()["status"] == "succeeded"
    assert [row.index for row in output_rows(stack, render_id)] == [0, 1, 2]
    with stack.database.org_transaction(ORG) as connection:
        ended = connection.exec_driver_sql(
            "SELECT count(*) FROM audit_log WHERE action = 'render.succeeded' AND subject = %s", (render_id,)
        )
        assert ended.scalar_one() == 1
        assert renders.get_request(connection, ORG, render_id).attempts == 2


def attempts(stack: LocalStack, render_id: str) -> int:
    with stack.database.org_transaction(ORG) as connection:
        return renders.get_request(connection, ORG, render_id).attempts


def status(stack: LocalStack, render_id: str) -> str:
    with stack.database.org_transaction(ORG) as connection:
        return renders.get_request(connection, ORG, render_id).status
