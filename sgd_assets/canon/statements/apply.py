"""A derived canon and what people said of its facts -> the canon that follows. Pure.

Statements are applied in the order in which they were made and outrank everything: a confirmed fact stays although no
file states it any longer, a corrected one stands in the place of what it corrects, a rejected one is gone. Where newer
evidence states again what somebody corrected or rejected, a conflict says so for review. What must not live here: who
may state anything, and keeping it.
"""

import hashlib
import json
from collections.abc import Sequence

from sgd_assets.canon.fonts.names import family_key
from sgd_assets.canon.model import (
    Abstention,
    Canon,
    Citation,
    ColourValue,
    Conflict,
    Fact,
    Statement,
    status_of,
)
from sgd_assets.canon.weigh.resolve import fact_id, safe_zone_of, voice_of
from sgd_resources.code_versions.version import version_of
from sgd_resources.colour import oklab_of, rgb_of
from sgd_resources.ports.statements import FactStatement

METHODS = {"confirm": "confirmed", "correct": "corrected"}
SOURCE_NAME = "a person's statement"
"""What a citation of a statement has for a file's name."""
REVIEW = "a person's {} over {}"
_MOST_CITED = 8  # as many as any fact cites


def apply_statements(canon: Canon, statements: Sequence[FactStatement]) -> Canon:
    """The canon with each statement obeyed; the same canon where there is none."""
    if not statements:
        return canon
    work = _Work(canon)
    for made in sorted(statements, key=lambda one: one.audit_entry):
        work.obey(shape_of(made), made)
    return work.canon()


def statements_version() -> str:
    """Version of what statements do to a canon."""
    return version_of(apply_statements)


def shape_of(made: FactStatement) -> Statement:
    """The statement as a canon holds it."""
    content = {
        "verb": made.verb,
        "fact_id": made.fact_id,
        "kind": made.kind,
        "value": made.value,
        "role": made.role,
        "name": made.name,
        "new_kind": made.new_kind,
        "new_value": made.new_value,
        "new_role": made.new_role,
        "reason": made.reason,
        "subject": made.subject,
        "audit_entry": made.audit_entry,
    }
    told = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return Statement.model_validate({**content, "id": hashlib.sha256(told.encode()).hexdigest()})


def cite_statement(statement: Statement) -> Citation:
    """The statement as a source; its reason is what stands there."""
    return Citation(
        evidence_sha256=statement.id,
        file_name=SOURCE_NAME,
        quote=statement.reason,
        audit_entry=statement.audit_entry,
        subject=statement.subject,
    )


def fact_as_it_was(statement: Statement) -> Fact:
    """The fact that was spoken of, without the files that stated it: its only source is the statement."""
    return Fact(
        id=statement.fact_id,
        kind=statement.kind,
        value=statement.value,
        role=statement.role,
        colour=_colour(statement.value, statement.name) if statement.kind == "colour" else None,
        citations=(cite_statement(statement),),
        method=METHODS.get(statement.verb, "confirmed"),
        confidence=1.0,
    )


