"""Rule `overlap`: texts keep off each other and off the logo's clear space.

What must not live here: what intrudes into the clear space unseen by the scene (`logo/clear_space.py`).
"""

from itertools import combinations

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told


def measure(case: Case, limits: Limits) -> Outcome:
    """The number of pairs that run into each other."""
    scene = case.scene
    if scene is None:
        return not_told("the scene of the picture is not known")
    boxes = [(text.role, text.box) for text in scene.texts]
    if scene.logo is not None:
        boxes.append(("logo's clear space", scene.logo.clear_box))
    breaches = tuple(
        Breach(f"the {name} runs into the {other}", "shorten the text or use a larger format", (a, b))
        for (name, a), (other, b) in combinations(boxes, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1
    )
    return Outcome(breaches, float(len(breaches)), 0.0)


RULE = Rule("overlap", measure)
