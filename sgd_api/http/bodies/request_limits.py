"""Limits on what a valid body may ask, beyond its contract: lengths that fit a row, sizes that fit a canvas.

Contracts stay exactly as agreed; these limits are this service's own, are answered as VALIDATION_FAILED too, and stand
in openapi.yaml (`narrow`). What must not live here: anything a contract of ours already says.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import to_json

from sgd_api.http.bodies.schemas import RenderCopy, RenderRequest
from sgd_assets.renders.model import RenderPlan
from sgd_resources.contracts import check_output
from sgd_resources.errors import ValidationFailed

MAX_PROJECT_ID_CHARACTERS = 200
MAX_INSTRUCTION_CHARACTERS = 8_000
MAX_REFERENCE_CHARACTERS = 2_048
MAX_FONT_CHARACTERS = 200
MAX_COPY_CHARACTERS = {
    "headline": 300, "body": 2_000, "call_to_action": 120, "date": 200, "price": 120, "url": 500, "legal": 1_000
}  # fmt: skip
MAX_EXTRA_CHARACTERS = 300
MAX_METADATA_CHARACTERS = {"title": 200, "alt": 1_000, "credit": 300, "rights": 500}
MIN_SIDE_PX = 16
MAX_SIDE_PX = 4_096
MAX_PICTURE_PX = MAX_SIDE_PX * MAX_SIDE_PX
MAX_IDS = 50
MAX_EXPECTED_LINES, MAX_EXPECTED_CHARACTERS = 60, 2_000
MAX_ID_CHARACTERS = 1_024

# Control, zero-width and bidirectional characters; written as JSON Schema (ECMA-262) and Python both read it.
_UNSEEN = r"\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_PROJECT_ID = rf"^[^\s{_UNSEEN}][^{_UNSEEN}]*$"
_SOMETHING_SEEN = rf"[^\s{_UNSEEN}]"
_SIDE = r"(1[6-9]|[2-9][0-9]|[1-9][0-9]{2}|[1-3][0-9]{3}|40[0-8][0-9]|409[0-6])"
"""MIN_SIDE_PX to MAX_SIDE_PX."""
_DIMENSIONS = rf"^{_SIDE}x{_SIDE}$"

_PLAN_ID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(/[0-5])?$"
"""A render, or one of its pictures: at most six, the most that `outputs.count` may be."""

PROJECT_ID_SCHEMA = {
    "type": "string", "minLength": 1, "maxLength": MAX_PROJECT_ID_CHARACTERS, "pattern": _PROJECT_ID,
}  # fmt: skip
_IDS = {"maxItems": MAX_IDS, "items": {"type": "string", "minLength": 1, "maxLength": MAX_ID_CHARACTERS}}
_NARROWED: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "RenderRequest": {"project_id": PROJECT_ID_SCHEMA, "plan_id": {"pattern": _PLAN_ID}},
    "RenderPrompts": {
        "instruction": {"maxLength": MAX_INSTRUCTION_CHARACTERS, "pattern": _SOMETHING_SEEN},
        "references": {"items": {"type": "string", "minLength": 1, "maxLength": MAX_REFERENCE_CHARACTERS}},
    },
    "RenderOutputs": {
        "dimensions": {
            "pattern": _DIMENSIONS,
            "description": f"width x height in px, e.g. '1200x630': each side {MIN_SIDE_PX} to {MAX_SIDE_PX}, "
            f"so at most {MAX_PICTURE_PX} px per picture",
        }
    },
    "RenderBatchRequest": {"project_id": PROJECT_ID_SCHEMA, "plan_id": {"pattern": _PLAN_ID}},
    "RenderBatchOutputs": {"sizes": {"items": {"type": "string", "pattern": _DIMENSIONS}}},
    "RenderCopy": {
        **{part: {"minLength": 1, "maxLength": most} for part, most in MAX_COPY_CHARACTERS.items()},
        "extra": {"items": {"type": "string", "minLength": 1, "maxLength": MAX_EXTRA_CHARACTERS}},
    },
    "RenderMetadata": {part: {"minLength": 1, "maxLength": most} for part, most in MAX_METADATA_CHARACTERS.items()},
    "RenderConstraints": {"fonts": {"items": {"type": "string", "minLength": 1, "maxLength": MAX_FONT_CHARACTERS}}},
    "RerenderRequest": {
        "project_id": PROJECT_ID_SCHEMA,
        "render_ids": {"items": {"type": "string", "minLength": 1, "maxLength": MAX_ID_CHARACTERS}},
    },
    "IngestRequest": {"project_id": PROJECT_ID_SCHEMA, "assets": _IDS},
    "CanonDeriveRequest": {"project_id": PROJECT_ID_SCHEMA, "evidence_ids": _IDS},
    "CritiqueRequest": {
        "project_id": PROJECT_ID_SCHEMA,
        "asset_ids": {**_IDS, "minItems": 1},
        "expected_copy": {
            "maxItems": MAX_EXPECTED_LINES,
            "items": {"type": "string", "minLength": 1, "maxLength": MAX_EXPECTED_CHARACTERS},
        },
        "expected_size": {"pattern": _DIMENSIONS},
    },
}


def narrow(schemas: dict[str, Any]) -> None:
    """Say in the schemas of request bodies, in place, what this service asks beyond the contracts."""
    for name, fields in _NARROWED.items():
        schemas[name]["additionalProperties"] = False
        for field, limits in fields.items():
            schemas[name]["properties"][field] |= limits


def check_project_id(project_id: str) -> str:
    """The project id itself. Raises ValidationFailed when it is empty, too long, or holds what nobody sees."""
    if not 0 < len(project_id) <= MAX_PROJECT_ID_CHARACTERS:
        raise _fault("$.project_id", f"1 to {MAX_PROJECT_ID_CHARACTERS} characters")
    if not re.fullmatch(_PROJECT_ID, project_id):
        raise _fault("$.project_id", "a visible character first, and no control or zero-width characters")
    return project_id


def check_ids(path: str, ids: Iterable[str]) -> list[str]:
    """The ids without repeats, order kept. Raises ValidationFailed when there are too many or one is too long."""
    given = list(ids)
    if len(given) > MAX_IDS:
        raise _fault(path, f"at most {MAX_IDS} ids")
    found = list(dict.fromkeys(given))
    for index, value in enumerate(found):
        if not 0 < len(value) <= MAX_ID_CHARACTERS:
            raise _fault(f"{path}[{index}]", f"1 to {MAX_ID_CHARACTERS} characters")
    return found


def check_expected_copy(lines: Iterable[str]) -> tuple[str, ...]:
    """The expected texts, in order. Raises ValidationFailed when they are too many, empty or too long."""
    given = tuple(lines)
    if len(given) > MAX_EXPECTED_LINES:
        raise _fault("$.expected_copy", f"at most {MAX_EXPECTED_LINES} texts")
    for index, line in enumerate(given):
        if not 0 < len(line.strip()) <= MAX_EXPECTED_CHARACTERS:
            raise _fault(f"$.expected_copy[{index}]", f"1 to {MAX_EXPECTED_CHARACTERS} characters")
    return given


def check_size(path: str, dimensions: str) -> tuple[int, int]:
    """(width, height) in pixels. Raises ValidationFailed."""
    if not re.fullmatch(_DIMENSIONS, dimensions):
        raise _fault(path, f"WIDTHxHEIGHT, each side {MIN_SIDE_PX} to {MAX_SIDE_PX} px")
    width, _, height = dimensions.partition("x")
    return int(width), int(height)


def check_render(request: RenderRequest) -> None:
    """Accept a render request that this service can draw. Raises ValidationFailed."""
    check_project_id(request.project_id)
    if len(request.prompts.instruction or "") > MAX_INSTRUCTION_CHARACTERS:
        raise _fault("$.prompts.instruction", f"at most {MAX_INSTRUCTION_CHARACTERS} characters")
    if request.prompts.instruction is not None and not re.search(_SOMETHING_SEEN, request.prompts.instruction):
        raise _fault("$.prompts.instruction", "at least one visible character")
    for index, reference in enumerate(request.prompts.references):
        if not 0 < len(reference) <= MAX_REFERENCE_CHARACTERS:
            raise _fault(f"$.prompts.references[{index}]", f"1 to {MAX_REFERENCE_CHARACTERS} characters")
    for index, font in enumerate(request.constraints.fonts):
        if not 0 < len(font) <= MAX_FONT_CHARACTERS:
            raise _fault(f"$.constraints.fonts[{index}]", f"1 to {MAX_FONT_CHARACTERS} characters")
    _check_also(request.outputs.also or ())
    if request.plan is not None:
        check_output("render_plan", request.plan, at="$.plan")
        _check_plan_fields(request.plan)
    if request.plan_id is not None:
        _check_template(request, request.plan_id)
    if request.words is not None:
        _check_copy(request.words)
    if request.metadata is not None:
        _check_lengths("metadata", request.metadata, MAX_METADATA_CHARACTERS)
    if not re.fullmatch(_DIMENSIONS, request.outputs.dimensions):
        raise _fault("$.outputs.dimensions", f"each side {MIN_SIDE_PX} to {MAX_SIDE_PX} px")


def _check_plan_fields(plan: Mapping[str, Any]) -> None:
    """The contract lets unknown fields of a planner's answer pass; of a client's plan none would be obeyed."""
    try:
        RenderPlan.model_validate_json(to_json(plan))
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_context=False, include_input=False):
            if fault["type"] == "extra_forbidden":
                steps = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in fault["loc"])
                raise _fault("".join(["$.plan", *steps])[:300], "unknown field") from None


def _check_also(also: Sequence[str]) -> None:
    if len(set(also)) != len(also):
        raise _fault("$.outputs.also", "each format once")


def _check_template(request: RenderRequest, plan_id: str) -> None:
    """A template decides how one picture looks, so that nothing may stand beside it that decides otherwise."""
    if not re.fullmatch(_PLAN_ID, plan_id):
        raise _fault("$.plan_id", "the id of a render, with /0 to /5 for one of its pictures")
    if request.plan is not None:
        raise _fault("$.plan_id", "either plan or plan_id")
    if request.prompts.task != "create":
        raise _fault("$.prompts.task", "a plan_id is for the task create; an edit names its picture as a reference")
    if request.outputs.count != 1:
        raise _fault("$.outputs.count", "a template gives one picture: 1")


def _check_copy(words: RenderCopy) -> None:
    _check_lengths("copy", words, MAX_COPY_CHARACTERS)
    for index, line in enumerate(words.extra):
        if not 0 < len(line.strip()) <= MAX_EXTRA_CHARACTERS:
            raise _fault(f"$.copy.extra[{index}]", f"1 to {MAX_EXTRA_CHARACTERS} characters")


def _check_lengths(name: str, told: object, limits: Mapping[str, int]) -> None:
    for part, most in limits.items():
        value = getattr(told, part)
        if value is not None and not 0 < len(value.strip()) <= most:
            raise _fault(f"$.{name}.{part}", f"1 to {most} characters")


def _fault(path: str, message: str) -> ValidationFailed:
    return ValidationFailed(f"{path}: {message}", details={"errors": [{"path": path, "message": message}]})
