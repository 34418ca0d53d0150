"""A model's claims on one page, re-opened one by one, and what of them a canon takes. `Canon, answer, Page -> Merged`.

A claim that its place does not bear out is dropped and counted by reason. Values that were measured stay as they are: a
claim adds what was missing, gives a name or a role to what has none, ranks what it calls primary first, or vetoes with
a quoted reason, which stays visible as a conflict. The order of claims does not matter. What must not live here: what
is asked (`question.py`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sgd_assets.canon.assist import second_look as look
from sgd_assets.canon.assist.blocks import Page
from sgd_assets.canon.assist.question import COLOUR_ROLES, FONT_ROLES, KINDS, LOGO_KINDS, VOICE_KINDS
from sgd_assets.canon.assist.reopen import SAME_COLOUR, NotThere, Place, family_at, hex_at, names_value, place_in
from sgd_assets.canon.fonts.names import family_key
from sgd_assets.canon.model import Abstention, Canon, Citation, ColourValue, Conflict, Fact, Measure, Role, status_of
from sgd_assets.canon.weigh.confidence import confidence_of
from sgd_assets.canon.weigh.resolve import fact_id, safe_zone_of, voice_of
from sgd_resources.colour import delta_e_2000, oklab_of, rgb_of

VETO = "a model's veto over what the files say"
"""Rule of the conflict that shows a veto."""
ASSISTED = "assisted_colour"
_DRAWN = frozenset(
    {"logo_vector", "logo_gradient", "logo_pixels", "guide_pixels", "picture_vector", "office_theme", "office_run",
     "css_declaration", "inline_style"}
)  # fmt: skip
"""Methods that stand behind a printed value wherever one is."""
_ENOUGH_COLOURS = 2  # as `status_of` asks
_SINGULAR = {"colours": "colour", "fonts": "font", "voice": "voice", "logo": "logo", "vetoes": "veto"}


@dataclass(frozen=True)
class Merged:
    """The canon with the claims that held, and what became of each."""

    canon: Canon
    taken: int = 0
    """Claims that changed the canon."""
    agreed: int = 0
    """Claims that the canon said already."""
    dropped: tuple[str, ...] = ()
    """`kind: reason` of each claim that did not hold."""


def merge_page(canon: Canon, answer: Mapping[str, Any], page: Page) -> Merged:
    """The canon after one page's answer."""
    work = _Work(canon, page)
    taken = agreed = 0
    dropped: list[str] = []
    for kind in KINDS:
        for claim in _in_order(answer.get(kind), page):
            try:
                is_new = work.take(kind, claim)
            except NotThere as reason:
                dropped.append(f"{_SINGULAR[kind]}: {reason}")
                continue
            taken, agreed = taken + is_new, agreed + (not is_new)
    if not taken:
        return Merged(canon, 0, agreed, tuple(dropped))
    return Merged(work.canon(), taken, agreed, tuple(dropped))


def _in_order(claims: Any, page: Page) -> list[Mapping[str, Any]]:
    places = {snippet.id: at for at, snippet in enumerate(page.snippets)}
    listed = [claim for claim in claims if isinstance(claim, Mapping)] if isinstance(claims, list) else []
    return sorted(listed, key=lambda c: (places.get(str(c.get("block")), len(places)), json.dumps(c, sort_keys=True)))


