"""Opens the place that a claim cites and looks whether it stands there. `Page, claim -> place` or a reason.

What must not live here: what role or side the words give (`second_look.py`), or what becomes of a claim (`merge.py`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sgd_assets.canon.assist.blocks import Page, Snippet
from sgd_assets.canon.colours.swatch_check import gap_between
from sgd_assets.canon.fonts.names import family_key
from sgd_resources.colour import delta_e_2000
from sgd_resources.parsed_document import ColourUse
from sgd_resources.parsers.colours.colour_notation import find_colours

SAME_COLOUR = 3.0
"""CIEDE2000; as everywhere in the canon, values within it are one colour."""
_REACH_PT = 60.0  # about 2 cm: a swatch further away belongs to other words
_APOSTROPHES = str.maketrans("’‘“”", "''\"\"")


class NotThere(Exception):
    """A claim that its place does not bear out; the message says why, in words that can be counted."""


@dataclass(frozen=True)
class Place:
    """A block that holds a claim's quote."""

    snippet: Snippet
    quote: str
    """As the block has it, white space folded."""


def place_in(claim: Mapping[str, Any], page: Page) -> Place:
    """Where the claim's quote stands. Raises NotThere."""
    snippet = next((one for one in page.snippets if one.id == claim.get("block")), None)
    if snippet is None:
        raise NotThere("no such block")
    wanted = " ".join(str(claim.get("quote", "")).split())
    if len(wanted) < 2:
        raise NotThere("no quote")
    at = _plain(snippet.text).find(_plain(wanted))
    if at < 0:
        raise NotThere("the quote does not stand there")
    return Place(snippet, snippet.text[at : at + len(wanted)])


def hex_at(value: str, place: Place, page: Page) -> str:
    """The colour that a claim gives, as the place has it: printed in the quote, the block or its row, called by the
    name that the files give it, or its swatch's.

    Raises:
        NotThere: the value is no colour, or it is neither printed there nor shown beside it.
    """
    found = find_colours(value, hint="colour")
    wanted = found[0].hex if len({mention.hex for mention in found}) == 1 else None
    if wanted is None:
        raise NotThere("the value is no colour")
    printed = (place.quote, place.snippet.text, _row_of(place, page))
    for text in printed:
        mentioned = [one.hex for one in find_colours(text, hint=f"colour {place.snippet.item.context}")]
        if wanted in mentioned:
            return wanted
    known = [fact.colour for fact in page.known if fact.value == wanted and fact.colour is not None]
    called = [name for colour in known for name in (colour.name, *colour.spot_names)]
    if any(name and re.search(rf"(?i)(?<!\w){re.escape(name)}(?!\w)", place.quote) for name in called):
        return wanted
    shown = [use.hex for use in page.colours if _is_beside(use, place)]
    near = [one for one in shown if delta_e_2000(one, wanted) <= SAME_COLOUR]
    if near:
        return min(near, key=lambda one: delta_e_2000(one, wanted))
    raise NotThere("the value is neither printed there nor shown beside it")


def family_at(family: str, place: Place) -> str:
    """The family as the quote spells it, be it all in capitals as the claim does. Raises NotThere."""
    name = " ".join(family.split())
    key = re.escape(name).replace(r"\ ", r"[\s-]*")
    match = re.search(rf"(?i)(?<!\w){key}(?!\w)", place.quote)
    if match is None or not family_key(name):
        raise NotThere("the quote does not name the family")
    printed = " ".join(match[0].split())
    return name if printed.isupper() else printed


def names_value(value: str, name: str | None, place: Place, page: Page) -> bool:
    """Whether a block or its row speaks of a known fact, by its value, its colour's name or its own words."""
    text = _letters(f"{place.snippet.text} {_row_of(place, page)}")
    return any(word and _letters(word) and _letters(word) in text for word in (value, name))


def _row_of(place: Place, page: Page) -> str:
    cell = place.snippet.item.block.cell
    return "" if cell is None else page.rows.get((cell.table, cell.row), "")


def _is_beside(use: ColourUse, place: Place) -> bool:
    """Whether a colour is stated in the block's own line or shown next to it on its page."""
    one, other = use.location, place.snippet.item.block.location
    if one.page != other.page:
        return False
    if one.bbox is not None and other.bbox is not None:
        is_shown = use.source in ("fill", "pixels", "gradient", "svg_fill", "svg_gradient")
        return is_shown and gap_between(one.bbox, other.bbox) <= _REACH_PT
    return one.line is not None and one.line == other.line


def _plain(text: str) -> str:
    return text.translate(_APOSTROPHES).lower()


def _letters(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())
