"""Judges what a brief says besides the words to print: imagery, placement, ground, mood, what must not be, edits.

What must not live here: the copy (`copy_words.py`).
"""

from collections.abc import Mapping
from typing import Any

from tests.briefs.truths import SLOTS
from tests.briefs.verdict import Judged, Verdict, one_of
from tests.briefs.words import bare, exact, made_of, overlap, tokens

_ENOUGH_WORDS = 0.5  # of a subject: "runner at dawn" for "a runner at dawn on a bridge"
_PICTURES = ("picture", "photo", "illustration")
_SPELT = {"center": "centre", "gray": "grey", "middle": "centre"}


def judge_wishes(right: Mapping[str, Any], brief: Mapping[str, Any]) -> list[Judged]:
    """Every element that was asked for, and every one that was not."""
    return [
        *_imagery(right, brief.get("imagery") or {}),
        *_placement(right, brief.get("placement") or {}),
        *_ground(right, brief.get("ground")),
        *_mood(right, brief.get("mood")),
        *_forbidden(right, brief),
        *_attribution(right, brief.get("attribution")),
        *_edits(right, brief.get("edits") or []),
    ]


def _imagery(right: Mapping[str, Any], got: Mapping[str, Any]) -> list[Judged]:
    if "imagery" not in right:
        return []
    kind, subject = right["imagery"]["kind"], right["imagery"]["subject"]
    got_kind, got_subject = str(got.get("kind") or "any"), str(got.get("subject") or "")
    named = "" if got_kind == "any" else got_kind
    if kind != "any":
        judged = [one_of("imagery.kind", kind, named, same=got_kind == kind)]
    elif subject:
        judged = [one_of("imagery.kind", kind, named, same=got_kind in ("any", "photo", "illustration"))]
    else:
        judged = [Judged("imagery.kind", Verdict.INVENTED if named else Verdict.RIGHT, kind, got_kind)]
    if subject:
        same = overlap(subject, got_subject) >= _ENOUGH_WORDS
        judged.append(one_of("imagery.subject", subject, got_subject, same=same))
    elif got_subject and not made_of(got_subject, right.get("may_print", [])):
        judged.append(Judged("imagery.subject", Verdict.INVENTED, None, got_subject))
    return judged


def _placement(right: Mapping[str, Any], got: Mapping[str, Any]) -> list[Judged]:
    expected = right.get("placement", {})
    judged = [
        one_of(f"placement.{key}", value, got.get(key), same=_place(value) == _place(got.get(key)))
        for key, value in expected.items()
    ]
    implied = {key: _edited(right, key) for key in got}
    return judged + [
        Judged(f"placement.{key}", Verdict.INVENTED, None, value)
        for key, value in got.items()
        if value and key not in expected and _place(value) != _place(implied[key])
    ]


def _ground(right: Mapping[str, Any], got: object) -> list[Judged]:
    implied = [_edited(right, "ground"), right.get("mood") if right.get("mood") in ("dark", "light") else None]
    return _single("ground", right.get("ground"), got, implied)


def _mood(right: Mapping[str, Any], got: object) -> list[Judged]:
    grounds = (right.get("ground"), _edited(right, "ground"))
    return _single("mood", right.get("mood"), got, [ground for ground in grounds if ground in ("dark", "light")])


def _single(element: str, expected: object, got: object, implied: list[Any]) -> list[Judged]:
    if expected:
        return [one_of(element, expected, got, same=_same_colour(expected, got))]
    if got and not any(_same_colour(each, got) for each in implied if each):
        return [Judged(element, Verdict.INVENTED, None, got)]
    return []


def _forbidden(right: Mapping[str, Any], brief: Mapping[str, Any]) -> list[Judged]:
    expected: list[str] = right.get("forbidden", [])
    got = [str(each) for each in brief.get("forbidden") or []]
    without_picture = (brief.get("imagery") or {}).get("kind") == "none"
    met = {*got, *(_PICTURES if "picture" in got or without_picture else ())}
    removed = [edit["element"] for edit in right.get("edits", []) if edit["change"] == "remove"]
    implied = [*removed, *(_PICTURES if right.get("imagery", {}).get("kind") == "none" else ())]
    judged = [one_of(f"forbidden.{each}", each, each if each in met else "", same=each in met) for each in expected]
    return judged + [
        Judged(f"forbidden.{each}", Verdict.INVENTED, None, each)
        for each in got
        if each not in expected and each not in implied
    ]


def _attribution(right: Mapping[str, Any], got: object) -> list[Judged]:
    expected, found = right.get("attribution"), str(got or "")
    if expected:
        same = exact(expected) == exact(found) or exact(found) in map(exact, right.get("may_print", []))
        return [one_of("attribution", expected, found, same=same)]
    return [Judged("attribution", Verdict.INVENTED, None, found)] if found else []


def _edits(right: Mapping[str, Any], got: list[Mapping[str, Any]]) -> list[Judged]:
    expected = {edit["element"]: edit for edit in right.get("edits", [])}
    found = {str(edit.get("element")): edit for edit in got}
    judged = [
        one_of(f"edits.{element}", edit, found.get(element), same=_same_edit(edit, found.get(element)))
        for element, edit in expected.items()
    ]
    return judged + [
        Judged(f"edits.{element}", Verdict.INVENTED, None, edit)
        for element, edit in found.items()
        if element not in expected
    ]


def _same_edit(one: Mapping[str, Any], other: Mapping[str, Any] | None) -> bool:
    if other is None or one["change"] != other.get("change"):
        return False
    if one["change"] == "remove":
        return True
    value, found = one["value"], other.get("value") or ""
    if one["element"] in SLOTS:
        return bare(value) == bare(found)
    return _same_colour(value, found) if one["element"] == "ground" else _place(value) == _place(found)


def _edited(right: Mapping[str, Any], element: str) -> Any:
    return next((edit["value"] for edit in right.get("edits", []) if edit["element"] == element), None)


def _place(value: object) -> str:
    words = str(value or "").casefold().replace("_", "-").replace(" ", "-")
    return "-".join(_SPELT.get(word, word) for word in words.split("-"))


def _same_colour(one: object, other: object) -> bool:
    """The same hex, or one colour word or role in common."""
    first, second = (str(each or "").casefold().strip() for each in (one, other))
    if first.startswith("#") or second.startswith("#"):
        return first == second
    named = [{_SPELT.get(word, word) for word in tokens(each)} for each in (first, second)]
    return bool(named[0] & named[1])