class _Work:
    """A canon's parts while claims are taken in."""

    def __init__(self, canon: Canon, page: Page) -> None:
        self._canon, self._page = canon, page
        self._facts = list(canon.facts)
        self._palette, self._fonts = list(canon.palette_hex), list(canon.fonts)
        self._conflicts = list(canon.conflicts)
        self._vetoed: set[str] = {one.dropped for one in canon.conflicts if one.rule == VETO}

    def take(self, kind: str, claim: Mapping[str, Any]) -> bool:
        """Whether the claim changed anything. Raises NotThere."""
        place = place_in(claim, self._page)
        if kind == "colours":
            return self._colour(claim, place)
        if kind == "fonts":
            return self._font(claim, place)
        if kind == "vetoes":
            return self._veto(claim, place)
        return self._rule(claim, place, VOICE_KINDS if kind == "voice" else LOGO_KINDS)

    def canon(self) -> Canon:
        facts = self._facts
        self._palette = self._printed() or self._palette
        voice = voice_of([fact for fact in facts if fact.kind.startswith("voice_")])
        zone = safe_zone_of(facts)
        parts: dict[str, object] = {"palette": self._palette, "fonts": self._fonts, "voice": voice,
                                    "logo_safe_zone": zone}  # fmt: skip
        return self._canon.model_copy(
            update={
                "facts": tuple(facts),
                "palette_hex": tuple(self._palette),
                "fonts": tuple(self._fonts),
                "voice": voice,
                "logo_safe_zone": zone,
                "logo_dos": _values(facts, "logo_do"),
                "logo_donts": _values(facts, "logo_dont"),
                "status": status_of(self._palette, self._fonts, voice),
                "conflicts": tuple(self._conflicts),
                "abstained": _abstained(self._canon.abstained, parts),
            }
        )

    def _colour(self, claim: Mapping[str, Any], place: Place) -> bool:
        value = hex_at(str(claim.get("value", "")), place, self._page)
        name, role = self._name_at(claim.get("name"), place), _known_role(claim.get("role"), COLOUR_ROLES)
        known = self._known_colour(value)
        if role is not None and (known is None or known.role != role):
            look.check_colour_role(role, name, place)
        if known is None or known.value not in self._palette:
            look.check_is_brand_colour(name, place, self._page.title)
        if known is None:
            if value in self._vetoed:
                raise NotThere("it was vetoed")
            self._facts.append(_colour_fact(value, name, role, self._cited(place)))
            self._palette.append(value)
            self._rank(value, role)
            return True
        return self._complete_colour(known, name, role, place)

    def _name_at(self, name: Any, place: Place) -> str | None:
        """The name, where the block or its row prints it. Raises NotThere."""
        if not isinstance(name, str) or not name.strip():
            return None
        told = " ".join(name.split())
        if not names_value(told, None, place, self._page):
            raise NotThere("the name does not stand there")
        return told

    def _complete_colour(self, known: Fact, name: str | None, role: Role | None, place: Place) -> bool:
        """Name, role and rank where the files gave none; the value stays."""
        assert known.colour is not None
        if role is not None and known.role is not None and role != known.role:
            raise NotThere("the evidence gave another role")
        has_news = (name is not None and known.colour.name is None) or (role is not None and known.role is None)
        is_outside = known.value not in self._palette
        if not has_news and not is_outside:
            return False
        colour = known.colour.model_copy(update={"name": known.colour.name or name})
        changed = known.model_copy(
            update={
                "colour": colour, "role": known.role or role, "citations": _with(known.citations, self._cited(place)),
            }
        )  # fmt: skip
        self._facts[self._facts.index(known)] = changed
        if is_outside:
            self._palette.append(known.value)
        self._rank(known.value, role)
        return True

    def _known_colour(self, value: str) -> Fact | None:
        colours = [fact for fact in self._facts if fact.kind == "colour"]
        near = [fact for fact in colours if delta_e_2000(fact.value, value) <= SAME_COLOUR]
        in_palette = [fact for fact in near if fact.value in self._palette]
        return min(in_palette or near, key=lambda fact: delta_e_2000(fact.value, value), default=None)

    def _printed(self) -> list[str]:
        """The palette where files only showed colours in logos and pictures, and two or more are printed: printed
        values make a palette before drawn ones do (`weigh/palette.py`). The others stay as facts."""
        method_of = {fact.value: fact.method for fact in self._facts if fact.kind == "colour"}
        printed = [value for value in self._palette if method_of.get(value) == ASSISTED]
        rest = [value for value in self._palette if value not in printed]
        is_only_drawn = bool(rest) and all(method_of.get(value) in _DRAWN for value in rest)
        return printed if is_only_drawn and len(printed) >= _ENOUGH_COLOURS else []

    def _rank(self, value: str, role: Role | None) -> None:
        """A colour that is called primary comes first where no file calls another one so."""
        first = next((fact for fact in self._facts if fact.role == "primary" and fact.value != value), None)
        if role == "primary" and first is None:
            self._palette = [value, *(one for one in self._palette if one != value)]

    def _font(self, claim: Mapping[str, Any], place: Place) -> bool:
        family = family_at(str(claim.get("family", "")), place)
        use = _known_role(claim.get("use"), FONT_ROLES)
        known = next((f for f in self._facts if f.kind == "font" and family_key(f.value) == family_key(family)), None)
        if known is not None and use in (None, known.role):
            return False
        look.check_font(use, place, self._page)
        if known is None:
            if family_key(family) in {family_key(value) for value in self._vetoed}:
                raise NotThere("it was vetoed")
            self._facts.append(_fact("font", family, family_key(family), "assisted_font", self._cited(place), role=use))
            self._fonts.append(family)
            return True
        if known.role is not None:
            raise NotThere("the evidence gave another use")
        cited = _with(known.citations, self._cited(place))
        self._facts[self._facts.index(known)] = known.model_copy(update={"role": use, "citations": cited})
        return True

    def _rule(self, claim: Mapping[str, Any], place: Place, kinds: Sequence[str]) -> bool:
        kind = str(claim.get("kind"))
        if kind not in kinds:
            raise NotThere("no such kind")
        measure = look.measure_at(kind, claim.get("measure"), place) if kind in LOGO_KINDS else None
        known = self._known_rule(kind.partition("_")[0], place.quote)
        if known is not None:
            return self._measured(known, kind, measure)
        if kind in VOICE_KINDS:
            look.check_voice(kind, place, self._page.title)
        else:
            look.check_logo(kind, place, self._page.title)
        if place.quote in self._vetoed:
            raise NotThere("it was vetoed")
        method = "assisted_voice" if kind in VOICE_KINDS else "assisted_logo"
        key = place.quote.lower().rstrip(".")
        self._facts.append(_fact(kind, place.quote, key, method, self._cited(place), measure=measure))
        return True

    def _known_rule(self, family: str, quote: str) -> Fact | None:
        """The rule of the canon that holds these words, or is held by them."""
        letters = _letters(quote)
        rules = [(fact, _letters(fact.value)) for fact in self._facts if fact.kind.startswith(f"{family}_")]
        return next((fact for fact, held in rules if letters in held or held in letters), None)

    def _measured(self, fact: Fact, kind: str, measure: Measure | None) -> bool:
        """A known rule stays as it is, but for a measure that it lacks. Raises NotThere: it is on the other side."""
        if {fact.kind.rpartition("_")[2], kind.rpartition("_")[2]} == {"do", "dont"}:
            raise NotThere("the evidence gave another side")
        if fact.kind != kind or fact.measure is not None or measure is None:
            return False
        self._facts[self._facts.index(fact)] = fact.model_copy(update={"measure": measure})
        return True

    def _veto(self, claim: Mapping[str, Any], place: Place) -> bool:
        value = " ".join(str(claim.get("value", "")).split())
        fact = next((f for f in self._facts if f.kind == claim.get("kind") and f.value.lower() == value.lower()), None)
        if fact is None:
            raise NotThere("no such known fact")
        if fact.method.startswith("assisted_"):
            raise NotThere("the model proposed it itself")
        if not names_value(fact.value, fact.colour.name if fact.colour else None, place, self._page):
            raise NotThere("the quote does not speak of the fact")
        if fact.kind in ("voice_dont", "logo_dont"):
            raise NotThere("a prohibition is no reason against a don't")
        look.check_retired(place)
        self._facts.remove(fact)
        self._palette = [one for one in self._palette if one != fact.value]
        self._fonts = [one for one in self._fonts if one != fact.value]
        self._vetoed.add(fact.value)
        cited = (self._cited(place), *(one for one in fact.citations if one != self._cited(place)))
        self._conflicts.append(Conflict(kind=fact.kind, kept="vetoed", dropped=fact.value, rule=VETO, citations=cited))
        return True

    def _cited(self, place: Place) -> Citation:
        return place.snippet.citation.model_copy(update={"quote": place.quote})


