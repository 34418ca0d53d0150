"""The brief of a picture under the changes that an edit asks for, and the changes that no plan can make."""

from sgd_assets.renders.brief.model import Brief, BriefCopy, BriefEdit, WantedImagery

_SINGLE = frozenset(BriefCopy.model_fields) - {"extra"}


def changed_brief(base: Brief, asked: Brief) -> tuple[Brief, tuple[str, ...]]:
    """What the picture is to say and look like now, and each change that stays open as `edit: what`.

    Args:
        base: of the picture as it stands.
        asked: of the edit: its changes, and words and wishes that are added.
    """
    brief, open_lines = base, []
    for edit in asked.edits:
        if is_size_wish(edit):
            continue
        if (changed := _with(brief, edit)) is None:
            open_lines.append(f"edit: {words_of_edit(edit)}")
        else:
            brief = changed
    given = {part: words for part in _SINGLE if (words := getattr(asked.words, part))}
    words = brief.words.model_copy(update={**given, **({"extra": asked.words.extra} if asked.words.extra else {})})
    wished = asked.placement.model_dump(exclude_none=True)
    brief = brief.model_copy(
        update={
            "words": words,
            "placement": brief.placement.model_copy(update=wished),
            "mood": asked.mood or brief.mood,
            "forbidden": tuple(dict.fromkeys((*brief.forbidden, *asked.forbidden))),
            "edits": asked.edits,
            "notes": asked.notes,
        }
    )
    return brief, tuple(open_lines)


def is_size_wish(edit: BriefEdit) -> bool:
    """Whether a plan can meet the change by the size of a part (`own_picture.py`)."""
    return edit.element in ("headline", "logo") and edit.change in ("larger", "smaller")


def words_of_edit(edit: BriefEdit) -> str:
    """The change in words."""
    return " ".join(part for part in (edit.element, edit.change, edit.value) if part)


def _with(brief: Brief, edit: BriefEdit) -> Brief | None:
    """The brief under one change; None for a change that is not one of a plan."""
    if edit.element in BriefCopy.model_fields and edit.change in ("set", "remove"):
        return _with_words(brief, edit)
    if edit.element == "logo" and edit.change == "remove":
        return brief.model_copy(update={"forbidden": (*brief.forbidden, "logo")})
    if edit.element == "logo" and edit.change in ("move", "set") and edit.value:
        placement = brief.placement.model_validate({**brief.placement.model_dump(), "logo": edit.value})
        return brief.model_copy(update={"placement": placement})
    if edit.element == "picture" and edit.change == "remove":
        return brief.model_copy(update={"imagery": WantedImagery(kind="none")})
    if edit.element in ("ground", "colours") and edit.change == "set" and edit.value:
        return brief.model_copy(update={"ground": edit.value})
    return None


def _with_words(brief: Brief, edit: BriefEdit) -> Brief | None:
    words = brief.words
    value = edit.value if edit.change == "set" else None
    if edit.change == "set" and not value:
        return None
    if edit.element in _SINGLE and not (edit.was and edit.was in words.extra):
        part = next((name for name in sorted(_SINGLE) if edit.was and getattr(words, name) == edit.was), edit.element)
        if value is None and getattr(words, part) is None:
            return None
        return brief.model_copy(update={"words": words.model_copy(update={part: value})})
    if edit.was in words.extra:
        extra = tuple(line for line in ((value if line == edit.was else line) for line in words.extra) if line)
    else:
        extra = (*words.extra, value) if value else ()
    return brief.model_copy(update={"words": words.model_copy(update={"extra": extra})})
