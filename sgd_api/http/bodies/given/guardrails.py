"""The boundary's view of three stored shapes: plan, canon and critique as the guardrail contracts state them.

Each is the stored model with the contract's required fields and bounds, tolerant of fields it does not know (a model's
output may bring more than we keep). What must not live here: the stored shapes themselves (`sgd_assets/*/model.py`).
"""

from typing import Annotated

from pydantic import ConfigDict, Field

from sgd_api.http.bodies.base import Body
from sgd_api.http.bodies.schemas import Hex
from sgd_assets.canon.model import Canon
from sgd_assets.renders.model import Critique, RenderPlan


class PlanSafety(Body):
    """Promises the compositor must keep and the critique measures."""

    respect_logo_safe_zone: bool = True
    palette_only: bool = True


class RenderPlanContract(RenderPlan):
    """A render plan as a planner, local or a model, must give it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    safety: PlanSafety  # type: ignore[assignment]  # the same fields, tolerant of unknown ones


class CompleteVoice(Body):
    """How the brand speaks; a complete canon states the tone."""

    tone: str
    dos: tuple[str, ...] = ()
    donts: tuple[str, ...] = ()


class CompleteCanon(Canon):
    """A canon that renders can keep to: two colours, a font and a voice at least."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    palette_hex: Annotated[tuple[Hex, ...], Field(min_length=2)]
    fonts: Annotated[tuple[str, ...], Field(min_length=1)]
    voice: CompleteVoice  # type: ignore[assignment]  # the same fields, tone required


class CritiqueContract(Critique):
    """A critique as a critic, measured or a model, must give it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    violations: tuple[str, ...]
