"""Whether a clause speaks to the designer, and where the words of a label end because one does.

What must not live here: where dates, prices and addresses end (`typed.py`).
"""

import re
from collections.abc import Iterator

from sgd_assets.renders.brief.facts.typed import Typed, is_named_fact, typed_end, typed_values
from sgd_assets.renders.brief.forbidden import name_of
from sgd_assets.renders.brief.instruction import Instruction
from sgd_assets.renders.brief.vocabulary.saying import FOR_A_CHANNEL, HOW_LARGE, LETTERS, MAKE_IT, PRINT


def _either(terms: str) -> re.Pattern[str]:
    listed = sorted({term.strip() for term in terms.split(",")}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed))})(?!\w)", re.I)


_BREAK = re.compile(r"[,;]\s|[，；、،؛。！]|[.!?…](?=\s)|\s[-–—|]\s")
_TYPED = ("date", "price", "url")
_RUNNING = ("body", "text", "legal")
_LEAD = " \t*•>#–—-|,;.!?，；、،؛。！…"
_SHORT = 40  # characters of a clause that may be a mood or a place and no more
_ASIDE = re.compile(r"\s?[(\[]|\s[-–—]\s")
_CLOSED = re.compile(r"[^()\[\]]*[)\]](?=\s*(?:[.,;!?]|$))")
_PRINT, _SIZE = _either(PRINT), _either(HOW_LARGE)
_MANNER, _MAKE, _CHANNEL = _either(f"{HOW_LARGE}, {LETTERS}"), _either(MAKE_IT), _either(FOR_A_CHANNEL)
_MAKES = ("ask", "edit", "not", "show")


def words_end(told: Instruction, part: str, start: int, end: int, *, is_running: bool) -> int:
    """Where the words behind a label end: before the first clause that speaks to the designer.

    Args:
        told: the instruction.
        part: what the label names.
        start: where its words begin.
        end: the latest place where they can end.
        is_running: the label stands in running text, not on a line of its own.
    """
    end = aside_start(told, start, end)
    typed = typed_end(told, part, start, end) if part in _TYPED else None
    is_short = is_running or part not in _RUNNING
    facts: tuple[Typed, ...] | None = None
    for first, begin, stop in _clauses(told.text, start, end):
        if first <= start or not told.text[start:first].strip():
            continue
        if typed and first < typed:
            continue
        if typed and (part == "url" or (is_running and not any(c.isdigit() for c in told.text[begin:stop]))):
            return typed if not told.text[typed:first].strip() or part == "url" else first
        if speaks_to_designer(told, begin, stop, is_running=is_running or part in _TYPED):
            return first
        if is_short and told.within(begin, begin + 8, "part"):
            facts = typed_values(told) if facts is None else facts
            if is_named_fact(told, begin, facts):
                return first
    return typed if typed and part == "url" else end


def speaks_to_designer(told: Instruction, start: int, end: int, *, is_running: bool) -> bool:
    """Whether a clause is a wish, not words of the picture.

    In running text a clause that names a picture, a mood or a place is one too.
    """
    if is_command(told, start, end):
        return True
    lead = start + len(told.text[start:end]) - len(told.text[start:end].lstrip(_LEAD))
    hits = told.within(start, end)
    articles = [hit.end for hit in hits if hit.kind == "the" and hit.start == lead]
    if any(hit.kind == "keep" and hit.start <= max([lead, *(place + 1 for place in articles)]) for hit in hits):
        return True
    refused = [hit for hit in hits if hit.kind == "not"]
    # "nobody" alone is a wish in running text only: "Headline: Slow down, nobody is watching"
    if refused and any(name_of(hit) and (is_running or hit.start != refused[0].start) for hit in hits):
        return True
    if not is_running:
        return False
    if any(hit.kind == "image" and hit.start <= lead + 1 for hit in hits):
        return True
    is_look = any(hit.kind in ("set", "thing") for hit in hits)
    return any(hit.kind == "mood" for hit in hits) and is_look and end - lead <= _SHORT


def aside_start(told: Instruction, start: int, end: int) -> int:
    """Where words end before an aside to the designer: "(make it big)", "- do not print this"; else `end`."""
    for match in _ASIDE.finditer(told.text, start, end):
        stop = end
        if match.group().endswith(("(", "[")):
            closed = _CLOSED.match(told.text, match.end(), end)
            if closed is None:
                continue
            stop = closed.end()
        if told.text[start : match.start()].strip() and _is_aside(told, match.end(), stop):
            return match.start()
    return end


def _is_aside(told: Instruction, start: int, end: int) -> bool:
    """Whether what stands in brackets or behind a dash tells how, or where, and is not to be printed."""
    text = told.text[start:end].strip(_LEAD + ")]")
    if not text:
        return False
    is_refused = any(_PRINT.search(told.text, hit.end, end) for hit in told.within(start, end, "not"))
    if is_refused or _CHANNEL.match(text) or speaks_to_designer(told, start, end, is_running=True):
        return True
    is_sized = _SIZE.search(text) is not None
    rest = _MANNER.sub(" ", text)
    return is_sized and (not any(c.isalpha() for c in rest) or bool(_MAKE.match(text)))


def is_command(told: Instruction, start: int, end: int) -> bool:
    """Whether a line or sentence tells the designer what to do: it names the picture's means, or begins with a verb."""
    text = told.text[start:end]
    lead = start + len(text) - len(text.lstrip(" \t-*•–—>#"))
    hits = told.within(start, end)
    means = [
        hit for hit in hits if hit.kind in ("thing", "align", "case") or (hit.kind == "ask" and hit.value == "thing")
    ]
    first_verb = [hit for hit in hits if hit.kind in _MAKES and hit.start <= lead + 1 and hit.value != "thing"]
    begun = {hit.start for hit in first_verb}  # "nobody" is a refusal and what it refuses
    kinds = ("image", "part", "place", "colour", "role", "mood", "where")
    others = [hit for hit in hits if hit.kind in kinds and (hit.start not in begun or hit.kind != "image")]
    if first_verb and (means or others):
        return True
    return bool([hit for hit in means if hit.value in ("logo", "ground", "gradient", "font")]) or any(
        hit.kind in ("align", "case") for hit in means
    )


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(where the break before it stands, where it begins, where it ends) of each clause behind the first."""
    breaks = [(match.start(), match.end()) for match in _BREAK.finditer(text, start, end)]
    for place, (first, begin) in enumerate(breaks):
        yield first, begin, breaks[place + 1][0] if place + 1 < len(breaks) else end
