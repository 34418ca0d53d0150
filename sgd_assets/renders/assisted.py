"""What models do for one request before it is painted, and after: the brief and plan, the picture, the second look.

    screen -> planner -> guard -> image (or draft) -> [painting] -> critic -> at most one repair

Without a key, and for a request that reads like orders to a model, nothing here asks anybody. What must not live here:
what a model is asked and what is taken of its answer (`plan/`, `generate/`, `compliance/`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.compliance.ask_critic import ask_critic
from sgd_assets.renders.generate.inputs import (
    FOR_DRAWING_PX,
    FOR_READING_PX,
    MOST_DRAWN_FROM,
    MOST_READ,
    small_copies,
    small_copy,
    swatch_card,
)
from sgd_assets.renders.generate.pictures import Generated, Order, Studio
from sgd_assets.renders.generate.prompt import image_prompt, op_of, wants_picture
from sgd_assets.renders.generate.shape import shape_of
from sgd_assets.renders.model import CritiqueRound, PictureSource, PlannedImagery, RenderPlan
from sgd_assets.renders.pictures import MadePicture
from sgd_assets.renders.plan.ask_planner import DRAFT, Planned, ask_planner
from sgd_assets.renders.plan.direction import Direction, options_of
from sgd_assets.renders.plan.draw_up import client_plan, draw_up_plan
from sgd_assets.renders.plan.kit import BrandKit
from sgd_assets.renders.progress import Progress
from sgd_resources.errors import SgdError
from sgd_resources.llm.prompts import load_prompt
from sgd_resources.llm.safety.injection import screen

FLAGGED = "no model was asked: the request reads like instructions to a model"
Remake = Callable[[Direction], MadePicture]
"""The same output again, under another direction."""


@dataclass
class Assisted:
    """What models made of a request so far. `route` is what the answer says of it."""

    brief: Brief
    route: str = "local"
    directions: tuple[Direction, ...] = ()
    imagery: dict[int, PlannedImagery] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    """Generated pictures by key."""
    sources: list[PictureSource] = field(default_factory=list)
    rounds: list[CritiqueRound] = field(default_factory=list)
    left_out: frozenset[int] = frozenset()
    """Outputs that are not made: their pictures could not be generated, and no draft is allowed."""

    def direction(self, index: int) -> Direction | None:
        """Of one output; None leaves it to the local planner."""
        return self.directions[index] if self.directions else None


@dataclass(frozen=True)
class Assistance:
    """The models at work for one request."""

    request: Mapping[str, Any]
    canon: Canon
    kit: BrandKit
    studio: Studio
    check_words: Callable[[RenderPlan], None]
    """Raises ValidationFailed for a plan whose letters no font has."""
    progress: Progress = field(default_factory=Progress)

    def prepare(self, brief: Brief, references: Mapping[str, bytes]) -> Assisted:
        """The brief, directions and pictures to paint with.

        Args:
            brief: as the rules read it.
            references: the request's pictures, by name.

        Raises:
            ValidationFailed: a plan is invalid, or no font has its letters. Nothing was painted, and no picture was
                ordered.
            BudgetExceeded, ProviderFailed, ProviderRefused, Unavailable: no picture could be had, and the request does
                not allow a draft.
        """
        models = self.studio.models
        if not models.is_on:
            return Assisted(brief)
        if any(screen(text).is_flagged for text in self._texts()):
            return Assisted(brief.model_copy(update={"notes": (*brief.notes, FLAGGED)}))
        models.begin()
        self.progress.begin("plan", takes_time=True)
        planned = Planned(brief)
        if not client_plan(self.request):
            small = small_copies(references, self._names(), self.studio.jobs, side_px=FOR_READING_PX, most=MOST_READ)
            planned = ask_planner(self.request, self.canon, self.kit, brief=brief, models=models, images=small)
        assisted = self._begun(planned)
        self.progress.begin("guard")
        plans = self._guarded(assisted)
        for plan in plans:
            self.check_words(plan)
        if wants_picture(self.request, assisted.brief):
            assisted = self._illustrated(assisted, plans, references)
        return replace(assisted, route=assisted.route if assisted.route == "draft" else self._route())

    def look_again(
        self, made: MadePicture, index: int, assisted: Assisted, remake: Remake, *, imagery: PlannedImagery | None
    ) -> MadePicture:
        """The picture after a model's look at it, remade once where that is better; the measured critique stands."""
        if assisted.route == "local" or not self.studio.models.is_on:
            return made
        options = options_of(self.request, self.canon, self.kit, brief=assisted.brief, imagery=imagery)
        self.progress.begin("measure", picture=index, takes_time=True)
        first, suggestion = self._judged(made, options)
        rounds = [first]
        if suggestion is not None:
            before = assisted.direction(index) or Direction()
            changed = replace(
                before,
                layout=suggestion.layout or before.layout or made.plan.layout,
                background_hex=suggestion.background_hex or before.background_hex or made.plan.background_hex,
                text_hex=None if suggestion.background_hex else before.text_hex,
                accent_hex=None if suggestion.background_hex else before.accent_hex,
            )
            rounds.append(self._judged(remake(changed), options)[0])
        best = max(range(len(rounds)), key=lambda at: (rounds[at].critique.score, -at))
        assisted.rounds.extend(
            CritiqueRound(index=index, round=at, critique=one.critique, is_kept=at == best)
            for at, one in enumerate(rounds)
        )
        return rounds[best]

    def _judged(self, made: MadePicture, options: tuple[RenderPlan, ...]) -> tuple[MadePicture, Direction | None]:
        studio = self.studio
        opinion = ask_critic(
            small_copy(made.data, FOR_READING_PX, studio.jobs), made.critique, made.plan, request=self.request,
            canon=self.canon, options=options, models=studio.models,
        )  # fmt: skip
        return replace(made, critique=opinion.critique), opinion.suggestion

    def _begun(self, planned: Planned, route: str = "local") -> Assisted:
        brief = planned.brief.model_copy(update={"notes": (*planned.brief.notes, *planned.notes)})
        return Assisted(brief, route, planned.directions)

    def _guarded(self, assisted: Assisted) -> list[RenderPlan]:
        """The plan of every output, before any picture is ordered. Raises ValidationFailed."""
        return [
            draw_up_plan(
                self.request, self.canon, self.kit, brief=assisted.brief, index=index,
                direction=assisted.direction(index), imagery=_to_come(self.request, assisted.brief),
            )
            for index in range(self.request["outputs"]["count"])
        ]  # fmt: skip

    def _illustrated(self, assisted: Assisted, plans: list[RenderPlan], references: Mapping[str, bytes]) -> Assisted:
        self.progress.begin("generate", takes_time=True)
        orders = self._orders(assisted, plans, references)
        results = self.studio.make_all(orders)
        made = [found for found in results if isinstance(found, Generated)]
        if not made:
            error = next(found for found in results if isinstance(found, SgdError))
            return self._drafted(assisted, error)
        for index, found in enumerate(results):
            if isinstance(found, SgdError):
                continue
            served = found.source.served_model
            assisted.imagery[index] = PlannedImagery(
                kind="generated", keys=(found.source.key,), reason=f"generated by {served} for the brief's subject"
            )
            assisted.pictures[found.source.key] = found.data
        assisted.sources.extend(found.source for found in made)
        return self._with_lacks(assisted, results)

    def _with_lacks(self, assisted: Assisted, results: list[Generated | SgdError]) -> Assisted:
        """What is made where the pictures of some outputs failed: fewer outputs, or drafts where they are allowed.

        Either is named as not done: of a draft by itself, of a missing one by the first picture there is.
        """
        lacking = {index: found for index, found in enumerate(results) if isinstance(found, SgdError)}
        if not lacking:
            return assisted
        is_drafted = bool(self.request.get("allow_draft"))
        first = min(assisted.imagery)
        given = list(assisted.directions or [Direction()] * len(results))
        for index, error in lacking.items():
            kind = error.details.get("kind") or error.code
            unmet = f"picture: variant {index + 1} of {len(results)} could not be generated ({kind})"
            at = index if is_drafted else first
            given[at] = replace(given[at], unmet=(*given[at].unmet, unmet))
        left_out = frozenset() if is_drafted else frozenset(lacking)
        return replace(assisted, directions=tuple(given), left_out=left_out)

    def _orders(self, assisted: Assisted, plans: list[RenderPlan], references: Mapping[str, bytes]) -> list[Order]:
        jobs = self.studio.jobs
        first = assisted.direction(0)
        op = op_of(self.request, first.op if first is not None else None)
        text = image_prompt(load_prompt("image").text, self.request, assisted.brief, self.canon, op)
        copies = small_copies(references, self._names(), jobs, side_px=FOR_DRAWING_PX, most=MOST_DRAWN_FROM)
        inputs = (swatch_card(self.canon, jobs), *copies)
        return [Order(text, inputs, shape_of(plan), plan.seed) for plan in plans]

    def _drafted(self, assisted: Assisted, error: SgdError) -> Assisted:
        """A draft without the picture, where the request allows one; else the error."""
        if not self.request.get("allow_draft"):
            raise error
        wanted = assisted.brief.imagery
        unmet = f"{wanted.kind if wanted.kind != 'any' else 'picture'}: {wanted.subject or 'as the references show'}"
        note = f"a draft: no picture could be generated ({error.details.get('kind') or error.code})"
        planned = Planned(assisted.brief)
        if not client_plan(self.request):
            planned = ask_planner(
                self.request, self.canon, self.kit, brief=assisted.brief, models=self.studio.models, task=DRAFT
            )
        count = self.request["outputs"]["count"]
        directions = tuple(
            replace(one, unmet=tuple(dict.fromkeys((*one.unmet, unmet))))
            for one in planned.directions or [Direction()] * count
        )
        return self._begun(replace(planned, directions=directions, notes=(*planned.notes, note)), route="draft")

    def _route(self) -> str:
        """`cloud` when any model's answer was used."""
        is_used = any(call.outcome == "succeeded" for call in self.studio.models.all)
        return "cloud" if is_used else "local"

    def _names(self) -> tuple[str, ...]:
        return tuple(self.request["prompts"].get("references") or ())

    def _texts(self) -> list[str]:
        """All that the client wrote and a model would see."""
        words = (self.request.get("copy") or {}).values()
        texts = [self.request["prompts"].get("instruction") or ""]
        for one in words:
            texts += [one] if isinstance(one, str) else list(one)
        return [text for text in texts if text]


_TO_COME = "generated"


def _to_come(request: Mapping[str, Any], brief: Brief) -> PlannedImagery | None:
    """A stand-in for a picture that is still to be generated, so that its layout is planned for it."""
    if not wants_picture(request, brief):
        return None
    return PlannedImagery(kind="generated", keys=(_TO_COME,), reason="to be generated")
