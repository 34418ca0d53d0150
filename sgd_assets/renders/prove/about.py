"""What a picture's file tells of it: title, alternative text, credit, rights, resolution, how it came to be.

Request + plan -> fields of `sgd_resources/sealing/about.py`. What the request says goes first. What must not live here:
how a format holds it.
"""

from collections.abc import Mapping
from typing import Any

from sgd_assets.renders.alt_text import alt_text
from sgd_assets.renders.model import RenderPlan

DEFAULT_DPI = 96
"""CSS's own pixel: a picture for screens is as large in a document as in a browser."""
CREDIT = "Made with Smart Graphic Designer"
_LONGEST_TITLE = 200


def about_picture(body: Mapping[str, Any], plan: RenderPlan, *, source_type: str) -> dict[str, Any]:
    """The fields; no text is made up: a picture without words is titled by its goal, and rights are told or absent."""
    asked = body.get("metadata") or {}
    return {
        "dpi": asked.get("dpi") or DEFAULT_DPI,
        "title": asked.get("title") or title_of(plan),
        "alt": asked.get("alt") or alt_text(plan),
        "credit": asked.get("credit") or CREDIT,
        "rights": asked.get("rights") or "",
        "source_type": source_type,
    }


def title_of(plan: RenderPlan) -> str:
    """The headline, else what the picture is for, in one line."""
    return " ".join((plan.headline or plan.goal).split())[:_LONGEST_TITLE]
