"""Rule `text_overflow`: no text is cut, neither by the picture's edge nor by what lies over it.

What must not live here: texts that run into each other (`overlap.py`).
"""

from collections.abc import Iterator

import numpy as np

from sgd_assets.renders.compliance.boxes import Box, whole
from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told
from sgd_assets.renders.compliance.words.contrast_seen import ink_and_ground
from sgd_assets.renders.compliance.words.lines import shown, words_read
from sgd_resources.colour import rgb_of

_REPAIR = "shorten the text or use a larger format"
_INK_AWAY = 60  # of 255: nearer to the ink than this is ink


def measure(case: Case, limits: Limits) -> Outcome:
    """The number of texts that are cut."""
    if case.scene is not None:
        found = (*_off_the_canvas(case), *(() if _is_read_against_copy(case) else _partly_missing(case)))
    elif case.seen.lines is None:
        return not_told("the picture was not read for words")
    else:
        found = tuple(_touching(case, limits))
    return Outcome(found, float(len(found)), 0.0)


def _is_read_against_copy(case: Case) -> bool:
    """Whether what is missing of the words is told by the words that were read (`exact.py`): a whole one is no cut."""
    return case.expected.lines is not None and case.seen.lines is not None


def _off_the_canvas(case: Case) -> Iterator[Breach]:
    assert case.scene is not None
    for text in case.scene.texts:
        x0, y0, x1, y1 = text.box
        if x0 < -0.5 or y0 < -0.5 or x1 > case.scene.width_px + 0.5 or y1 > case.scene.height_px + 0.5:
            yield Breach(f"the {text.role} runs off the picture", _REPAIR, (text.box,))


def _partly_missing(case: Case) -> Iterator[Breach]:
    for text, difference in case.drawn_differences:
        if difference.is_other and difference.is_only_missing:
            yield Breach(
                f"part of the {text.role} is cut off or covered",
                "show the whole text",
                (difference.box or text.box,),
                value=round(difference.worst, 3),
                threshold=difference.most,
            )


def _touching(case: Case, limits: Limits) -> Iterator[Breach]:
    """Lines whose ink reaches the picture's edge; a letter that merely comes near it is whole."""
    for line in words_read(case):
        x0, y0, x1, y1 = line.box
        near = limits["near_px"]
        is_near = (x0 <= near, y0 <= near, x1 >= case.width_px - near, y1 >= case.height_px - near)
        if any(is_near) and (side := _ink_at(case, line.box, is_near)):
            yield Breach(f"the text {shown(line.text)} is cut off at the {side} edge", _REPAIR, (line.box,))


def _ink_at(case: Case, box: Box, is_near: tuple[bool, bool, bool, bool]) -> str:
    x0, y0, x1, y1 = whole(box, case.pixels)
    part = case.pixels[y0:y1, x0:x1, :3]
    ink, ground = (np.array(rgb_of(value), np.int16) for value in ink_and_ground(part))
    reach = min(_INK_AWAY, int(np.abs(ink - ground).max()) // 3)
    rims = {
        "left": case.pixels[y0:y1, :1, :3], "upper": case.pixels[:1, x0:x1, :3],
        "right": case.pixels[y0:y1, -1:, :3], "lower": case.pixels[-1:, x0:x1, :3],
    }  # fmt: skip
    for (name, rim), near in zip(rims.items(), is_near, strict=True):
        share = float((np.abs(rim.astype(np.int16) - ink).max(axis=2) <= reach).mean())
        # A full rim is a frame or a panel in the ink's colour, not a letter.
        if near and 0.03 < share < 0.85:
            return name
    return ""


RULE = Rule("text_overflow", measure)
