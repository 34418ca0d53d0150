"""A canon -> what each section of the page shows, in its order. Plain values; marks are the template's work.

What must not live here: HTML, pictures, or any judgement of the brand (that is `sgd_assets/canon`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sgd_api.canon_page.clear_space import ClearSpaceDrawing, draw_clear_space, measure_in_words
from sgd_api.canon_page.contrast import readable_on
from sgd_api.canon_page.crops import Source
from sgd_api.canon_page.evidence_files import EvidenceFile
from sgd_api.canon_page.places import method_in_words
from sgd_assets.canon.model import Canon, Citation, ColourValue, Conflict, Fact, FactKind

GAPS = {
    "palette": "Colours",
    "fonts": "Typefaces",
    "voice": "Voice and tone",
    "logo_safe_zone": "Clear space around the logo",
}
KINDS: dict[FactKind, str] = {
    "colour": "Colour",
    "font": "Typeface",
    "voice_tone": "Tone",
    "voice_do": "Voice: do",
    "voice_dont": "Voice: don’t",
    "logo_clear_space": "Clear space",
    "logo_min_size": "Minimum size",
    "logo_do": "Logo: do",
    "logo_dont": "Logo: don’t",
}


@dataclass(frozen=True)
class FactView:
    """One fact with the key of its sources."""

    key: str
    kind: str
    value: str
    role: str | None
    confidence_percent: int
    method: str
    measure: str | None
    hex: str | None = None


@dataclass(frozen=True)
class SwatchView:
    """One colour: its fact (None where the canon states none) and every notation it is stated in."""

    hex: str
    ink_hex: str
    name: str | None
    notations: tuple[tuple[str, str], ...]
    fact: FactView | None


@dataclass(frozen=True)
class RuleView:
    """A line of voice or of logo rules, as the canon gives it."""

    text: str
    fact: FactView | None


@dataclass(frozen=True)
class ConflictView:
    """What disagreed, and what decided."""

    key: str
    kind: str
    kept: str
    dropped: str
    rule: str
    are_colours: bool


@dataclass(frozen=True)
class FileView:
    """A file of evidence and how often it is cited."""

    name: str
    media_type: str
    size: str
    sha256: str
    citations: int


@dataclass(frozen=True)
class PageView:
    """Everything on the page but pictures, specimens and the contrast table."""

    swatches: tuple[SwatchView, ...]
    fonts: dict[str, FactView]
    tone: str
    tone_facts: tuple[FactView, ...]
    dos: tuple[RuleView, ...]
    donts: tuple[RuleView, ...]
    safe_zone: str | None
    drawing: ClearSpaceDrawing | None
    clear_space: tuple[FactView, ...]
    min_sizes: tuple[FactView, ...]
    logo_dos: tuple[RuleView, ...]
    logo_donts: tuple[RuleView, ...]
    further: tuple[FactView, ...]
    conflicts: tuple[ConflictView, ...]
    gaps: tuple[tuple[str, str], ...]
    files: tuple[FileView, ...]
    counts: tuple[tuple[str, int], ...]


def cited_places(canon: Canon) -> dict[str, tuple[Citation, ...]]:
    """Key of each fact and conflict -> its citations, facts first, in the canon's order."""
    places = {_fact_key(index): fact.citations for index, fact in enumerate(canon.facts)}
    return places | {_conflict_key(index): conflict.citations for index, conflict in enumerate(canon.conflicts)}


def view_of(canon: Canon, files: Sequence[EvidenceFile]) -> PageView:
    """The sections of a canon's page."""
    facts = [(fact, _fact_view(index, fact)) for index, fact in enumerate(canon.facts)]
    shelf = _Shelf(facts)
    swatches = tuple(_swatch(value, *shelf.take("colour", value)) for value in canon.palette_hex)
    fonts = {family: view for family in canon.fonts if (view := shelf.take("font", family)[1]) is not None}
    voice = canon.voice
    dos = shelf.rules("voice_do", voice.dos if voice else ())
    donts = shelf.rules("voice_dont", voice.donts if voice else ())
    clear_space, min_sizes = shelf.all_of("logo_clear_space"), shelf.all_of("logo_min_size")
    first = next((f for f in canon.facts if f.kind == "logo_clear_space" and f.measure is not None), None)
    return PageView(
        swatches=swatches,
        fonts=fonts,
        tone=voice.tone if voice else "",
        tone_facts=shelf.all_of("voice_tone"),
        dos=dos,
        donts=donts,
        safe_zone=canon.logo_safe_zone,
        drawing=draw_clear_space(first.measure if first else None),
        clear_space=clear_space,
        min_sizes=min_sizes,
        logo_dos=shelf.rules("logo_do", canon.logo_dos),
        logo_donts=shelf.rules("logo_dont", canon.logo_donts),
        further=shelf.rest(),
        conflicts=tuple(_conflict_view(index, conflict) for index, conflict in enumerate(canon.conflicts)),
        gaps=(
            *((GAPS[gap.what], gap.reason) for gap in canon.abstained),
            *(("Left out", note) for note in canon.notes),
        ),
        files=_files(canon, files),
        counts=_counts(canon),
    )


