"""One part of a canon's answer, for large canons. What must not live here: the whole answer (`job_answers.py`)."""

from collections.abc import Mapping
from typing import Any, Literal

CanonSection = Literal["colours", "fonts", "voice", "logo", "conflicts", "evidence"]
_SAID_OF_ALL = ("version", "status", "derived_by", "created_at", "job_id", "notes")
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "colours": ("palette_hex",),
    "fonts": ("fonts",),
    "voice": ("voice",),
    "logo": ("logo_safe_zone", "logo_dos", "logo_donts"),
    "conflicts": ("conflicts", "abstained", "statements"),
    "evidence": ("evidence_sha256s",),
}
_KINDS = {"colours": "colour", "fonts": "font", "voice": "voice_", "logo": "logo_"}
_ABSENT = {"colours": "palette", "fonts": "fonts", "voice": "voice", "logo": "logo_safe_zone"}


def part_of(answer: Mapping[str, Any], section: CanonSection | None) -> dict[str, Any]:
    """The fields of one section with its facts, its conflicts and what was not found; all of it without a section."""
    if section is None:
        return dict(answer)
    part = {name: answer[name] for name in (*_SAID_OF_ALL, *_FIELDS[section]) if name in answer}
    kind = _KINDS.get(section)
    if kind is not None:
        part["facts"] = [fact for fact in answer.get("facts", ()) if fact["kind"].startswith(kind)]
        part["conflicts"] = [one for one in answer.get("conflicts", ()) if one["kind"].startswith(kind)]
        part["abstained"] = [one for one in answer.get("abstained", ()) if one["what"] == _ABSENT[section]]
    return part
