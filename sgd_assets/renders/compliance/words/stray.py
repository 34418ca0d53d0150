"""Rule `text_stray`: no words beside those that were given. What must not live here: words that differ (`exact.py`)."""

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told
from sgd_assets.renders.compliance.words.lines import shown, words_read
from sgd_assets.renders.compliance.words.spelling import distance, look, plain

_LEAST_LETTERS = 3  # motifs are read as one or two letters


def measure(case: Case, limits: Limits) -> Outcome:
    """The number of lines that nobody asked for."""
    if case.seen.lines is None:
        return not_told("the scene says every word" if case.scene is not None else "the picture was not read for words")
    if case.expected.lines is None:
        return not_told("nobody said what words are to stand on the picture")
    wanted = look("".join(plain(line) for line in (*case.expected.lines, *case.brand.logo_names)))
    strays = [line for line in words_read(case) if _is_stray(look(plain(line.text)), wanted, limits)]
    breaches = tuple(
        Breach(
            message=f"{shown(line.text)} stands on the picture and is not in the copy",
            repair=f"take {shown(line.text)} away, or add it to the copy",
            boxes=(line.box,),
        )
        for line in strays
    )
    return Outcome(breaches, float(len(strays)), 0.0)


def _is_stray(read: str, wanted: str, limits: Limits) -> bool:
    if len(read) < _LEAST_LETTERS or read in wanted:
        return False
    # A line read with a fault or two, or of a text that is misspelt, is no stray: it is nearly there.
    nearest = min(
        (distance(read, wanted[at : at + len(read)]) for at in range(max(1, len(wanted) - len(read) + 1))),
        default=len(read),
    )
    return nearest > limits["most_alike"] * len(read)


RULE = Rule("text_stray", measure)
