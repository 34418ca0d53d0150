"""Reads the brief of a render request by rules: the field `copy` as it stands, else what the instruction says.

From a valid `render_request` to `Brief`; no model, no canon. What must not live here: the rules of one kind of wish
(the modules beside it).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sgd_assets.renders.brief.copy_parts import copy_of
from sgd_assets.renders.brief.edits import Changes, read_edits
from sgd_assets.renders.brief.facts.loose import loose_facts
from sgd_assets.renders.brief.facts.offers import lost_offers
from sgd_assets.renders.brief.facts.typed import Typed
from sgd_assets.renders.brief.forbidden import Refusals, read_refusals
from sgd_assets.renders.brief.ground import read_ground, read_mood
from sgd_assets.renders.brief.imagery import read_imagery
from sgd_assets.renders.brief.instruction import Instruction
from sgd_assets.renders.brief.labelled.label_lines import LabelledWords, label_lines
from sgd_assets.renders.brief.labelled.labels import LabelledQuote, label_quotes
from sgd_assets.renders.brief.labelled.said import Said, said_words
from sgd_assets.renders.brief.languages import language_of, left_out
from sgd_assets.renders.brief.model import Brief, BriefCopy, WantedImagery
from sgd_assets.renders.brief.names import read_name
from sgd_assets.renders.brief.placement import read_placement
from sgd_assets.renders.brief.unquoted import bracketed_words, unquoted_words

Spans = tuple[tuple[int, int], ...]


class _Words(NamedTuple):
    """Words to print, where they stand, and what is said of them."""

    copy: BriefCopy
    spans: Spans
    attribution: str | None
    is_verbatim: bool
    notes: tuple[str, ...]


def read_brief(request: Mapping[str, Any]) -> Brief:
    """What a request asks for. The same request gives the same brief.

    Args:
        request: a valid `render_request`; the words of its `copy` are taken as they stand, never parsed.
    """
    prompts, given = request["prompts"], request.get("copy")
    instruction = (prompts.get("instruction") or "").strip()
    if not instruction:
        copy = BriefCopy.model_validate(given or {})
        return Brief(
            words=copy, is_verbatim=bool(given), language=language_of(_said(copy), None), source=_source(given)
        )
    told = Instruction.read(instruction)
    lines, line_spans = label_lines(told)
    said = Said((), ()) if prompts["task"] == "edit" else said_words(told, line_spans)
    if said.spans:
        lines, line_spans = label_lines(told.without(said.spans), tuple(start for start, _ in said.spans))
        lines = (*lines, *said.words)
    plain = told.without((*line_spans, *said.spans))
    changes = read_edits(plain, lines) if prompts["task"] == "edit" else Changes((), ())
    refused = _refused(read_refusals(plain), changes)
    quotes = tuple(quote for quote in label_quotes(told) if quote.quote not in changes.used)
    words = _words(
        plain,
        quotes,
        () if changes.edits else lines,
        refused,
        is_edit=prompts["task"] == "edit",
        is_said=bool(said.words),
    )
    if given:
        words = _Words(BriefCopy.model_validate(given), words.spans, None, True, ())
    return _brief(plain.without(words.spans), words, refused, changes, task=prompts["task"], given=given)


def _brief(told: Instruction, words: _Words, refused: Refusals, changes: Changes, *, task: str, given: object) -> Brief:
    wishes = told.without(_apart(refused.spans))
    seen = read_imagery(told, refused, has_copy=bool(words.copy.elements()))
    looks = wishes.without(_apart(seen.spans))
    names = refused.names
    if words.is_verbatim and words.copy.elements() and not given:
        names = tuple(name for name in names if name != "text")
    return Brief(
        words=words.copy,
        is_verbatim=words.is_verbatim,
        is_quotation=bool(words.attribution) or any(hit.kind == "quote" for hit in told.hits),
        attribution=words.attribution,
        imagery=WantedImagery() if task == "edit" else seen.imagery,
        placement=read_placement(wishes),
        mood=read_mood(told.without(seen.spans)),
        ground=read_ground(looks),
        forbidden=names,
        edits=changes.edits,
        language=language_of(_said(words.copy), told),
        source=_source(given),
        notes=(*words.notes, *left_out(told)),
    )


def _words(
    told: Instruction,
    quotes: tuple[LabelledQuote, ...],
    lines: tuple[LabelledWords, ...],
    refused: Refusals,
    *,
    is_edit: bool,
    is_said: bool,
) -> _Words:
    """Quoted and labelled words; without any, the name of what is announced."""
    printed = [quote for quote in quotes if quote.use == "copy"]
    notes = [f"not printed, named as {quote.use}: {quote.quote.words}" for quote in quotes if quote.use != "copy"]
    pieces = [(quote.quote.start, quote.label, quote.quote.words) for quote in printed]
    pieces += [(line.start, line.label, line.words) for line in lines]
    attribution, pieces = _attributed(printed, pieces)
    beside = () if is_edit else bracketed_words(told)
    pieces += [(words.start, words.label, words.words) for words in beside]
    if "text" in refused.names and all(label in (None, "text") for _, label, _ in pieces):
        notes += [f"no text is wanted; left out: {text}" for _, _, text in pieces]
        return _Words(BriefCopy(), (), None, False, tuple(notes))
    spans = [(words.start, words.end) for words in beside]
    if not pieces or is_said:
        labels = {label for _, label, _ in pieces}
        for words in unquoted_words(told.without(refused.spans)):
            if words.label in labels:
                continue
            pieces.append((words.start, words.label, words.words))
            spans.append((words.start, words.end))
    without = {*refused.names, *(str(label) for _, label, _ in pieces), *(("date", "price") if is_edit else ())}
    facts = loose_facts(told, without=without, refused=refused.spans) if pieces or not is_edit else ()
    if not pieces and not is_edit and (named := _named(told, refused, facts, notes)) is not None:
        return named
    for fact in facts:
        pieces.append((fact.start, fact.kind, told.raw[fact.start : fact.end]))
        spans.append((fact.start, fact.end))
    if pieces:
        copy, left_out = copy_of([(label, text) for _, label, text in sorted(pieces, key=lambda piece: piece[0])])
        return _Words(copy, tuple(spans), attribution, True, (*notes, *left_out))
    if not is_edit:
        notes.append("the instruction gives no words to print that can be told from words to the designer")
    return _Words(BriefCopy(), (), None, False, tuple(notes))


def _named(told: Instruction, refused: Refusals, facts: tuple[Typed, ...], notes: list[str]) -> _Words | None:
    """The name of the thing announced, where it is plain, and the facts beside it."""
    named = read_name(told) if "text" not in refused.names else None
    if named is None:
        return None
    said = "the headline is the name of what the instruction announces; the rest of the sentence is left out"
    dated = named.date is not None and not any(fact.kind == "date" for fact in facts)
    date = named.date if dated and "date" not in refused.names else None
    given = {fact.kind: told.raw[fact.start : fact.end] for fact in facts}
    spans = (*named.spans, *((fact.start, fact.end) for fact in facts))
    copy = BriefCopy.model_validate({"headline": named.name, "date": date, **given})
    return _Words(copy, _apart(spans), None, False, (*notes, said, *lost_offers(told.without(_apart(spans)), copy)))


def _attributed(
    quotes: list[LabelledQuote], pieces: list[tuple[int, str | None, str]]
) -> tuple[str | None, list[tuple[int, str | None, str]]]:
    """Who said the words, by the quotation itself or by a label of its own."""
    name = next((quote.attribution for quote in quotes if quote.attribution), None)
    if name is None:
        name = next((text for _, label, text in pieces if label == "by"), None)
    return name, [piece for piece in pieces if piece[1] != "by"]


def _refused(refused: Refusals, changes: Changes) -> Refusals:
    removed = {edit.element for edit in changes.edits if edit.change == "remove"}
    return Refusals(tuple(name for name in refused.names if name not in removed), refused.spans)


def _apart(spans: Spans) -> Spans:
    return tuple(sorted(set(spans)))


def _said(copy: BriefCopy) -> str:
    return "\n".join(words for _, words in copy.elements())


def _source(given: object) -> Any:
    return "copy" if given else "rules"
