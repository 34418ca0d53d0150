"""The base of every HTTP body: strict values, optional fields absent rather than null.

Contracts let unknown fields pass, so that a reader of tomorrow's documents does not break; a request of today with a
field nobody knows is refused, because it would be obeyed by nobody.

Pydantic model and JSON Schema of a body accept the same documents; `tests/contracts` proves it. What must not live
here: any particular body (`schemas.py`), or reading a request (`json_body.py`).
"""

from typing import Annotated, Any, Literal, Self

from jsonschema import Draft202012Validator
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ErrorDetails, to_json

from sgd_resources.errors import BrokenContract, ValidationFailed


def _rfc3339(value: str) -> str:
    if not Draft202012Validator.FORMAT_CHECKER.conforms(value, "date-time"):
        raise ValueError("not an RFC 3339 date-time")
    return value


Timestamp = Annotated[str, AfterValidator(_rfc3339), Field(json_schema_extra={"format": "date-time"})]
"""RFC 3339 with offset, UTC when we write it."""
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Body(BaseModel):
    """A JSON body. `None` in Python means that the field is absent; `null` on the wire is refused."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    @field_validator("*", mode="after")
    @classmethod
    def _no_null(cls, value: Any, info: ValidationInfo) -> Any:
        if value is None and info.mode == "json":
            raise ValueError("null is not allowed; leave the field out")
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema without the `null` branch of absent fields."""
        schema = handler(core_schema)
        resolved = handler.resolve_ref_schema(schema)
        for name, value in resolved.get("properties", {}).items():
            resolved["properties"][name] = _without_null(value)
        return schema

    @classmethod
    def read(cls, document: Any, *, unknown: Literal["ignore", "forbid"] = "ignore") -> Self:
        """The model of a parsed JSON document; at any depth, unknown fields are ignored or forbidden.

        Raises:
            ValidationFailed: with path and message of each fault. The caller must change the document.
        """
        try:
            return cls.model_validate_json(to_json(document), strict=True, extra=unknown)
        except ValidationError as error:
            faults = [
                {"path": "".join(["$", *(_step(part) for part in fault["loc"])])[:300], "message": _message(fault)}
                for fault in error.errors(include_url=False, include_context=False, include_input=False)
            ]
            raise ValidationFailed(
                f"{faults[0]['path']}: {faults[0]['message']}", details={"contract": cls.__name__, "errors": faults}
            ) from error

    @classmethod
    def from_stored(cls, document: Any) -> Self:
        """The model of a stored document, whose nulls mean absent.

        Raises:
            BrokenContract: what we stored is not what we answer. A retry does not help.
        """
        try:
            return cls.read(_without_nulls(document))
        except ValidationFailed as error:
            raise BrokenContract(f"a stored document breaks {cls.__name__}", details=error.details) from error

    def wire(self) -> dict[str, Any]:
        """The JSON document of this body, absent fields left out."""
        return self.model_dump(mode="json", exclude_none=True)


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    if "default" in schema and (schema["default"] is None or isinstance(schema["default"], dict)):
        schema = {key: value for key, value in schema.items() if key != "default"}
    branches = [branch for branch in schema.get("anyOf", []) if branch != {"type": "null"}]
    if len(branches) == 1 and len(branches) < len(schema["anyOf"]):
        rest = {key: value for key, value in schema.items() if key != "anyOf"}
        return {**branches[0], **rest}
    if len(branches) < len(schema.get("anyOf", [])):
        return {**schema, "anyOf": branches}
    return schema


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(item) for name, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def _message(fault: ErrorDetails) -> str:
    return "unknown field" if fault["type"] == "extra_forbidden" else fault["msg"]


def _step(part: int | str) -> str:
    return f"[{part}]" if isinstance(part, int) else f".{part}"
