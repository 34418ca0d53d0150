"""Rule `text_exact`: the words are those that were given, letter by letter, and they are there.

With the scene known: what was set is what was asked, and what is drawn is what was set. From pixels alone: what was
read, against the expected copy, by edit distance. What must not live here: words too many (`stray.py`).
"""

from collections.abc import Iterator

from sgd_assets.renders.compliance.case import Case
from sgd_assets.renders.compliance.rule import Breach, Limits, Outcome, Rule, not_told
from sgd_assets.renders.compliance.words.lines import shown, too_small_to_read, words_read
from sgd_assets.renders.compliance.words.spelling import best_reading, distance, look, plain

_GUESSED = 0.5  # of the letters of what is too small may be other ones
_REPAIR = "set the words exactly as they were given"


def measure(case: Case, limits: Limits) -> Outcome:
    """The most characters that differ, over all texts."""
    if case.scene is not None:
        breaches = (*_unlike_copy(case), *_unlike_drawn(case))
        if not breaches and case.expected.lines is not None and case.seen.lines is not None:
            return _unlike_expected(case, limits)
        return Outcome(breaches, value=float(len(breaches)), threshold=0.0)
    if case.expected.lines is None:
        return not_told("nobody said what words are to stand on the picture")
    if case.seen.lines is None:
        return not_told("the picture was not read for words")
    return _unlike_expected(case, limits)


def _unlike_copy(case: Case) -> Iterator[Breach]:
    """Texts of the scene that are not the words that were asked for."""
    assert case.scene is not None
    asked = asked_lines(case)
    if asked is None:
        return
    known = {plain(line) for line in asked}
    joined = " ".join(plain(line) for line in asked)
    for text in case.scene.texts:
        words = plain(" ".join(text.text.lines))
        if words and words not in known and words not in joined:
            nearest, away = best_reading(words, [plain(line) for line in asked])
            yield Breach(
                message=f"the {text.role} says {shown(' '.join(text.text.lines))}, the copy says {shown(nearest)}",
                repair=_REPAIR,
                boxes=(text.box,),
                value=float(away),
            )


def asked_lines(case: Case) -> tuple[str, ...] | None:
    """The copy as it was asked for, where that is known to the letter."""
    if case.expected.lines is not None:
        return case.expected.lines
    brief = case.plan.brief if case.plan is not None else None
    if brief is None or not (brief.source == "copy" or brief.is_verbatim):
        return None
    quoted = (brief.attribution,) if brief.attribution else ()
    return (*(words for _, words in brief.words.elements()), *quoted)


def _unlike_drawn(case: Case) -> Iterator[Breach]:
    for text, difference in case.drawn_differences:
        if difference.is_other and not difference.is_only_missing:
            yield Breach(
                message=f"the {text.role} on the picture is not {shown(' '.join(text.text.lines))} as it was set",
                repair=_REPAIR,
                boxes=(difference.box or text.box,),
                value=round(difference.worst, 3),
                threshold=difference.most,
            )


def _unlike_expected(case: Case, limits: Limits) -> Outcome:
    assert case.expected.lines is not None
    read = [line.text for line in (case.seen.lines or ())]
    breaches = []
    worst = 0
    for wanted in case.expected.lines:
        beside = "".join(plain(other) for other in case.expected.lines if other != wanted)
        nearest, away = best_reading(plain(wanted), [plain(text) for text in read], may_join=True, beside=beside)
        worst = max(worst, away)
        if away > limits["most_letters"] and not _is_too_small(case, wanted):
            boxes = tuple(line.box for line in words_read(case) if plain(line.text) and plain(line.text) in nearest)
            told = f"it says {shown(nearest)}" if nearest else "it is not there"
            breaches.append(
                Breach(
                    message=f"the copy {shown(wanted)} is not on the picture as it was given: {told}",
                    repair=_REPAIR,
                    boxes=boxes,
                    value=float(away),
                )
            )
    return Outcome(tuple(breaches), float(worst), limits["most_letters"])


def _is_too_small(case: Case, wanted: str) -> bool:
    """Whether words stand there that cannot be told from the wanted ones: that is the rule of text sizes."""
    letters = look(plain(wanted))
    guesses = (look(plain(line.text)) for line in too_small_to_read(case))
    return any(distance(letters, guess) <= _GUESSED * len(letters) for guess in guesses)


RULE = Rule("text_exact", measure)
