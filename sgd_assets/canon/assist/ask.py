"""The assisted route: a model names roles and voice from cited snippets. `Canon, documents -> Assisted`.

The model sees visible, unsuspicious text only, quoted as data. Each claim must name a snippet that holds its words;
what does not is dropped. No claim can add, remove or change a value that was measured. Without a key, or when the
call fails, the local canon comes back unchanged with a note. What must not live here: sending (the gateway), and
local rules.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sgd_assets.canon.assist.gates import failed_gates
from sgd_assets.canon.model import Canon, Citation, Fact, FactKind, Voice
from sgd_assets.canon.reading.sections import PlacedBlock, file_words, place_blocks
from sgd_assets.canon.weigh.confidence import confidence_of
from sgd_assets.canon.weigh.resolve import cite, fact_id, voice_of
from sgd_assets.canon.words import topics
from sgd_assets.documents.manifest import DocumentsManifest
from sgd_assets.documents.shelf import DocumentShelf
from sgd_resources.code_versions.version import version_of
from sgd_resources.errors import BudgetExceeded, SgdError
from sgd_resources.llm.prompts import load_prompt
from sgd_resources.llm.safety.injection import quoted, screen
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.ports import Caller, LlmGateway

TASK = "canon_extractor"
NO_KEY = "no model key: local route"
_MOST_CHARACTERS = 48_000
"""About half of what the task may send, so that quoting and schema fit beside it."""
_LONGEST_SNIPPET = 800  # a paragraph: longer ones would crowd others out of `_MOST_CHARACTERS`
_COLOUR_ROLES = ("primary", "secondary", "accent", "neutral", "background", "text")
_FONT_ROLES = ("heading", "body", "mono")
_VOICE_KINDS: tuple[FactKind, ...] = ("voice_tone", "voice_do", "voice_dont")


@dataclass(frozen=True)
class Snippet:
    """One visible block a model may see and cite."""

    id: str
    text: str
    citation: Citation


@dataclass(frozen=True)
class Assisted:
    """The canon after the model's say, or the local one unchanged, and what the call was."""

    canon: Canon
    is_assisted: bool
    note: str
    dropped: tuple[str, ...] = ()
    """Claims that were refused, each with the reason."""
    cost_usd_micros: int = 0
    latency_ms: int = 0
    over_marks: tuple[str, ...] = ()
    """Gates (`assist/gates.py`) that this call missed. They are told; the answer counts all the same."""
    answered: bool = False
    """Whether a valid answer came, also where it changed nothing."""
    budget_exhausted: bool = False
    """No budget had room for the call."""


def assist_canon(
    canon: Canon,
    documents: Sequence[tuple[str, ParsedDocument]],
    *,
    gateway: LlmGateway,
    org_id: str,
    run_id: str | None = None,
) -> Assisted:
    """The canon with roles and voice that a model named; never fails for the model's sake.

    Args:
        canon: of these documents, by the local route.
        documents: (file name, parsed document) of all evidence.
        gateway: asked once.
        org_id: who pays.
        run_id: the run that asks; its calls are one trace and share the job's call limit.
    """
    if not gateway.is_cloud:
        return Assisted(canon, False, NO_KEY)
    snippets = choose_snippets(documents, canon)
    if not snippets:
        return Assisted(canon, False, "nothing to ask: no excerpt speaks of colours, type or voice")
    try:
        reply = gateway.complete(
            TASK,
            messages_for(canon, snippets),
            schema=answer_schema(),
            caller=Caller(org_id, job_id=run_id, trace_id=run_id),
        )
    except SgdError as error:
        is_over = isinstance(error, BudgetExceeded)
        return Assisted(canon, False, f"no model answered: {_reason(error)}", budget_exhausted=is_over)
    cost, wait = reply.cost_usd_micros, reply.latency_ms
    # An answer that is here is paid for, and the same from the cache is quick and free: gates tell, they take nothing.
    failed = failed_gates(latency_ms=wait, cost_usd_micros=cost, pages=count_pages(documents))
    if reply.validation not in ("passed", "repaired") or not isinstance(reply.data, Mapping):
        return Assisted(canon, False, "the model's answer breaks its schema: local route", (), cost, wait, failed)
    merged, dropped = merge_answer(canon, reply.data, snippets)
    note = f"{len(dropped)} claims dropped" + (f"; over the mark for {' and '.join(failed)}" if failed else "")
    return Assisted(merged, merged != canon, note, dropped, cost, wait, failed, answered=True)


