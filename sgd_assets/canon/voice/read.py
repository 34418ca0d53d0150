"""How the brand says it speaks: `ParsedDocument, [PlacedBlock] -> [VoiceClaim]`.

Tone: sentences that say what the voice or tone is, traits in lists, headings and tables. Dos and donts: instructions,
phrases in lists, and what stands under 'do' and 'don't'. Quotations show a voice and give no rules; a form that nobody
has filled in says nothing. What must not live here: which blocks are read (`voice/sections.py`), the reading of one
item (`voice/items.py`), sentence (`voice/lines.py`) or table (`voice/tables.py`), what is kept (`voice/rank.py`).
"""

import re
from collections.abc import Iterator, Sequence

from sgd_assets.canon.facts.claims import VoiceClaim
from sgd_assets.canon.reading.list_labels import with_list_labels
from sgd_assets.canon.reading.printed_words import as_printed
from sgd_assets.canon.reading.sections import PlacedBlock, title_words
from sgd_assets.canon.reading.tables import Tables
from sgd_assets.canon.sides.carried import with_carried_columns
from sgd_assets.canon.sides.imperatives import imperative
from sgd_assets.canon.sides.lead_ins import is_label
from sgd_assets.canon.sides.marks import without_mark
from sgd_assets.canon.sides.polarity import Standing, is_bare_label, standing_of
from sgd_assets.canon.voice.columns import with_column_heads
from sgd_assets.canon.voice.items import items_of, on_its_side, read_avoided, read_text, without_example
from sgd_assets.canon.voice.lines import (
    Said,
    is_contrast,
    is_quotation,
    is_shown,
    is_traits,
    opens_with_trait,
    read_sentence,
    sentences,
)
from sgd_assets.canon.voice.pairs import instructions_in, rejected_in
from sgd_assets.canon.voice.sections import Strength, first_line, voice_blocks
from sgd_assets.canon.voice.tables import is_voice_row, read_cell, read_voice_row
from sgd_assets.canon.words import topics
from sgd_assets.canon.words.voice_patterns import (
    AVOIDED,
    FAVOURED,
    MEANING_HEAD,
    MECHANICS_SECTION,
    NUMBERING,
    SUMMARY,
    TRAITS,
    WE_ARE,
    count_tone_words,
)
from sgd_resources.parsed_document import ParsedDocument

_PLACEHOLDER = re.compile(r"^\W*\[[^\]]*\]\W*$|\[[A-Z][\w ,/’'-]*\](?!\()|\{\{.*?\}\}|<[A-Z][A-Z_ ]+>")
"""'[Attribute 1]', '{{tone}}': a form that nobody has filled in."""
_TRAIT_WORDS = 6  # parts 'Warm and direct' from a sentence
_WEAK = 2  # the rank (see `voice_rank.FILL`) that only fills up


def claim_voice(document: ParsedDocument, placed: Sequence[PlacedBlock], file_name: str) -> list[VoiceClaim]:
    """Claims in reading order; empty where no heading, title or file speaks of voice, tone or writing."""
    title = f"{title_words(document, placed, file_name)} {first_line(placed)}"
    tables = Tables(placed)
    claims: list[VoiceClaim] = []
    for item, strength in voice_blocks(with_carried_columns(with_column_heads(with_list_labels(placed))), title):
        if strength is not None:
            found = _read(item, tables, strength != "writing", title)
        else:
            found = iter(read_voice_row(item.text) if is_voice_row(item, tables) else ())
        for said in found:
            claims.append(_claim(item, said, strength or "voice", len(claims)))
    return claims


def _read(item: PlacedBlock, tables: Tables, is_voice: bool, title: str) -> Iterator[Said]:
    if item.block.kind in ("code", "alt_text") or _PLACEHOLDER.search(item.text) or _is_label_alone(item):
        return
    demotion = _WEAK if _is_mechanics(item, title) else 0
    standing = standing_of(item)
    for said in on_its_side(_read_kind(item, tables, is_voice, title, standing), standing, item):
        if said.kind != "voice_tone" and is_label(said.text):
            continue  # a label: what it announces follows
        if item.block.is_quote and said.kind != "voice_tone":
            continue  # quoted speech shows the voice
        yield said._replace(rank=max(said.rank, demotion if said.kind != "voice_tone" else 0))


def _is_label_alone(item: PlacedBlock) -> bool:
    """ "Don't" on a line of its own: what it announces follows."""
    return item.block.kind == "paragraph" and is_bare_label(item.text)


def _is_mechanics(item: PlacedBlock, title: str) -> bool:
    headings = [*item.path[-2:], *([] if topics.VOICE.search(title) else [title])]
    return any(MECHANICS_SECTION.search(text) for text in headings) and not any(
        SUMMARY.search(text) for text in (*item.path, title)
    )


def _read_kind(
    item: PlacedBlock, tables: Tables, is_voice: bool, title: str, standing: Standing | None
) -> Iterator[Said]:
    label = item.path[-1] if item.path else ""
    if item.block.cell is not None and _is_in_headed_column(item, tables, label):
        yield Said("voice_dont" if AVOIDED.match(label) else "voice_do", without_mark(item.text))
        return
    if item.block.cell is not None:
        if is_voice:
            yield from read_cell(item, tables)
        return
    if item.block.kind == "heading":
        yield from _heading(item, is_voice, title)
        return
    # a list under a plain "Avoid:" names what to avoid; a paragraph under a heading "Words to avoid" lists it
    is_below_donts = standing is not None and standing.stance == "dont"
    if is_below_donts and item.block.kind in ("list_item", "paragraph", "caption") and len(item.text) <= 240:
        yield from read_avoided(item, standing.label if standing is not None else "")
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
    for text in (part for joined in texts for part in instructions_in(joined)):
        told = list(read_text(item, text, is_voice))
        yield from told
        rejected = rejected_in(text)
        if rejected is not None and any(said.kind == "voice_do" for said in told):
            yield Said("voice_dont", rejected)


def _is_in_headed_column(item: PlacedBlock, tables: Tables, label: str) -> bool:
    """Whether a line of a page, lined up with those beside it, stands in a column below a heading 'Do' or "Don't"."""
    is_on_page = item.block.location.page is not None and len(item.text.split()) > 1 and not is_quotation(item.text)
    head = tables.head_of(item)
    is_headless = head is None or (head.path == item.path and not is_bare_label(head.text))
    return is_on_page and is_headless and bool(AVOIDED.match(label) or FAVOURED.match(label))


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


def _claim(item: PlacedBlock, said: Said, strength: Strength, order: int) -> VoiceClaim:
    return VoiceClaim(
        kind=said.kind,
        text=said.text.strip(),
        is_voice_topic=strength == "voice",
        is_style_guide=strength == "guide",
        rank=said.rank,
        quote=as_printed(item, said.text, may_lack_first_word=True),
        location=item.block.location,
        order=order,
    )
