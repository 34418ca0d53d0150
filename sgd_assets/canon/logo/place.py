"""What a block's headings say its rules are on: the logo, the brand's look, or neither.

What must not live here: what a sentence tells (`logo/sentences.py`, `logo/dos_donts.py`).
"""

import re
from collections.abc import Sequence
from typing import Literal

from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.sides.polarity import stance_of_label
from sgd_assets.canon.words import topics
from sgd_assets.canon.words.vocabulary import joined

Subject = Literal["logo", "look", "page"]
"""'look': colours, type, pictures and layout, of which a guide states dos and don'ts as it does of the logo. 'page': a
page of a brand guide whose headings name none of them, where a sentence must say by itself what it is on."""
MIN_HEADING = joined(
    r"(?i)\b(?:min(?:imum|imal|\.)?\s+(?:logo\s+|print\s+|digital\s+|display\s+)?(?:siz(?:es?|ing)|widths?|"
    r"heights?|dimensions?)|"
    r"smallest (?:size|use)|size limits?|sizes?\s*(?:&|and)\s*min\w*)\b",
    "minimum_size",
)
_RULES = joined(r"(?i)^\W*(?:\d+(?:\.\d+)*\W+)?(?:(?:\w+ ){0,2}rules|rules of (?:use|usage)|usage)\W*$", "rules_head")
_ICONS = re.compile(r"(?i)\b(?:icons|symbols|badges|iconograph\w*)\b")
"""Sets of pictures, which have rules of their own."""

_NAME = re.compile(
    r"(?i)^\W*(?:\d+(?:\.\d+)*\W+)?(?:(?:using|writing|use of|usage of|about|how to (?:write|spell|"
    r"use)) )?(?:the |our )?"
    r"(?:[\w.’'-]+ )?names?(?: (?:usage|use|in (?:text|copy|writing)|spelling))?\W*$|\bour name\b|\b(?:brand|"
    r"company|project) "
    r"name\b|^\W*naming\W*$|"
    r"^\W*(?:writing about|how to (?:write|spell|refer to)) (?-i:[A-Z])[\w.]+\W*$"
)
"""How the brand's name is written belongs to its marks; names of files and variables do not."""
_NO_NAME = re.compile(
    r"(?i)\b(?:files?|variables?|class|colou?rs?|fonts?|tokens?|layers?|components?|domain|user|host)\b"
)

LICENCE = re.compile(r"(?i)\blicen[cs](?:e|ed|ing)\b|\bcopyright\b|\bfree to:")
"""What a licence allows is no rule on how the logo looks."""
_NO_LOOK = re.compile(
    r"(?i)\b(?:code|css|sass|scss|html|api|sdk|typescript|repositor(?:y|ies)|install\w*|"
    r"usage example|buttons?|forms?|inputs?|components?|tokens?|"
    r"variables?|accessib\w+|contrast|charts?|data vi[sz]\w*|diagrams?|docker|build|tests?|contribut\w+|develop\w*|"
    r"upload\w*|voice|tone|writing|grammar)\b"
)
"""Headings of a page's parts and of code: their rules are a programmer's or a writer's."""


def subject_of(item: PlacedBlock, title: str, *, is_guide: bool = False) -> Subject | None:
    """What the nearest heading with a subject is on, or else the title.

    Args:
        item: the block.
        title: what the document calls itself.
        is_guide: its headings are those of a guide to a brand's look, whatever it calls itself.
    """
    for heading in reversed(item.path):
        if _ICONS.search(heading) or LICENCE.search(heading):
            return None
        if topics.LOGO.search(heading) or topics.CLEAR_SPACE.search(heading) or MIN_HEADING.search(heading):
            return "logo"
        if is_misuse(heading) or (_NAME.search(heading) and not _NO_NAME.search(heading)):
            return "logo"
        if topics.VOICE.search(heading) or topics.WRITING.search(heading) or _NO_LOOK.search(heading):
            return None
        if any(topic.search(heading) for topic in (topics.COLOUR, topics.TYPOGRAPHY, topics.IMAGERY)):
            return None if _NO_LOOK.search(item.context) else "look"
    if topics.LOGO.search(title) and not _ICONS.search(title):
        return "logo"
    is_sided = any(stance_of_label(heading) in ("do", "dont") or is_rules_heading(heading) for heading in item.path)
    if is_sided and is_guide:
        return "look"
    return "page" if topics.BRAND_GUIDE.search(title) and not _NO_LOOK.search(item.context) else None


def is_guide_to_look(placed: Sequence[PlacedBlock], title: str) -> bool:
    """Whether a document is on how a brand looks: by its title, or by headings on the logo and on what goes with it."""
    if topics.BRAND_GUIDE.search(title):
        return True
    headings = [item.text for item in placed if item.block.kind == "heading"]
    kinds = (topics.COLOUR, topics.TYPOGRAPHY, topics.IMAGERY)
    return any(topics.LOGO.search(text) for text in headings) and any(
        topic.search(text) for topic in kinds for text in headings
    )


def is_rules_heading(heading: str) -> bool:
    """Whether a list below is of rules, so that its items tell them though they are phrases: 'Règles d'usage'."""
    return bool(_RULES.search(heading))


def is_misuse(heading: str) -> bool:
    """Whether a heading names what is wrong with a logo."""
    return bool(re.search(r"(?i)\bincorrect|\bmis-?use", heading) or topics.MISUSE.fullmatch(heading.strip()))