def assist_org_canon(
    canon: Canon,
    manifest: DocumentsManifest,
    *,
    shelf: DocumentShelf,
    gateway: LlmGateway,
    run_id: str | None = None,
) -> Assisted:
    """`assist_canon` over an org's stored documents, which are read only when a model can be asked.

    Raises:
        Unavailable: the store is down. Retry.
    """
    if not gateway.is_cloud:
        return Assisted(canon, False, NO_KEY)
    documents = [(entry.file_name, document) for entry, document in shelf.readable(manifest)]
    return assist_canon(canon, documents, gateway=gateway, org_id=manifest.org_id, run_id=run_id)


def _reason(error: SgdError) -> str:
    """Why, in words and with the kind that the call log has; never a class' name."""
    kind = error.details.get("kind")
    return f"{error} ({kind})" if kind and str(kind) not in str(error) else str(error)


def count_pages(documents: Sequence[tuple[str, ParsedDocument]]) -> int:
    """Pages read; a file without pages counts as one."""
    return sum(max(1, len(document.pages)) for _, document in documents)


def choose_snippets(documents: Sequence[tuple[str, ParsedDocument]], canon: Canon) -> tuple[Snippet, ...]:
    """Visible blocks on colour, type or voice, or that print a value of the canon; in order of files and reading."""
    values = {value.lower() for value in (*canon.palette_hex, *canon.fonts)}
    found: list[Snippet] = []
    left = _MOST_CHARACTERS
    for file_name, document in sorted(documents, key=lambda pair: (pair[0], pair[1].evidence_sha256)):
        title = f"{document.title or ''} {file_words(file_name)}"
        for item in place_blocks(document):
            text = item.text[:_LONGEST_SNIPPET]
            if not _is_wanted(item, title, values) or screen(f"{item.context} {item.text}").is_flagged:
                continue
            left -= len(text)
            if left < 0:
                return tuple(found)
            place = cite(document.evidence_sha256, file_name, item.block.location, item.block.text)
            found.append(Snippet(f"s{len(found) + 1}", text, place))
    return tuple(found)


def messages_for(canon: Canon, snippets: Sequence[Snippet]) -> list[dict[str, Any]]:
    """The order, the values whose role is open, and the quoted excerpts."""
    wanted = [
        {"kind": fact.kind, "value": fact.value, "name": fact.colour.name if fact.colour else None}
        for fact in canon.facts
        if fact.kind in ("colour", "font") and fact.role is None
    ]
    excerpts = "\n".join(quoted(snippet.text, label=snippet.id) for snippet in snippets)
    asked = f"Values without a role: {json.dumps(wanted, ensure_ascii=False)}\n\nExcerpts:\n{excerpts}"
    return [{"role": "system", "content": load_prompt(TASK).text}, {"role": "user", "content": asked}]


def answer_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of an answer.

    The ids of excerpts are not listed in it: one wrong id costs that claim (`merge_answer`), not the whole answer.
    """
    ids = {"type": "string", "pattern": "^s[0-9]+$"}

    def claim(**properties: Any) -> dict[str, Any]:
        body = {**properties, "snippet": ids}
        items = {"type": "object", "properties": body, "required": list(body), "additionalProperties": False}
        return {"type": "array", "maxItems": 60, "items": items}

    value = {"type": "string", "maxLength": 120}
    roles = claim(
        kind={"type": "string", "enum": ["colour", "font"]},
        value=value,
        role={"type": "string", "enum": [*_COLOUR_ROLES, *_FONT_ROLES]},
    )
    voice = claim(kind={"type": "string", "enum": list(_VOICE_KINDS)}, text={"type": "string", "maxLength": 400})
    return {
        "title": "canon_claims",
        "type": "object",
        "properties": {"roles": roles, "voice": voice},
        "required": ["roles", "voice"],
        "additionalProperties": False,
    }


def merge_answer(canon: Canon, answer: Mapping[str, Any], snippets: Sequence[Snippet]) -> tuple[Canon, tuple[str, ...]]:
    """The canon with the answer's good claims, and the refused ones. The order of claims does not matter."""
    by_id = {snippet.id: snippet for snippet in snippets}
    places = {snippet.id: place for place, snippet in enumerate(snippets)}
    dropped: list[str] = []
    facts = {fact.id: fact for fact in canon.facts}

    def in_order(claims: Any) -> list[Mapping[str, Any]]:
        listed = [claim for claim in claims if isinstance(claim, Mapping)] if isinstance(claims, list) else []
        return sorted(
            listed, key=lambda c: (places.get(str(c.get("snippet")), len(places)), json.dumps(c, sort_keys=True))
        )

    for claim in in_order(answer.get("roles")):
        problem = _take_role(claim, facts, by_id)
        dropped += [f"role: {problem}"] if problem else []
    for claim in in_order(answer.get("voice")):
        problem = _take_voice(claim, facts, by_id)
        dropped += [f"voice: {problem}"] if problem else []
    if list(facts.values()) == list(canon.facts):
        return canon, tuple(dropped)
    return _with_facts(canon, tuple(facts.values())), tuple(dropped)


