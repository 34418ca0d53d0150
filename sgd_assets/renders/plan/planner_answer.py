"""What the planner's model must answer, and what of an answer is taken: a brief and a direction for each output.

Copy is taken only where it stands in the request; what a model made up is dropped and told. What must not live here:
asking (`ask_planner.py`).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from sgd_assets.renders.brief.model import (
    Alignment,
    Brief,
    BriefCopy,
    Corner,
    ImageryKind,
    LetterCase,
    Mood,
    Placement,
    WantedImagery,
)
from sgd_assets.renders.model import Op, RenderPlan
from sgd_assets.renders.plan.direction import Direction
from sgd_resources.llm.safety.injection_readings import HIDDEN, TAG

_PARTS = tuple(name for name in BriefCopy.model_fields if name != "extra")
_OPS = tuple(op for op in get_args(Op) if op != "text_overlay")
_LONGEST = 400
_UNSEEN = f"(?:{HIDDEN.pattern})*"


def answer_schema(options: Sequence[RenderPlan], count: int) -> dict[str, Any]:
    """JSON Schema 2020-12 of an answer that directs `count` pictures by the given options."""
    text = {"type": ["string", "null"], "maxLength": _LONGEST}
    line = {"type": "string", "maxLength": _LONGEST}
    layouts = sorted({option.layout for option in options if option.layout})
    grounds = sorted({option.background_hex for option in options if option.background_hex})
    palette = sorted({value for option in options for value in option.palette_hex})
    copy = _closed({**dict.fromkeys(_PARTS, text), "extra": {"type": "array", "maxItems": 8, "items": line}})
    picture = _closed({
        "layout": {"enum": layouts},
        "background_hex": {"enum": grounds},
        "text_hex": {"enum": [*palette, None]},
        "accent_hex": {"enum": [*palette, None]},
    })  # fmt: skip
    body = _closed({
        "copy": copy,
        "imagery": _closed({"kind": {"enum": list(get_args(ImageryKind))}, "subject": text}),
        "placement": _closed({
            "logo": {"enum": [*get_args(Corner), None]},
            "alignment": {"enum": [*get_args(Alignment), None]},
            "case": {"enum": [*get_args(LetterCase), None]},
        }),
        "mood": {"enum": [*get_args(Mood), None]},
        "op": {"enum": [*_OPS, None]},
        "pictures": {"type": "array", "minItems": count, "maxItems": count, "items": picture},
        "unmet": {"type": "array", "maxItems": 12, "items": line},
        "notes": {"type": "array", "maxItems": 6, "items": line},
    })  # fmt: skip
    return {"title": "render_directions", **body}


def brief_of(answer: Mapping[str, Any], brief: Brief, instruction: str) -> Brief:
    """The rules' brief with what the model read better.

    Words of the field `copy` stay; a prohibition that the rules read stays too, whatever the model thinks of it.
    """
    words, notes = _words(answer["copy"], brief, instruction)
    imagery, placement = answer["imagery"], answer["placement"]
    forbids_pictures = brief.imagery.kind == "none" or "picture" in brief.forbidden
    forbids_pictures = forbids_pictures or ("photo" in brief.forbidden and brief.imagery.kind == "any")
    return brief.model_copy(
        update={
            "words": words,
            "is_verbatim": brief.is_verbatim or bool(words.elements()),
            "imagery": brief.imagery
            if forbids_pictures
            else WantedImagery(kind=imagery["kind"], subject=imagery["subject"] or brief.imagery.subject),
            "placement": Placement(
                logo=brief.placement.logo or placement["logo"],
                alignment=brief.placement.alignment or placement["alignment"],
                case=brief.placement.case or placement["case"],
            ),
            "mood": brief.mood or answer["mood"],
            "source": brief.source if brief.source == "copy" else "model",
            "notes": (*brief.notes, *notes),
        }
    )


def directions_of(answer: Mapping[str, Any]) -> tuple[Direction, ...]:
    """A direction for each output, in order."""
    unmet, notes = tuple(answer["unmet"]), tuple(answer["notes"])
    return tuple(
        Direction(
            layout=one["layout"],
            background_hex=one["background_hex"],
            text_hex=one["text_hex"],
            accent_hex=one["accent_hex"],
            op=answer["op"],
            unmet=unmet,
            notes=notes,
        )
        for one in answer["pictures"]
    )


def as_requested(words: str, instruction: str) -> str | None:
    """The instruction's own spelling of some words; None when they do not stand in it."""
    bare = words.strip().strip("\"'“”„«»‘’").strip()
    if not bare:
        return None
    signs = [r"\s+" if sign.isspace() else re.escape(sign) for sign in re.sub(r"\s+", " ", bare)]
    found = re.search(_UNSEEN.join(signs), TAG.sub("", instruction), re.I)
    return found.group(0) if found else None


def _words(given: Mapping[str, Any], brief: Brief, instruction: str) -> tuple[BriefCopy, list[str]]:
    if brief.source == "copy":
        return brief.words, []
    taken: dict[str, Any] = {}
    notes: list[str] = []
    for part in _PARTS:
        if not given[part]:
            continue
        if (own := as_requested(given[part], instruction)) is not None:
            taken[part] = own
        else:
            notes.append(f"{part} left out: the model's words do not stand in the request")
    extra = [as_requested(line, instruction) for line in given["extra"]]
    if None in extra:
        notes.append("extra line left out: the model's words do not stand in the request")
    return BriefCopy(**taken, extra=tuple(line for line in extra if line)), notes


def _closed(properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object with exactly these properties: strict schemas of providers allow no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
