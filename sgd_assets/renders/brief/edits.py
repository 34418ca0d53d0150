"""The changes that an `edit` asks for: which part of the picture, what is done to it, and the new value.

A change that names no part of ours is kept in its own words as one of the picture, so that whoever cannot do it says
so. What must not live here: whether a change can be done (`plan/`).
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from sgd_assets.renders.brief.forbidden import name_of
from sgd_assets.renders.brief.ground import colour_near
from sgd_assets.renders.brief.instruction import BLANK, Instruction, Span
from sgd_assets.renders.brief.labelled.label_lines import LabelledWords
from sgd_assets.renders.brief.labelled.quoted import Quote
from sgd_assets.renders.brief.lexicon import Hit
from sgd_assets.renders.brief.model import BriefEdit
from sgd_assets.renders.brief.placement import place_of

_BREAK = re.compile(r",\s|;\s|[、，；،؛]|\s[-–—+&]\s")
_TAKEN_OUT = re.compile(
    r"\b(?:take|leave|cut|strip|pull|get|throw)\b.{1,60}\b(?:off|out|away)\s*[.!]*$"
    r"|\b(?:nimm|nehmt|nehmen|lass|lasst|lassen|werft?|schmei(?:ß|ss)t?)\b.{1,60}\b(?:weg|raus|heraus|runter)\s*[.!]*$"
    r"|\bhaal\b.{1,60}\b(?:weg|eraf|eruit|af)\s*[.!]*$|\b(?:tag|tage)\b.{1,60}\b(?:væk|ud|af)\s*[.!]*$"
    r"|\bta\b.{1,60}\b(?:bort|vekk|av|ut)\s*[.!]*$",
    re.I,
)
"""Verbs in two parts with what they remove between them: "take the price off"."""
_INSTEAD = re.compile(
    r"\b(?:instead\s+of|rather\s+than|in\s+place\s+of|replacing|(?:an)?statt|anstelle(?:\s+von)?|au\s+lieu\s+d|"
    r"à\s+la\s+place\s+d|en\s+(?:lugar|vez)\s+de|invece\s+d|al\s+posto\s+d|em\s+vez\s+d|no\s+lugar\s+d|"
    r"in\s+plaats\s+van|i\s+stället\s+för|i\s+stedet\s+for|zamiast|místo|namísto|namiesto|вместо|замість|"
    r"în\s+loc\s+de|αντί|umjesto|umesto|en\s+lloc\s+d|thay\s+vì|bukan)",
    re.I,
)
"""Between two quotations: the first is the new one."""
_SIZE = re.compile(r"\b\d{2,5}\s*[x×]\s*\d{2,5}\b|\b\d{1,2}:\d{1,2}\b")
_INTO = re.compile(
    r"^\s*(?:text\s+|line\s+)?(?:(?:so that it (?:says|reads)|to say|to read|to|into|as|in|with|by|zu|auf|durch|mit|"
    r"par|en|à|por|para|a|con|in|naar|door|till|til|med|na|za|olarak)\b|を|为|為|成|를|을|إلى|ل|ב|"
    r"ל)?\s*[:=]?\s*",
    re.I,
)
_OUT_OF = re.compile(r"(?:に|へ|로|으로)?\s*$")
_SWAPPED = re.compile(
    r"\b(?:swap|switch|exchange|interchange|tausch\w*|vertausch\w*|échange[rz]?|inverse[rz]?|intercambi\w+|inviert\w+|"
    r"scambi\w*|inverti\w*|troque|troca|inverta|verwissel\w*|wissel)\b",
    re.I,
)
"""Two parts in each other's place, which no plan does."""
_PARTS = ("headline", "body", "call_to_action", "date", "price", "url", "legal", "text", "extra")
_ELEMENT_OF = {"text": "headline"}
_THINGS = ("logo", "ground", "font", "colours", "gradient")


class Changes(NamedTuple):
    """Edits in order, and the quotations that they use up."""

    edits: tuple[BriefEdit, ...]
    used: tuple[Quote, ...]