class _Work:
    """The canon's parts while statements are obeyed."""

    def __init__(self, canon: Canon) -> None:
        self._canon = canon
        self._facts = list(canon.facts)
        self._palette = list(canon.palette_hex)
        self._conflicts: list[Conflict] = []
        self._statements: list[Statement] = []

    def obey(self, statement: Statement, made: FactStatement) -> None:
        at = next((index for index, fact in enumerate(self._facts) if fact.id == statement.fact_id), None)
        found = self._facts[at] if at is not None else None
        self._review(statement, made, found)
        self._statements.append(statement)
        if statement.verb == "reject":
            self._take_out(statement, at)
            return
        fact = _stated(statement, found)
        twin = next((i for i, one in enumerate(self._facts) if one.id == fact.id and i != at), None)
        if twin is not None:  # what the correction says, some file says too
            fact = fact.model_copy(update={"citations": _cited(statement, self._facts[twin].citations)})
            self._facts[twin] = fact
            if at is not None:
                del self._facts[at]
        elif at is not None:
            self._facts[at] = fact
        else:
            self._facts.append(fact)
        if fact.kind == "colour":
            self._recolour(statement.value, fact.value)

    def canon(self) -> Canon:
        touched = {kind.partition("_")[0] for one in self._statements for kind in (one.kind, one.new_kind or one.kind)}
        voice, zone = self._canon.voice, self._canon.logo_safe_zone
        dos, donts = self._canon.logo_dos, self._canon.logo_donts
        fonts = self._canon.fonts
        if "voice" in touched:
            voice = voice_of([fact for fact in self._facts if fact.kind.startswith("voice_")])
        if "logo" in touched:
            zone = safe_zone_of(self._facts)
            dos, donts = self._values("logo_do"), self._values("logo_dont")
        if "font" in touched:
            fonts = self._values("font")
        return self._canon.model_copy(
            update={
                "facts": tuple(self._facts),
                "palette_hex": tuple(self._palette),
                "fonts": fonts,
                "voice": voice,
                "logo_safe_zone": zone,
                "logo_dos": dos,
                "logo_donts": donts,
                "status": status_of(self._palette, fonts, voice),
                "abstained": _abstained(
                    self._canon.abstained, palette=self._palette, fonts=fonts, voice=voice, logo_safe_zone=zone
                ),
                "conflicts": (*self._conflicts, *self._canon.conflicts),
                "statements": tuple(self._statements),
            }
        )

    def _values(self, kind: str) -> tuple[str, ...]:
        return tuple(fact.value for fact in self._facts if fact.kind == kind)

    def _take_out(self, statement: Statement, at: int | None) -> None:
        if at is not None:
            del self._facts[at]
        if statement.kind == "colour":
            self._palette = [value for value in self._palette if value != statement.value]

    def _recolour(self, old: str, new: str) -> None:
        """The new value where the old one stood; a colour somebody stands for belongs to the palette."""
        if new != old and new in self._palette:
            self._palette = [value for value in self._palette if value != old]
        elif old in self._palette:
            self._palette[self._palette.index(old)] = new
        else:
            self._palette.append(new)

    def _review(self, statement: Statement, made: FactStatement, found: Fact | None) -> None:
        """What newer evidence says against the statement."""
        known = {*made.evidence_sha256s, *(one.id for one in self._statements)}
        if statement.verb == "confirm":
            if found is None:
                self._conflict(statement, statement.value, "no longer stated", "confirmation", "what the files say", ())
            return
        newer = tuple(c for c in (found.citations if found else ()) if c.evidence_sha256 not in known)
        if newer:
            kept = "rejected" if statement.verb == "reject" else statement.new_value or statement.value
            word = "rejection" if statement.verb == "reject" else "correction"
            self._conflict(statement, kept, statement.value, word, "newer evidence", newer)

    def _conflict(
        self, statement: Statement, kept: str, dropped: str, word: str, over: str, newer: tuple[Citation, ...]
    ) -> None:
        self._conflicts.append(
            Conflict(
                kind=statement.kind,
                kept=kept,
                dropped=dropped,
                rule=REVIEW.format(word, over),
                citations=(cite_statement(statement), *newer),
            )
        )


def is_for_review(conflict: Conflict) -> bool:
    """Whether newer evidence speaks against what a person said."""
    return any(citation.audit_entry is not None for citation in conflict.citations)


def _stated(statement: Statement, found: Fact | None) -> Fact:
    """The fact as the person says it is. Of a corrected value only the person is a source."""
    was = found or fact_as_it_was(statement)
    value, kind = statement.new_value or was.value, statement.new_kind or was.kind
    is_another_value = value != was.value
    return was.model_copy(
        update={
            "id": was.id if (value, kind) == (was.value, was.kind) else fact_id(kind, _key(kind, value)),
            "kind": kind,
            "value": value,
            "role": statement.new_role or was.role,
            "colour": _colour(value, was.colour.name if was.colour else None)
            if kind == "colour" and is_another_value
            else was.colour,
            "measure": None if is_another_value else was.measure,
            "citations": (cite_statement(statement),) if is_another_value else _cited(statement, was.citations),
            "method": METHODS[statement.verb],
            "confidence": 1.0,
        }
    )


def _key(kind: str, value: str) -> str:
    """What a derived fact of this kind is named after (`weigh/resolve.py`)."""
    if kind == "colour":
        return value
    return family_key(value) if kind == "font" else value.lower().rstrip(".")


def _cited(statement: Statement, others: Sequence[Citation]) -> tuple[Citation, ...]:
    own = cite_statement(statement)
    return (own, *[citation for citation in others if citation != own][: _MOST_CITED - 1])


def _colour(value: str, name: str | None) -> ColourValue:
    return ColourValue(hex=value, rgb=rgb_of(value), oklab=oklab_of(value), name=name)


def _abstained(before: Sequence[Abstention], **parts: object) -> tuple[Abstention, ...]:
    """What is missing now: what was before, as far as it still is, and what people took away."""
    told = {absent.what: absent for absent in before}
    return tuple(
        told.get(what, Abstention(what=what, reason="people rejected what the files state"))  # type: ignore[call-overload]  # the four names
        for what, part in parts.items()
        if not part
    )
