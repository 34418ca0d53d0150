"""What a plan says of itself: its goal, its operations, and the notes on decisions that a person should know of."""

from collections.abc import Sequence

from sgd_assets.canon.model import Canon
from sgd_assets.renders.compose.logos import LogoArt
from sgd_assets.renders.model import Op
from sgd_assets.renders.plan.clear_space import DEFAULT_CLEAR_SPACE_RATIO
from sgd_assets.renders.plan.kit import BrandKit
from sgd_assets.renders.plan.schemes import Scheme


def goal_of(task: str, instruction: str | None, width: int, height: int) -> str:
    """The instruction, or what the request says without one."""
    words = (instruction or "").strip()
    return words[:500] if len(words) >= 5 else f"{task} a {width} x {height} picture in the brand"


def ops_of(task: str, references: Sequence[str]) -> tuple[Op, ...]:
    """The operations of a plan, in order."""
    first: tuple[Op, ...] = ("local_edit",) if task == "edit" else ()
    return (*first, *(("multi_image_fusion",) if len(references) > 1 else ()), "text_overlay")


def notes_of(
    canon: Canon,
    kit: BrandKit,
    scheme: Scheme,
    logo: LogoArt | None,
    logo_ground: str | None,
    font_reason: str,
    task: str,
    *,
    has_logo: bool,
) -> tuple[str, ...]:
    """Decisions on fonts, colours and logo that a person may wonder about; `has_logo`: whether one may stand there."""
    notes = [font_reason]
    if scheme.neutrals:
        notes.append(f"text is {scheme.neutrals[0]}: no two palette colours reach a contrast of 4.5")
    if logo is not None and scheme.background not in canon.palette_hex:
        notes.append(f"the page is {scheme.background}: no colour of the palette shows the logo")
    if logo is None and has_logo:
        notes.append(
            "no logo file that can be placed is among the evidence" if not kit.logos else "no ground shows the logo"
        )
    elif logo is not None and not any(fact.kind == "logo_clear_space" for fact in canon.facts):
        notes.append(
            "the canon states no clear space in figures; "
            f"{DEFAULT_CLEAR_SPACE_RATIO:g} of the logo's shorter side is kept"
        )
    if logo is not None and logo_ground is not None:
        notes.append(f"the logo stands on {logo_ground}: it cannot be read on {scheme.background}")
    notes += kit.left_out
    if task == "edit":
        notes.append("the local route frames the picture and sets text; it does not repaint it")
    return tuple(notes)
