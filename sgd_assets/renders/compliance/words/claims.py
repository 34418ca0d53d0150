"""Rule `forbidden_words`: nothing that the brand never says: its banned words, promises, exclamation marks.

Only what the canon's voice rules out. What must not live here: reading those rules (`brand_rules.py`).
"""

import re
from collections.abc import Iterator

from sgd_assets.renders.compliance.boxes import Box
from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told
from sgd_assets.renders.compliance.words.exact import asked_lines
from sgd_assets.renders.compliance.words.lines import shown, words_read

_PROMISES = re.compile(
    r"\b(guarantee[ds]?|100 ?%|risk[- ]free|no risk|always works|never fails|best in the world|world'?s best|"
    r"number one|cures?|miracle|instant results|forever)\b|#1\b|\bno\. ?1\b",
    re.IGNORECASE,
)


def measure(case: Case, limits: Limits) -> Outcome:
    """The number of lines with such words."""
    brand = case.brand
    if not (brand.banned_words or brand.forbids_exclamation or brand.forbids_promises):
        return not_told("the canon forbids no words that can be checked")
    lines = _texts(case)
    if lines is None:
        return not_told("the picture was not read for words")
    breaches = tuple(breach for text, box in lines for breach in _breaches(case, text, box))
    return Outcome(breaches, float(len(breaches)), 0.0)


def _texts(case: Case) -> list[tuple[str, Box | None]] | None:
    if case.scene is not None:
        return [(" ".join(text.text.lines), text.box) for text in case.scene.texts]
    read = [(line.text, line.box) for line in words_read(case)] if case.seen.lines is not None else None
    if read is None and (asked := asked_lines(case)) is not None:
        return [(line, None) for line in asked]
    return None if read is None else [*read]


def _breaches(case: Case, text: str, box: Box | None) -> Iterator[Breach]:
    boxes = () if box is None else (box,)
    for word in case.brand.banned_words:
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE):
            yield Breach(f"{shown(text)} uses “{word}”, which the brand never says", "say it in other words", boxes)
    if case.brand.forbids_exclamation and re.search(r"\w[ \u00a0]?[!！]", text):
        yield Breach(f"{shown(text)} has an exclamation mark, which the brand's voice rules out", "take it away", boxes)
    if case.brand.forbids_promises and (found := _PROMISES.search(text)):
        yield Breach(
            f"{shown(text)} makes a promise (“{found.group()}”), which the brand's voice rules out",
            "say what is so, without a promise",
            boxes,
        )


RULE = Rule("forbidden_words", measure)
