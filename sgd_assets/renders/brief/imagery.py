"""The picture that is asked for: its kind, and what is to be seen on it, in the instruction's words.

What must not live here: what is refused (`forbidden.py`), or whether there is such a picture.
"""

import re
from typing import NamedTuple

from sgd_assets.renders.brief.forbidden import Refusals
from sgd_assets.renders.brief.instruction import BLANK, Instruction, Span
from sgd_assets.renders.brief.labelled.standing import seen_on
from sgd_assets.renders.brief.languages import is_in_known_words
from sgd_assets.renders.brief.lexicon import UNSPACED, Hit, words_of
from sgd_assets.renders.brief.model import ImageryKind, WantedImagery

_MOST = 24  # terms of pictures that are looked at; a brief has a handful
_FAR = 400  # characters of a subject
_KINDS: tuple[ImageryKind, ...] = ("photo", "illustration", "pattern", "any")
_STOP = re.compile(r"[,;:.!?()\n\r、，。।；！？،؛|" + BLANK + r"]|\s[-–—]\s")
_OF = (
    r"(?:of|showing|shows|with|depicting|featuring|from|von|vom|mit|de|du|des|d['’]|del|della|dello|"
    r"dei|delle|di|d|do|da|dos|das|van|met|av|af|fra|fr|för|til|i|ze?|se?|med|"
    r"montrant|mostrando|che mostra|que muestra|que mostra|die zeigt|das zeigt|der zeigt|zeigt|"
    r"przedstawiając\w+|של|עם|ל|من|لـ|ل|che|où|où l'on voit|"
    r"cu|amb|на|с|со|із|з|від|са|од|от|από|με|που δείχνει|về|của|dari|tentang)"
)
_ARTICLE = (
    r"(?:an?|the|some|eine[nmrs]?|ein|die|der|das|den|dem|une?|l['’]|las?|los|les?|el|una|uno|il|lo|"
    r"gli|uma?|os?|as?|een|het|en|ett|et|"
    r"eit|ei|egy|az|ένας?|μια|μία|ενός|μιας|το|του|της|των|uns|sebuah|seorang|một|एक)"
)
_LEAD = re.compile(rf"^\s*(?:{_OF}\s*(?<=[\s'’])\s*)?(?:{_OF}\s+)?(?:{_ARTICLE}(?:\s+|(?<=['’])))?", re.I)
_IS_OF = re.compile(rf"^\s*{_OF}(?:\s|(?<=['’]))", re.I)
_ENDS_IN_OF = re.compile(r"\s(?:of|von|de|di|van|av|af)$", re.I)
_TAIL = re.compile(
    r"\s+(?:in|on|with|and|at|for|over|under|to|the|our|a|an|auf|mit|und|im|der|dem|einem|einer|"
    r"unserem|am|für|avec|et|sur|un|une|le|la|en|con|y|e|sobre|su|com|met|op|de|het|med|på|og|och|z|"
    r"na|w|s|i|v|ve|ile|as|als|comme|como|pour|para|per|ja|и|й|і|на|в|у|с|з|és|și|pe|cu|και|σε|με|"
    r"amb|và|trên|dan|di)$",
    re.I,
)
_BEFORE = ("ja", "zh", "ko", "tr", "hi")
"""Languages that put the subject before the word for picture."""
_BARE = ("pl", "cs", "he", "ar", "de", "ru", "uk", "bg", "hr", "sr", "sk", "fi", "hu", "el", "vi", "id")
"""Languages that put it behind without a word between, by its case or as it is."""
_NO_ARTICLES = (
    "pl", "cs", "ja", "zh", "ko", "he", "ar", "tr", "ru", "uk", "bg", "hr", "sr", "sk", "fi", "hi", "vi", "id",
)  # fmt: skip
_PARTICLES = re.compile(r"(?:の|的|を|が|는|은|이|가|의|을|를|\s(?:की|का|के))$")
_INSTEAD = re.compile(
    r"\s+(?:instead|please|bitte|s'il vous plaît|por favor|per favore|alsjeblieft|tack|tak|takk|"
    r"proszę|prosím|lütfen|kiitos|пожалуйста|будь ласка|моля|kérlek|kérem|te rog|vă rog|molim|"
    r"si us plau|tolong)$",
    re.I,
)
_MEANS = ("thing", "part", "set", "case", "align", "where", "place")


