import httpx
import pytest

from sgd_api.http.services import Services
from sgd_resources.contracts import faults
from sgd_resources.ports import EmbeddedText


@pytest.fixture
def indexed(app_services: Services) -> None:
    embedder, vectors = app_services.embedder.get(), app_services.vectors.get()
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
