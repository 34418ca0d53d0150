"""Whether who or what "steht" on a picture is seen there, or is read there: "auf dem Frau Maier am Fenster steht".

German and Dutch say both with one verb. A name of a person, or a noun at a place that announces nothing, is seen. What
must not live here: where words that are read begin and end (`said.py`).
"""

import re

from sgd_assets.renders.brief.instruction import BLANK, Instruction, Span
from sgd_assets.renders.brief.vocabulary.saying import EVENTS, TITLES

_AT_A_PLACE = re.compile(
    r"^(?P<who>\S+(?:\s+(?:und|en|&)\s+\S+|\s+\S+){0,2}?)\s+(?:am|im|an|auf|vor|neben|hinter|unter|bei|beim|zwischen|in|"
    r"über|aan|op|naast|achter|onder|bij|tussen|voor)\s+(?:(?:dem|der|den|einem|einer|het|de|een)\s+)?\S+(?:\s+\S+)?$"
)
_TITLE = re.compile(rf"(?:{'|'.join(re.escape(each.strip()) for each in TITLES.split(','))})\.?\s", re.I)
_EVENT = re.compile(rf"(?:{'|'.join(each.strip() for each in EVENTS.split(','))})(?:e[nrs]?|s|en)?$", re.I)
_ON_WHICH = re.compile(
    r",?\s+(?:(?:auf|in) (?:dem|der|denen|welchem|welcher)|(?:on|in) which|waarop|waarin|"
    r"(?:où|(?:sur|dans) (?:laquelle|lequel))(?: (?:l['’])?on voit)?|"
    r"(?:(?:en|sobre) (?:el|la|los|las) (?:que|cual)|donde)(?: se ven?| aparecen?)?|"
    r"(?:(?:su|in) cui|(?:sul|nel)(?:la)? quale|dove)(?: si vedono?| si vede)?|"
    r"(?:em que|n[oa] qual|onde)(?: se veem?| se vê)?|där|hvor(?:på)?|na któr(?:ym|ej)|na kter(?:ém|é)|"
    r"на котор(?:ом|ой)|на як(?:ому|ій))\s+"
    rf"(?P<seen>[^,;:.!?\n{BLANK}]{{4,160}})",
    re.I,
)
_ARTICLE = re.compile(
    r"(?:an?|the|eine?[nmrs]?|d(?:as|ie|er|en|em)|une?|l['’]|las?|los|les?|el|un[ao]?|il|lo|gli|uma?|os?|as?|een|het|de|"
    r"en|ett?|et)\s+",
    re.I,
)
_VERB_BEHIND = re.compile(r"\s+(?:zu sehen (?:ist|sind)|te zien (?:is|zijn)|[a-zäöüß]+)$")
_SAID = re.compile(
    r"\b(?:says?|text|steht|stehen|staat|staan|écrit|lit|écrite|escrito|ponga|pone|diga|scritto|lê|escrita|napis\w*)\b"
)


_SHOWN_ON = (("ask", "thing"), ("thing", "ground"))


def seen_on(told: Instruction) -> Span | None:
    """Who or what is seen on the picture by a clause behind its name: "a poster on which a boy reads"; else None."""
    for match in _ON_WHICH.finditer(told.text):
        begin, end = match.span("seen")
        named = [hit for hit in told.hits if hit.end == match.start()]
        if not any(hit.kind == "image" or (hit.kind, hit.value) in _SHOWN_ON for hit in named):
            continue
        hits = told.within(begin, end, "part", "thing", "set", "align", "case", "not", "image")
        if any(hit.kind != "part" or hit.value != "text" for hit in hits):
            continue  # "reads" is a verb here
        is_behind = told.languages[0] in ("de", "nl")
        verb = _VERB_BEHIND.search(told.text[begin:end]) if is_behind else None
        if _SAID.match(told.text, begin) or (not is_behind and _SAID.search(told.text, begin, end)):
            continue
        end = begin + verb.start() if verb else end
        article = _ARTICLE.match(told.text, begin, end)
        return Span(article.end() if article else begin, end)
    return None


def is_scene(told: Instruction, start: int, end: int) -> bool:
    """Whether the words between "auf dem" and "steht" name what is seen.

    Args:
        told: the instruction.
        start: where the words begin.
        end: where they end.
    """
    words = told.text[start:end]
    if _TITLE.match(words):
        return True
    if any(c.isdigit() for c in words) or told.within(start, end, "when", "act", "fine"):
        return False
    at = _AT_A_PLACE.match(words)
    return at is not None and not any(_EVENT.search(word) for word in at["who"].split())
