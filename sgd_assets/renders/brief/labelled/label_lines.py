"""Words without quotation marks: `Label: value` lines, lists, and blocks under a label.

A colon is a label's only where the words right before it name a part of the copy or a setting. What must not live
here: quotations (`labels.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sgd_assets.renders.brief.facts.clauses import is_command, speaks_to_designer, words_end
from sgd_assets.renders.brief.facts.typed import is_named_fact, typed_values
from sgd_assets.renders.brief.instruction import BLANK, Instruction
from sgd_assets.renders.brief.lexicon import named_kinds, words_of

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c]+")
_BULLET = re.compile(r"^\s*(?:[-*•–—‣▪·●○◦➢✓]|\(?\d{1,2}[.)]|[a-z]\))\s+")
_COLON = re.compile(r"\s?[:：]|\s+[=→]\s+|\s+=>\s+|】")
_BREAK = re.compile(r"[.;|,/•()\[\]!?。；，、！？【]|\s[-–—]\s")
_NOTHING = re.compile(
    r"^(?:none|n/?a|tbd|tba|nil|-+|—|–|keine?|aucune?|ninguno?a?|nessuno?a?|nenhum|geen|ingen|brak|"
    r"ei mitään|нет|немає|няма|нема|nincs|nimic|nema|cap|không có|tidak ada|κανένας?|καμία|कोई नहीं|"
    r"žiadn\w+|žádn\w+|yok|なし|无|없음|لا يوجد|אין)\.?$",
    re.I,
)
_DASH = re.compile(r"\s+[-–—]\s+")
_TRAILING = " \t\u00a0;|,/、；，*_" + BLANK
_LINE_END = re.compile(r"\S\s*[\n\r\u2028\u2029]+\s*\S")
_COMMAS = (",", ";", "，", "；", "、")
_MOST_LABEL = 5  # words


@dataclass(frozen=True)
class LabelledWords:
    """Words of the picture: the part their label names (`text`: open; None: a list's item), and where they stand."""

    label: str | None
    words: str
    start: int
    end: int


@dataclass(frozen=True)
class _Label:
    start: int
    end: int
    name: str | None
    is_at_line_start: bool


def label_lines(
    told: Instruction, stops: tuple[int, ...] = ()
) -> tuple[tuple[LabelledWords, ...], tuple[tuple[int, int], ...]]:
    """Labelled words in order, and every stretch of label and words; no words go on over one of the `stops`."""
    lines = [(match.start(), match.end()) for match in _LINE.finditer(told.text)]
    found: list[LabelledWords] = []
    spans: list[tuple[int, int]] = []
    taken: set[int] = set()
    for number, (start, end) in enumerate(lines):
        if number in taken:
            continue
        labels = list(_labels(told, start, end))
        for place, label in enumerate(labels):
            stop = led(told, labels[place + 1].start, ("the", "join")) if place + 1 < len(labels) else end
            stop = min([stop, *(each for each in stops if each > label.end)])
            if label.name is None:
                continue
            if label.end >= end or not told.text[label.end : end].strip(_TRAILING.replace(BLANK, "")):
                block = _block(told, lines, number, label)
                for line in block:
                    found.append(LabelledWords(label.name, *_trimmed(told, *lines[line], is_item=True)))
                    taken.add(line)
                    spans.append(lines[line])
                if block:
                    spans.append((label.start, label.end))
                continue
            value_start, value_end = _value(told, label, stop)
            words, first, last = _trimmed(told, value_start, value_end)
            if (
                (value_end < end or not label.is_at_line_start)
                and label.name not in ("body", "text", "legal")
                and words.count(".") == 1
                and told.text[last : last + 1] not in _COMMAS
            ):
                words = words.removesuffix(".")  # it ends the sentence of a running text, not the words
            if BLANK in told.text[first:last] or not words:
                continue
            spans.append((label.start, last))
            if not _NOTHING.match(words):
                found.append(LabelledWords(label.name, words, first, last))
            for behind in _behind_facts(told, value_end, stop):
                found.append(behind)
                spans.append((behind.start, behind.end))
    found += _listed(told, lines, taken, spans)
    return tuple(sorted(found, key=lambda each: each.start)), tuple(sorted(spans))


def _labels(told: Instruction, start: int, end: int) -> Iterator[_Label]:
    """The labels of one line; their name is None for a setting of the picture (format, background ...)."""
    text = told.text
    if text[start:end].count("|") >= 2:
        yield from _cells(told, start, end)
        return
    reached = start
    for match in _COLON.finditer(text, start, end):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if (before.isdigit() and after.isdigit()) or after == "/" or match.start() < reached:
            continue
        cut = max(
            (b.end() for b in _BREAK.finditer(text, max(reached, match.start() - 60), match.start())),
            default=max(reached, match.start() - 60),
        )
        is_first = not text[start:cut].strip(" \t-*•–—#>_.()0123456789【")
        label = _named(told, cut, match.start(), is_at_start=is_first or cut > reached)
        if label is not None:
            yield _Label(label[0], match.end(), label[1], is_first)
            reached = match.end()
    if reached == start and (dash := _DASH.search(text, start, end)):
        bullet = _BULLET.match(text[start:end])
        first = start + (bullet.end() if bullet else 0)
        name = _whole(text[first : dash.start()]) if first < dash.start() else None
        if name and name not in ("by", "text"):
            yield _Label(first, dash.end(), name, True)


def _cells(told: Instruction, start: int, end: int) -> Iterator[_Label]:
    """A row of a table: label cell, value cell."""
    cells = [match for match in re.finditer(r"[^|]+", told.text[start:end]) if match.group().strip()]
    if len(cells) == 2 and (name := _whole(cells[0].group())):
        yield _Label(start + cells[0].start(), start + cells[1].start(), name, True)


def _named(told: Instruction, start: int, end: int, *, is_at_start: bool) -> tuple[int, str | None] | None:
    """(where it begins, part or None for a setting) of the label that ends at a colon; None where there is none."""
    words = [word for word in words_of(told.text[start:end]) if BLANK not in word.folded]
    words = [word for word in words if not word.folded.isdigit()]
    if not words:
        return None
    if is_at_start:
        name = _whole(told.text[start:end])
        if name is not None and not told.within(start, end, "not"):
            return start + words[0].start, name
    if words[-1].is_unspaced:
        ending = [
            hit
            for hit in told.within(start, end, "part")
            if hit.end == end or not told.text[hit.end : end].strip("はが是为の ")
        ]
        return (ending[0].start, ending[0].value) if ending else None
    ending_at = start + words[-1].end
    hits = [hit for hit in told.within(start, end) if hit.end == ending_at or _is_verb(told, hit.end, ending_at)]
    if (
        any(hit.kind in ("thing", "set", "image", "mood", "case", "align") and hit.value != "font" for hit in hits)
        and is_at_start
    ):
        return start + words[0].start, None
    parts = [
        hit for hit in hits if hit.kind == "part" and hit.value not in ("by", *(() if is_at_start else ("extra",)))
    ]
    if not parts or any(hit.kind == "not" for hit in told.within(start, parts[0].start)):
        return None
    return parts[0].start, parts[0].value


def _is_verb(told: Instruction, start: int, end: int) -> bool:
    """Between a label and its colon: "is", "should be", "in Japanese", "in large letters"."""
    between = told.text[start:end].strip()
    return 0 < len(between) <= 28 and len(between.split()) <= 4


def _whole(text: str) -> str | None:
    """The part that a label's words name as a whole; "" never, None where they name none."""
    plain = re.sub(r"\([^)]*\)|[*_#>\d.)(]|[-•–—]\s", " ", text).strip(" \t-*•–—:#【")
    words = tuple(word.folded for word in words_of(plain))
    if not 0 < len(words) <= _MOST_LABEL:
        return None
    for candidate in (words, words[1:]):
        parts = [value for kind, value in named_kinds(candidate) if kind == "part"] if candidate else []
        others = [kind for kind, _ in named_kinds(candidate) if kind in ("thing", "set", "image")] if candidate else []
        if parts and not (others and parts == ["by"]):
            return next((part for part in parts if part != "by"), parts[0])
    return None


def _block(told: Instruction, lines: list[tuple[int, int]], number: int, label: _Label) -> list[int]:
    """The lines under a label that stands alone, up to a blank line, another label or a sentence to the designer."""
    found: list[int] = []
    for line in range(number + 1, len(lines)):
        start, end = lines[line]
        gap = told.text[lines[line - 1][1] : start]
        is_blank = gap.replace("\r\n", "\n").count("\n") > 1
        text = told.text[start:end]
        if (is_blank and found) or BLANK in text or not text.strip() or any(True for _ in _labels(told, start, end)):
            break
        if is_command(told, start, end) and not found and not _BULLET.match(text):
            break
        found.append(line)
        if label.name == "headline" and not _BULLET.match(text):
            break
    return found


def _listed(
    told: Instruction, lines: list[tuple[int, int]], taken: set[int], spans: list[tuple[int, int]]
) -> list[LabelledWords]:
    """Items of a list under a line that ends in a colon, unless they speak to the designer."""
    found: list[LabelledWords] = []
    is_announced = False
    for number, (start, end) in enumerate(lines):
        text = told.text[start:end]
        if number in taken:
            continue
        if not _BULLET.match(text):
            is_announced = text.rstrip().endswith((":", "：")) and not told.within(start, end, "set")
            continue
        if (
            is_announced
            and BLANK not in text
            and not is_command(told, start, end)
            and not list(_labels(told, start, end))
        ):
            words, first, last = _trimmed(told, start, end, is_item=True)
            found.append(LabelledWords(None, words, first, last))
            spans.append((start, end))
    return found


def _value(told: Instruction, label: _Label, stop: int) -> tuple[int, int]:
    """Where the words of a label end: at the next label, the line's end, or a clause to the designer."""
    start, end = label.end, stop
    for sentence in told.sentences:
        if sentence.start > start and sentence.start < end and is_command(told, sentence.start, min(sentence.end, end)):
            end = sentence.start
            break
    is_running = not label.is_at_line_start or not _LINE_END.search(told.text)
    return start, words_end(told, str(label.name), start, end, is_running=is_running)


def led(told: Instruction, place: int, kinds: tuple[str, ...] = ("the", "join", "ask", "edit", "on", "as")) -> int:
    """Where what leads to a part begins: "and the button", "auf dem Button"."""
    for hit in reversed(told.within(max(0, place - 40), place)):
        if hit.kind not in kinds or hit.value == "thing" or told.text[hit.end : place].strip(" \t\u00a0'’"):
            break
        place = hit.start
    return place


def _behind_facts(told: Instruction, start: int, end: int) -> Iterator[LabelledWords]:
    """Sentences for the reader behind facts with which the words of a label ended: "Price £20. Doors at 8"."""
    sentences = [span for span in told.sentences if span.end > start + 1 and span.start < end]
    begins = [max(span.start, start) for span in sentences]
    if not sentences or start >= end:
        return
    facts = typed_values(told)
    is_fact = [
        is_named_fact(
            told, begin + len(told.text[begin:end]) - len(told.text[begin:end].lstrip(_TRAILING + ".")), facts
        )
        for begin in begins
    ]
    if not is_fact[0]:
        return
    for span, begin, fact in zip(sentences, begins, is_fact, strict=True):
        words, first, last = _trimmed(told, begin, min(span.end, end))
        is_said = words and BLANK not in told.text[first:last]
        if not fact and is_said and not speaks_to_designer(told, begin, min(span.end, end), is_running=True):
            yield LabelledWords("extra", words, first, last)


def _trimmed(told: Instruction, start: int, end: int, *, is_item: bool = False) -> tuple[str, int, int]:
    text = told.raw[start:end]
    bullet = _BULLET.match(text) if is_item else None
    if bullet:
        start += bullet.end()
        text = text[bullet.end() :]
    stripped = text.strip(_TRAILING)
    first = start + text.find(stripped)
    if stripped.endswith(("**", "__")):
        stripped = stripped[:-2]
    return stripped, first, first + len(stripped)
