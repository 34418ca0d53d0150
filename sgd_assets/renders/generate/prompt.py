"""What an image model is asked: `Brief, Canon, request -> str`, its fixed words from `policies/prompts/image.json`.

What must not live here: sending, or pictures that go with it (`inputs.py`).
"""

from collections.abc import Mapping
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.model import Brief
from sgd_assets.renders.model import Op
from sgd_assets.renders.plan.canon_facts import imagery_rules, palette_facts
from sgd_resources.llm.safety.injection import quoted, screen, visible

_LONGEST_REQUEST = 3_000
"""Characters of the instruction: with four pictures they stay below the task's `max_input_tokens` in any script."""
_KINDS = {"photo": "A photograph.", "illustration": "An illustration."}
_MOODS = {
    "dark": "A dark, quiet mood.",
    "light": "A light, airy mood.",
    "vivid": "A vivid, lively mood.",
    "calm": "A calm mood.",
}
_OPS: Mapping[Op, str] = {
    "local_edit": "Change only what the request names in the first reference; leave everything else as it is.",
    "inpaint": "Fill the part of the first reference that the request names; leave everything else as it is.",
    "style_transfer": "Keep what the first reference shows; take the style that the request or the next reference has.",
    "multi_image_fusion": "Bring what the references show together in one scene.",
}


def wants_picture(request: Mapping[str, Any], brief: Brief) -> bool:
    """Whether a picture is to be generated: a subject is named, or a reference is to be changed or varied.

    Never where the brief forbids pictures or wants a pattern, and not where the reference itself is to be shown.
    """
    wanted, prompts = brief.imagery, request["prompts"]
    if wanted.kind in {"none", "pattern", "reference"} or {"picture", "photo"} & set(brief.forbidden):
        return False
    if prompts["task"] in {"edit", "variations"} and prompts.get("references"):
        return True
    return wanted.subject is not None and (wanted.kind in _KINDS or wanted.kind == "any")


def op_of(request: Mapping[str, Any], chosen: Op | None) -> Op | None:
    """What is done to the references: as the plan says, else by the task; None without references."""
    prompts = request["prompts"]
    references = prompts.get("references") or ()
    if not references:
        return None
    if chosen is not None:
        return chosen
    if prompts["task"] == "edit":
        return "local_edit"
    return "multi_image_fusion" if len(references) > 1 else "style_transfer"


def image_prompt(fixed: str, request: Mapping[str, Any], brief: Brief, canon: Canon, op: Op | None) -> str:
    """The whole text.

    Args:
        fixed: of the prompt file.
        request: its instruction is quoted for an edit only: words to be printed must not tempt a model to paint them.
        brief: kind, subject, mood and prohibitions.
        canon: colours with their names, and what it says of pictures.
        op: what is done to references.
    """
    told = [fixed, _KINDS.get(brief.imagery.kind, "A photograph or an illustration, whichever shows it better.")]
    if brief.imagery.subject:
        told.append(quoted(brief.imagery.subject, label="what is to be seen"))
    if op is not None:
        told.append(_OPS[op])
        told.append(quoted((request["prompts"].get("instruction") or "(none)")[:_LONGEST_REQUEST], label="request"))
    colours = ", ".join(" ".join(one[key] for key in ("name", "hex") if key in one) for one in palette_facts(canon))
    told.append(f"The brand's colours: {colours}.")
    if brief.mood is not None:
        told.append(_MOODS[brief.mood])
    tone = canon.voice.tone if canon.voice else ""
    if tone and not screen(tone).is_flagged:
        told.append(quoted(visible(tone)[:300], label="tone of the brand"))
    dos, donts = imagery_rules(canon)
    if dos:
        told.append(quoted("\n".join(dos), label="the brand's rules for pictures"))
    if donts:
        told.append("Never:\n" + quoted("\n".join(donts), label="what the brand forbids"))
    forbidden = [one for one in brief.forbidden if one not in {"text", "logo"}]
    if forbidden:
        told.append("Must not be there:\n" + quoted("\n".join(forbidden), label="what the request forbids"))
    return "\n\n".join(told)
