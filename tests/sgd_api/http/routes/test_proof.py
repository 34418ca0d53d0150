"""Lists, lineage and verdicts of an org's renders, over HTTP."""

import io
import random
from typing import Any

import httpx
import pytest
from PIL import Image

from sgd_resources.contracts import faults
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.ledgers.requests import RequestLedger
from sgd_resources.settings import Settings
from sgd_resources.storage.local import LocalObjectStore
from tests.sgd_api.conftest import in_thread
from tests.sgd_api.http.routes.proof_world import ProofWorld
from tests.sgd_assets.renders.brand import request

FLIPS = 50


@pytest.fixture
def world(settings: Settings, database: Database, store: LocalObjectStore) -> ProofWorld:
    return ProofWorld(settings, database, store)


async def _verdict(client: httpx.AsyncClient, data: bytes, *, key: str | None = None) -> dict[str, Any]:
    answer = await client.post(
        "/assets/verify", params={"key": key} if key else None, content=data,
        headers={"Content-Type": "application/octet-stream"},
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert faults("verification", found) == []
    return found


def _made(world: ProofWorld, picture_format: str = "png", words: str = "Open day") -> Any:
    return world.render(request(f'Post "{words}"', "300x250", format=picture_format))


@pytest.mark.parametrize("picture_format", ["png", "jpg", "webp"])
async def test_a_flipped_byte_anywhere_in_any_format_is_found(
    world: ProofWorld, acme: httpx.AsyncClient, picture_format: str
) -> None:
    output = (await in_thread(_made, world, picture_format)).outputs[0]  # type: ignore[attr-defined]  # a record
    data = world.store.get(output.key)
    first = await _verdict(acme, data)
    assert (first["verdict"], first["signature"], first["key"]) == ("untouched", "Trusted", output.key)
    chance, found = random.Random(7), []  # which bytes, not a secret
    for at in chance.sample(range(len(data)), FLIPS):
        changed = data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
        found.append((await _verdict(acme, changed))["verdict"])
    assert "untouched" not in found
    assert found.count("altered") >= FLIPS * 0.9


@pytest.mark.parametrize("part", ["file", "manifest"])
@pytest.mark.parametrize("vector_format", ["svg", "pdf"])
async def test_a_flipped_byte_anywhere_in_a_vector_file_or_its_manifest_is_found(
    world: ProofWorld, acme: httpx.AsyncClient, vector_format: str, part: str
) -> None:
    body = request('Post "Open day"', "300x250")
    body["outputs"] = {**body["outputs"], "also": [vector_format]}
    file: Any = (await in_thread(world.render, body)).also[0]  # type: ignore[attr-defined]  # a record
    key = file.key if part == "file" else file.manifest_key
    data, chance, found = world.store.get(key), random.Random(7), []
    for at in chance.sample(range(len(data)), FLIPS):
        changed = data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
        world.store.put(key, changed)
        found.append((await acme.get("/assets/verify", params={"key": file.key})).json()["verdict"])
    assert "untouched" not in found
    world.store.put(key, data)
    assert (await acme.get("/assets/verify", params={"key": file.key})).json()["verdict"] == "untouched"


async def test_a_manifest_of_a_vector_file_that_is_damaged_on_the_disk_is_told(
    world: ProofWorld, acme: httpx.AsyncClient, store: LocalObjectStore
) -> None:
    body = request('Post "Open day"', "300x250")
    body["outputs"] = {**body["outputs"], "also": ["svg"]}
    file: Any = (await in_thread(world.render, body)).also[0]  # type: ignore[attr-defined]  # a record
    path = store._root / file.manifest_key
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    assert (await acme.get("/assets/verify", params={"key": file.key})).json()["verdict"] == "altered"
    told = await _verdict(acme, world.store.get(file.key), key=file.key)
    assert told["verdict"] == "altered"


async def test_a_picture_saved_anew_is_told_from_an_untouched_one_and_found_again(
    world: ProofWorld, acme: httpx.AsyncClient
) -> None:
    record: Any = await in_thread(_made, world)
    await in_thread(_made, world, "png", "A very different thing altogether")
    image = Image.open(io.BytesIO(world.store.get(record.outputs[0].key))).convert("RGB")
    for options in ({"format": "JPEG", "quality": 70}, {"format": "PNG"}, {"format": "WEBP", "quality": 60}):
        out = io.BytesIO()
        image.save(out, **options)
        told = await _verdict(acme, out.getvalue())
        assert (told["verdict"], told["render_id"]) == ("saved_anew", record.render_id)


async def test_a_picture_of_another_org_is_ours_and_names_nothing_of_it(
    world: ProofWorld, globex: httpx.AsyncClient
) -> None:
    record: Any = await in_thread(_made, world)
    data = world.store.get(record.outputs[0].key)
    told = await _verdict(globex, data)
    assert told["verdict"] == "ours_elsewhere"
    assert "render_id" not in told
    assert (await globex.get("/assets/verify", params={"key": record.outputs[0].key})).status_code == 404
    assert (await globex.get(f"/renders/{record.render_id}/lineage")).status_code == 404
    logo = record.outputs[0].plan.logo_sha256
    assert (await globex.get(f"/evidence/{logo}/renders")).status_code == 404
    for path in ("/renders", "/evidence"):
        assert (await globex.get(path)).json()[path[1:]] == []


async def test_a_strange_picture_carries_no_proof_and_text_is_no_picture(
    world: ProofWorld, acme: httpx.AsyncClient
) -> None:
    out = io.BytesIO()
    Image.effect_noise((200, 160), 80).save(out, "PNG")
    assert (await _verdict(acme, out.getvalue()))["verdict"] == "unsigned"
    assert (await _verdict(acme, b"no picture at all"))["verdict"] == "unreadable"


async def test_a_picture_that_a_stranger_signed_in_our_name_is_not_ours(
    world: ProofWorld, acme: httpx.AsyncClient
) -> None:
    from tests.sgd_resources.provenance.signers import DEFINITION, LABEL, sealed

    record: Any = await in_thread(_made, world)
    claim = {"label": LABEL, "data": {"render_id": record.render_id, "index": 0}}
    out = io.BytesIO()
    Image.effect_noise((200, 160), 80).save(out, "PNG")
    forged = sealed(out.getvalue(), "image/png", assertions=[DEFINITION["assertions"][0], claim])
    told = await _verdict(acme, forged.data)
    assert told["verdict"] == "not_ours"
    assert "render_id" not in told


async def test_a_stored_picture_is_verified_by_its_key_and_a_damaged_one_is_told(
    world: ProofWorld, acme: httpx.AsyncClient, store: LocalObjectStore
) -> None:
    record: Any = await in_thread(_made, world)
    key = record.outputs[0].key
    told = (await acme.get("/assets/verify", params={"key": key})).json()
    assert (told["verdict"], told["signature"], told["render_id"]) == ("untouched", "Trusted", record.render_id)
    path = store._root / key
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    assert (await acme.get("/assets/verify", params={"key": key})).json()["verdict"] == "altered"
    assert (await acme.get("/assets/verify", params={"key": key + "x"})).status_code == 404


async def test_renders_are_listed_newest_first_page_by_page_and_narrowed(
    world: ProofWorld, acme: httpx.AsyncClient
) -> None:
    made: list[Any] = [await in_thread(_made, world, "png", f"Day {number}") for number in range(3)]
    page = (await acme.get("/renders", params={"limit": 2})).json()
    assert faults("render_page", page) == []
    assert [line["render_id"] for line in page["renders"]] == [made[2].render_id, made[1].render_id]
    rest = (await acme.get("/renders", params={"limit": 2, "cursor": page["next_cursor"]})).json()
    assert [line["render_id"] for line in rest["renders"]] == [made[0].render_id]
    assert "next_cursor" not in rest
    for wanted, count in (
        ({"status": "succeeded"}, 3), ({"status": "failed"}, 0), ({"project_id": "nobody's"}, 0),
        ({"since": "2020-01-01T00:00:00Z"}, 3), ({"until": "2020-01-01T00:00:00Z"}, 0),
        ({"canon_version": world.brand.canon.version}, 3), ({"canon_version": "0" * 64}, 0),
    ):  # fmt: skip
        assert len((await acme.get("/renders", params=wanted)).json()["renders"]) == count, wanted
    assert (await acme.get("/renders", params={"since": "2020-01-01T00:00:00"})).status_code == 422


async def test_renders_of_an_older_canon_are_stale(world: ProofWorld, acme: httpx.AsyncClient) -> None:
    old: Any = await in_thread(_made, world)
    assert (await acme.get("/renders", params={"stale": True})).json()["renders"] == []
    world.set_canon(notes=("changed",))
    new: Any = await in_thread(_made, world, "png", "Another day")
    stale = (await acme.get("/renders", params={"stale": True})).json()["renders"]
    fresh = (await acme.get("/renders", params={"stale": False})).json()["renders"]
    assert [line["render_id"] for line in stale] == [old.render_id]
    assert [line["render_id"] for line in fresh] == [new.render_id]


async def test_evidence_is_listed_with_keys_and_kinds(world: ProofWorld, acme: httpx.AsyncClient) -> None:
    seen: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = (await acme.get("/evidence", params={"limit": 3, **cursor})).json()
        assert faults("evidence_page", page) == []
        seen += page["evidence"]
        if "next_cursor" not in page:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert {line["key"] for line in seen} == {item.key for item in world.brand.items}
    drawings = (await acme.get("/evidence", params={"kind": "drawing"})).json()["evidence"]
    assert {line["kind"] for line in drawings} == {"drawing"}
    assert len(drawings) == sum(line["kind"] == "drawing" for line in seen) > 0
    assert (await acme.get("/evidence", params={"kind": "video"})).status_code == 422


async def test_the_audit_log_is_read_page_by_page_and_by_nobody_else(
    world: ProofWorld, acme: httpx.AsyncClient, globex: httpx.AsyncClient
) -> None:
    record: Any = await in_thread(_made, world)
    page = (await acme.get("/audit", params={"action": "render.", "limit": 1})).json()
    assert faults("audit_page", page) == []
    assert [(one["action"], one["subject"]) for one in page["entries"]] == [("render.succeeded", record.render_id)]
    assert (await acme.get("/audit", params={"subject": record.render_id})).json()["entries"] == page["entries"]
    assert (await globex.get("/audit", params={"subject": record.render_id})).json()["entries"] == []
    assert (await acme.post("/audit", json={})).status_code == 405


async def test_lineage_leads_from_the_picture_to_evidence_and_back(world: ProofWorld, acme: httpx.AsyncClient) -> None:
    record: Any = await in_thread(_made, world)
    told = (await acme.get(f"/renders/{record.render_id}/lineage")).json()
    assert faults("lineage", told) == []
    assert told["canon_version"] == world.brand.canon.version
    assert told["pictures"][0]["sha256"] == record.outputs[0].sha256
    assert told["dagster_run_id"] == "a run"
    by_hash = {one["evidence_sha256"]: one for one in told["evidence"]}
    logo = record.outputs[0].plan.logo_sha256
    assert "logo" in by_hash[logo]["roles"]
    facts = by_hash["0" * 64]["facts"]
    assert {fact["value"] for fact in facts if fact["kind"] == "colour"} <= set(world.brand.canon.palette_hex)
    assert facts
    assert facts[0]["quote"] == "stated"
    one = (await acme.get(f"/renders/{record.render_id}/lineage", params={"limit": 1})).json()
    two = (
        await acme.get(f"/renders/{record.render_id}/lineage", params={"limit": 200, "cursor": one["next_cursor"]})
    ).json()
    assert [*one["evidence"], *two["evidence"]] == told["evidence"]
    back = (await acme.get(f"/evidence/{logo}/renders")).json()
    assert faults("evidence_renders", back) == []
    assert [(line["render_id"], "logo" in line["roles"]) for line in back["renders"]] == [(record.render_id, True)]


async def test_stale_renders_are_made_again_in_one_job_under_the_current_canon(
    world: ProofWorld, acme: httpx.AsyncClient, globex: httpx.AsyncClient
) -> None:
    old: Any = await in_thread(_made, world)
    body = {"project_id": "spring"}
    none = await acme.post("/renders/rerender", json=body)
    assert (none.status_code, none.json()) == (202, {"count": 0, "render_ids": []})
    version = world.set_canon(notes=("changed",))
    told = (await acme.post("/renders/rerender", json=body)).json()
    assert faults("rerender_accepted", told) == []
    assert (told["count"], len(told["render_ids"])) == (1, 1)
    assert (await acme.get(told["status_url"])).status_code == 202
    waiting = (await acme.get("/renders", params={"stale": True})).json()["renders"]
    assert [line["render_id"] for line in waiting] == [old.render_id], "until its successor is there"
    again = told["render_ids"][0]
    new: Any = await in_thread(world.serve, again, request('Post "Open day"', "300x250"))
    assert new.canon_version == version
    assert (await acme.get(told["status_url"])).json()["status"] == "succeeded"
    assert (await acme.get(f"/renders/{old.render_id}")).status_code == 200
    assert (await acme.get("/renders", params={"stale": True})).json()["renders"] == []
    assert RequestLedger(world.database).stale("acme", limit=9) == []
    lines = {line["render_id"]: line for line in (await acme.get("/renders")).json()["renders"]}
    assert (lines[old.render_id]["replaced_by"], lines[old.render_id]["is_stale"]) == (again, False)
    assert "replaced_by" not in lines[again]
    lineage = (await acme.get(f"/renders/{old.render_id}/lineage")).json()
    assert (lineage["replaced_by"], lineage["is_stale"]) == (again, False)
    assert (await acme.post("/renders/rerender", json=body)).json()["count"] == 0
    world.set_canon(notes=("changed", "again"))
    stale = (await acme.get("/renders", params={"stale": True})).json()["renders"]
    assert [line["render_id"] for line in stale] == [again], "the successor is the one to be made again"
    assert (await globex.post("/renders/rerender", json={**body, "render_ids": [again]})).status_code == 404


async def test_vector_files_have_their_manifest_beside_them_and_a_changed_one_is_found(
    world: ProofWorld, acme: httpx.AsyncClient, globex: httpx.AsyncClient
) -> None:
    body = request('Post "Open day"', "300x250")
    body["outputs"] = {**body["outputs"], "also": ["svg", "pdf"]}
    record: Any = await in_thread(world.render, body)
    assert len(record.also) == 2
    for file in record.also:
        told = (await acme.get("/assets/verify", params={"key": file.key})).json()
        assert (told["verdict"], told["signature"], told["render_id"]) == ("untouched", "Trusted", record.render_id)
        data = world.store.get(file.key)
        assert file.manifest_key is not None
        assert world.store.get(file.manifest_key)
        alone = await _verdict(acme, data)
        assert (alone["verdict"], "file of its own" in alone["message"]) == ("unsigned", True)
        assert (await _verdict(acme, data, key=file.key))["verdict"] == "untouched"
        assert (await _verdict(acme, data[:-20] + bytes([data[-20] ^ 1]) + data[-19:], key=file.key))["verdict"] == (
            "altered"
        )
        foreign = await globex.post("/assets/verify", params={"key": file.key}, content=data)
        assert foreign.status_code == 404
        world.store.put(file.key, data[:-20] + bytes([data[-20] ^ 1]) + data[-19:], content_type=file.media_type)
        assert (await acme.get("/assets/verify", params={"key": file.key})).json()["verdict"] != "untouched"
