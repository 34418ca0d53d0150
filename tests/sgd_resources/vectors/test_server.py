"""The store on a Qdrant server, over the wire of its REST API; `test_select` holds it to the rules of every store."""

from typing import Any

import pytest
from qdrant_client import models

from sgd_resources.errors import Unavailable
from sgd_resources.vectors.server import QdrantServerStore
from tests.fakes.qdrant import FakeQdrant
from tests.fakes.qdrant_contract import CALLS
from tests.sgd_resources.vectors.points import point, upsert


@pytest.mark.parametrize("mode", ["per_org", "tenant"])
def test_every_call_of_the_store_is_one_of_qdrants_published_api(mode: Any) -> None:
    fake = FakeQdrant()
    store = QdrantServerStore(fake.client(), mode=mode)
    upsert(store, *(point(str(n)) for n in range(3)))
    assert [hit.payload["text"] for hit in store.search("acme", [1.0, 0.0], limit=1, filters={"text": "2"})] == ["2"]
    assert len(store.point_ids("acme")) == 3
    store.delete("acme", [point("0").point_id])
    assert store.count("acme") == 2
    store.drop("acme")
    assert store.count("acme") == 0
    assert ("PUT", "/collections/brand_assets_acme/index") not in fake.asked
    assert {method for method, _ in fake.asked} >= {"GET", "PUT", "POST"}


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.method} {call.path}")
def test_the_fake_speaks_in_the_shapes_that_the_client_was_generated_from(call: Any) -> None:
    # The client's models are written by a generator from the same OpenAPI description as the facts are read from.
    for kind in call.request:
        assert getattr(models, kind).model_config["extra"] == "forbid"
    if call.result != "bool":
        shape = _model(call.result)
        assert {name for name, found in shape.model_fields.items() if found.is_required()} == call.required


def _model(name: str) -> Any:
    from qdrant_client.http import models as generated

    return getattr(generated, name)


@pytest.mark.parametrize(("status", "headers", "waits"), [(503, {}, 5.0), (429, {"Retry-After": "7"}, 7.0)])
def test_a_server_that_is_busy_is_asked_again_later(status: int, headers: dict[str, str], waits: float) -> None:
    fake = FakeQdrant(failures=[(status, headers)])
    with pytest.raises(Unavailable) as caught:
        QdrantServerStore(fake.client()).count("acme")
    assert caught.value.retry_after_s == waits


def test_a_refused_key_is_no_fault_of_the_caller() -> None:
    with pytest.raises(Unavailable) as caught:
        QdrantServerStore(FakeQdrant().client(api_key="other")).count("acme")
    assert caught.value.details == {"status": 401}
