"""Which font file sets a brand's words: the brand's own from its evidence, else the nearest open one, with the reason.

From a canon's family names to `FontChoice`; the table of families is in `families.py`, the files behind `FontLibrary`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sgd_assets.canon.model import Canon
from sgd_assets.documents.settled.keep import SettledFiles, is_font
from sgd_assets.documents.settled.model import Undrawn
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.renders.compose.families import KIN, STAND_INS, class_of, script_stand_ins
from sgd_assets.renders.compose.type.missing import missing_glyphs
from sgd_assets.renders.model import FontChoice
from sgd_resources.errors import ValidationFailed
from sgd_resources.ports import FontCatalogue, FontFace, FontFileFacts, FontLibrary
from sgd_resources.writing.languages import fitting_language
from sgd_resources.writing.scripts import scripts_of

HEADING_WEIGHT, BODY_WEIGHT = 650, 400
_FALLBACK_FAMILY = "Noto Sans"


@dataclass(frozen=True)
class BrandFont:
    """A usable font file of the evidence."""

    facts: FontFileFacts
    sha256: str
    data: bytes = field(default=b"", repr=False)
    """What text is set with; empty until it is."""


@dataclass(frozen=True)
class TypePair:
    """The faces of one render: heading and body, each with the faces that stand in for glyphs it lacks."""

    heading: tuple[FontFace, ...]
    body: tuple[FontFace, ...]


def read_brand_fonts(
    evidence: EvidenceManifest, files: SettledFiles
) -> tuple[tuple[BrandFont, ...], tuple[Undrawn, ...]]:
    """Every font file of the org that may be embedded, in the manifest's order, and those that cannot be opened.

    Raises as `SettledFiles.font`.
    """
    found: list[BrandFont] = []
    refused: list[Undrawn] = []
    for item in evidence.items:
        if not is_font(item):
            continue
        settled = files.font(item)
        if settled.facts is not None and settled.facts.may_embed:
            found.append(BrandFont(FontFileFacts(**settled.facts.model_dump()), item.evidence_sha256))
        elif settled.is_refused and settled.refusal is not None:
            refused.append(
                Undrawn(evidence_sha256=item.evidence_sha256, file_name=item.file_name, reason=settled.refusal)
            )
    return tuple(found), tuple(refused)


def choose_font(family: str, *, weight: int, brand_fonts: Sequence[BrandFont], fonts: FontCatalogue) -> FontChoice:
    """The file that sets `family` at about `weight`, and why."""
    own = [font for font in brand_fonts if _same_family(font.facts.family, family) and not font.facts.is_italic]
    if own:
        best = min(own, key=lambda f: (0 if f.facts.is_variable else abs(f.facts.weight - weight), f.sha256))
        return FontChoice(
            requested=family,
            family=best.facts.family,
            source="evidence",
            weight=weight if best.facts.is_variable else best.facts.weight,
            evidence_sha256=best.sha256,
            license=None,
            reason="the brand's own font file is among its evidence and may be embedded",
        )
    installed = {_plain(name): name for name in fonts.families()}
    if exact := installed.get(_plain(family)) or installed.get(_plain(_without_style(family))):
        return FontChoice(
            requested=family,
            family=exact,
            source="open",
            weight=weight,
            license=fonts.license(exact),
            reason="the brand's font is an open font",
        )
    font_class, is_known = class_of(family)
    kin = KIN.get(_plain(family)) or KIN.get(_plain(_without_style(family)))
    for candidate in (*((kin,) if kin else ()), *STAND_INS[font_class], "Inter"):
        if _plain(candidate) in installed:
            reason = f"nearest open font: {family} is not in the evidence; class {font_class.replace('_', ' ')}" + (
                "" if is_known else ", judged by its name"
            )
            return FontChoice(
                requested=family,
                family=candidate,
                source="open",
                weight=weight,
                license=fonts.license(candidate),
                reason=reason,
            )
    raise ValidationFailed("no open font is installed", details={"missing": "fonts"})


def heading_and_body(canon: Canon, wanted: Sequence[str]) -> tuple[str, str]:
    """Family names for headline and text: by the canon's roles, else first and second family.

    Raises:
        ValidationFailed: the canon has no fonts, or `wanted` names one it lacks; `details` says which.
    """
    if not canon.fonts:
        raise ValidationFailed("the canon states no fonts", details={"missing": "fonts"})
    families = list(canon.fonts)
    if wanted:
        known = {_plain(name): name for name in (*canon.fonts, *_font_facts(canon))}
        strangers = [name for name in wanted if _plain(name) not in known]
        if strangers:
            raise ValidationFailed(
                f"constraints.fonts names {', '.join(strangers)}, which the canon does not allow",
                details={"path": "$.constraints.fonts", "conflicts": strangers, "allowed": list(canon.fonts)},
            )
        families = [known[_plain(name)] for name in wanted]
        return families[0], families[1] if len(families) > 1 else families[0]
    by_role = {
        fact.role: fact.value for fact in reversed(canon.facts) if fact.kind == "font" and fact.value in families
    }
    heading = by_role.get("heading") or by_role.get("primary") or families[0]
    others = [name for name in families if name != heading and class_of(name)[0] != "mono"]
    body = by_role.get("body") or (others[0] if others else heading)
    return heading, body


def lending_fonts(text: str, choice: FontChoice, brand_fonts: Sequence[BrandFont]) -> tuple[BrandFont, ...]:
    """The brand's own fonts that have letters of the text which the chosen font may lack: one a script, nearest weight.

    Which letters a file has is known from when it was settled; of an open font, only that Latin is safe.
    """
    chosen = next((font for font in brand_fonts if font.sha256 == choice.evidence_sha256), None)
    safe = chosen.facts.scripts if chosen is not None else ("Latn",)
    found: dict[str, BrandFont] = {}
    for script in sorted(scripts_of(text) - {*safe}):
        able = [font for font in brand_fonts if script in font.facts.scripts and not font.facts.is_italic]
        if able:
            best = min(
                able, key=lambda f: (0 if f.facts.is_variable else abs(f.facts.weight - choice.weight), f.sha256)
            )
            found.setdefault(best.sha256, best)
    return tuple(found.values())


def open_faces(
    choice: FontChoice,
    *,
    is_display: bool,
    brand_fonts: Sequence[BrandFont],
    fonts: FontLibrary,
    text: str = "",
    language: str | None = None,
) -> tuple[FontFace, ...]:
    """The chosen face first, then the faces that lend it glyphs: the brand's own, a stand-in, those of other scripts.

    Args:
        choice: of the planner.
        is_display: large type, for faces that are drawn otherwise at large sizes.
        brand_fonts: with their bytes.
        fonts: the open ones.
        text: what is to be set; faces of other scripts are opened for what the first ones lack.
        language: BCP 47 of the text; guessed where it is not known.
    """
    chain: list[FontFace | None] = []
    if choice.source == "evidence":
        own = next(font for font in brand_fonts if font.sha256 == choice.evidence_sha256)
        chain.append(fonts.load(own.data, weight=choice.weight, is_display=is_display))
    else:
        chain.append(fonts.face(choice.family, weight=choice.weight, is_display=is_display))
    for font in lending_fonts(text, choice, brand_fonts):
        chain.append(fonts.load(font.data, weight=choice.weight, is_display=is_display))
    if choice.source == "evidence":
        stand_in = choose_font(choice.family, weight=choice.weight, brand_fonts=(), fonts=fonts)
        chain.append(fonts.face(stand_in.family, weight=choice.weight, is_display=is_display))
    chain.append(fonts.face(_FALLBACK_FAMILY, weight=choice.weight, is_display=is_display))
    faces = [face for face in chain if face is not None]
    lacking = missing_glyphs(text, tuple(faces))
    if lacking:
        families = script_stand_ins(scripts_of(lacking), fitting_language(text, language))
        for family in families:
            face = fonts.face(family, weight=choice.weight, is_display=is_display)
            if face is not None and len(face.missing("".join(lacking))) < len(lacking):
                faces.append(face)
                lacking = face.missing("".join(lacking))
            if not lacking:
                break
    return tuple(faces)


def _font_facts(canon: Canon) -> Iterable[str]:
    return (fact.value for fact in canon.facts if fact.kind == "font")


def _same_family(first: str, second: str) -> bool:
    return _plain(first) == _plain(second) or _plain(_without_style(first)) == _plain(_without_style(second))


def _without_style(family: str) -> str:
    styles = {
        "thin",
        "light",
        "regular",
        "book",
        "medium",
        "semibold",
        "demibold",
        "bold",
        "black",
        "heavy",
        "italic",
        "variable",
        "vf",
        "roman",
    }
    words = [word for word in family.replace("-", " ").split() if word.casefold() not in styles]
    return " ".join(words) or family


@lru_cache(maxsize=4096)  # every choice of a font asks it of all families that are installed
def _plain(family: str) -> str:
    return "".join(c for c in family.casefold() if c.isalnum())
