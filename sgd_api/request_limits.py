"""Limits on what a valid body may ask, beyond its contract: lengths that fit a row, sizes that fit a canvas.

Contracts stay exactly as agreed; these limits are this service's own and are answered as VALIDATION_FAILED too.
What must not live here: anything a JSON Schema of ours already says.
"""

from collections.abc import Iterable

from sgd_api.schemas import RenderRequest
from sgd_resources.errors import ValidationFailed

MAX_PROJECT_ID_CHARACTERS = 200
MAX_INSTRUCTION_CHARACTERS = 8_000
MAX_REFERENCE_CHARACTERS = 2_048
MAX_FONT_CHARACTERS = 200
MIN_SIDE_PX = 16
MAX_SIDE_PX = 8_192
MAX_PICTURE_PX = 20_000_000
MAX_REQUEST_PX = 60_000_000
MAX_IDS = 50
MAX_ID_CHARACTERS = 1_024


def check_project_id(project_id: str) -> str:
    """The project id itself. Raises ValidationFailed when it is empty, too long or not printable."""
    if not 0 < len(project_id) <= MAX_PROJECT_ID_CHARACTERS or not project_id.strip():
        raise _fault("$.project_id", f"1 to {MAX_PROJECT_ID_CHARACTERS} characters")
    if not project_id.isprintable():
        raise _fault("$.project_id", "control characters are not allowed")
    return project_id


def check_ids(path: str, ids: Iterable[str]) -> list[str]:
    """The ids without repeats, order kept. Raises ValidationFailed when there are too many or one is too long."""
    found = list(dict.fromkeys(ids))
    if len(found) > MAX_IDS:
        raise _fault(path, f"at most {MAX_IDS} ids")
    for index, value in enumerate(found):
        if not 0 < len(value) <= MAX_ID_CHARACTERS:
            raise _fault(f"{path}[{index}]", f"1 to {MAX_ID_CHARACTERS} characters")
    return found


def check_render(request: RenderRequest) -> None:
    """Accept a render request that this service can draw. Raises ValidationFailed."""
    check_project_id(request.project_id)
    if len(request.prompts.instruction or "") > MAX_INSTRUCTION_CHARACTERS:
        raise _fault("$.prompts.instruction", f"at most {MAX_INSTRUCTION_CHARACTERS} characters")
    for index, reference in enumerate(request.prompts.references):
        if not 0 < len(reference) <= MAX_REFERENCE_CHARACTERS:
            raise _fault(f"$.prompts.references[{index}]", f"1 to {MAX_REFERENCE_CHARACTERS} characters")
    for index, font in enumerate(request.constraints.fonts):
        if not 0 < len(font) <= MAX_FONT_CHARACTERS:
            raise _fault(f"$.constraints.fonts[{index}]", f"1 to {MAX_FONT_CHARACTERS} characters")
    width, height = (int(side) for side in request.outputs.dimensions.split("x"))
    if not all(MIN_SIDE_PX <= side <= MAX_SIDE_PX for side in (width, height)):
        raise _fault("$.outputs.dimensions", f"each side {MIN_SIDE_PX} to {MAX_SIDE_PX} px")
    if width * height > MAX_PICTURE_PX or width * height * request.outputs.count > MAX_REQUEST_PX:
        raise _fault(
            "$.outputs.dimensions", f"at most {MAX_PICTURE_PX} px per picture and {MAX_REQUEST_PX} px per request"
        )


def _fault(path: str, message: str) -> ValidationFailed:
    return ValidationFailed(f"{path}: {message}", details={"errors": [{"path": path, "message": message}]})
