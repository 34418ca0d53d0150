"""An edit of a picture that was made elsewhere, as far as arithmetic on its pixels reaches.

Crop to the format, extend on the picture's own ground, set in two colours of the brand, replace a flat colour, set
words and the logo on it. From the brief's edits and the instruction to a `Direction`; each change that is none of these
is named. What must not live here: pixels (`compose/backdrop/`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sgd_assets.canon.model import Canon
from sgd_assets.renders.brief.instruction import Instruction
from sgd_assets.renders.brief.model import Brief, BriefCopy, BriefEdit
from sgd_assets.renders.brief.vocabulary.plain_colours import colour_called
from sgd_assets.renders.compose.layouts.catalogue import FormatKind, format_of
from sgd_assets.renders.edit.changed_brief import words_of_edit
from sgd_assets.renders.model import ColourChange, PictureEdit
from sgd_assets.renders.plan.colour_words import colour_meant
from sgd_assets.renders.plan.direction import Direction
from sgd_assets.renders.plan.planner import dimensions
from sgd_resources.colour import contrast, oklch_of

_INSIDE = "edit: {}: the reference is no picture that was made here, and what is inside it stays"
_OTHER_SIZE = "edit: {}: the request's dimensions are {}"
_LAYOUTS: dict[FormatKind, str] = {
    "banner": "banner_bleed", "tower": "bleed_foot", "small": "bleed_foot", "wide": "bleed_side",
    "square": "bleed_foot", "tall": "bleed_foot", "tiny": "picture",
}  # fmt: skip
_EXTEND = re.compile(
    r"\b(?:extend\w*|expand\w*|outpaint\w*|uncrop\w*|widen\w*|erweiter\w*|vergr(?:ö|oe)ßer\w*\s+(?:die\s+)?(?:leinwand|"
    r"fläche)|verl(?:ä|ae)nger\w*|[ée]ten[ds]\w*|[ée]largi\w*|extiend\w*|extender|ampl[ií]\w*|estend\w*|estenda|"
    r"breid\w*|uitbreid\w*|utvid\w*|förstora\s+ytan|rozszerz\w*|rozšiř\w*|genişlet\w*)\b|広げ|拡張|扩展|擴展|확장|وسّ?ع|הרחב",
    re.I,
)
_CROP = re.compile(
    r"^\W*(?:(?:please|bitte|just|nur)\s+)?(?:(?:crop|trim|re-?frame|zoom)\b(?!\s+out)|(?:be|zu)?schneide\w*\b.*(?:zu|auf)\b|zuschneiden|"
    r"recadr\w*|recort\w*|encuadr\w*|ritagli\w*|inquadr\w*|enquadr\w*|snijd\w*\b.*bij|bijsnijden|beskär\w*|beskær\w*|beskjær\w*|"
    r"wykadruj\w*|przytnij\w*|ořízn\w*|orež\w*|kırp\w*|обреж\w*|кадрир\w*|обріж\w*)|トリミング|切り抜|裁剪|裁切|잘라|자르",
    re.I,
)
"""Orders to crop; what is cut round is the picture's subject."""
_TONES = re.compile(
    r"\bduo-?tone?\w*|\b(?:re)?-?colou?r\w*\s+(?:it|the\s+\w+|this)?\s*(?:in|with|to|using)\s+(?:our|the|my|its)\s+"
    r"(?:brand|colou?rs|palette|house)|\bin\s+(?:our|the|my)\s+(?:brand|house|corporate)?\s*(?:colou?rs?|palette)\b|"
    r"\bin\s+(?:unseren|den|meinen)\s+(?:haus|marken)?farben\b|\b(?:à|aux|dans)\s+(?:nos|les)\s+couleurs\b|"
    r"\b(?:en|con)\s+(?:nuestros|los)\s+colores\b|\bnei\s+(?:nostri\s+)?colori\b|\bnas\s+(?:nossas\s+)?cores\b",
    re.I,
)
_COLOUR = r"#[0-9a-f]{3,6}\b|[^\W\d_]+(?:\s+[^\W\d_]+)?"
_REPLACED = re.compile(
    rf"\b(?:replace|change|turn|swap|recolou?r|ersetze?|ändere?|tausche?|färbe?|remplace[rz]?|change[rz]?|cambia|sustituye|"
    rf"reemplaza|sostituisci|substitua|troque|vervang)\s+(?:the|das|den|die|le|la|el|il|lo|o|a|het|de|all)?\s*"
    rf"(?P<was>{_COLOUR})\s+(?:by|with|to|into|for|durch|zu|in|gegen|par|en|por|con|per|door)\s+"
    rf"(?:our|the|unser\w*|notre|nuestro|el|il|le)?\s*(?P<now>{_COLOUR})",
    re.I,
)
_ONTO = re.compile(r"\b(?:put|place|lay|set)\b.*\b(?:on|over|onto|across)\b", re.I | re.S)
_PLAIN_COLOURS = (
    "#FFFFFF", "#000000", "#808080", "#D21F1F", "#F08020", "#F5D020", "#2E9E3E", "#1F5FD2", "#20B0A8", "#7A35B8",
    "#E65A9C", "#7A4A22",
)  # fmt: skip
"""One of each plain colour word: a word that means none of them means no colour."""


