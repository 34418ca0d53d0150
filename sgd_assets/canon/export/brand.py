"""`Canon -> Brand`: the colours and fonts of a canon with names that programs take, in the canon's order.

A name is the one that the evidence gives. Where our own reader would take that name for a part of an interface or a
step of a ramp ('Muted Teal', 'Info', 'Blue 500'), it is written as one word, as CSS writes names of colours; where that
is no better, or there is no name, the value names itself. What must not live here: any format.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sgd_assets.canon.colours.used import used_colours
from sgd_assets.canon.model import Canon, Citation, Fact, Role
from sgd_resources.colour import rgb_of
from sgd_resources.parsed_document import ColourUse, Location, ParsedDocument
from sgd_resources.shown.name import shown_name

TITLE = "Brand palette"
"""Title of every set written here; readers of guides know it for a set of the brand's own."""
_STEP_OR_SHADE = re.compile(r"[-_.$/@]|\W\d+$")
_MOST_SOURCES = 3  # a comment names where to look, not each of many places
_LONGEST_SOURCE = 200


@dataclass(frozen=True)
class BrandColour:
    """One colour of the palette."""

    hex: str
    rgb: tuple[int, int, int]
    key: str
    """For programs: lower-case letters and digits, unlike any other key of the brand."""
    name: str
    """For people: as stated, as far as readers take it for a colour's name."""
    stated_name: str | None
    role: Role | None
    cmyk: tuple[float, float, float, float] | None
    source: str


@dataclass(frozen=True)
class BrandFont:
    """One font family."""

    family: str
    key: str
    role: Role | None
    source: str


@dataclass(frozen=True)
class Brand:
    """What is exported."""

    version: str
    colours: tuple[BrandColour, ...]
    fonts: tuple[BrandFont, ...]

    def font_for(self, role: str) -> BrandFont | None:
        """The first font that the evidence gives this use."""
        return next((font for font in self.fonts if font.role == role), None)


def brand_of(canon: Canon) -> Brand:
    """The palette and fonts of a canon."""
    return Brand(canon.version, tuple(_colours(canon)), tuple(_fonts(canon)))


def _colours(canon: Canon) -> Iterator[BrandColour]:
    facts = {fact.value: fact for fact in canon.facts if fact.kind == "colour"}
    stated = [_stated_name(facts.get(value)) for value in canon.palette_hex]
    keys = _names_read(
        [
            (value, (_letters(name or ""), value[1:].lower()))
            for value, name in zip(canon.palette_hex, stated, strict=True)
        ]
    )
    names = _names_read(
        [(value, (*_spoken(name), value)) for value, name in zip(canon.palette_hex, stated, strict=True)]
    )
    for value, key, name, own in zip(canon.palette_hex, keys, names, stated, strict=True):
        fact = facts.get(value)
        yield BrandColour(
            hex=value,
            rgb=rgb_of(value),
            key=key,
            name=name,
            stated_name=own,
            role=fact.role if fact is not None else None,
            cmyk=fact.colour.cmyk if fact is not None and fact.colour is not None else None,
            source=source_of(fact),
        )


def _stated_name(fact: Fact | None) -> str | None:
    return fact.colour.name if fact is not None and fact.colour is not None else None


def _fonts(canon: Canon) -> Iterator[BrandFont]:
    facts = {fact.value: fact for fact in canon.facts if fact.kind == "font"}
    keys: set[str] = set()
    for family in canon.fonts:
        fact = facts.get(family)
        role = fact.role if fact is not None else None
        key = role if role is not None and role not in keys else _letters(family) or f"family{len(keys) + 1}"
        keys.add(key)
        yield BrandFont(family, key, role, source_of(fact))


def source_of(fact: Fact | None) -> str:
    """Where a fact stands, for a comment: file and place, never the words there."""
    if fact is None:
        return ""
    places = dict.fromkeys(_place(citation) for citation in fact.citations)
    return "; ".join(list(places)[:_MOST_SOURCES])[:_LONGEST_SOURCE]


def _place(citation: Citation) -> str:
    where = f", page {citation.page}" if citation.page else f", line {citation.line}" if citation.line else ""
    return re.sub(r"\*/|/\*|[\r\n]+", " ", shown_name(citation.file_name)) + where


def _spoken(stated: str | None) -> tuple[str, ...]:
    if not stated:
        return ()
    words = " ".join(re.sub(r"[\x00-\x1f\x7f\"'\\<>&]", " ", stated).split())
    joined = _letters(stated)
    return (*(() if _STEP_OR_SHADE.search(words) else (words,)), joined[:1].upper() + joined[1:])


def _letters(name: str) -> str:
    """A name as one word of ASCII: 'Bleu marine' is 'bleumarine'."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    word = re.sub(r"[^a-z0-9]", "", folded.lower())
    return word if re.match(r"[a-z]{2}", word) else ""


def _names_read(candidates: Sequence[tuple[str, tuple[str, ...]]]) -> list[str]:
    """For each (hex, names) its first name under which our own reader takes it for a colour of the brand.

    All are read together, for a reader judges some names by their neighbours; the last name of each is its value.
    """
    left = [[name for name in dict.fromkeys(names) if name] for _, names in candidates]
    while True:
        taken: set[str] = set()
        uses = []
        for (value, _), names in zip(candidates, left, strict=True):
            if names[0] in taken and len(names) > 1:
                names.pop(0)
            taken.add(names[0])
            uses.append(_token(value, names[0]))
        claims = used_colours(_document(uses), (), "palette", first_order=0)
        unread = {claim.order for claim in claims if claim.excluded is not None}
        again = [names for order, names in enumerate(left) if order in unread and len(names) > 1]
        if not again:
            return [names[0] for names in left]
        for names in again:
            names.pop(0)


def _token(value: str, name: str) -> ColourUse:
    return ColourUse(hex=value, source="design_token", name=name, label=TITLE, location=Location(line=1))


def _document(uses: Sequence[ColourUse]) -> ParsedDocument:
    return ParsedDocument(
        evidence_sha256="0" * 64, media_type="application/json", parser="", parser_version="", colours=tuple(uses)
    )
