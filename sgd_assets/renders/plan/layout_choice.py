"""Which layout a picture takes: by its format, its words and the pictures it shows.

What must not live here: what a layout looks like (`compose/layouts.py`).
"""

import re
from collections.abc import Mapping
from typing import Any

from sgd_assets.renders.brief.model import Brief


def choose_layout(
    width: int, height: int, brief: Brief, prompts: Mapping[str, Any], index: int, *, has_art: bool
) -> str:
    """The name of the layout of output `index`.

    Args:
        width, height: of the canvas, in pixels.
        brief: what is asked.
        prompts: of the request.
        index: 0-based; layouts take turns.
        has_art: whether the palette has colours for a pattern.
    """
    headline, references, instruction = brief.words.headline, prompts.get("references"), prompts.get("instruction")
    short, aspect = min(width, height), width / height
    if aspect > 2.2 and short >= 36:
        return "banner"
    if short < 100:
        return "mark"
    if aspect < 0.45 or (short < 400 and aspect < 0.7):
        return "tower"
    if references:
        wide = ["split", "split_flip", "frame"] if aspect >= 1.25 else ["poster", "frame", "poster_flip"]
        return "frame" if prompts["task"] == "edit" else wide[index % 3]
    if brief.is_quotation and headline:
        return "quote"
    if not has_art:
        return ("statement", "statement_foot")[index % 2] if headline else "mark"
    if not headline:
        return ("split" if aspect >= 1.25 else "poster") + ("_flip" if index % 2 else "")
    if short < 400:
        options = ["card", "statement", "statement_foot"] if aspect < 1.25 else ["split", "card", "split_flip"]
    elif aspect >= 1.25:
        options = ["split", "statement", "split_flip", "statement_foot"]
    else:
        options = ["poster", "statement", "poster_flip", "statement_foot"]
    if re.search(r"\btypographic\b|\btype[- ]only\b|\btext[- ]only\b|\bminimal", instruction or "", re.I):
        options = ["statement", *(option for option in options if option != "statement")]
    return options[index % len(options)]