def read_edits(told: Instruction, lines: tuple[LabelledWords, ...]) -> Changes:
    """Every change asked for."""
    edits = [
        BriefEdit(element=line.label, change="set", value=line.words) for line in lines if line.label in _PARTS[:7]
    ]
    used: list[Quote] = []
    named: Hit | None = None
    for sentence in told.sentences:
        verb = None
        if named and (quote := _value_of(told, sentence)):
            if edits and edits[-1] == BriefEdit(element=_ELEMENT_OF.get(named.value, named.value), change="remove"):
                edits.pop()  # "the price is not right" removes nothing
            edits.append(BriefEdit(element=_ELEMENT_OF.get(named.value, named.value), change="set", value=quote.words))
            used.append(quote)
            named = None
            continue
        before = len(edits)
        if _is_swap(told, sentence):
            edits.append(BriefEdit(element="picture", change="set", value=_said(told, sentence)))
            named = None
            continue
        for clause in _clauses(told, sentence):
            verb = _verb(told, clause) or _carried(told, clause, verb)
            found = _moved_too(told, clause, edits) or _change(told, clause, verb)
            if found is None:
                continue
            edit, quotes = found
            edits.append(edit)
            used += quotes
        named = _left_open(told, sentence, is_changed=len(edits) != before)
    return Changes(tuple(dict.fromkeys(edits)), tuple(used))


def _left_open(told: Instruction, sentence: Span, *, is_changed: bool) -> Hit | None:
    """The one part that a sentence names without saying what becomes of it: "Wrong date!", "the date is not right"."""
    start, end = sentence.start, sentence.end
    parts = [hit for hit in _elements(told, sentence) if hit.kind == "part"]
    if len(parts) != 1 or told.within(start, end, "keep") or any(start <= quote.start < end for quote in told.quotes):
        return None
    is_denied = not told.within(start, end, "edit") and bool(told.within(parts[0].end, end, "not"))
    return parts[0] if is_denied or not is_changed else None


def _value_of(told: Instruction, sentence: Span) -> Quote | None:
    """The one quotation of a sentence that names no part and removes nothing."""
    quotes = [quote for quote in told.quotes if sentence.start <= quote.start < sentence.end]
    if len(quotes) != 1 or _elements(told, sentence):
        return None
    return quotes[0] if _is_refused_behind(told, sentence, quotes[0]) or _verb(told, sentence) == "set" else None


def _moved_too(told: Instruction, clause: Span, edits: list[BriefEdit]) -> tuple[BriefEdit, list[Quote]] | None:
    """ "and put it bottom left": the part of the clause before."""
    places = told.within(clause.start, clause.end, "place")
    verbs = [hit for hit in told.within(clause.start, clause.end, "edit") if hit.value == "move"]
    if not (edits and places and verbs) or _elements(told, clause) or edits[-1].element == "picture":
        return None
    corner, _ = place_of(told, verbs[0])
    return (BriefEdit(element=edits[-1].element, change="move", value=corner), []) if corner else None


def _clauses(told: Instruction, sentence: Span) -> Iterator[Span]:
    """The sentence cut at commas and "and" where a new part or a new verb follows."""
    cuts = [match.end() for match in _BREAK.finditer(told.text, sentence.start, sentence.end)]
    cuts += [hit.start for hit in told.within(sentence.start, sentence.end, "join")]
    # "e o" is "é o" without its accent, and "and the"
    cuts += [
        hit.start
        for hit in told.within(sentence.start, sentence.end, "as")
        if told.text[hit.start : hit.end].startswith("e ")
    ]
    cuts += _prefixed_ands(told, sentence)
    bounds = [sentence.start, *sorted(set(cuts)), sentence.end]
    start = sentence.start
    for cut, following in pairwise(bounds[1:]):
        begins = _elements(told, Span(cut, following)) or told.within(cut, following, "edit", "keep")
        if begins and (_elements(told, Span(start, cut)) or told.within(start, cut, "keep", "edit")):
            yield Span(start, cut)
            start = cut
    yield Span(start, sentence.end)


def _prefixed_ands(told: Instruction, sentence: Span) -> list[int]:
    """Arabic and Hebrew write "and" as the first letter of the next word."""
    if told.languages[0] not in ("ar", "he"):
        return []
    return [
        match.start()
        for match in re.compile(r"(?<=\s)[ووו](?=\w{2})").finditer(told.text, sentence.start, sentence.end)
    ]


def _elements(told: Instruction, clause: Span) -> list[Hit]:
    hits = told.within(clause.start, clause.end)
    found = [
        hit
        for hit in hits
        if (hit.kind == "part" and hit.value in _PARTS) or (hit.kind == "thing" and hit.value in _THINGS)
    ]
    named = [hit for hit in found if hit.value not in ("text", "extra", "colours")]
    return (
        named
        or found
        or [hit for hit in hits if hit.kind == "image" and hit.value in ("photo", "illustration", "pattern", "any")]
    )


