"""The words of a plan as they can be set: cleaned, every letter with a face; refused where a letter has none.

From `RenderPlan` to the same plan with words that lack nothing. A missing letter would be an empty box or a gap, so it
is refused by name; a pictograph or sign without a face is left out, and the plan says so. What must not live here:
which faces there are (`compose/typefaces.py`).
"""

import re
import unicodedata
from collections.abc import Iterator

from sgd_assets.renders.compose.type.missing import Faces, missing_glyphs
from sgd_assets.renders.model import RenderPlan
from sgd_resources.errors import ValidationFailed
from sgd_resources.font_packs import EXTRA, INSTALL, has_packs
from sgd_resources.writing.clean import CleanCopy, clean_copy, is_blank
from sgd_resources.writing.scripts import is_unwritten, script_name

_PARTS = ("headline", "body", "call_to_action", "date", "price", "url", "legal", "attribution")
_TOLD = 8  # characters named in an answer; enough to see which script it is


class Unsettable(ValidationFailed):
    """Letters that no installed font has, or none at all. The caller changes the words, or somebody installs a font."""


def words_of_plan(plan: RenderPlan) -> str:
    """Every word of a plan that may stand on its picture."""
    return "\n".join(words for _, words in _parts(plan))


def cleaned(plan: RenderPlan) -> RenderPlan:
    """The plan with its words as they may be set; what was taken out of them is noted.

    Raises:
        Unsettable: a part has nothing that would be seen; `details` names it. No retry.
    """
    for part, words in _parts(plan):
        if is_blank(words):
            raise _nothing_seen(plan, part, words)
    copies = {part: clean_copy(words) for part, words in _parts(plan)}
    changed = {part: copy for part, copy in copies.items() if copy.removed or copy.text != dict(_parts(plan))[part]}
    if not changed:
        return plan
    notes = tuple(_note(part, copy) for part, copy in changed.items() if copy.removed)
    return _with_words(plan, {part: copy.text for part, copy in changed.items()}, notes, ())


def settable(plan: RenderPlan, faces: Faces, body_faces: Faces) -> RenderPlan:
    """The cleaned plan without signs that no face has.

    Raises:
        Unsettable: letters or digits that no face has, or nothing but such signs; `details` names script,
            characters and what to install. No retry.
    """
    changed: dict[str, str] = {}
    unmet: list[str] = []
    for part, words in _parts(plan):
        lacking = tuple(dict.fromkeys((*missing_glyphs(words, faces), *missing_glyphs(words, body_faces))))
        if not lacking:
            continue
        kept = _without(words, lacking)
        letters = tuple(character for character in lacking if unicodedata.category(character)[0] in "LMN")
        if letters or not any(character.isalnum() for character in kept):
            raise _refusal(part, letters or lacking)
        changed[part] = kept
        unmet.append(f"{part}: no installed font has {' '.join(lacking[:_TOLD])}, left out")
    return _with_words(plan, changed, (), tuple(unmet)) if changed else plan


def _parts(plan: RenderPlan) -> Iterator[tuple[str, str]]:
    for part in _PARTS:
        if words := getattr(plan, part):
            yield part, words
    for index, words in enumerate(plan.extra):
        yield f"extra[{index}]", words


def _with_words(plan: RenderPlan, words: dict[str, str], notes: tuple[str, ...], unmet: tuple[str, ...]) -> RenderPlan:
    extra = tuple(words.get(f"extra[{index}]", line) for index, line in enumerate(plan.extra))
    update = {part: text for part, text in words.items() if part in _PARTS}
    return plan.model_copy(
        update={**update, "extra": extra, "notes": (*plan.notes, *notes), "unmet": (*plan.unmet, *unmet)}
    )


def _note(part: str, copy: CleanCopy) -> str:
    return f"the {part} is set without invisible characters that turn or hide text: {', '.join(copy.removed)}"


def _without(words: str, lacking: tuple[str, ...]) -> str:
    """The words without some characters, nor the invisible ones that only joined or dressed those."""
    kept: list[str] = []
    is_after_gap = False
    for character in words:
        if character in lacking:
            is_after_gap = True
        elif not (is_after_gap and is_unwritten(character)):
            is_after_gap = False
            kept.append(character)
    return re.sub(" {2,}", " ", "".join(kept)).strip()


def _nothing_seen(plan: RenderPlan, part: str, words: str) -> Unsettable:
    """Told at the copy where the request gives one, else at the instruction that the words were read from."""
    is_given = plan.brief is None or plan.brief.source == "copy"
    path = f"$.copy.{part}" if is_given else "$.prompts.instruction"
    message = f"the {part.replace('_', ' ')} has no character that would be seen"
    return Unsettable(
        f"{path}: {message}",
        details={
            "path": path,
            "characters": [f"U+{ord(character):04X}" for character in dict.fromkeys(words)][:_TOLD],
            "errors": [{"path": path, "message": message}],
        },
    )


def _refusal(part: str, characters: tuple[str, ...]) -> Unsettable:
    scripts = sorted({script_name(character) for character in characters})
    mend = "upload a font of the brand that has them" if has_packs() else f"install the extra {EXTRA}: {INSTALL}"
    where = part.split("[", maxsplit=1)[0].replace("_", " ")
    return Unsettable(
        f"no installed font sets {', '.join(scripts)} in the {where}; {mend}",
        details={
            "path": f"$.copy.{part}",
            "scripts": scripts,
            "characters": [
                f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip() for character in characters[:_TOLD]
            ],
            "missing": len(characters),
            "mend": mend,
        },
    )