class Seen(NamedTuple):
    """What is to be seen, and the stretch that says so."""

    imagery: WantedImagery
    spans: tuple[tuple[int, int], ...]


def read_imagery(told: Instruction, refused: Refusals, *, has_copy: bool) -> Seen:
    """The picture that an instruction asks for; terms of `refused` ask for none."""
    plain = told.without(refused.spans)
    named = [hit for hit in plain.hits if hit.kind == "image"][:_MOST]
    if any(hit.value == "reference" and not _is_of_words(plain, hit) for hit in named):
        return Seen(WantedImagery(kind="reference"), ())
    wanted = [(hit, *_subject(plain, hit)) for hit in named if hit.value in _KINDS]
    best = max(wanted, key=lambda each: (each[1] is not None, each[0].value != "any"), default=None)
    only_text = any(hit.value == "none" for hit in named) or _is_only(plain, "text") or _is_only(plain, "logo")
    if best and (best[1] or best[0].value != "any") and not (only_text and best[1] is None):
        hit, subject, span = best
        if subject is None and (seen := seen_on(plain)):
            subject, span = plain.text[seen.start : seen.end].strip(), (seen.start, seen.end)
        return Seen(WantedImagery(kind=hit.value, subject=subject), ((min(hit.start, span[0]), max(hit.end, span[1])),))
    if not only_text and (scene := seen_on(plain) or _scene(plain, has_copy=has_copy)):
        return Seen(
            WantedImagery(kind="any", subject=plain.text[scene.start : scene.end].strip()), ((scene.start, scene.end),)
        )
    # who refuses photographs leaves drawings and patterns open, unless words alone are asked for
    if only_text or "picture" in refused.names or ("photo" in refused.names and _is_only_quoted(plain)):
        return Seen(WantedImagery(kind="none"), ())
    return Seen(WantedImagery(), ())


def _subject(told: Instruction, hit: Hit) -> tuple[str | None, tuple[int, int]]:
    if told.languages[0] in _BEFORE:
        return _subject_before(told, hit)
    stop = _STOP.search(told.text, hit.end, hit.end + _FAR)
    if stop and stop.group() in ":：" and not told.text[hit.end : stop.start()].strip():
        stop = _STOP.search(told.text, stop.end(), stop.end() + _FAR)
    end = stop.start() if stop else min(len(told.text), hit.end + _FAR)
    start = hit.end + (1 if told.text[hit.end : hit.end + 1] in ":：" else 0)
    inner = [other for other in told.within(start, end, "image") if other.value in _KINDS]
    if inner and not told.text[start : inner[0].start].strip(" "):
        return None, (hit.start, hit.end)  # the next term says it closer
    end = min([end, *(other.start for other in _cutting(told, start, end))])
    text = told.text[start:end]
    is_of = bool(_IS_OF.match(text) or _ENDS_IN_OF.search(told.text[hit.start : hit.end])) or told.text[
        hit.end : start
    ] in (":", "：")
    # "photo on the left" says where, "picture for our sale" says what for
    if hit.value == "any" and not is_of and told.text[hit.start : hit.end].lower() not in _SHOWING:
        return None, (hit.start, hit.end)
    if not is_of and told.languages[0] not in _BARE and not _is_adjective(told, hit):
        return None, (hit.start, hit.end)
    lead = _LEAD.match(text)
    subject = _INSTEAD.sub("", _without_tail(text[lead.end() if lead else 0 :].strip()))
    return (subject, (hit.start, start + len(text.rstrip()))) if len(subject) >= 2 else (None, (hit.start, hit.end))


_SHOWING = ("showing", "shows", "depicting", "featuring", "depicts", "zeigt", "montrant", "mostrando", "visar", "viser")


def _is_adjective(told: Instruction, hit: Hit) -> bool:
    """ "an illustrated skyline"."""
    word = told.text[hit.start : hit.end].lower()
    return (
        word.endswith(("ated", "drawn", "painted", "iert", "ierte", "é", "ée", "ada", "ado", "ata", "ato"))
        and hit.value == "illustration"
    )


def _cutting(told: Instruction, start: int, end: int) -> list[Hit]:
    """Terms where a subject ends: the picture's own means, or a part with its words behind."""
    found = []
    for hit in told.within(start, end, *_MEANS):
        is_near = hit.kind != "place" and not (hit.kind == "part" and hit.value in ("extra", "by", "date", "price"))
        if is_near and hit.start > start + 2:
            found.append(hit)
    return found