def _take_role(claim: Mapping[str, Any], facts: dict[str, Fact], by_id: Mapping[str, Snippet]) -> str | None:
    snippet, kind, value = by_id.get(str(claim.get("snippet"))), claim.get("kind"), str(claim.get("value", ""))
    fact = next((f for f in facts.values() if f.kind == kind and f.value.lower() == value.lower()), None)
    role = str(claim.get("role"))
    if snippet is None:
        return "no such excerpt"
    if fact is None:
        return "no such measured value"
    if fact.role is not None:
        return "the evidence gave the role already"
    if role not in (_COLOUR_ROLES if kind == "colour" else _FONT_ROLES):
        return "no role of this kind"
    names = (fact.value, fact.colour.name if fact.colour else None)
    if not any(name and _letters(name) in _letters(snippet.text) for name in names):
        return "the excerpt does not speak of the value"
    cited = fact.citations if snippet.citation in fact.citations else (*fact.citations, snippet.citation)
    facts[fact.id] = Fact.model_validate({**fact.model_dump(), "role": role, "citations": cited})
    return None


def _take_voice(claim: Mapping[str, Any], facts: dict[str, Fact], by_id: Mapping[str, Snippet]) -> str | None:
    snippet, text = by_id.get(str(claim.get("snippet"))), " ".join(str(claim.get("text", "")).split())
    kind = next((known for known in _VOICE_KINDS if known == claim.get("kind")), None)
    if snippet is None or kind is None:
        return "no such excerpt"
    if len(text) < 3 or text.lower() not in snippet.text.lower():
        return "the excerpt does not hold these words"
    if any(f.kind in _VOICE_KINDS and _letters(text) in _letters(f.value) for f in facts.values()):
        return "known already"
    key = fact_id(kind, text.lower().rstrip("."))
    facts[key] = Fact(
        id=key,
        kind=kind,
        value=text,
        citations=(snippet.citation,),
        method="assisted_voice",
        confidence=confidence_of("assisted_voice"),
    )
    return None


def assist_version() -> str:
    """Version of what a model is asked, and of what is believed of its answer."""
    return f"{version_of(assist_org_canon)}.{load_prompt(TASK).sha256[:8]}"


def _with_facts(canon: Canon, facts: tuple[Fact, ...]) -> Canon:
    voice: Voice | None = voice_of([fact for fact in facts if fact.kind in _VOICE_KINDS])
    is_complete = len(canon.palette_hex) >= 2 and canon.fonts and voice is not None and voice.tone
    return canon.model_copy(
        update={
            "facts": facts,
            "voice": voice,
            "status": "complete" if is_complete else "incomplete",
            "abstained": tuple(item for item in canon.abstained if item.what != "voice" or voice is None),
            "derived_by": f"{canon.derived_by}+assist@{assist_version()}",
        }
    )


def _is_wanted(item: PlacedBlock, title: str, values: set[str]) -> bool:
    words = f"{title} {item.context} {item.text}"
    subjects = (topics.COLOUR, topics.TYPOGRAPHY, topics.VOICE, topics.WRITING)
    return any(value in item.text.lower() for value in values) or any(s.search(words) for s in subjects)


def _letters(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())
