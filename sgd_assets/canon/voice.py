"""How the brand says it speaks: `[PlacedBlock] -> [VoiceClaim]`.

Tone: sentences that say what the voice or tone is, and lists that follow them. Dos and donts: imperative lines. Only
sections headed voice or tone state a voice; sections on writing add to one stated elsewhere.
What must not live here: joining documents (`resolve.py`).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from sgd_assets.canon import topics
from sgd_assets.canon.claims import VoiceClaim
from sgd_assets.canon.imperatives import IMPERATIVES
from sgd_assets.canon.sections import PlacedBlock, file_words
from sgd_assets.canon.tables import Tables
from sgd_resources.parsed_document import ParsedDocument

_Kind = Literal["voice_tone", "voice_do", "voice_dont"]

_NEGATIVE = re.compile(
    r"(?i)^(?:please\s+)?(?:do not|don[’']t|never|avoid|no\b(?! matter|[:,.])|stop|refrain|stay away|steer clear|"
    r"resist|we (?:do not|don[’']t|never|avoid|aren[’']t|are not))\b"
)
_NEGATIVE_INSIDE = re.compile(
    r"(?i)(?:\b(?:but|so|and|or|please|that said,?|—|–|;|,)\s+(?:please\s+)?)((?:do not|don[’']t|never|"
    r"avoid)\s+[^.;!?]{4,160})"
)
_WE_NEGATIVE = re.compile(
    r"(?i)\b(?:we(?:[’']re| are)? (?:never|not|avoid|don[’']t|do not)|doesn[’']t need to|should not|"
    r"shouldn[’']t|must not)\b"
)
_TONE_SENTENCE = re.compile(
    r"(?i)\b(?:our|the|brand[’']?s?|\w+[’']s)\s+(?:\w+\s+){0,3}?(?:voice|tone|tone of voice|personality|style "
    r"of writing)\b[^.]{0,60}?\b(?:is|are|should be|must be|feels?|sounds?|stays?|remains?)\b"
    r"|\bwe (?:speak|write|communicate|talk|sound|like to (?:communicate|speak|write))\b[^.]{0,40}\b(?:in|"
    r"like|with|as|clearly|plainly|simply)\b"
    r"|\bconsider our (?:voice|tone)\b|\b(?:voice|tone)(?: is| should be|:)\s"
    r"|\b(?:we|you)\s+(?:may\s+|should\s+|can\s+)?(?:use|adopt|take|strike|prefer|want)\s+an?\s+[\w, "
    r"-]{3,60}\s(?:tone|voice)\b"
    r"|^(?:use|adopt|take|strike)\s+an?\s+[\w, -]{3,60}\s(?:tone|voice)\b"
)
_WE_ARE = re.compile(
    r"(?i)^(?:we(?:[’']re| are)|it[’']s|it is|our \w+ (?:is|are))\s+(?!considering|going|talking|the )\w"
)
_GENERIC_TONE = re.compile(
    r"(?i)\b(?:is similar to|an author|someone|a person|would use|you might|is our unique|difference between|"
    r"what[’']s the difference|is (?:more )?like|analogous|can change|changes|is a (?:constant|variable)|you "
    r"have the same|reflection of)\b"
)
_LEAD_IN = re.compile(
    r"(?i)\b(?:voice|tone|we|writing|content|copy|personality|traits?|principles|values)\b[^.]*(?::|is|are)\s*$"
)
_PAIR_HEAD = re.compile(
    r"(?i)^\W*(?:(?:please |we )?do|dos|do[’']s|use|we are|always|(?:please |we )?don[’']?ts?|do not|donts|we "
    r"are not|we[’']re not|never|avoid|✓|✔|✅|✗|✘|❌)\W*$"
)
_TRAITS = re.compile(
    r"(?i)\b(?:personality|attributes?|traits?|characteristics|values|(?:our|brand) (?:voice|tone)|voice is|"
    r"tone is|we are)\b|^(?:voice|tone|tone of voice)\W*$"
)
_STATED_ANYWHERE = re.compile(
    r"(?i)\b(?:our|the brand[’']s|brand) (?:tone of voice|tone|voice) (?:is|should be|must be)\s+[a-z]|"
    r"^(?:our |brand )?(?:tone(?: of voice)?|voice(?: and tone)?)\s*:\s*[a-z]"
)
_EXAMPLE = re.compile(r"(?i)\b(?:examples?|for instance|sentences?|like this|tone when)\b[^.]*:$")
"""What follows such a line shows the voice; it is no rule."""
_QUOTE = re.compile(r"^\s*[>“\"]")
_ADJECTIVES = 6
_LONG = 280


def claim_voice(document: ParsedDocument, placed: Sequence[PlacedBlock], file_name: str) -> list[VoiceClaim]:
    """Claims in reading order; empty where no heading, title or file speaks of voice, tone or writing."""
    title = f"{document.title or ''} {file_words(file_name)}"
    claims: list[VoiceClaim] = []
    lead_in: PlacedBlock | None = None
    announces_example = False
    tables = Tables(placed)
    for item in placed:
        strength = _strength(item, title)
        if strength is None or (announces_example and item.block.kind == "paragraph"):
            lead_in = None
            announces_example = bool(_EXAMPLE.search(item.text)) or bool(
                re.fullmatch(r"(?i)\W*examples?\W*", item.text)
            )
            continue
        announces_example = bool(_EXAMPLE.search(item.text))
        for kind, text in _read(item, lead_in, tables, strength == "voice"):
            claims.append(_claim(item, kind, text, strength == "voice", len(claims)))
        if item.block.kind not in ("list_item",):
            lead_in = item if _LEAD_IN.search(item.text) else None
    return claims


def _strength(item: PlacedBlock, title: str) -> Literal["voice", "writing"] | None:
    """Whether the block stands under voice or tone, under a writing topic, or under neither."""
    if (
        item.block.kind in ("paragraph", "list_item")
        and _STATED_ANYWHERE.search(item.text)
        and not topics.NOT_VOICE.search(item.text)
    ):
        return "voice"
    texts = [*reversed(item.path), title]
    if item.block.kind == "heading":
        texts.insert(0, item.text)
    for text in texts:
        if topics.VOICE.search(text) and not topics.NOT_VOICE.search(text):
            return "voice"
        if topics.WRITING.search(text):
            return "voice" if topics.VOICE.search(title) else "writing"
    return None


def _read(
    item: PlacedBlock, lead_in: PlacedBlock | None, tables: Tables, is_voice: bool
) -> Iterator[tuple[_Kind, str]]:
    text = item.text
    if item.block.kind in ("code", "alt_text"):
        return
    if item.block.kind == "heading":
        kind = _imperative(text)
        if kind is not None and len(text) > 8 and not _PAIR_HEAD.match(text):
            yield kind, text
        return
    pair = _pair_kind(item, tables)
    if pair is not None:
        yield pair, _negated(text, item) if pair == "voice_dont" else text
        return
    if item.block.kind == "table_cell" or _QUOTE.match(item.block.text):
        return
    is_trait_list = lead_in is not None or (bool(item.path) and bool(_TRAITS.search(item.path[-1])))
    if (
        item.block.kind == "list_item"
        and is_trait_list
        and is_voice
        and len(text.split()) <= _ADJECTIVES
        and _imperative(text[:1].upper() + text[1:]) is None
    ):
        yield "voice_tone", text
        return
    yield from _sentences_of(item, lead_in, is_voice)


def is_voice_topic(item: PlacedBlock, title: str) -> bool:
    """Whether the block stands under a heading or title on voice, tone or writing."""
    return _strength(item, title) is not None


def items_of(item: PlacedBlock) -> list[str]:
    """A block's text, or its lines where each is an instruction of its own (a list printed without bullets)."""
    lines = [line.strip() for line in item.block.text.split("\n") if line.strip()]
    if len(lines) < 2 or _imperative(lines[0]) is None:
        return [item.text]
    items = [lines[0]]
    for line in lines[1:]:
        if line[:1].isupper() and _imperative(line) is not None and not items[-1].endswith((",", ":", "-")):
            items.append(line)
        else:
            items[-1] += " " + line
    return items