def _subject_before(told: Instruction, hit: Hit) -> tuple[str | None, tuple[int, int]]:
    first = max(0, hit.start - _FAR)
    begin = max((match.end() for match in _STOP.finditer(told.text, first, hit.start)), default=first)
    ends = [
        other.end
        for other in told.within(begin, hit.start)
        if other.kind in ("the", "ask") and other.value in ("a", "make")
    ]
    begin = max([begin, *ends])
    text = told.text[begin : hit.start].strip()
    subject = _PARTICLES.sub("", text).strip()
    if told.within(begin, hit.start, *_MEANS) or len(subject) < 2:
        return None, (hit.start, hit.end)
    return subject, (begin, hit.end)


def _without_tail(text: str) -> str:
    previous = None
    while previous != text:
        previous, text = text, _TAIL.sub("", text)
    return text


def _is_only(told: Instruction, what: str) -> bool:
    """ "only the logo", "nur Text", "الشعار فقط"."""
    for only in (hit for hit in told.hits if hit.kind == "only"):
        for hit in told.within(max(0, only.start - 24), only.end + 24, "thing", "part"):
            between = told.text[only.end : hit.start] if hit.start >= only.end else told.text[hit.end : only.start]
            if hit.value == what and len(between.split()) <= 2 and not _STOP.search(between):
                return True
    return False


def _is_of_words(told: Instruction, reference: Hit) -> bool:
    """ "the attached text", "the copy attached": what was sent are words."""
    parts = [
        *told.within(reference.end, reference.end + 16, "part"),
        *told.within(reference.start - 24, reference.start, "part"),
    ]
    gaps = [
        told.text[reference.end : hit.start] if hit.start >= reference.end else told.text[hit.end : reference.start]
        for hit in parts
    ]
    return any(not gap.strip() for gap in gaps)


def _is_only_quoted(told: Instruction) -> bool:
    """ "only 「本日休業」": nothing but the words."""
    return any(
        BLANK in told.text[max(0, hit.start - 2) : hit.start] + told.text[hit.end : hit.end + 2]
        for hit in told.hits
        if hit.kind == "only"
    )


def _scene(told: Instruction, *, has_copy: bool) -> Span | None:
    """A sentence that shows something and asks for nothing: "A runner at dawn on a bridge"."""
    for sentence in told.sentences:
        stop = _STOP.search(told.text, sentence.start, sentence.end)
        end = stop.start() if stop else sentence.end
        lead = (
            sentence.start + len(told.text[sentence.start : end]) - len(told.text[sentence.start : end].lstrip(" \t¿¡"))
        )
        hits = told.within(lead, end)
        if any(
            hit.kind in (*_MEANS, "image") and hit.kind != "place" and hit.value not in ("by", "people") for hit in hits
        ):
            continue
        if any(hit.kind == "ask" and hit.value in ("thing", "announce") for hit in hits) or any(
            hit.kind == "edit" and hit.value == "size" for hit in hits
        ):
            continue
        shows = [hit for hit in hits if hit.kind == "show" and hit.start == lead]
        first = shows[0].end if shows else lead
        articles = [
            hit
            for hit in told.within(first, end, "the")
            if hit.value == "a" and not told.text[first : hit.start].strip()
        ]
        others = [
            hit
            for hit in hits
            if hit.kind in ("ask", "edit", "not", "only", "act") and hit.start <= lead + 1 and not shows
        ]
        words = words_of(told.text[first:end])
        if others or len(told.text[first:end].strip()) < 4 or not is_in_known_words(told, Span(lead, end)):
            continue
        has_no_articles = told.languages[0] in _NO_ARTICLES
        is_bare = (
            not has_copy
            and len(told.sentences) <= 2
            and told.text[end : end + 1] not in (":", "!")
            and not any(
                hit.kind in ("ask", "set", "mood", "link") and hit.value in ("make", "", "for") and hit.kind != "link"
                for hit in hits
            )
        )
        enough = len(words) >= 3 or (has_no_articles and re.search(f"[{UNSPACED}]{{6}}", told.text[first:end]))
        if articles and len(words) >= 3 and (shows or not has_copy):
            return Span(articles[0].end, end)
        if shows and len(words) >= 2 and not any(hit.kind == "the" for hit in told.within(first, first + 4)):
            return Span(first, end)
        if is_bare and enough and not any(hit.kind in ("mood", "colour", "other") and len(words) <= 3 for hit in hits):
            return Span(first, end)
    return None
