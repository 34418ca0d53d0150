"""Tables on a voice: traits with what they mean and do not mean, 'we are' beside 'we are not', do beside don't.

`(cell, Tables) -> [Said]`. Tables that trade single words ('say X, not Y') are a word list, no voice.
What must not live here: running text (`voice/lines.py`).
"""

import re
from typing import Literal

from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.reading.tables import Tables
from sgd_assets.canon.sides.imperatives import imperative
from sgd_assets.canon.sides.marks import mark_of, without_mark
from sgd_assets.canon.sides.polarity import is_bare_label, stance_of_label
from sgd_assets.canon.voice.lines import Said, is_quotation, is_traits, read_sentence, sentences
from sgd_assets.canon.words import topics
from sgd_assets.canon.words.voice_patterns import (
    AVOIDED,
    FAVOURED,
    LABEL,
    MEANING_HEAD,
    TRAIT_HEAD,
    TRAITS,
    WE_ARE,
    WORD_LIST,
    count_tone_words,
)

_SHORT = 6  # parts a trait in a cell from a sentence
_PAIR = 2  # a trait and what it means; more columns are another kind of table
_MOST_SENTENCES = 8  # of a cell; bounds what one row can add
_LONGEST_RULE = 90  # as `voice_rank._SHORT`: without a mark of a rule only short lines are taken for one
_RULE_HEAD = re.compile(
    r"(?i)^\W*(?:(?:writing |copy )?rules?|guidance|guidelines?|tips?|best practices?|standards?)\W*$"
)


def read_cell(item: PlacedBlock, tables: Tables) -> list[Said]:
    """What a cell of a table in a section on voice says."""
    cell = item.block.cell
    if cell is None or is_quotation(item.text) or not re.search(r"[^\W\d_]{2}", item.text) or is_bare_label(item.text):
        return []
    if (mark := _mark_of_cell(item, tables)) is not None:
        return [Said("voice_dont" if mark == "dont" else "voice_do", without_mark(item.text))]
    head = tables.head_of(item)
    row = tables.row_of(item)
    heads = [tables.head_of(other) for other in row]
    names = [other.text if other is not None else "" for other in heads]
    if _is_headless(item, tables):
        return [said for said in _meaning(item.text, 1) if cell.column > 0]
    if cell.row == 0:
        return _head_cell(item, row)
    label = head.text if head is not None and without_mark(head.text) else ""
    if label.strip() and all(WORD_LIST.match(name) for name in names[:2]) and _trades_words(row):
        return []
    if WE_ARE.match(label):
        return [Said("voice_tone", item.text)]
    if AVOIDED.match(label):
        return [Said("voice_dont", item.text)]
    stance = stance_of_label(label)
    if stance == "dont":
        return [Said("voice_dont", item.text)]
    if FAVOURED.match(label) or MEANING_HEAD.match(label) or stance == "do":
        return _meaning(item.text, 0 if FAVOURED.match(label) or stance == "do" else 1)
    is_first = not any(re.search(r"[^\W\d_]", other.text) for other in row if _column(other) < cell.column)
    if is_first and _RULE_HEAD.match(label):
        return _rule(item.text)
    if is_first and (TRAIT_HEAD.match(label) or _is_trait_row(item, names)):
        return [Said("voice_tone", item.text)] if len(item.text.split()) <= _SHORT else []
    if label and is_traits(label):
        return _under_trait(item.text)
    return []


def _mark_of_cell(item: PlacedBlock, tables: Tables) -> Literal["do", "dont"] | None:
    """The side of a tick or a cross in front of a cell's words, or alone in the cell before."""
    own = mark_of(item.text)
    before = next((other.text for other in reversed(tables.row_of(item)) if _column(other) < _column(item)), "")
    return own or (mark_of(before) if before and not without_mark(before) else None)


def _is_headless(item: PlacedBlock, tables: Tables) -> bool:
    """Whether the table below 'Rules' names a rule left and says it right from its first row on, without heads."""
    row = tables.row_of(item)
    first = [*row] if item.block.cell is not None and item.block.cell.row == 0 else [tables.head_of(o) for o in row]
    if len(row) != _PAIR or not item.path or not _RULE_HEAD.match(item.path[-1]) or None in first:
        return False
    says = first[1].text if first[1] is not None else ""
    return len(says.split()) > _SHORT - 2 and says.rstrip()[-1:] in ".!"


def is_voice_row(item: PlacedBlock, tables: Tables) -> bool:
    """Whether a cell stands right of 'Tone of voice' in a table on the brand: the row says what the voice is."""
    row = tables.row_of(item)
    if len(row) != _PAIR or row[1] is not item:
        return False
    named = topics.VOICE.search(row[0].text)
    return named is not None and named[0].strip() == row[0].text.lower().strip(" *:")


def read_voice_row(text: str) -> list[Said]:
    """'Plain English, short sentences. Avoid jargon.': what the voice is first, then its rules."""
    first, *rest = sentences(text)[:_MOST_SENTENCES] or [""]
    if count_tone_words(first) == 0 or is_quotation(first):
        return []
    rules = [said for line in rest for said in read_sentence(line, is_voice=True)]
    return [Said("voice_tone", first), *rules] if imperative(first) is None else [*_meaning(text, 0)]


def _column(item: PlacedBlock) -> int:
    return item.block.cell.column if item.block.cell is not None else 0


def _rule(text: str) -> list[Said]:
    """A rule of a list in a table, which may be a phrase: 'Short sentences', 'No exclamation marks'."""
    found = _meaning(text, 1)
    return found or ([Said("voice_do", text, 1)] if len(text) <= _LONGEST_RULE else [])


def _head_cell(item: PlacedBlock, row: list[PlacedBlock]) -> list[Said]:
    """A head row that is nothing but traits: 'Direct | Transparent | Human'."""
    if len(row) >= 2 and all(is_traits(other.text) for other in row):
        return [Said("voice_tone", item.text)]
    return []


def _under_trait(text: str) -> list[Said]:
    label = LABEL.match(text)
    if label and re.match(r"(?i)(?:not|never|but not|avoid)$", label[1].strip()):
        return [Said("voice_dont", text)]
    if len(text.split()) <= _SHORT and imperative(text) is None:
        return [Said("voice_tone", text)]
    return _meaning(text, 0)


def _is_trait_row(item: PlacedBlock, names: list[str]) -> bool:
    """A first column of traits beside columns on what they mean, or under a heading on traits."""
    speaks = any(MEANING_HEAD.match(name) or AVOIDED.match(name) for name in names[1:])
    is_listed = bool(item.path) and bool(TRAITS.search(item.path[-1]))
    return (speaks or is_listed) and count_tone_words(item.text) > 0


def _trades_words(row: list[PlacedBlock]) -> bool:
    """Whether a row sets a word or a line of copy against another, rather than giving a rule."""
    texts = [other.text for other in row[:2]]
    return not any(imperative(text) == "voice_dont" for text in texts) and not all(
        imperative(text) is not None for text in texts
    )


def _meaning(text: str, rank: int) -> list[Said]:
    """Rules in a cell; its lines and sentences one by one."""
    found: list[Said] = []
    for line in re.split(r"\n|(?:^|\s)[-•]\s(?=[A-Z])", text):
        for sentence in sentences(line):
            found.extend(
                Said(said.kind, said.text, max(said.rank, rank if said.rank else 0))
                for said in read_sentence(sentence, is_voice=True)
            )
    if not found and rank == 0 and text.strip():
        return [Said("voice_do", text.strip())]
    return found
