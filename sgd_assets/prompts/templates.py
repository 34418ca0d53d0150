"""Templates of prompts: text with typed parameters, put together without running anything.

`{{name}}` is where a parameter goes; nothing else in a text means anything. What must not live here: keeping templates.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sgd_assets.prompts.prepare import MAX_PROMPT_CHARACTERS
from sgd_resources.errors import ValidationFailed

ParameterType = Literal["string", "number", "integer", "boolean"]
MAX_TEXT_CHARACTERS = 10_000
MAX_PARAMETERS = 50
_PLACE = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_]{0,59})\s*\}\}")
_KINDS: Mapping[ParameterType, tuple[type, ...]] = {
    "string": (str,), "number": (int, float), "integer": (int,), "boolean": (bool,)
}  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """What may be given for one name."""

    type: ParameterType = "string"
    is_required: bool = True
    default: str | bool | int | float | None = None
    enum: tuple[str | bool | int | float, ...] = ()
    max_length: int = 2_000
    """Characters of a text."""


@dataclass(frozen=True)
class Template:
    """A text and what goes into it."""

    text: str
    parameters: Mapping[str, Parameter]


def check_template(template: Template) -> None:
    """Accept a template, or raise.

    Raises:
        ValidationFailed: a place without a parameter, a parameter without a place, or a default that its own rule
            refuses.
    """
    faults: list[dict[str, str]] = []
    places = set(_PLACE.findall(template.text))
    for name in sorted(places - template.parameters.keys()):
        faults.append(_fault("$.text", f"{{{{{name}}}}} has no parameter of that name"))
    for name in sorted(template.parameters.keys() - places):
        faults.append(_fault(f"$.parameters.{name}", "no place in the text has this name"))
    for name, parameter in template.parameters.items():
        for value in (*parameter.enum, *(() if parameter.default is None else (parameter.default,))):
            if (message := _refused(parameter, value)) is not None:
                faults.append(_fault(f"$.parameters.{name}", message))
    _raise(faults)


def render(template: Template, values: Mapping[str, Any]) -> str:
    """The text with every place filled.

    Raises:
        ValidationFailed: a value is missing, of the wrong kind, or of no parameter; or the whole is too long.
    """
    faults = [_fault(f"$.parameters.{name}", "no such parameter") for name in values if name not in template.parameters]
    filled: dict[str, str] = {}
    for name, parameter in template.parameters.items():
        value = values.get(name, parameter.default)
        if value is None:
            if parameter.is_required:
                faults.append(_fault(f"$.parameters.{name}", "required"))
            filled[name] = ""
        elif (message := _refused(parameter, value)) is not None:
            faults.append(_fault(f"$.parameters.{name}", message))
        else:
            filled[name] = _written(value)
    _raise(faults)
    # One pass: what a value brings along is never looked at as a place.
    text = _PLACE.sub(lambda found: filled[found[1]], template.text)
    if len(text) > MAX_PROMPT_CHARACTERS:
        _raise([_fault("$.parameters", f"the text is {len(text)} characters, {MAX_PROMPT_CHARACTERS} are the most")])
    return text


def _refused(parameter: Parameter, value: Any) -> str | None:
    kinds = _KINDS[parameter.type]
    if not isinstance(value, kinds) or (isinstance(value, bool) and parameter.type != "boolean"):
        return f"takes a {parameter.type}"
    if isinstance(value, str) and len(value) > parameter.max_length:
        return f"takes {parameter.max_length} characters at most"
    if parameter.enum and not any(value == one and type(value) is type(one) for one in parameter.enum):
        return f"takes one of {', '.join(_written(one) for one in parameter.enum[:20])}"
    return None


def _written(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _fault(path: str, message: str) -> dict[str, str]:
    return {"path": path, "message": message}


def _raise(faults: list[dict[str, str]]) -> None:
    if faults:
        raise ValidationFailed(f"{faults[0]['path']}: {faults[0]['message']}", details={"errors": faults[:50]})