def _sentences_of(item: PlacedBlock, lead_in: PlacedBlock | None, is_voice: bool) -> Iterator[tuple[_Kind, str]]:
    is_rule_list = item.block.kind == "list_item"
    is_first = True
    for sentence in (part for text in items_of(item) for part in _sentences(text)):
        kind = _imperative(sentence)
        if is_first and is_voice and kind is None and not is_rule_list and _is_adjectives(sentence):
            yield "voice_tone", sentence
            continue
        is_first = False
        if kind is None and is_rule_list and lead_in is not None and sentence[:1].islower():
            kind = _imperative(sentence[:1].upper() + sentence[1:])
        if len(sentence.split()) < 2:
            continue
        if kind is not None and len(sentence) <= _LONG:
            yield kind, sentence
            continue
        if is_voice and len(sentence) <= _LONG and not sentence.endswith("?"):
            if (_TONE_SENTENCE.search(sentence) or _WE_ARE.match(sentence)) and not _GENERIC_TONE.search(sentence):
                yield "voice_tone", sentence
            elif re.match(r"(?i)we\b", sentence) and not _GENERIC_TONE.search(sentence):
                yield (
                    (
                        "voice_dont"
                        if _WE_NEGATIVE.search(sentence) and not re.search(r"(?i)\bbut\b", sentence)
                        else "voice_do"
                    ),
                    sentence,
                )
        if (
            (match := _NEGATIVE_INSIDE.search(sentence))
            and re.match(r"(?i)\W*(?:so|but|that said|please)\b", match[0])
            and len(match[1]) <= _LONG
        ):
            yield "voice_dont", match[1][0].upper() + match[1][1:]
        elif is_voice and (
            match := re.search(
                r"(?i)\b(?:need(?:s)? to sound|sound)\b[^.]*\b(?:doesn[’']t|does not|not|never)\b[^.]*", sentence
            )
        ):
            yield "voice_dont", sentence


