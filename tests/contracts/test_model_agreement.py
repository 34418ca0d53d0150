"""Models and contracts accept the same documents: what one takes or refuses, so does the other."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from sgd_api.http.bodies.base import Body
from sgd_api.http.contract_files import MODELS
from sgd_resources.contracts import CONTRACTS_DIR, faults
from tests.contracts.documents import documents

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
NAMES = sorted(MODELS)


def _schema(name: str) -> dict[str, Any]:
    document = json.loads((CONTRACTS_DIR / f"{name}.schema.json").read_text("utf-8"))
    assert isinstance(document, dict)
    return document


def _accepts(model: type[BaseModel], document: Any) -> BaseModel | None:
    try:
        return model.model_validate_json(json.dumps(document), strict=True)
    except ValidationError:
        return None


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, child in children for place in _places(child, (*path, key)))]


def _changed(document: Any, path: tuple[Any, ...], change: Any) -> Any:
    if not path:
        return change
    copy = dict(document) if isinstance(document, dict) else list(document)
    if change is _REMOVE and len(path) == 1:
        del copy[path[0]]
    else:
        copy[path[0]] = _changed(copy[path[0]], path[1:], change)
    return copy


_REMOVE = object()
_VALUES: list[Any] = [None, True, 0, -1, 7, 1.5, 10**6, "", "x", "#12345G", "0x0", [], ["x"], [None], {}, {"a": 1}]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_what_the_contract_accepts_the_model_accepts_and_writes_back_validly(name: str) -> None:
    model = MODELS[name]

    @FEW
    @given(documents(_schema(name)))
    def check(document: Any) -> None:
        assert faults(name, document) == []
        value = _accepts(model, document)
        assert value is not None
        written = value.wire() if isinstance(value, Body) else value.model_dump(mode="json")
        assert faults(name, written) == []
        assert _accepts(model, written) == value

    check()


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_changed_document_is_judged_alike_by_contract_and_model(name: str) -> None:
    model = MODELS[name]
    examples = [
        json.loads(path.read_text("utf-8")) for path in sorted((CONTRACTS_DIR / "examples" / name).glob("*/*.json"))
    ]

    @settings(FEW, max_examples=120)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        document = data.draw(st.sampled_from(examples))
        path = data.draw(st.sampled_from(_places(document)))
        change = data.draw(st.sampled_from([*_VALUES, *([_REMOVE] if path else [])]))
        changed = _changed(document, path, change)
        assert (_accepts(model, changed) is not None) == (faults(name, changed) == [])

    check()
