"""Schemas and templates of an org, as routes keep and find them: checked before they are kept, cached when found.

What must not live here: SQL (`sgd_resources/postgres/rows/prompts`), or what is done with them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sgd_api.http.bodies.prompt_store import (
    KeptSchema,
    KeptTemplate,
    TemplateParameter,
    TemplateRequest,
    TemplateVersionRequest,
)
from sgd_api.http.services import Services
from sgd_api.http.stored.present import timestamp
from sgd_assets.prompts.meta_prompt import MAX_EXAMPLES
from sgd_assets.prompts.model import Ask, Example
from sgd_assets.prompts.parse import judge_of
from sgd_assets.prompts.schema_guard.guard import CheckedSchema, read_schema
from sgd_assets.prompts.templates import MAX_PARAMETERS, Parameter, Template, check_template
from sgd_resources.errors import NotFound, ValidationFailed
from sgd_resources.identity.principal import Principal
from sgd_resources.postgres.rows.prompts import kept, reviews

_REFERENCE = re.compile(r"\A([a-z]{3}_[0-9a-f]{16})(?:@([1-9][0-9]{0,5}))?\Z")


@dataclass(frozen=True)
class FoundTemplate:
    """A template, ready for an analysis."""

    row: kept.Kept
    template: Template
    schema: CheckedSchema | None
    examples: tuple[Example, ...]


def find(services: Services, caller: Principal, kind: kept.Kind, reference: str) -> kept.Kept:
    """What `id` or `id@version` names, for this caller. Raises NotFound."""
    found = _REFERENCE.match(reference)
    if found is None:
        raise NotFound(f"no such {kind}")
    kept_id, version = found[1], int(found[2]) if found[2] else None

    def load() -> kept.Kept:
        with services.database.org_transaction(caller.org_id) as connection:
            return kept.get(connection, caller.org_id, kind, kept_id, version=version, key_id=caller.account)

    return services.kept.get(name_of(kind, kept_id), (caller.org_id, caller.account, version), load)


def name_of(kind: kept.Kind, kept_id: str) -> str:
    """Under which all processes forget it."""
    return f"{kind}:{kept_id}"


def find_schema(services: Services, caller: Principal, reference: str) -> CheckedSchema:
    """The schema of an id. Raises NotFound."""
    return read_schema(find(services, caller, "schema", reference).body["schema"], at="$.schema_id")


def find_template(services: Services, caller: Principal, reference: str) -> FoundTemplate:
    """The template of an id, with its schema, its example and what people corrected. Raises NotFound."""
    row = find(services, caller, "template", reference)
    body = row.body
    schema: CheckedSchema | None = None
    if body.get("schema") is not None:
        schema = read_schema(body["schema"])
    elif body.get("schema_id") is not None:
        schema = find_schema(services, caller, body["schema_id"])
    own = body.get("example")
    examples = (Example(own["prompt"], own["answer"]),) if own else ()
    corrected = services.kept.get(
        name_of("template", row.id),
        (caller.org_id, "corrections"),
        lambda: _corrections(services, caller.org_id, row.id),
    )
    fitting = tuple(one for one in corrected if judge_of(Ask(one.prompt, schema=schema)).accepts(one.answer))
    return FoundTemplate(row, template_of(body.get("parameters") or {}, body["text"]), schema, (*examples, *fitting))


def _corrections(services: Services, org_id: str, template_id: str) -> tuple[Example, ...]:
    with services.database.org_transaction(org_id) as connection:
        found = reviews.corrections(connection, org_id, template_id, limit=MAX_EXAMPLES - 1)
    return tuple(Example(row.prompt, dict(row.answer or {})) for row in found)


def template_of(parameters: Mapping[str, Any], text: str) -> Template:
    """The template of a stored or sent body."""
    return Template(
        text,
        {
            name: Parameter(
                type=given.get("type", "string"),
                is_required=given.get("required", True),
                default=given.get("default"),
                enum=tuple(given.get("enum") or ()),
                max_length=given.get("max_length") or Parameter.max_length,
            )
            for name, given in parameters.items()
        },
    )


def checked_template(
    services: Services, caller: Principal, body: TemplateRequest | TemplateVersionRequest
) -> dict[str, Any]:
    """What is kept of a template.

    Raises:
        ValidationFailed: its text and parameters do not fit, its schema is refused, or its example breaks the schema.
        NotFound: no such schema.
    """
    document = body.wire()
    parameters = document.get("parameters", {})
    if len(parameters) > MAX_PARAMETERS:
        raise _fault("$.parameters", f"{MAX_PARAMETERS} are the most")
    check_template(template_of(parameters, body.text))
    if body.schema_ is not None and body.schema_id is not None:
        raise _fault("$.schema_id", "a schema, or the id of one")
    schema = read_schema(body.schema_) if body.schema_ is not None else None
    if body.schema_id is not None:
        schema = find_schema(services, caller, body.schema_id)
    if body.example is not None:
        faults = judge_of(Ask(body.example.prompt, schema=schema)).faults(body.example.answer)
        if faults:
            at = [{**fault, "path": "$.example.answer" + fault["path"].removeprefix("$")} for fault in faults]
            raise ValidationFailed(f"{at[0]['path']}: {at[0]['message']}", details={"errors": at})
    return {name: value for name, value in document.items() if name not in {"name", "visibility"}}


def schema_body(row: kept.Kept, org_id: str) -> KeptSchema:
    """The answer of a kept schema."""
    return KeptSchema.from_stored(
        {
            **_facts(row, org_id),
            "schema": row.body["schema"],
            "description": row.body.get("description"),
            "warnings": list(read_schema(row.body["schema"]).warnings),
        }
    )


def template_body(row: kept.Kept, org_id: str) -> KeptTemplate:
    """The answer of a kept template."""
    parameters = {
        name: TemplateParameter.from_stored(given).wire() for name, given in (row.body.get("parameters") or {}).items()
    }
    return KeptTemplate.from_stored({**row.body, **_facts(row, org_id), "parameters": parameters or None})


def _facts(row: kept.Kept, org_id: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "version": row.version,
        "name": row.name,
        "visibility": row.visibility,
        "is_own": row.org_id == org_id,
        "created_at": timestamp(row.created_at),
    }


def _fault(path: str, message: str) -> ValidationFailed:
    return ValidationFailed(f"{path}: {message}", details={"errors": [{"path": path, "message": message}]})