def _fact(
    kind: str, value: str, key: str, method: str, citation: Citation, *,
    role: Role | None = None, measure: Measure | None = None,
) -> Fact:  # fmt: skip
    return Fact(
        id=fact_id(kind, key),
        kind=kind,
        value=value,
        role=role,
        measure=measure,
        citations=(citation,),
        method=method,
        confidence=confidence_of(method),
    )


def _colour_fact(value: str, name: str | None, role: Role | None, citation: Citation) -> Fact:
    made = _fact("colour", value, value, ASSISTED, citation, role=role)
    colour = ColourValue(hex=value, rgb=rgb_of(value), oklab=oklab_of(value), name=name)
    return made.model_copy(update={"colour": colour})


def _known_role(role: Any, roles: Sequence[str]) -> Role | None:
    if role is None:
        return None
    if role not in roles:
        raise NotThere("no role of this kind")
    return role  # type: ignore[no-any-return]  # one of the roles


def _with(citations: tuple[Citation, ...], one: Citation) -> tuple[Citation, ...]:
    return citations if one in citations else (*citations, one)


def _values(facts: Iterable[Fact], kind: str) -> tuple[str, ...]:
    return tuple(fact.value for fact in facts if fact.kind == kind)


def _abstained(before: tuple[Abstention, ...], parts: Mapping[str, object]) -> tuple[Abstention, ...]:
    told = {absent.what: absent for absent in before}
    vetoed = "what the files state was vetoed with a quoted reason"
    return tuple(
        told.get(what, Abstention(what=what, reason=vetoed))  # type: ignore[call-overload]  # the four names
        for what, part in parts.items()
        if not part
    )


def _letters(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())