def _is_adjectives(sentence: str) -> bool:
    """'Warm, plain and practical.': a short list without a verb."""
    words = re.findall(r"[A-Za-z’'-]+", sentence)
    is_list = bool(
        re.fullmatch(r"[\w’'-]+(?:(?:,| and|, and| but|, but| yet| &)\s+(?:never |not )?[\w’'-]+){1,6}[.!]?", sentence)
    )
    return 2 <= len(words) <= 9 and is_list and words[0].lower() not in IMPERATIVES


def _imperative(sentence: str) -> _Kind | None:
    """Whether a line tells a writer to do or not to do something."""
    if _NEGATIVE.match(sentence):
        return "voice_dont"
    cleaned = re.sub(r"(?i)^(?:please|always|do|when (?:in doubt|writing),?|instead,)\s+", "", sentence)
    words = re.findall(r"[A-Za-z’']+", cleaned)
    if not words or sentence.endswith("?"):
        return None
    first = words[0].lower()
    is_command = (
        first in IMPERATIVES and not re.match(r"(?i)^\w+\s+(?:is|are|was|of)\b", cleaned) and cleaned[:1].isupper()
    )
    return "voice_do" if is_command and len(words) >= 2 else None


def _pair_kind(item: PlacedBlock, tables: Tables) -> _Kind | None:
    """Do or don't by the heading right above, or by the head of the table column."""
    label = ""
    if item.block.cell is not None:
        head = tables.head_of(item)
        label = head.text if head is not None else ""
    elif item.block.kind == "list_item" and item.path:
        label = item.path[-1]
    if not label or not _PAIR_HEAD.match(label) or not item.text:
        return None
    if re.search(r"(?i)\bwe are\b\W*$", label):
        return "voice_tone"
    return "voice_dont" if re.search(r"(?i)don[’']?t|not|never|avoid|✗|✘|❌", label) else "voice_do"


def _negated(text: str, item: PlacedBlock) -> str:
    """A line under 'Don't' with its negation kept: 'Use jargon' -> 'Don't use jargon'."""
    if _NEGATIVE.match(text) or re.match(r"(?i)(?:not|no)\b", text):
        return text
    lowered = text[:1].lower() + text[1:]
    if item.path and re.match(r"(?i)\W*avoid\b", item.path[-1]):
        return f"Avoid {lowered}"
    if item.path and re.search(r"(?i)\b(?:not)\b\W*$", item.path[-1]):
        return f"Not {lowered}"
    return f"Don't {lowered}" if _imperative(text[:1].upper() + text[1:]) else f"Don't: {lowered}"


def _sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[.!?])[\"”’)*_]*\s+(?=[A-Z\"“*‘\[(])", text)
    return [re.sub(r"^[\W_]+(?=\w)|[*_]+$", "", part).strip() for part in parts if re.search(r"\w", part)]


def _claim(item: PlacedBlock, kind: _Kind, text: str, is_voice: bool, order: int) -> VoiceClaim:
    return VoiceClaim(
        kind=kind,
        text=text.strip(),
        is_voice_topic=is_voice,
        quote=as_printed(item, text),
        location=item.block.location,
        order=order,
    )


def as_printed(item: PlacedBlock, text: str) -> str:
    """The words as they stand in the block, white space as printed; the whole block when they were edited."""
    words = text.split()
    for candidate in (words, words[1:]):
        if candidate:
            match = re.search(r"\s+".join(re.escape(word) for word in candidate), item.block.text)
            if match:
                return match[0]
    return item.block.text
