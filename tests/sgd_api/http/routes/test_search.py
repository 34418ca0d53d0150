from typing import NoReturn

import httpx
import pytest

from sgd_api.http.services import Services
from sgd_resources.contracts import faults
from sgd_resources.errors import IndexDamaged
from sgd_resources.ports import EmbeddedText
from sgd_resources.postgres.ledgers.requests import RequestLedger
from sgd_resources.postgres.rows import jobs, renders


@pytest.fixture
def indexed(app_services: Services) -> None:
    embedder, vectors = app_services.embedder.client(), app_services.vectors.client()
    texts = ["Use short plain words", "The logo needs clear space", "Harbour blue is primary"]
    points = [
        EmbeddedText(
            f"p{i}",
            vector,
            {
                "text": text,
                "file_name": "g.pdf",
                "page": i + 1,
                "model_id": embedder.model_id,
                "evidence_sha256": "a" * 64,
            },
        )
        for i, (text, vector) in enumerate(zip(texts, embedder.embed(texts), strict=True))
    ]
    vectors.upsert("acme", points, model_id=embedder.model_id, dimensions=embedder.dimensions)


@pytest.mark.usefixtures("indexed")
async def test_the_nearest_passage_comes_first_with_its_source(acme: httpx.AsyncClient) -> None:
    found = (await acme.get("/search", params={"q": "clear space of the logo", "limit": 2})).json()
    assert faults("search_response", found) == []
    assert found["hits"][0]["text"] == "The logo needs clear space"
    assert found["hits"][0]["source"]["page"] == 2
    assert len(found["hits"]) == 2


async def test_a_damaged_index_is_asked_to_be_made_anew_once_and_the_answer_says_so(
    acme: httpx.AsyncClient, app_services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise IndexDamaged("the search index is damaged")

    monkeypatch.setattr(app_services.vectors.client(), "search", refuse)
    answers = [await acme.get("/search", params={"q": "logo"}) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {503}
    assert "being made anew" in answers[0].json()["error"]["message"]
    assert int(answers[0].headers["Retry-After"]) > 0
    job_ids = {answer.json()["error"]["details"]["job_id"] for answer in answers}
    with app_services.database.org_transaction("acme") as connection:
        asked = jobs.pending_jobs(connection, "acme", kind="ingest")
    assert {job.job_id for job in asked} == job_ids
    assert len(asked) == 1


def rendered(services: Services, headline: str, *violations: str) -> str:
    """A finished render of acme; its id."""
    with services.database.org_transaction("acme") as connection:
        row, _ = renders.create_request(connection, "acme", project_id="p", body={"headline": headline})
    ledger = RequestLedger(services.database)
    ledger.claim("acme", row.render_id, run_id="r")
    output = {
        "index": 0, "sha256": "a" * 64, "key": f"org/acme/public/renders/{row.render_id}/0.png", "size_bytes": 1,
        "media_type": "image/png", "width_px": 10, "height_px": 10, "unsigned_sha256": None, "look": None,
        "plan": {"goal": "announce a sale", "headline": headline}, "critique": {"violations": list(violations)},
    }  # fmt: skip
    audit = {
        "canon_version": "v1",
        "model_route": "local",
        "cost_usd_micros": 0,
        "verified_by": "none",
        "trace_id": "t",
    }
    assert ledger.finish("acme", row.render_id, run_id="r", outputs=[output], audit=audit)
    return row.render_id


async def test_pictures_that_passed_are_found_as_design_examples_and_no_others(
    acme: httpx.AsyncClient, globex: httpx.AsyncClient, app_services: Services
) -> None:
    passed = rendered(app_services, "Half price until Friday")
    rendered(app_services, "Half price for ever", "off_palette")
    asked = {"q": "half price", "collection": "design_examples"}
    found = (await acme.get("/search", params=asked)).json()
    assert faults("search_response", found) == []
    assert [(hit["kind"], hit["source"]["render_id"]) for hit in found["hits"]] == [("design_example", passed)]
    assert (await globex.get("/search", params=asked)).json()["hits"] == []
    assert (await acme.get("/search", params={"q": "half price"})).json()["hits"] == []


async def test_without_a_canon_there_is_no_style_guide(acme: httpx.AsyncClient) -> None:
    assert (await acme.get("/search", params={"q": "x", "collection": "style_guides"})).json()["hits"] == []


async def test_an_unknown_collection_is_refused(acme: httpx.AsyncClient) -> None:
    assert (await acme.get("/search", params={"q": "x", "collection": "others"})).status_code == 422


@pytest.mark.usefixtures("indexed")
async def test_another_org_finds_nothing(globex: httpx.AsyncClient) -> None:
    assert (await globex.get("/search", params={"q": "logo"})).json() == {"query": "logo", "hits": []}


@pytest.mark.parametrize(
    "params",
    [{}, {"q": ""}, {"q": "   "}, {"q": "a\x00b"}, {"q": "x" * 1001}, {"q": "x", "limit": 0}, {"q": "x", "limit": "z"}],
)
async def test_a_query_must_say_something(acme: httpx.AsyncClient, params: dict[str, str]) -> None:
    answer = await acme.get("/search", params=params)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_FAILED")
