"""How the brand says it speaks: `ParsedDocument, [PlacedBlock] -> [VoiceClaim]`.

Tone: sentences that say what the voice or tone is, traits in lists, headings and tables. Dos and donts: instructions,
and what stands under 'do' and 'don't'. Only sections headed voice, tone or personality state a voice; sections on
writing add to one stated elsewhere. Examples, sample copy, lists of words and notes on audiences are no rules.
What must not live here: the reading of one sentence (`voice_lines.py`) or table (`voice_tables.py`), what is kept
(`voice_rank.py`), joining documents (`resolve.py`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from sgd_assets.canon import topics
from sgd_assets.canon.claims import VoiceClaim
from sgd_assets.canon.imperatives import imperative
from sgd_assets.canon.list_labels import with_list_labels
from sgd_assets.canon.sections import PlacedBlock, title_words
from sgd_assets.canon.tables import Tables
from sgd_assets.canon.voice_columns import with_column_heads
from sgd_assets.canon.voice_items import items_of, read_avoided, read_text, without_example
from sgd_assets.canon.voice_lines import (
    Said,
    is_contrast,
    is_quotation,
    is_shown,
    is_traits,
    opens_with_trait,
    read_sentence,
    sentences,
)
from sgd_assets.canon.voice_tables import is_voice_row, read_cell, read_voice_row
from sgd_assets.canon.voice_words import (
    AVOIDED,
    FAVOURED,
    MEANING_HEAD,
    MECHANICS_SECTION,
    NUMBERING,
    SKIPPED_SECTION,
    SUMMARY,
    TRAITS,
    WE_ARE,
    count_tone_words,
)
from sgd_resources.parsed_document import ParsedDocument

_Strength = Literal["voice", "guide", "writing"]
_STATED_ANYWHERE = re.compile(
    r"(?i)\b(?:our|the brand[’']s|brand) (?:tone of voice|tone|voice) (?:is|should be|must be)\s+[a-z]|"
    r"^(?:our |brand |writing )?(?:tone(?: of voice)?|voice(?: (?:and|&) tone)?|personality)\s*[:–—]\s*[a-z]"
)
_EXAMPLE = re.compile(
    r"(?i)\b(?:examples?|for instance|sentences?|like this|tone when|might say|could say|say|respond|writes?)\b"
    r"[^.]*:$"
    r"|^\W*(?:also )?(?:good|bad|better|worse|prefer|avoid|before|after|on-brand|off-brand|yes|no|do|don[’']t|"
    r"instead of|right|wrong)\W*:\W*$"
)
"""What follows such a line shows the voice; it is no rule."""
_PLACEHOLDER = re.compile(r"^\W*\[[^\]]*\]\W*$|\[[A-Z][\w ,/’'-]*\](?!\()|\{\{.*?\}\}|<[A-Z][A-Z_ ]+>")
"""'[Attribute 1]', '{{tone}}': a form that nobody has filled in."""
_DECLARES = re.compile(r"(?i)we(?: are|[’']re) \w[\w, ]{2,40}\b(?:but|never|not)\b")
"""Headings such as 'We are witty, but not silly': a page of them is on the voice, whatever it is titled."""
_ENOUGH = 2
_TRAIT_WORDS = 6
_TITLE_WORDS = 8
_WEAK = 2


def claim_voice(document: ParsedDocument, placed: Sequence[PlacedBlock], file_name: str) -> list[VoiceClaim]:
    """Claims in reading order; empty where no heading, title or file speaks of voice, tone or writing."""
    title = f"{title_words(document, placed, file_name)} {_first_line(placed)}"
    claims: list[VoiceClaim] = []
    announces_example = False
    tables = Tables(placed)
    declares = sum(item.block.kind == "heading" and bool(_DECLARES.match(item.text)) for item in placed) >= _ENOUGH
    for item in with_column_heads(with_list_labels(placed)):
        is_example = announces_example and item.block.kind == "paragraph" and not _stated_anywhere(item)
        strength = None if is_example or _is_skipped(item) else "voice" if declares else _strength(item, title)
        if strength is None and is_voice_row(item, tables):
            claims += [_claim(item, said, "voice", len(claims)) for said in read_voice_row(item.text)]
        if item.block.kind != "alt_text":
            announces_example = _announces_example(item)
        if strength is not None:
            for said in _read(item, tables, strength != "writing", title):
                claims.append(_claim(item, said, strength, len(claims)))
        elif item.block.kind == "code" and (said_title := _title_rule(document, item, title)) is not None:
            claims.append(_claim(item, said_title, _strength(item, title) or "writing", len(claims)))
    return claims


def _first_line(placed: Sequence[PlacedBlock]) -> str:
    """The line that stands for a title in a document without headings."""
    if not placed or any(item.block.kind == "heading" for item in placed) or placed[0].block.kind != "paragraph":
        return ""
    return placed[0].text if len(placed[0].text.split()) <= _TITLE_WORDS else ""


def is_voice_topic(item: PlacedBlock, title: str) -> bool:
    """Whether the block stands under a heading or title on voice, tone or writing."""
    return _strength(item, title) is not None


def _announces_example(item: PlacedBlock) -> bool:
    return bool(_EXAMPLE.search(item.text)) or bool(re.fullmatch(r"(?i)\W*examples?\W*", item.text))


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
        if SKIPPED_SECTION.search(heading) and not is_topic and imperative(heading) is None:
            return True
        if topics.VOICE.search(heading):
            return False
    return False


def _strength(item: PlacedBlock, title: str) -> _Strength | None:
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


def _read(item: PlacedBlock, tables: Tables, is_voice: bool, title: str) -> Iterator[Said]:
    if item.block.kind in ("code", "alt_text") or _PLACEHOLDER.search(item.text):
        return
    demotion = _WEAK if _is_mechanics(item, title) else 0
    for said in _read_kind(item, tables, is_voice, title):
        if said.kind != "voice_tone" and said.text.rstrip().endswith(":"):
            continue  # a label: what it announces follows
        if item.block.is_quote and said.kind != "voice_tone":
            continue  # quoted speech shows the voice
        yield said._replace(rank=max(said.rank, demotion if said.kind != "voice_tone" else 0))


def _is_mechanics(item: PlacedBlock, title: str) -> bool:
    headings = [*item.path[-2:], *([] if topics.VOICE.search(title) else [title])]
    return any(MECHANICS_SECTION.search(text) for text in headings) and not any(
        SUMMARY.search(text) for text in (*item.path, title)
    )


def _read_kind(item: PlacedBlock, tables: Tables, is_voice: bool, title: str) -> Iterator[Said]:
    if item.block.cell is not None:
        if is_voice:
            yield from read_cell(item, tables)
        return
    if item.block.kind == "heading":
        yield from _heading(item, is_voice, title)
        return
    label = item.path[-1] if item.path else ""
    # a list under a plain "Avoid:" names what to avoid; a paragraph under a heading "Words to avoid" lists it
    if AVOIDED.match(label) and item.block.kind in ("list_item", "paragraph") and len(item.text) <= 240:
        yield from read_avoided(item, label)
        return
    is_printed = item.block.location.page is not None and item.block.kind == "list_item"
    if is_printed and MEANING_HEAD.match(label) and not WE_ARE.match(label):
        yield from (said for line in sentences(item.text) for said in read_sentence(line, is_voice=is_voice))
        return
    is_plain = len(item.text.split()) <= _TRAIT_WORDS and not re.search(r"[.!]\s", item.text)
    if item.block.kind == "list_item" and WE_ARE.match(label) and is_plain:
        yield Said("voice_tone", item.text)
        return
    if item.block.kind == "list_item" and FAVOURED.match(label):
        if not is_quotation(item.text) and not is_shown(item.text) and len(item.text.split()) > 1:
            yield Said("voice_do", without_example(item.text))
        return
    texts = items_of(item)
    if is_voice and item.block.kind == "paragraph" and _is_named(label):
        yield from (Said("voice_tone", line) for line in sentences(texts[0])[:1] if opens_with_trait(line))
    for text in texts:
        yield from read_text(item, text, is_voice)


def _heading(item: PlacedBlock, is_voice: bool, title: str) -> Iterator[Said]:
    """A heading that is itself an instruction or a trait."""
    text = NUMBERING.sub("", item.text)
    if AVOIDED.match(text) or FAVOURED.match(text) or len(text) > 100:
        return
    if imperative(text) is not None and len(text) > 8:
        yield Said(imperative(text) or "voice_do", text)
        return
    under = item.path[-1] if item.path else title
    is_trait_place = bool(TRAITS.search(under))
    says_trait = is_traits(text) or is_contrast(text) or (is_trait_place and count_tone_words(text) > 0)
    if is_voice and len(text.split()) <= _TRAIT_WORDS and under and says_trait:
        yield Said("voice_tone", text)


def _is_named(label: str) -> bool:
    """Whether a heading is the word for a voice and nothing else: 'Voice', '2. Our tone', 'Tonalität'."""
    named = topics.VOICE.search(label)
    return named is not None and len(NUMBERING.sub("", label).split()) <= len(named[0].split()) + 1


def _title_rule(document: ParsedDocument, item: PlacedBlock, title: str) -> Said | None:
    """A page's title in its front matter that is an instruction on writing: 'Use plain language'."""
    words = (document.title or "").strip()
    speaks = topics.WRITING.search(words) or topics.VOICE.search(words)
    if item.order != 0 or not speaks or words not in item.block.text or len(words.split()) > _TRAIT_WORDS:
        return None
    kind = imperative(words)
    return Said(kind, words) if kind is not None else None


def _claim(item: PlacedBlock, said: Said, strength: _Strength, order: int) -> VoiceClaim:
    return VoiceClaim(
        kind=said.kind,
        text=said.text.strip(),
        is_voice_topic=strength == "voice",
        is_style_guide=strength == "guide",
        rank=said.rank,
        quote=as_printed(item, said.text),
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
