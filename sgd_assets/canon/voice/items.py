"""What one paragraph or list item on a voice says: its label, its lines, its lead words, its sentences.

`(PlacedBlock, str) -> [Said]`. What must not live here: which blocks speak of the voice (`voice/read.py`), and the
reading of one sentence (`voice/lines.py`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.sides.imperatives import imperative, is_about_the_guide
from sgd_assets.canon.sides.marks import mark_of, without_mark
from sgd_assets.canon.sides.obligations import outweighs_its_mark
from sgd_assets.canon.sides.polarity import Standing, is_bare_label
from sgd_assets.canon.sides.preferences import is_preference
from sgd_assets.canon.sides.rejected import rejected_part
from sgd_assets.canon.voice.lines import (
    Said,
    is_contrast,
    is_quotation,
    is_shown,
    is_traits,
    is_we,
    opens_with_without,
    read_sentence,
    sentences,
)
from sgd_assets.canon.words.vocabulary import pattern
from sgd_assets.canon.words.voice_patterns import (
    AVOIDED,
    FAVOURED,
    LABEL,
    NUMBERING,
    TRAITS,
    count_tone_words,
    is_tone_words,
)

_EXAMPLE_LABEL = re.compile(
    r"(?i)^(?:examples?|e\.?g\.?|sounds? like|good|bad|before|after|on-brand|off-brand|sample|instead of|yes|no|"
    r"is not|"
    r"might say|reads? like|usage|file formats?|mission|vision|goal|why|context|focus|audience)$|"
    rf"^(?:{pattern('example')})$"
)
_TONE_LABEL = re.compile(
    r"(?i)^(?:(?:our |brand |writing |overall |core |key )?(?:tones?(?: of voice)?|voice(?: (?:and|&) tone)?|"
    r"personality|"
    r"language style|style|adjectives|traits|character|attributes|register)|we are|we sound|"
    r"ton(?:alität)?|tono(?: de voz)?|tom(?: de voz)?|tono di voce|toon|ton de voix|persönlichkeit|personnalité|"
    r"personalidad(?:e)?|personalità)$"
)
_WORDS_TO_AVOID = re.compile(r"(?i)\b(?:words?|terms?|phrases?)\b")
_TRAIT_LABEL = re.compile(
    r"^\W*([a-z][\w-]{2,24}(?: (?:and|but|yet) [a-z][\w-]{2,24})?)\s*(?::|\s[–—-]\s)\s*(\S.*)$", re.DOTALL
)
"""'helpful - we explain our work': a trait that opens an item in small letters."""
_ORPHAN = re.compile(r"(?i)(?:use|do|say|avoid|keep|make|apply) (?:it|them|this|that|so)\b")
"""An instruction that needs the sentence before it."""
_COPY = re.compile(r"(?:We|Our|You|Your|I|The|This|It|A|An|Hi|Hey|Sorry|Welcome|Oops)\b[^:]{12,}[.!?]$")
"""A line of copy behind 'Prefer:' or 'Avoid:' shows how to write; it is no rule."""
_NEGATIVE_INSIDE = re.compile(rf"(?i){pattern('negative_inside')}")
_NO_RULE = re.compile(
    r"(?i)\?|:$|https?:|→|\bvs\b|\d{3}|^\w+ \w+ (?:is|are)\b|"
    r"^\W*(?:the|it|they|this|that|these|those|there|here|you|he|she|i|someone|who|what|over|a|an)\b"
)
"""Questions, links and remarks about something: in a list, but no rules."""
_ENOUGH = 2  # one word of tone may be chance
_TRAIT_WORDS = 6  # as in `voice/read.py`
_PHRASE_WORDS = 24  # parts a phrase, which may be long without a verb, from run-on text
_NAME_WORDS = 2  # a trait's bare name: 'Warm', 'Plain spoken'
_LEAD_WORDS = 4  # where a trait says itself before it explains itself
_WEAK = 2  # the rank (see `voice_rank.FILL`) that only fills up


def items_of(item: PlacedBlock) -> list[str]:
    """A block's text, or its lines where each is an instruction of its own (a list printed without bullets)."""
    lines = [line.strip() for line in item.block.text.split("\n") if line.strip()]
    if len(lines) > 1 and item.block.location.page is None and _is_title_line(lines[0], lines[1]):
        return [lines[0], " ".join(lines[1:])]
    if len(lines) < 2 or (imperative(lines[0]) is None and not _is_own_line(lines[:1])):
        return [item.text]
    items = [lines[0]]
    for line in lines[1:]:
        is_own = _is_own_line([line]) or (line[:1].isupper() and imperative(line) is not None)
        if is_own and not items[-1].endswith((",", ":", "-")):
            items.append(line)
        else:
            items[-1] += " " + line
    return items