def _verb(told: Instruction, clause: Span) -> str | None:
    """What is done: the most telling verb of the clause."""
    values = {hit.value for hit in told.within(clause.start, clause.end, "edit")}
    if _TAKEN_OUT.search(told.text[clause.start : clause.end].rstrip()):
        values.add("remove")
    if told.within(clause.start, clause.end, "not") and "set" not in values:
        values.add("remove")
    return next(
        (value for value in ("remove", "larger", "smaller", "size", "move", "set", "add") if value in values), None
    )


def _carried(told: Instruction, clause: Span, verb: str | None) -> str | None:
    """The verb of the clause before: "the logo bigger and the ground blue" makes the ground no bigger."""
    is_coloured = bool(told.within(clause.start, clause.end, "colour"))
    return "set" if is_coloured and verb in ("larger", "smaller", "remove", "move") else verb


def _is_swap(told: Instruction, sentence: Span) -> bool:
    """Whether two parts are to change places; with quotations, or a colour, it is words or colours that change."""
    if not _SWAPPED.search(told.text, sentence.start, sentence.end):
        return False
    if any(sentence.start <= quote.start < sentence.end for quote in told.quotes):
        return False
    parts = {hit.value for hit in told.within(sentence.start, sentence.end) if hit.kind == "part"}
    parts |= {hit.value for hit in told.within(sentence.start, sentence.end, "thing") if hit.value == "logo"}
    return len(parts & {*_PARTS, "logo"}) > 1 and not told.within(sentence.start, sentence.end, "colour")


def _change(told: Instruction, clause: Span, verb: str | None) -> tuple[BriefEdit, list[Quote]] | None:
    elements = _elements(told, clause)
    quotes = [quote for quote in told.quotes if clause.start <= quote.start < clause.end]
    if size := _size(told, clause, verb):
        return BriefEdit(element="size", change="set", value=size), []
    if told.within(clause.start, clause.end, "keep") and not quotes and (verb in (None, "set", "add") or not elements):
        return None
    if not elements:
        return _unnamed(told, clause, quotes, verb)
    hit = elements[0]
    element = {
        "text": "headline",
        "any": "picture",
        "photo": "picture",
        "illustration": "picture",
        "pattern": "picture",
    }.get(hit.value, hit.value)
    is_added = any(other.value == "add" for other in told.within(clause.start, clause.end, "edit"))
    if hit.value in ("text", "extra") and quotes and (is_added or verb is None):
        return None  # a new line goes on the picture: it is copy
    if verb == "remove" and not quotes:
        return BriefEdit(element=element, change="remove"), []
    if verb in ("larger", "smaller"):
        return BriefEdit(element=element, change="larger" if verb == "larger" else "smaller"), []
    if quotes and hit.kind == "part":
        value, was = _new_and_old(told, quotes)
        return BriefEdit(element=element, change="set", value=value, was=was), quotes
    return _unquoted(told, clause, hit, element, verb)


def _new_and_old(told: Instruction, quotes: list[Quote]) -> tuple[str, str | None]:
    """The words to set and those they replace, if both are quoted: the last is the new one but for "A instead of B"."""
    if len(quotes) < 2:
        return quotes[-1].words, None
    is_turned = bool(_INSTEAD.search(told.text, quotes[0].end, quotes[1].start))
    return (quotes[0].words, quotes[1].words) if is_turned else (quotes[-1].words, quotes[0].words)


def _unquoted(
    told: Instruction, clause: Span, hit: Hit, element: str, verb: str | None
) -> tuple[BriefEdit, list[Quote]] | None:
    if hit.kind == "part" and _is_coloured(told, clause, hit):
        # The colour of one part is none of the ground's: whoever cannot give it says so, in the request's words.
        return BriefEdit(element="picture", change="set", value=_said(told, clause)), []
    if element in ("ground", "colours", "font", "gradient"):
        if colour := colour_near(told, hit.start, hit.end):
            return BriefEdit(element=element, change="set", value=colour), []
        words = _words_after(told, clause, hit)
        if not told.within(clause.start, clause.end, "edit") and _begins_with_a_verb(told, clause, hit):
            return BriefEdit(element="picture", change="set", value=_said(told, clause)), []
        return (BriefEdit(element=element, change="set", value=words), []) if words else None
    if hit.kind == "thing" or (verb == "move" and told.within(clause.start, clause.end, "place")):
        corner, _ = place_of(told, hit)
        if corner:
            return BriefEdit(element=element, change="move", value=corner), []
    if verb is None or told.within(hit.end, clause.end, "case"):
        return None  # its case is a wish of placement
    words = _words_after(told, clause, hit)
    return (BriefEdit(element=element, change="set", value=words), []) if words else None


