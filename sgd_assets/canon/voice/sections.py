"""Which blocks of a document speak of a voice: `[PlacedBlock] -> (PlacedBlock, strength)`.

Sections headed voice, tone or personality state a voice ("voice"). What a guide to writing says states one too, where
nothing else does ("guide"). Sections on writing only add to a voice ("writing"). Examples, sample copy, and notes on
audiences are left out. What must not live here: what a block says (`voice/read.py`), words for traits
(`words/voice_patterns.py`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.sides.imperatives import imperative
from sgd_assets.canon.voice.lines import sentences
from sgd_assets.canon.words import topics
from sgd_assets.canon.words.voice_patterns import SAMPLE, SKIPPED_SECTION, count_tone_words

Strength = Literal["voice", "guide", "writing"]
_STATED_ANYWHERE = re.compile(
    r"(?i)\b(?:our|the brand[’']s|brand) (?:tone of voice|(?:voice|tone) (?:and|&) (?:tone|voice)|tone|voice) "
    r"(?:is|are|should be|must be|speaks?|sounds?|talks?|feels?|reads?)\s+[a-z]|"
    r"^(?:our |brand |writing )?(?:tone(?: of voice)?|voice(?: (?:and|&) tone)?|personality)\s*[:–—]\s*[a-z]"
)
_EXAMPLE = re.compile(
    r"(?i)\b(?:examples?|for instance|sentences?|like this|tone when|might say|could say|say|respond|writes?)\b"
    r"[^.]*:$"
    r"|^\W*(?:also )?(?:good|bad|better|worse|prefer|avoid|before|after|on-brand|off-brand|yes|no|do|don[’']t|"
    r"instead of|right|wrong)\W*:\W*$"
)
"""What follows such a line shows the voice; it is no rule."""
_DECLARES = re.compile(r"(?i)we(?: are|[’']re) \w[\w, ]{2,40}\b(?:but|never|not)\b")
"""Headings such as 'We are witty, but not silly': a page of them is on the voice, whatever it is titled."""
_ENOUGH = 2  # one heading may declare by chance
_TITLE_WORDS = 8  # parts a title from a first sentence


def voice_blocks(placed: Sequence[PlacedBlock], title: str) -> Iterator[tuple[PlacedBlock, Strength | None]]:
    """Every block with what it can state of a voice, in reading order."""
    declares = sum(item.block.kind == "heading" and bool(_DECLARES.match(item.text)) for item in placed) >= _ENOUGH
    announces_example = False
    for item in placed:
        is_example = announces_example and item.block.kind == "paragraph" and not _stated_anywhere(item)
        if item.block.kind != "alt_text":
            announces_example = _announces_example(item)
        if is_example or _is_skipped(item):
            yield item, None
        else:
            yield item, "voice" if declares else _strength(item, title)


def is_voice_topic(item: PlacedBlock, title: str) -> bool:
    """Whether the block stands under a heading or title on voice, tone or writing."""
    return _strength(item, title) is not None


def first_line(placed: Sequence[PlacedBlock]) -> str:
    """The line that stands for a title in a document without headings."""
    if not placed or any(item.block.kind == "heading" for item in placed) or placed[0].block.kind != "paragraph":
        return ""
    return placed[0].text if len(placed[0].text.split()) <= _TITLE_WORDS else ""


def _announces_example(item: PlacedBlock) -> bool:
    return bool(_EXAMPLE.search(item.text)) or bool(SAMPLE.fullmatch(item.text))


def _stated_anywhere(item: PlacedBlock) -> bool:
    """'Our tone is plain' or 'Tone: plain', wherever it stands; the words after it must be those of a voice."""
    if item.block.kind not in ("paragraph", "list_item") or topics.NOT_VOICE.search(item.text):
        return False
    if not _STATED_ANYWHERE.search(item.text):
        return False
    return any(_STATED_ANYWHERE.search(line) and count_tone_words(line) > 0 for line in sentences(item.text))


def _is_skipped(item: PlacedBlock) -> bool:
    """Whether a heading between the block and its topic says that examples, audiences or other subjects follow."""
    own = [item.text] if item.block.kind == "heading" else []
    for heading in [*own, *reversed(item.path)]:
        is_topic = topics.VOICE.search(heading) and not re.search(r"(?i)\bexamples?\b", heading)
        is_skipped = SKIPPED_SECTION.search(heading) or SAMPLE.fullmatch(heading)
        if is_skipped and not is_topic and imperative(heading) is None:
            return True
        if topics.VOICE.search(heading):
            return False
    return False


def _strength(item: PlacedBlock, title: str) -> Strength | None:
    """Whether the block stands under voice or tone, in a guide to writing, under a writing topic, or under none."""
    if _stated_anywhere(item):
        return "voice"
    texts = [*reversed(item.path), title]
    if item.block.kind == "heading":
        texts.insert(0, item.text)
    subjects = [_subject(text) for text in texts]
    if "speech" in subjects:
        return None
    is_guide = bool(topics.STYLE_GUIDE.search(title)) and not topics.VOICE.search(title)
    for subject in subjects:
        if subject == "writing":
            return "voice" if subjects[-1] == "voice" else "guide" if is_guide else "writing"
        if subject is not None:
            return "voice" if subject == "voice" else None
    return "guide" if is_guide else None


@lru_cache(maxsize=4096)
def _subject(heading: str) -> Literal["speech", "other", "voice", "writing"] | None:
    """What a heading or title is about, as far as voices go; headings repeat for every block below them."""
    if topics.NO_BRAND_VOICE.search(heading):
        return "speech"
    if topics.NOT_VOICE.search(heading):
        return "other"
    if topics.VOICE.search(heading):
        return "voice"
    return "writing" if topics.WRITING.search(heading) else None