def _is_title_line(first: str, second: str) -> bool:
    """Whether a paragraph's first line is its title: a few words, set in bold or not, above a sentence."""
    is_short = len(first.split()) <= _TRAIT_WORDS and first[-1:].isalnum() and not is_contrast(first)
    return is_short and second[:1].isupper() and len(second.split()) >= len(first.split())


def read_text(item: PlacedBlock, text: str, is_voice: bool) -> Iterator[Said]:
    """What one paragraph, line or list item says: its label first, then its sentences.

    Args:
        item: the block.
        text: the whole of it, or one of its lines.
        is_voice: stands under voice or tone, not only under writing.
    """
    heading = item.path[-1] if item.path else ""
    is_listed = bool(TRAITS.search(heading))
    if is_quotation(text):
        return
    if (mark := mark_of(text)) is not None:
        is_dont = mark == "dont" and not outweighs_its_mark(without_mark(text), mark)
        yield Said("voice_dont" if is_dont else "voice_do", without_mark(text))
        return
    text = NUMBERING.sub("", text).replace("**", "").lstrip("➤➜→▸▪■● ")
    label = LABEL.match(text) or _TRAIT_LABEL.match(text)
    if label is not None and label.re is _TRAIT_LABEL and not is_traits(label[1]):
        label = None
    if label is not None:
        is_trait_place = item.block.kind == "list_item" and is_listed
        handled = _labelled(label[1].strip(), label[2].strip(), text, is_voice, is_listed, is_trait_place)
        if handled is not None:
            yield from handled
            return
    is_item = item.block.kind == "list_item"
    if is_item and is_voice and _is_trait_item(text, is_listed):
        yield Said("voice_tone", text)
        return
    yield from _sentences_of(text, is_item, is_listed, is_voice)


def _sentences_of(text: str, is_item: bool, is_listed: bool, is_voice: bool) -> Iterator[Said]:
    parts = sentences(text)
    has_rule = says_anything = False
    lead = ""
    for number, sentence in enumerate(parts):
        if is_voice and number == 0 and (is_item or len(sentence.split()) <= 4) and _is_trait_lead(sentence, text):
            meaning = parts[1] if len(parts) > 1 and not read_sentence(parts[1], is_voice=True) else ""
            yield Said("voice_tone", f"{sentence} {meaning}".strip())
            continue
        capital = sentence[:1].upper() + sentence[1:] if is_item and is_listed else sentence
        kind = imperative(capital) if is_item and capital != sentence else None
        found = [Said(kind, sentence)] if kind is not None else read_sentence(sentence, is_voice=is_voice)
        if number == 0 and is_item and not found and len(sentence.split()) <= _TRAIT_WORDS:
            lead = sentence
            continue
        says_anything = says_anything or bool(found)
        for said in found:
            # the first instruction of a paragraph is the rule, those behind it explain it
            is_first = said.kind != "voice_do" or not has_rule or said.text.startswith("We")
            has_rule = has_rule or said.kind == "voice_do"
            is_first = is_first and not _ORPHAN.match(said.text)
            named = said._replace(text=f"{lead} {said.text}") if lead and number == 1 else said
            yield named if is_first else named._replace(rank=named.rank + 1)
    if is_item and not says_anything and _is_phrase(text):
        yield from _phrases_of(text)