def _begins_with_a_verb(told: Instruction, clause: Span, hit: Hit) -> bool:
    """Whether a part of the picture stands behind one word that is no term and its article: "blur the background"."""
    known = told.within(clause.start, hit.start, "join", "the", "only")
    start = (
        known[0].end
        if known and known[0].kind == "join" and not told.text[clause.start : known[0].start].strip()
        else clause.start
    )
    articles = [each.start for each in known if each.kind == "the" and each.end <= hit.start and each.start > start]
    words = told.text[start : articles[0] if articles else hit.start].split()
    return len(words) == 1 and words[0].isalpha() and not told.within(start, articles[0] if articles else hit.start)


def _is_coloured(told: Instruction, clause: Span, hit: Hit) -> bool:
    """Whether a colour, by name or hex, is what a part is to have: "the headline green", "le titre en rouge"."""
    if told.within(clause.start, clause.end, "place"):
        return False  # "move the red button to the top"
    return bool(told.within(clause.start, clause.end, "colour")) or colour_near(told, hit.start, hit.end) is not None


def _words_after(told: Instruction, clause: Span, hit: Hit) -> str | None:
    """The value that stands behind a part: "set the price to €24.90"."""
    end = clause.end
    verbs = [other for other in told.within(hit.end, clause.end, "edit", "ask") if other.start > hit.end + 3]
    if verbs and len(told.text[verbs[-1].end : clause.end].split()) <= 1:
        end = (
            verbs[0].start if told.languages[0] in ("ja", "ko", "zh") and verbs[0].end < clause.end else verbs[-1].start
        )
    start = hit.end
    if told.languages[0] == "zh" and verbs:
        start, end = verbs[0].end, clause.end
    text = told.raw[start:end]
    lead = _INTO.match(text)
    words = _OUT_OF.sub("", text[lead.end() if lead else 0 :]).strip(" ,;.。" + BLANK)
    return words or None


def _unnamed(
    told: Instruction, clause: Span, quotes: list[Quote], verb: str | None
) -> tuple[BriefEdit, list[Quote]] | None:
    """A change of no part of ours: old words for new ones, or the clause as it stands."""
    if len(quotes) == 2 and verb in ("set", "move"):
        value, was = _new_and_old(told, quotes)
        return BriefEdit(element="headline", change="set", value=value, was=was), quotes
    if quotes and verb == "remove" and not _is_refused_behind(told, clause, quotes[0]):
        return BriefEdit(element="headline", change="remove", was=quotes[0].words), quotes
    words = _said(told, clause)
    hits = told.within(clause.start, clause.end)
    if quotes or not words or not (verb or any(hit.kind in ("ask", "mood") for hit in hits)):
        return None
    if verb == "remove" and not any(hit.kind == "edit" for hit in hits) and any(name_of(hit) for hit in hits):
        return None  # "no people, please" is kept as what must not be there
    return BriefEdit(element="picture", change="set", value=words), []


def _is_refused_behind(told: Instruction, clause: Span, quote: Quote) -> bool:
    """ "It is "19 September", not what stands there": no word of removing, and the refusal speaks of other words."""
    hits = told.within(clause.start, clause.end, "edit", "not")
    return all(hit.kind == "not" and hit.start > quote.end for hit in hits)


def _said(told: Instruction, clause: Span) -> str:
    """The clause in its own words, without labelled words that are read already; "" where no more than one is left."""
    joined = [
        hit for hit in told.within(clause.start, clause.end, "join") if not told.text[clause.start : hit.start].strip()
    ]
    start = joined[0].end if joined and told.text[joined[0].end : clause.end].strip(" ,;.") else clause.start
    text = told.text[start : clause.end]
    if BLANK not in text or any(start <= quote.start < clause.end for quote in told.quotes):
        return told.raw[start : clause.end].strip(" ,;.")
    rest = " ".join(part.strip(" ,;.:") for part in text.split(BLANK)).split()
    return " ".join(rest) if len(rest) > 1 else ""


def _size(told: Instruction, clause: Span, verb: str | None) -> str | None:
    match = _SIZE.search(told.text, clause.start, clause.end)
    shape = next((hit.value for hit in told.within(clause.start, clause.end, "shape")), None)
    return (
        (match.group().replace(" ", "") if match else shape)
        if verb == "size" or (shape and verb in ("set", "move", None))
        else None
    )
