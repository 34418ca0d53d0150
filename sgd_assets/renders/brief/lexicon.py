"""Finds the vocabulary's terms in a text: one pass over its words, whatever the number of terms or languages.

From a text to `Hit`s and the languages it is written in. What must not live here: terms (`vocabulary/`), or what a term
means where it stands (the readers beside this).
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from sgd_assets.renders.brief.vocabulary.alphabets import foreign_letters
from sgd_assets.renders.brief.vocabulary.asking import ASK_TERMS
from sgd_assets.renders.brief.vocabulary.colours import COLOUR_TERMS
from sgd_assets.renders.brief.vocabulary.editing import EDIT_TERMS
from sgd_assets.renders.brief.vocabulary.joining import JOIN_TERMS
from sgd_assets.renders.brief.vocabulary.moods import MOOD_TERMS
from sgd_assets.renders.brief.vocabulary.parts import PART_TERMS
from sgd_assets.renders.brief.vocabulary.pictures import PICTURE_TERMS
from sgd_assets.renders.brief.vocabulary.places import PLACE_TERMS
from sgd_assets.renders.brief.vocabulary.settings import SETTING_TERMS
from sgd_assets.renders.brief.vocabulary.telling import TELL_TERMS

_TABLES = (
    ASK_TERMS,
    COLOUR_TERMS,
    EDIT_TERMS,
    JOIN_TERMS,
    MOOD_TERMS,
    PART_TERMS,
    PICTURE_TERMS,
    PLACE_TERMS,
    SETTING_TERMS,
    TELL_TERMS,
)
UNSPACED = "\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f"
"""Scripts that are searched anywhere in a run: kana, Han, Hangul."""
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f"
_TOKEN = re.compile(rf"[{UNSPACED}]+|(?:[^\W{UNSPACED}]|[{_MARKS}])+")
_WRITTEN = re.compile(rf"((?:[^\W_]|[{_MARKS}])+)(\*?)")
_GAP = re.compile(r"[ \t\u00a0\u2010\u2011'’\-&·]*")
_SHARES = 27_720  # of a word, for languages that have it in common; divisible by 1 to 12
_CONTENT = {
    "part",
    "image",
    "thing",
    "place",
    "mood",
    "colour",
    "role",
    "shape",
    "set",
    "case",
    "align",
    "where",
    "speech",
}
"""Kinds of terms that a text of any language borrows from English; the others are read in its own languages only."""
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ك", "ف")
_HEBREW_PREFIXES = ("וה", "שה", "בה", "לה", "וב", "ול", "ה", "ו", "ב", "ל", "מ", "ש", "כ")
_SCRIPTS = (
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("ar", re.compile("[\u0620-\u06ff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
)  # fmt: skip
_COMMON = "en de fr es it pt nl ru pl tr sv cs ro uk hu el da fi no bg hr sr sk ca vi id ar he hi"
"""Of languages that share every word of a text, the one that most write comes first."""
_UNSPACED_LANGUAGES = ("ja", "zh", "ko")


class Word(NamedTuple):
    """One word of a text, as it is compared."""

    start: int
    end: int
    folded: str
    is_unspaced: bool


class Hit(NamedTuple):
    """One term in a text: of which kind, meaning what."""

    start: int
    end: int
    kind: str
    value: str


class _Entry(NamedTuple):
    rest: tuple[tuple[str, bool], ...]
    kind: str
    value: str
    language: str


class _Found(NamedTuple):
    end: int
    entry: _Entry


class _Index(NamedTuple):
    whole: dict[str, list[_Entry]]
    stems: dict[str, list[_Entry]]
    endings: dict[str, list[_Entry]]
    runs: dict[str, list[tuple[str, _Entry]]]
    stem_sizes: tuple[int, ...]
    ending_sizes: tuple[int, ...]


def fold(word: str) -> str:
    """A word as it is compared: lower case, without accents; kana and Hangul stay whole."""
    if word.isascii():
        return word.lower()
    if re.match(f"[{UNSPACED}]", word):
        return word
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if unicodedata.category(c) != "Mn").replace("ı", "i").replace("ł", "l")


def words_of(text: str) -> list[Word]:
    """The words of a text in order."""
    folded: dict[str, str] = {}
    found = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        if raw not in folded:
            folded[raw] = fold(raw)
        found.append(Word(match.start(), match.end(), folded[raw], "\u3005" <= raw[0] <= "\uff9f"))
    return found


def read_terms(text: str) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
    """Every term of the text in order, and the languages it is written in, likeliest first.

    Terms do not overlap: the longest at a place counts, in each of its kinds.
    """
    words = words_of(text)
    found = list(_everything(text, words))
    languages = _languages(text, found)
    hits: list[Hit] = []
    reached = 0
    for start, matches in found:
        if start < reached:
            continue
        own = [
            m
            for m in matches
            if m.entry.language in languages or (m.entry.kind in _CONTENT and m.entry.language == "en")
        ]
        if not own:
            continue
        reached = max(match.end for match in own)
        seen = dict.fromkeys((m.entry.kind, m.entry.value) for m in own if m.end == reached)
        if any(kind == "colour" for kind, _ in seen):  # "tmavomodrém" is dark blue, and no dark mood
            seen = {term: None for term in seen if term[0] != "mood"}
        hits.extend(Hit(start, reached, kind, value) for kind, value in seen)
    return tuple(hits), languages


def named_kinds(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(kind, value) of every term, in any language, that the folded words are as a whole."""
    text = " ".join(words)
    parts = words_of(text)
    if not parts:
        return ()
    whole = [match for start, matches in _everything(text, parts) if start == 0 for match in matches]
    return tuple(dict.fromkeys((m.entry.kind, m.entry.value) for m in whole if m.end == len(text)))


