"""The OpenAPI description of the app, as the file `openapi.yaml` at the root.

    python -m sgd_api.http.openapi --check | --write

Request bodies are read by our own reader, so their schemas are added here from the same models. What must not live
here: routes.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from sgd_api.http.app import create_app
from sgd_api.http.bodies import (
    batches,
    facts,
    keys,
    prompt_service,
    prompt_store,
    prompts,
    proof,
    schemas,
    webhooks,
    work,
)
from sgd_api.http.bodies.json_body import MAX_INT
from sgd_api.http.bodies.request_limits import narrow
from sgd_api.http.contract_files import UntitledSchema
from sgd_api.http.once.described import describe
from sgd_resources.contracts import CONTRACTS_DIR, ROOT
from sgd_resources.settings import Settings

OPENAPI_FILE = ROOT / "openapi.yaml"
REQUEST_MODELS: tuple[type[BaseModel], ...] = (
    schemas.RenderRequest,
    batches.RenderBatchRequest,
    proof.RerenderRequest,
    schemas.IngestRequest,
    schemas.CanonDeriveRequest,
    facts.FactStatementRequest,
    schemas.CritiqueRequest,
    work.JobRequest,
    webhooks.WebhookRequest,
    webhooks.WebhookRotation,
    keys.ApiKeyRequest,
    keys.KeyRotation,
    prompts.AnalyzeRequest,
    prompts.AnalyzeBatchRequest,
    prompt_service.ChatRequest,
    prompt_store.SchemaRequest,
    prompt_store.SchemaVersionRequest,
    prompt_store.TemplateRequest,
    prompt_store.TemplateVersionRequest,
    prompt_store.TemplatePreviewRequest,
    prompt_store.CorrectionRequest,
)
PUBLIC_PATHS = frozenset(
    {
        "/",
        "/docs",
        "/docs/swagger",
        "/docs/redoc",
        "/openapi.yaml",
        "/healthz",
        "/readyz",
        "/metrics",
        "/v1/health",
        "/v1/metrics",
        "/assets/{key}",
    }
)
"""Answered without an API key."""


def build_openapi() -> dict[str, Any]:
    """The whole document, OpenAPI 3.1."""
    app = create_app(Settings(_env_file=None))
    document = app.openapi()
    _, definitions = models_json_schema(
        [(model, "validation") for model in REQUEST_MODELS],
        ref_template="#/components/schemas/{model}",
        schema_generator=UntitledSchema,
    )
    components = document.setdefault("components", {})
    components.setdefault("schemas", {}).update(definitions["$defs"])
    narrow(components["schemas"])
    _describe_given_plan(components["schemas"])
    closed: set[str] = set()
    for model in REQUEST_MODELS:  # `read_body` refuses fields that it does not know, at any depth
        _close(components["schemas"], model.__name__, closed)
    components["securitySchemes"] = {
        "ApiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
        "Bearer": {"type": "http", "scheme": "bearer", "description": "an API key: sgd_..."},
    }
    document["security"] = [{"Bearer": []}, {"ApiKey": []}]
    for path, methods in document["paths"].items():
        for operation in methods.values():
            if path in PUBLIC_PATHS:
                operation["security"] = []
        if "post" in methods and path not in PUBLIC_PATHS:
            describe(methods["post"])
    return document


def _describe_given_plan(schemas: dict[str, Any]) -> None:
    """A client's plan by its contract, whose parts become components beside those of the answers' plans."""
    text = (CONTRACTS_DIR / "render_plan.schema.json").read_text("utf-8")
    contract = json.loads(text.replace("#/$defs/", "#/components/schemas/"))
    _bound(contract)
    for name, part in contract.pop("$defs").items():
        schemas.setdefault(name, part)
    schemas["GivenPlan"] = {name: value for name, value in contract.items() if name not in ("$schema", "$id", "title")}
    described = schemas["RenderRequest"]["properties"]["plan"]["description"]
    schemas["RenderRequest"]["properties"]["plan"] = {
        "$ref": "#/components/schemas/GivenPlan", "description": described,
    }  # fmt: skip


def _bound(schema: Any) -> None:
    """Whole numbers as far as a body may hold them (`json_body.py`)."""
    if isinstance(schema, dict):
        if schema.get("type") == "integer":
            schema.setdefault("minimum", -MAX_INT)
            schema.setdefault("maximum", MAX_INT)
        for value in schema.values():
            _bound(value)
    elif isinstance(schema, list):
        for value in schema:
            _bound(value)


def _close(schemas: dict[str, Any], name: str, closed: set[str]) -> None:
    """No unknown fields in a request's body, nor in what it is made of; a map of free names stays one."""
    if name in closed:
        return
    closed.add(name)
    if "properties" in schemas[name]:
        schemas[name].setdefault("additionalProperties", False)
    for part in _named_in(schemas[name]):
        _close(schemas, part, closed)


def _named_in(schema: Any) -> Iterator[str]:
    """The names of the components that a schema refers to."""
    if isinstance(schema, dict):
        if isinstance(reference := schema.get("$ref"), str):
            yield reference.rsplit("/", 1)[-1]
        for value in schema.values():
            yield from _named_in(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _named_in(value)


@cache
def openapi_text() -> str:
    """The exact text of `openapi.yaml`; made once per process."""
    head = "# Generated by `python -m sgd_api.http.openapi --write`; `--check` runs in `make check`.\n"
    return head + yaml.dump(build_openapi(), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=120)


def main(arguments: list[str] | None = None, *, file: Path = OPENAPI_FILE) -> int:
    """Exit code 0 when the file is (or was made) current, 1 when `--check` finds it stale."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="rewrite the file when it is stale")
    parser.add_argument("--check", action="store_true", help="say whether the file is current (the default)")
    wants_write = parser.parse_args(arguments).write
    text = openapi_text()
    if file.is_file() and file.read_text("utf-8") == text:
        return 0
    if not wants_write:
        sys.stdout.write(f"{file.name} is stale: run python -m sgd_api.http.openapi --write\n")
        return 1
    file.write_text(text, "utf-8")
    sys.stdout.write(f"wrote {file.name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