class _Shelf:
    """Facts, each shown in one place; what no section takes is left for the last one."""

    def __init__(self, facts: Sequence[tuple[Fact, FactView]]) -> None:
        self._facts = list(facts)
        self._taken: set[str] = set()

    def take(self, kind: FactKind, value: str) -> tuple[Fact | None, FactView | None]:
        for fact, view in self._facts:
            if fact.kind == kind and fact.value == value and view.key not in self._taken:
                self._taken.add(view.key)
                return fact, view
        return None, None

    def all_of(self, kind: FactKind) -> tuple[FactView, ...]:
        found = tuple(view for fact, view in self._facts if fact.kind == kind)
        self._taken.update(view.key for view in found)
        return found

    def rules(self, kind: FactKind, lines: Sequence[str]) -> tuple[RuleView, ...]:
        """The canon's lines in its order, each with its fact; then facts of this kind that are no line."""
        found = tuple(RuleView(line, self.take(kind, line)[1]) for line in lines)
        return found + tuple(RuleView(v.value, v) for v in self.rest(kind))

    def rest(self, kind: FactKind | None = None) -> tuple[FactView, ...]:
        found = tuple(v for f, v in self._facts if v.key not in self._taken and (kind is None or f.kind == kind))
        self._taken.update(view.key for view in found)
        return found


def _fact_view(index: int, fact: Fact) -> FactView:
    return FactView(
        key=_fact_key(index),
        kind=KINDS[fact.kind],
        value=fact.value,
        role=fact.role,
        confidence_percent=round(fact.confidence * 100),
        method=method_in_words(fact.method),
        measure=measure_in_words(fact.measure) if fact.measure else None,
        hex=fact.colour.hex if fact.colour else None,
    )


def _swatch(hex_value: str, fact: Fact | None, view: FactView | None) -> SwatchView:
    colour = fact.colour if fact else None
    return SwatchView(
        hex=hex_value,
        ink_hex=readable_on(hex_value),
        name=colour.name if colour else None,
        notations=_notations(hex_value, colour),
        fact=view,
    )


def _notations(hex_value: str, colour: ColourValue | None) -> tuple[tuple[str, str], ...]:
    found = [("Hex", hex_value)]
    if colour is None:
        return tuple(found)
    found.append(("RGB", " ".join(str(part) for part in colour.rgb)))
    if colour.cmyk is not None:
        found.append(("CMYK", " ".join(f"{part:g}" for part in colour.cmyk)))
    found += [("Spot", name) for name in colour.spot_names]
    lightness, a, b = colour.oklab
    found.append(("OKLab", f"{lightness * 100:.1f}% {a:.3f} {b:.3f}".replace("-", "−")))
    return tuple(found)


def _conflict_view(index: int, conflict: Conflict) -> ConflictView:
    return ConflictView(
        key=_conflict_key(index),
        kind=KINDS[conflict.kind],
        kept=conflict.kept,
        dropped=conflict.dropped,
        rule=conflict.rule,
        are_colours=conflict.kind == "colour",
    )


def _files(canon: Canon, files: Sequence[EvidenceFile]) -> tuple[FileView, ...]:
    cited = Counter(c.evidence_sha256 for fact in canon.facts for c in fact.citations)
    read = set(canon.evidence_sha256s)
    return tuple(
        FileView(f.file_name, f.media_type, _size(f.size_bytes), f.sha256, cited[f.sha256])
        for f in sorted(files, key=lambda f: (f.file_name, f.sha256))
        if f.sha256 in read
    )


def _counts(canon: Canon) -> tuple[tuple[str, int], ...]:
    kinds = Counter(fact.kind for fact in canon.facts)
    return (
        ("colours", len(canon.palette_hex)),
        ("typefaces", len(canon.fonts)),
        ("rules of voice", kinds["voice_do"] + kinds["voice_dont"]),
        ("logo rules", sum(kinds[k] for k in ("logo_do", "logo_dont", "logo_clear_space", "logo_min_size"))),
        ("citations", sum(len(fact.citations) for fact in canon.facts)),
        ("files read", len(canon.evidence_sha256s)),
        ("conflicts", len(canon.conflicts)),
    )


def _size(size_bytes: int) -> str:
    if size_bytes < 1000:
        return f"{size_bytes} B"
    return f"{size_bytes / 1000:.0f} kB" if size_bytes < 1_000_000 else f"{size_bytes / 1_000_000:.1f} MB"


def _fact_key(index: int) -> str:
    return f"f{index}"


def _conflict_key(index: int) -> str:
    return f"c{index}"


def sources_in_words(sources: Sequence[Source]) -> str:
    """`3 sources in 2 files`, or the file and page when there is one."""
    statements = sum(len(source.statements) for source in sources)
    files = len({source.file_name for source in sources})
    if statements == 1:
        only = sources[0]
        place = only.statements[0].place
        return f"{only.file_name}, {place}" if place else only.file_name
    where = "1 file" if files == 1 else f"{files} files"
    return f"{statements} places in {where}"