def _everything(text: str, words: list[Word]) -> Iterator[tuple[int, list[_Found]]]:
    index = _index()
    known: dict[str, list[_Entry]] = {}
    for position, word in enumerate(words):
        if word.is_unspaced:
            yield from _in_run(text, word, index)
            continue
        if word.folded not in known:
            known[word.folded] = list(_entries(word.folded, index))
        matches = []
        for entry in known[word.folded]:
            end = _end_of(entry, text, words, position)
            if end:
                matches.append(_Found(end, entry))
        if matches:
            yield word.start, matches


def _in_run(text: str, word: Word, index: _Index) -> Iterator[tuple[int, list[_Found]]]:
    for start in range(word.start, word.end):
        candidates = index.runs.get(text[start])
        if not candidates:
            continue
        matches = [_Found(start + len(term), entry) for term, entry in candidates if text.startswith(term, start)]
        if matches:
            yield start, matches


def _entries(word: str, index: _Index) -> Iterator[_Entry]:
    for form in _forms(word):
        yield from index.whole.get(form, ())
        for size in index.stem_sizes:
            if size > len(form):
                break
            yield from index.stems.get(form[:size], ())
        for size in index.ending_sizes:
            if size >= len(form):
                break
            yield from index.endings.get(form[-size:], ())


def _forms(word: str) -> Iterator[str]:
    yield word
    if "\u0590" <= word[0] <= "\u06ff":
        prefixes = _HEBREW_PREFIXES if word[0] <= "\u05ff" else _ARABIC_PREFIXES
        yield from (word[len(p) :] for p in prefixes if word.startswith(p) and len(word) - len(p) >= 2)


def _end_of(entry: _Entry, text: str, words: list[Word], position: int) -> int:
    end = words[position].end
    for offset, (part, is_stem) in enumerate(entry.rest, 1):
        if position + offset >= len(words):
            return 0
        word = words[position + offset]
        gap = _GAP.match(text, end)
        if gap is None or gap.end() != word.start:
            return 0
        if not (word.folded.startswith(part) if is_stem else word.folded == part):
            return 0
        end = word.end
    return end


def _languages(text: str, found: Iterable[tuple[int, list[_Found]]]) -> tuple[str, ...]:
    script = next((language for language, pattern in _SCRIPTS if pattern.search(text)), None)
    scores: Counter[str] = Counter()
    for _, matches in found:
        longest = max(match.end for match in matches)
        owners = {match.entry.language for match in matches if match.end == longest}
        for language in owners:
            scores[language] += _SHARES // len(owners)
    scores = Counter({name: score for name, score in scores.items() if name not in _UNSPACED_LANGUAGES})
    best = max(scores.values(), default=0)
    # a word that many languages share tells none from the other: then letters do, and English comes first
    foreign = {name: foreign_letters(text, name) for name in scores}
    order = sorted(scores.items(), key=lambda each: (-each[1], foreign[each[0]], _COMMON.find(each[0])))
    ranked = [name for name, score in order if score >= 0.6 * best]
    if ranked and any(foreign.values()) and not foreign[ranked[0]]:
        ranked = [name for name in ranked if not foreign[name] or name == "en"]
    if script in _UNSPACED_LANGUAGES or (script and scores[script] >= 0.5 * best):
        return (script, *(name for name in ranked if name == "en"))
    return tuple(ranked) or ("en",)


@cache
def _index() -> _Index:
    index = _Index(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list), (), ())
    for topic, written in chain.from_iterable(table.items() for table in _TABLES):
        kind, value = topic.split(":")
        for spoken in written.split("; "):
            language, _, terms = spoken.partition(" ")
            for term in terms.split(", "):
                _add(index, term.strip(), _Entry((), kind, value, language))
    return index._replace(
        stem_sizes=tuple(sorted({len(stem) for stem in index.stems})),
        ending_sizes=tuple(sorted({len(ending) for ending in index.endings})),
    )


def _add(index: _Index, term: str, entry: _Entry) -> None:
    if re.match(f"[{UNSPACED}、※]", term):
        index.runs[term[0]].append((term, entry))
        return
    (first, is_stem), *rest = ((fold(match[1]), bool(match[2])) for match in _WRITTEN.finditer(term))
    entry = entry._replace(rest=tuple(rest))
    if term.startswith("*"):
        index.endings[first].append(entry)
    (index.stems if is_stem else index.whole)[first].append(entry)