@dataclass
class _Reading:
    picture: PictureEdit = field(default_factory=PictureEdit)
    words: dict[str, str] = field(default_factory=dict)
    wants_logo: bool = False
    open: list[str] = field(default_factory=list)
    is_added: bool = True
    """Whether words are to be set on the picture, and not in place of what stands in it."""


def as_foreign_edit(body: Mapping[str, Any], brief: Brief, canon: Canon) -> tuple[Brief, Direction]:
    """The brief with the words that go on the picture, and what is done to it; the rest stands in its `unmet`."""
    told = body["prompts"].get("instruction") or ""
    size = body["outputs"]["dimensions"]
    read = _Reading(is_added=_adds(told))
    palette = tuple(dict.fromkeys(value.upper() for value in canon.palette_hex))
    if _EXTEND.search(told):
        read.picture = read.picture.model_copy(update={"fit": "extend"})
    if palette and _TONES.search(told):
        read.picture = read.picture.model_copy(update={"duotone_hex": two_of(palette)})
    changes = tuple(_colour_changes(told, palette, canon))
    read.picture = read.picture.model_copy(update={"colours": changes})
    for edit in brief.edits:
        _take(edit, read, size, is_recoloured=bool(changes) or read.picture.duotone_hex is not None)
    words = brief.words.model_copy(update=read.words) if read.words else brief.words
    asks_logo = read.wants_logo or (brief.placement.logo is not None and "logo" not in brief.forbidden)
    has_ink = bool(words.elements()) or asks_logo
    width, height = dimensions(size)
    look: dict[str, Any] = {
        "picture_edit": read.picture,
        "layout": _LAYOUTS[format_of(width, height)] if has_ink else "picture",
    }
    if not has_ink:
        look |= {"logo_sha256": None, "logo_ground_hex": None, "logo_safe_zone_ratio": None, "logo_minimum_px": None}
    # The ground that a recoloured ground was read as is the picture's, and no wish for the page under it.
    without_ground = brief.model_copy(update={"words": words, "ground": None if changes else brief.ground})
    return without_ground, Direction(look=look, op="local_edit", unmet=tuple(read.open))


def _adds(told: str) -> bool:
    verbs = {hit.value for hit in Instruction.read(told).hits if hit.kind == "edit"}
    return "add" in verbs or "set" not in verbs or bool(_ONTO.search(told))


def two_of(palette: tuple[str, ...]) -> tuple[str, str] | None:
    """The darkest and the lightest colour that a picture can be set in; None where they are alike in light."""
    ordered = sorted(palette, key=lambda value: oklch_of(value)[0])
    return (ordered[0], ordered[-1]) if contrast(ordered[0], ordered[-1]) >= 2.2 else None


def _take(edit: BriefEdit, read: _Reading, size: str, *, is_recoloured: bool) -> None:
    if edit.element == "size":
        if not _is_of_shape(edit.value or "", size):
            read.open.append(_OTHER_SIZE.format(words_of_edit(edit), size))
    elif edit.element in BriefCopy.model_fields and edit.element != "extra" and edit.change == "set" and edit.value:
        read.words[edit.element] = edit.value
        if edit.was is not None or not read.is_added:
            read.open.append(_INSIDE.format(words_of_edit(edit)))
    elif edit.element == "logo" and edit.change in ("move", "set"):
        read.wants_logo = True
    elif is_recoloured and edit.element in ("picture", "colours", "ground") and edit.change == "set":
        pass  # the change of colours, which is done
    elif edit.element == "picture" and edit.change == "set" and _CROP.search(edit.value or ""):
        read.picture = read.picture.model_copy(update={"fit": "crop"})
    elif edit.element in ("ground", "picture") and read.picture.fit == "extend" and _EXTEND.search(edit.value or ""):
        pass  # "extend the background"
    else:
        read.open.append(_INSIDE.format(words_of_edit(edit)))


def _is_of_shape(wanted: str, size: str) -> bool:
    """Whether the request's dimensions have the shape that the words ask for."""
    width, height = (int(side) for side in size.split("x"))
    named = {"square": width == height, "portrait": height > width, "landscape": width > height}
    if wanted in named:
        return named[wanted]
    sides = [float(side) for side in re.findall(r"\d+", wanted)]
    return len(sides) == 2 and min(sides) > 0 and abs(sides[0] / sides[1] / (width / height) - 1) < 0.02


def _colour_changes(told: str, palette: tuple[str, ...], canon: Canon) -> list[ColourChange]:
    found = []
    for match in _REPLACED.finditer(told):
        was = match["was"].strip()
        now = next(
            (hex_value for word in _shorter(match["now"]) if (hex_value := colour_meant(word, palette, canon))), None
        )
        if now is not None and (was.startswith("#") or colour_called(was.casefold(), _PLAIN_COLOURS)):
            found.append(ColourChange(was=was, hex=now))
    return found


def _shorter(words: str) -> list[str]:
    """The words, and the first of them: what follows a colour may be no part of its name."""
    return [words.strip(), words.split(maxsplit=1)[0]]
