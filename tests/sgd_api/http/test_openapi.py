"""openapi.yaml is current, is valid OpenAPI 3.1 as far as its schemas go, and names every contract body."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from sgd_api.http import openapi
from sgd_api.http.app import create_app
from sgd_resources.settings import Settings


@pytest.fixture(scope="module")
def document() -> Any:
    return yaml.load(openapi.OPENAPI_FILE.read_text("utf-8"), yaml.CSafeLoader)


def test_routes_are_read_once_for_all_apps_of_a_process() -> None:
    one, two = (create_app(Settings(_env_file=None)).routes for _ in range(2))
    assert one is not two
    assert list(map(id, one)) == list(map(id, two))


@pytest.mark.slow  # `make check` asks the same of the command itself
def test_the_file_is_current() -> None:
    assert openapi.main(["--check"]) == 0, "run: python -m sgd_api.http.openapi --write"


@pytest.mark.slow
def test_a_stale_file_is_named_and_can_be_rewritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "openapi.yaml"
    assert openapi.main(["--check"], file=file) == 1
    assert "stale" in capsys.readouterr().out
    assert openapi.main(["--write"], file=file) == 0
    assert openapi.main([], file=file) == 0


@pytest.mark.slow
def test_every_schema_is_a_schema_and_every_reference_leads_somewhere(document: Any) -> None:
    schemas = document["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)

    def references(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [found for item in value.values() for found in references(item)]
        return [found for item in value for found in references(item)] if isinstance(value, list) else []

    assert {name.removeprefix("#/components/schemas/") for name in references(document)} <= set(schemas)
    assert {"RenderRequest", "IngestRequest", "CanonDeriveRequest", "CritiqueRequest", "ErrorEnvelope"} <= set(schemas)


def test_every_closed_operation_documents_its_refusals(document: Any) -> None:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            if path in openapi.PUBLIC_PATHS:
                assert operation["security"] == []
            else:
                assert {"401", "429"} <= set(operation["responses"])


@pytest.mark.parametrize("path", ["/v1/analyze", "/v1/analyze/batch"])
def test_an_answer_that_comes_as_xml_on_request_is_described_as_both(document: Any, path: str) -> None:
    assert {"application/json", "application/xml"} <= set(
        document["paths"][path]["post"]["responses"]["200"]["content"]
    )


def test_what_a_request_is_made_of_is_closed_at_any_depth() -> None:
    schemas = openapi.build_openapi()["components"]["schemas"]
    open_ones: list[str] = []
    waiting, seen = [model.__name__ for model in openapi.REQUEST_MODELS], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if "properties" in schemas[name] and schemas[name].get("additionalProperties") is None:
            open_ones.append(name)
        waiting += re.findall(r"#/components/schemas/([^'\"]+)", str(schemas[name]))
    assert len(seen) > len(openapi.REQUEST_MODELS)
    assert open_ones == []
