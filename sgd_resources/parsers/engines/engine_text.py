"""Puts another engine's words into a document that was measured here: its text, our colours, fonts, boxes and flags.

Engines read words and structure; none reads colour operands, spot names or whether a word can be seen. What must not
live here: speaking to an engine.
"""

import re
from collections.abc import Mapping, Sequence

from sgd_resources.parsed_document import ColourUse, Location, ParsedDocument, TextBlock
from sgd_resources.parsers.colours.text_colours import text_colours
from sgd_resources.parsers.fold import fold_colours
from sgd_resources.parsers.hidden_text import unseen_characters

_STATED = ("text", "code", "latex_definition")
_LEAST_HIDDEN = 4  # letters; shorter words occur by chance in any text


def with_engine_text(
    local: ParsedDocument,
    blocks: Sequence[TextBlock],
    *,
    parser: str,
    parser_version: str,
    warnings: Sequence[str] = (),
) -> ParsedDocument:
    """`local` with the words of another engine.

    A block that says what a local block says takes the place, font and colour from it where the engine gives none.
    Words that nobody can see stay marked, whichever engine read them.
    """
    known: dict[str, TextBlock] = {}
    for block in local.text_blocks:
        known.setdefault(_letters(block.text), block)
    hidden = {_letters(block.text): block.hidden_reason for block in local.text_blocks if block.is_hidden}
    seen = "".join(_letters(block.text) for block in local.text_blocks if not block.is_hidden)
    merged = [_merged(block, known.get(_letters(block.text)), hidden, seen) for block in blocks]
    inks = {use.spot_name: use.hex for use in reversed(local.colours) if use.spot_name and use.components == (1.0,)}
    measured: list[ColourUse] = [use for use in local.colours if use.source not in _STATED]
    return local.model_copy(
        update={
            "parser": parser,
            "parser_version": parser_version,
            "text_blocks": tuple(merged),
            "colours": fold_colours([*text_colours(merged, inks=inks), *measured]),
            "warnings": tuple(dict.fromkeys([*local.warnings, *warnings])),
        }
    )


def _merged(block: TextBlock, twin: TextBlock | None, hidden: Mapping[str, str | None], seen: str) -> TextBlock:
    reason = unseen_characters(block.text) or _hidden_reason(_letters(block.text), hidden, seen)
    changes: dict[str, object] = {"is_hidden": reason is not None, "hidden_reason": reason}
    if twin is not None:
        changes["font"] = block.font or twin.font
        changes["font_size_pt"] = block.font_size_pt or twin.font_size_pt
        changes["color_hex"] = block.color_hex or twin.color_hex
        if block.location == Location() or (block.location.bbox is None and twin.location.page == block.location.page):
            changes["location"] = twin.location
    return block.model_copy(update=changes)


def _hidden_reason(letters: str, hidden: Mapping[str, str | None], seen: str) -> str | None:
    """Of the hidden words that a block holds or is part of; words that are also visible elsewhere are not hidden."""
    if letters in hidden:
        return hidden[letters] or "hidden"
    if len(letters) < _LEAST_HIDDEN or letters in seen:
        return None
    for words, reason in hidden.items():
        if len(words) >= _LEAST_HIDDEN and (words in letters or letters in words):
            return reason or "hidden"
    return None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()
