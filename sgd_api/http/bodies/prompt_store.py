"""The HTTP bodies of what orgs keep for the prompt service: schemas, templates, and answers that wait for a person.

Contracts of the same names in `contracts/`. What must not live here: analyses (`prompts.py`).
"""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from sgd_api.http.bodies.base import Body, Timestamp
from sgd_api.http.bodies.prompts import Fault, Prompt
from sgd_api.http.once.private_things import SaysWhoReads
from sgd_assets.prompts.templates import MAX_TEXT_CHARACTERS

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Description = Annotated[str, Field(max_length=2_000)]
Visible = Literal["private", "shared"]
Scalar = str | bool | int | float


class SchemaRequest(Body):
    """Body of `POST /v1/schemas`."""

    model_config = ConfigDict(serialize_by_alias=True)

    name: Name
    schema_: dict[str, Any] = Field(alias="schema", description="JSON Schema, draft 7 or 2020-12")
    description: Description | None = None
    visibility: Visible = Field(default="shared", description="private: only the key that made it")


class SchemaVersionRequest(Body):
    """Body of `POST /v1/schemas/{id}/versions`."""

    model_config = ConfigDict(serialize_by_alias=True)

    schema_: dict[str, Any] = Field(alias="schema")
    name: Name | None = None
    description: Description | None = None


class KeptSchema(Body):
    """One version of a schema; it is never changed."""

    model_config = ConfigDict(serialize_by_alias=True)

    id: str
    version: int = Field(ge=1)
    name: str
    description: str | None = None
    visibility: Annotated[Literal["private", "shared", "public"], SaysWhoReads()]
    is_own: bool = Field(description="false for another org's public one")
    schema_: dict[str, Any] = Field(alias="schema")
    warnings: tuple[str, ...] = Field(default=(), description="what of it is not looked at")
    created_at: Timestamp


class SchemaPage(Body):
    """One page of `GET /v1/schemas`, newest first."""

    schemas: tuple[KeptSchema, ...]
    next_cursor: str | None = None


class TemplateParameter(Body):
    """What may be given for one place of a template's text."""

    type: Literal["string", "number", "integer", "boolean"] = "string"
    required: bool = True
    default: Scalar | None = None
    enum: tuple[Scalar, ...] | None = Field(default=None, min_length=1, max_length=200)
    max_length: int | None = Field(default=None, ge=1, le=MAX_TEXT_CHARACTERS)
    description: Description | None = None


class TemplateExample(Body):
    """A prompt and the answer that is right for it; a model is shown it."""

    prompt: Prompt
    answer: dict[str, Any]


class TemplateRequest(Body):
    """Body of `POST /v1/templates`."""

    model_config = ConfigDict(serialize_by_alias=True)

    name: Name
    text: str = Field(min_length=1, max_length=MAX_TEXT_CHARACTERS, description="{{name}} is where a parameter goes")
    parameters: dict[str, TemplateParameter] | None = None
    example: TemplateExample | None = None
    schema_: dict[str, Any] | None = Field(default=None, alias="schema", description="of the answer's `data`")
    schema_id: str | None = Field(default=None, min_length=1, max_length=100)
    description: Description | None = None
    visibility: Visible = "shared"


class TemplateVersionRequest(Body):
    """Body of `POST /v1/templates/{id}/versions`."""

    model_config = ConfigDict(serialize_by_alias=True)

    text: str = Field(min_length=1, max_length=MAX_TEXT_CHARACTERS)
    name: Name | None = None
    parameters: dict[str, TemplateParameter] | None = None
    example: TemplateExample | None = None
    schema_: dict[str, Any] | None = Field(default=None, alias="schema")
    schema_id: str | None = Field(default=None, min_length=1, max_length=100)
    description: Description | None = None


class KeptTemplate(Body):
    """One version of a template; it is never changed."""

    model_config = ConfigDict(serialize_by_alias=True)

    id: str
    version: int = Field(ge=1)
    name: str
    description: str | None = None
    visibility: Annotated[Literal["private", "shared", "public"], SaysWhoReads()]
    is_own: bool
    text: str
    parameters: dict[str, TemplateParameter] | None = None
    example: TemplateExample | None = None
    schema_: dict[str, Any] | None = Field(default=None, alias="schema")
    schema_id: str | None = None
    created_at: Timestamp


class TemplatePage(Body):
    """One page of `GET /v1/templates`, newest first."""

    templates: tuple[KeptTemplate, ...]
    next_cursor: str | None = None


class TemplatePreviewRequest(Body):
    """Body of `POST /v1/templates/{id}/preview`."""

    parameters: dict[str, Scalar] | None = None


class TemplatePreview(Body):
    """The text that a model would be given."""

    id: str
    version: int = Field(ge=1)
    text: str


class PromptReview(Body):
    """An answer that never met its schema, and what a person said of it."""

    model_config = ConfigDict(protected_namespaces=(), serialize_by_alias=True)

    review_id: str
    request_id: str
    status: Literal["open", "accepted", "corrected", "expired"]
    prompt: str
    raw_answer: str = Field(description="what the model wrote, personal data put back")
    errors: tuple[Fault, ...]
    model_used: str
    schema_: dict[str, Any] | None = Field(default=None, alias="schema")
    template_id: str | None = None
    template_version: int | None = Field(default=None, ge=1)
    answer: dict[str, Any] | None = Field(default=None, description="as it was corrected")
    decided_by: str | None = None
    decided_at: Timestamp | None = None
    created_at: Timestamp


class PromptReviewPage(Body):
    """One page of `GET /v1/reviews`, newest first."""

    reviews: tuple[PromptReview, ...]
    next_cursor: str | None = None


class CorrectionRequest(Body):
    """Body of `POST /v1/reviews/{id}/correct`."""

    answer: dict[str, Any] = Field(description="intent, subject, entities, and data where there was a schema")