def _phrases_of(text: str) -> Iterator[Said]:
    """A phrase, or those between its semicolons where one of them says what is left out, each on its own side."""
    label = LABEL.match(text)
    parts = re.split(r"\s*;\s+", label[2] if label is not None else text)
    if len(parts) > 1 and any(_is_negative(part) for part in parts):
        yield from (Said("voice_dont" if _is_negative(part) else "voice_do", _capital(part), _WEAK) for part in parts)
        return
    is_negative = _is_negative(text) or (label is not None and opens_with_without(label[2]))
    yield Said("voice_dont" if is_negative else "voice_do", text, _WEAK)
    if not is_negative and (rejected := rejected_part(text)) is not None:
        yield Said("voice_dont", rejected, _WEAK)


def _is_negative(phrase: str) -> bool:
    return bool(_NEGATIVE_INSIDE.search(" ".join(phrase.split()[:3]))) or opens_with_without(phrase)


def _is_phrase(text: str) -> bool:
    """An item that may be a rule though it is no sentence: 'Short sentences', 'Ein Gedanke pro Satz'."""
    is_long_enough = 2 <= len(text.split()) <= _PHRASE_WORDS
    return is_long_enough and not _NO_RULE.search(text) and not is_shown(text) and not is_about_the_guide(text)


def _labelled(
    label: str, rest: str, text: str, is_voice: bool, is_listed: bool, is_trait_place: bool
) -> list[Said] | None:
    """What 'Label: rest' says; None where the label is no label of ours."""
    if _EXAMPLE_LABEL.match(label):
        return []
    if len(label.split()) > 1 and (imperative(label) is not None or is_we(label)):
        return None  # 'Prefer familiar words: help, not assist' is one rule
    if is_shown(rest):
        return [Said("voice_do", text, _WEAK)] if len(label.split()) > 1 else []
    if _TONE_LABEL.match(label):
        return [Said("voice_tone", text)] if is_voice and not is_quotation(rest) else []
    is_quoted = is_quotation(rest)
    if _COPY.match(rest) and (AVOIDED.match(label) or FAVOURED.match(label)):
        return []
    if AVOIDED.match(label):
        return [] if is_quoted else [Said("voice_dont", text)]
    if _NEGATIVE_INSIDE.search(label):
        return [] if is_quoted else [Said("voice_dont", text)]
    if FAVOURED.match(label):
        return [] if is_quoted else [*_rules_in(rest)] or [Said("voice_do", text)]
    is_named_trait = is_listed and (count_tone_words(label) > 0 or is_trait_place) and imperative(label) is None
    if is_voice and (is_traits(label) or is_named_trait):
        rules = _rules_in(rest)
        if not rules:
            return [Said("voice_tone", text)]
        return [Said("voice_tone", label), *rules, *_phrases_in(rest)]
    rules = [
        said for part in sentences(rest) for said in read_sentence(_capital(part), is_voice=False) if said.rank == 0
    ]
    return rules or None


def _rules_in(rest: str) -> list[Said]:
    return [said for part in sentences(rest) for said in read_sentence(_capital(part), is_voice=True)]


def _phrases_in(rest: str) -> list[Said]:
    """Sentences behind a trait that are phrases: 'Concise: Short sentences. One idea per paragraph.'"""
    unread = [part for part in sentences(rest) if not read_sentence(_capital(part), is_voice=True)]
    return [Said("voice_do", part, _WEAK) for part in unread if _is_phrase(part)]


def without_example(text: str) -> str:
    """'Too formal: "Dear Sir or Madam"' without the copy that shows it."""
    label = LABEL.match(text)
    return label[1] if label is not None and is_shown(label[2]) else text


