"""The plan of one output, whoever has a say in it: the local planner's, under a client's plan or a model's direction.

Every plan passes the guard here before anything is made of it. What must not live here: rules (`guard.py`), choices
(`planner.py`, `direction.py`).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.beyond import beyond_reach
from sgd_assets.renders.brief.model import Brief, BriefCopy, WantedImagery
from sgd_assets.renders.compose.typefaces import HEADING_WEIGHT, choose_font
from sgd_assets.renders.model import PlannedImagery, RenderPlan
from sgd_assets.renders.plan.direction import Direction, directed, options_of
from sgd_assets.renders.plan.guard import CONTRACT, guard_plan
from sgd_assets.renders.plan.kit import BrandKit
from sgd_assets.renders.plan.planner import plan_render
from sgd_assets.renders.plan.wishes import contradicted
from sgd_resources.contracts import ContractFault, check_output, guard_error

CLIENTS = "$.plan"
"""Where a client's plan stands in its request."""
_DERIVED = frozenset({"brief", "logo_box_px", "picture_boxes_px", "unmet", "notes", "imagery", "headline_px"})
"""What follows from the rest: a client's plan that was taken from an answer brings it, and it is worked out anew."""
_OF_THE_LOGO = frozenset({"logo_sha256", "logo_safe_zone_ratio", "logo_minimum_px", "logo_ground_hex"})
_OF_THE_FONTS = frozenset({"heading_font", "body_font", "font_family"})


def draw_up_plan(
    request: Mapping[str, Any],
    canon: Canon,
    kit: BrandKit,
    *,
    brief: Brief,
    index: int = 0,
    direction: Direction | None = None,
    imagery: PlannedImagery | None = None,
    is_reduced: bool = False,
    on_guard: Callable[[], None] | None = None,
) -> RenderPlan:
    """The guarded plan of output `index`.

    Args:
        request: a valid `render_request`; its `plan`, where it has one, is kept field by field, and what it leaves open
            is planned here.
        canon: the brand's canon.
        kit: logos and fonts of the org.
        brief: what is asked; of a client's plan as `brief_with` gives it.
        index: 0-based.
        direction: what a model chose; a client's plan goes before it.
        imagery: the picture to show.
        is_reduced: the kit lacks files that cost too much: then a client's choice of logo and fonts does not count.
        on_guard: called when the plan stands and before it is guarded.

    Raises:
        ValidationFailed: the plan, or what it stands on, breaks a contract or the canon; nothing was painted.
    """
    plan = plan_render(request, canon, kit, brief=brief, index=index, imagery=imagery)
    given = client_plan(request)
    if given:
        direction = _under(given, direction or Direction())
    if direction is not None and is_reduced and direction.look:
        direction = replace(direction, look={k: v for k, v in direction.look.items() if k not in _OF_THE_LOGO})
    if direction is not None:
        options = options_of(request, canon, kit, brief=brief, imagery=imagery)
        plan = directed(plan, options, direction)
        if direction.layout is not None and not given and plan.layout != direction.layout:
            told = f"the layout {direction.layout} does not go with these words at this size: {plan.layout} is taken"
            plan = plan.model_copy(update={"notes": (*plan.notes, told)})
    document = plan.model_dump(mode="json")
    document["unmet"] = list(dict.fromkeys([*document["unmet"], *_beyond(request, brief, canon, plan, direction)]))
    if given:
        document = _kept(document, given, plan, kit, is_reduced=is_reduced)
        document["unmet"] = list(dict.fromkeys([*document["unmet"], *contradicted(brief, document, canon)]))
    keys = {*(request["prompts"].get("references") or ()), *(imagery.keys if imagery is not None else ())}
    fonts = tuple((request.get("constraints") or {}).get("fonts") or ())
    if on_guard is not None:
        on_guard()
    return guard_plan(document, canon, kit, keys=keys, fonts=fonts, at=CLIENTS if given else "$")


def _beyond(
    request: Mapping[str, Any], brief: Brief, canon: Canon, plan: RenderPlan, direction: Direction | None
) -> tuple[str, ...]:
    """What the instruction wishes that no layout draws; nothing where a model repaints the picture."""
    prompts = request["prompts"]
    is_repainted = prompts["task"] == "edit" and direction is not None and direction.op not in (None, "local_edit")
    if is_repainted or not prompts.get("instruction"):
        return ()
    asked = (request.get("constraints") or {}).get("fonts") or ()
    set_in = [font.family for font in (plan.heading_font, plan.body_font) if font is not None]
    fonts = frozenset(name.casefold() for name in (*canon.fonts, *asked, *set_in))
    return beyond_reach(prompts["instruction"], brief, fonts=fonts)


