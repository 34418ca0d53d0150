"""Reads the brief of a render request by rules: the field `copy` as it stands, else what the instruction says.

From a valid `render_request` to `Brief`; no model, no canon. What must not live here: the rules of one kind of wish
(the modules beside it).
"""

import re
from collections.abc import Mapping
from typing import Any

from sgd_assets.renders.brief.model import Brief, BriefCopy, Mood
from sgd_assets.renders.brief.wording import Wording, read_wording

_MOODS: tuple[tuple[Mood, str], ...] = (
    ("dark", r"\bdark\b|\bnight\b|\bmoody\b"),
    ("light", r"\blight\b|\bwhite\b|\bairy\b|\bminimal(?:ist)?\b|\bclean\b"),
    ("vivid", r"\bbold\b|\bbright\b|\bvivid\b|\bcolou?rful\b|\bplayful\b"),
)


def read_brief(request: Mapping[str, Any]) -> Brief:
    """What a request asks for. The same request gives the same brief.

    Args:
        request: a valid `render_request`; the words of its `copy` are taken as they stand, never parsed.
    """
    prompts = request["prompts"]
    instruction = prompts.get("instruction")
    mood = _mood(instruction)
    if given := request.get("copy"):
        return Brief(words=BriefCopy.model_validate(given), is_verbatim=True, mood=mood, source="copy")
    wording = _wording(prompts["task"], instruction)
    return Brief(
        words=BriefCopy(headline=wording.headline, body=wording.body),
        is_verbatim=wording.is_verbatim,
        is_quotation=wording.is_quotation,
        attribution=wording.attribution,
        mood=mood,
    )


def _wording(task: str, instruction: str | None) -> Wording:
    wording = read_wording(instruction)
    # An edit's plain words speak to the editor, not to the reader: only quoted text goes on the picture.
    return wording if task != "edit" or wording.is_verbatim else Wording(None, None, is_verbatim=False)


def _mood(instruction: str | None) -> Mood | None:
    unquoted = re.sub(r'["“„«].*?["”»]', "", instruction or "")
    return next((mood for mood, pattern in _MOODS if re.search(pattern, unquoted, re.I)), None)