def read_avoided(item: PlacedBlock, label: str) -> Iterator[Said]:
    """What stands under 'Don't', 'Avoid' or 'Words to avoid', each line as it is written: its side is what negates."""
    is_word_list = bool(_WORDS_TO_AVOID.search(label))
    for text in items_of(item) if item.block.kind == "paragraph" else [item.text]:
        if mark_of(text) == "do":
            continue  # what is right instead
        bare = without_example(without_mark(text))
        if is_preference(without_mark(text), is_word_list=is_word_list):
            yield Said("voice_do", without_mark(text), 1)
            continue
        if item.block.kind == "paragraph" and not _is_avoided_text(bare, is_word_list):
            continue
        if not is_quotation(bare) or (item.block.kind == "list_item" and len(bare.split()) <= _TRAIT_WORDS):
            yield Said("voice_dont", bare, _WEAK if is_word_list else 0)


_INSTEAD = re.compile(
    r"(?i)\b(?:instead(?! of)|always|make sure|ensure)\b|(?:^|[.;:,–—])\W*(?:only|please|rather)\b(?! than)"
)
"""Below don'ts, a sentence on what is right: it is no don't, and nothing there is told as a do."""


def on_its_side(found: Iterable[Said], standing: Standing | None, item: PlacedBlock) -> Iterator[Said]:
    """The lines on the side where they stand: below don'ts nothing is a do, nor a trait of the voice."""
    for said in found:
        is_on_side = standing is None or standing.stance == "do" or said.kind == "voice_dont"
        is_word_list = standing is not None and bool(_WORDS_TO_AVOID.search(standing.label))
        if is_on_side or (said.kind == "voice_do" and is_preference(said.text, is_word_list=is_word_list)):
            yield said
        elif (
            standing is not None
            and standing.stance == "dont"
            and item.block.kind != "heading"
            and not _INSTEAD.search(said.text)
        ):
            yield said._replace(kind="voice_dont")
        elif standing is not None and standing.stance == "forbids" and said.kind == "voice_tone":
            yield said


def _is_avoided_text(text: str, is_word_list: bool) -> bool:
    """Whether a paragraph below 'Don't' is a rule, and not a remark or an example: an instruction, or listed "
    "words."""
    if is_word_list:
        return not re.search(r"(?i)\b(?:you|these|this|that|which|are|is)\b", text)
    return imperative(text) is not None


def _is_own_line(lines: Sequence[str]) -> bool:
    """Lines marked as right or wrong, labelled, or that set two traits against each other."""
    return all(mark_of(line) or is_contrast(line) or _is_labelled(line) for line in lines)


def _is_labelled(line: str) -> bool:
    label = LABEL.match(line)
    return label is not None and bool(
        AVOIDED.match(label[1]) or FAVOURED.match(label[1]) or _TONE_LABEL.match(label[1].strip())
    )


def _is_trait_item(text: str, is_listed: bool) -> bool:
    """A list item that is a trait: 'Friendly', 'Welcoming to all audiences', 'Warm but not saccharine'."""
    if imperative(_capital(text)) is not None or re.search(r"(?i)\bvs\b", text) or is_bare_label(text):
        return False
    if count_tone_words(" ".join(text.split()[:_LEAD_WORDS])) >= _ENOUGH:
        return len(text.split()) <= _PHRASE_WORDS
    if len(text.split()) > _TRAIT_WORDS + 2:
        return False
    is_short = len(text.split()) <= _TRAIT_WORDS and not re.search(r"[.!]\s", text)
    begins = is_tone_words(" ".join(text.split()[:2]))
    is_name = is_listed and len(text.split()) <= _NAME_WORDS and text[:1].isupper() and text[-1:].isalnum()
    return is_traits(text) or is_contrast(_capital(text)) or is_name or (is_listed and is_short and begins)


def _is_trait_lead(sentence: str, text: str) -> bool:
    """The bold words that open a line: 'Clear. We explain ...', 'Confident, not boastful. Make ...'."""
    if sentence == text and not is_contrast(sentence):
        return False
    bare = sentence.rstrip(".!")
    return is_traits(bare) or is_contrast(sentence)


def _capital(part: str) -> str:
    return part[:1].upper() + part[1:]