def client_plan(request: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the request's own plan gives; empty without one. Words of the request's `copy` go before its.

    Raises:
        ValidationFailed: the plan as it was sent breaks the contract `render_plan`.
    """
    given = request.get("plan")
    if given is None:
        return {}
    check_output(CONTRACT, given, at=CLIENTS)
    copy = _copy_of(request)
    without = {*_DERIVED, *copy, *(["is_verbatim"] if copy else [])}
    return {name: value for name, value in given.items() if value is not None and name not in without}


def brief_with(brief: Brief, request: Mapping[str, Any]) -> Brief:
    """The brief, with the brief and the words of the client's plan where the request has one.

    Parts of the request's `copy` take the place of the plan's words; what an edit asks for stays what the request asks,
    and so do its wishes on look and placement. Where the plan's own fields are against one, it is named as not done.

    Raises:
        ValidationFailed: as `client_plan`, or its brief is none.
    """
    given = client_plan(request)
    if not given:
        return brief
    asked = brief
    if (own := request["plan"].get("brief")) is not None:
        try:
            brief = _with_wishes(Brief.model_validate(own), asked)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            path = ".".join(("$.brief", *(str(part) for part in first["loc"])))
            raise guard_error(CONTRACT, [ContractFault(path, first["msg"], "#/$defs/Brief")], at=CLIENTS) from None
    copy = _copy_of(request)
    words = {name: given[name] for name in BriefCopy.model_fields if given.get(name)} | copy
    if not words:
        return brief
    told = BriefCopy.model_validate({**brief.words.model_dump(), **words})
    language = asked.language if copy else brief.language
    return brief.model_copy(update={"words": told, "is_verbatim": True, "source": "copy", "language": language})


def _with_wishes(own: Brief, asked: Brief) -> Brief:
    """The plan's brief under what the request's instruction wishes beside its words."""
    wished = asked.placement.model_dump(exclude_none=True)
    return own.model_copy(
        update={
            "edits": asked.edits,
            "placement": own.placement.model_copy(update=wished),
            "mood": asked.mood or own.mood,
            "ground": asked.ground or own.ground,
            "imagery": own.imagery if asked.imagery == WantedImagery() else asked.imagery,
            "forbidden": tuple(dict.fromkeys((*own.forbidden, *asked.forbidden))),
        }
    )


def _copy_of(request: Mapping[str, Any]) -> dict[str, Any]:
    """The parts that the request's `copy` gives."""
    return {part: words for part, words in (request.get("copy") or {}).items() if words}


def _under(given: Mapping[str, Any], before: Direction) -> Direction:
    """The client's choices in place of those of a direction; what that one names as not done stays named."""
    return Direction(
        layout=given.get("layout"),
        background_hex=_upper(given.get("background_hex")),
        unmet=before.unmet,
        notes=before.notes,
    )


def _kept(
    document: dict[str, Any], given: Mapping[str, Any], plan: RenderPlan, kit: BrandKit, *, is_reduced: bool
) -> dict[str, Any]:
    """The local plan's document under the client's fields."""
    without = _OF_THE_LOGO | _OF_THE_FONTS if is_reduced else frozenset()
    taken = {name: value for name, value in given.items() if name not in without}
    for side in ("width_px", "height_px"):
        if taken.get(side, document[side]) != document[side]:
            message = f"the request asks for {document[side]} px"
            raise guard_error(
                CONTRACT, [ContractFault(f"$.{side}", message, "request#/outputs/dimensions")], at=CLIENTS
            )
    if "font_family" in taken and "heading_font" not in taken:
        chosen = choose_font(taken["font_family"], weight=HEADING_WEIGHT, brand_fonts=kit.brand_fonts, fonts=kit.fonts)
        taken["heading_font"] = chosen.model_dump(mode="json")
    notes = [*plan.notes, "the plan is the client's; what it leaves open was planned here"]
    if plan.neutral_hex and "neutral_hex" not in taken:
        taken["safety"] = {**taken["safety"], "palette_only": False}
        notes.append(f"{', '.join(plan.neutral_hex)} is added: no two palette colours are legible there")
    return {**document, **taken, "notes": notes}


def _upper(value: Any) -> str | None:
    return value.upper() if isinstance(value, str) else None
