"""Weighs all claims of an org into its canon: `[DocumentClaims] -> Canon`.

Every fact carries its citations; what disagreed is kept as a conflict with the rule that decided; what was looked for
and not found is said. What must not live here: reading documents, and colour precedence (`weigh/palette.py`).
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from sgd_assets.canon.colours.roles import common_first, is_state, name_key, readable_name
from sgd_assets.canon.facts.claims import DocumentClaims, FontClaim, LogoClaim, VoiceClaim
from sgd_assets.canon.fonts.names import family_key
from sgd_assets.canon.logo.rank import kept_rules
from sgd_assets.canon.model import Abstention, Canon, Citation, ColourValue, Fact, FactKind, Voice, status_of
from sgd_assets.canon.voice.rank import kept_lines, states_a_voice
from sgd_assets.canon.weigh.confidence import confidence_of
from sgd_assets.canon.weigh.conflicts import find_conflicts
from sgd_assets.canon.weigh.editions import newest_editions
from sgd_assets.canon.weigh.palette import MergedColour, PaletteVerdict, weigh_colours
from sgd_resources.colour import oklab_of, rgb_of
from sgd_resources.parsed_document import Location

_FONT_PRECEDENCE = ("stated", "token", "stylesheet", "font_file", "theme")
_MAX_CITATIONS = 8  # enough proof to open; a value printed on every page would fill the canon


def resolve(documents: Sequence[DocumentClaims], *, derived_by: str) -> Canon:
    """The canon of claims sorted by (file name, hash); `derived_by` names the rules on it."""
    read = documents
    documents, superseded = newest_editions(read)
    verdict = weigh_colours(documents)
    palette = [colour for colour in verdict.colours if colour.is_in_palette]
    conflicts = find_conflicts(documents, palette)
    # a value that a newer edition confirms is contested by nobody
    contested = {conflict.kept for conflict in conflicts}
    fonts = _fonts(documents)
    voice_facts = _voice_facts(documents)
    logo_facts = _logo_facts(documents)
    voice = voice_of(voice_facts)
    colours = _colour_facts(documents, verdict.colours, contested)
    conflicts += superseded
    facts = colours + fonts + voice_facts + logo_facts
    return Canon(
        palette_hex=tuple(colour.hex for colour in palette),
        fonts=tuple(fact.value for fact in fonts),
        voice=voice,
        logo_safe_zone=safe_zone_of(logo_facts),
        logo_dos=tuple(fact.value for fact in logo_facts if fact.kind == "logo_do"),
        logo_donts=tuple(fact.value for fact in logo_facts if fact.kind == "logo_dont"),
        status=status_of([colour.hex for colour in palette], [fact.value for fact in fonts], voice),
        facts=tuple(facts),
        conflicts=tuple(conflicts),
        abstained=_abstentions(
            documents, bool(palette), bool(fonts), voice is not None, safe_zone_of(logo_facts) is not None
        ),
        notes=_notes(verdict),
        derived_by=derived_by,
        evidence_sha256s=tuple(sorted({document.evidence_sha256 for document in read})),
    )


def cite(sha256: str, file_name: str, location: Location, quote: str) -> Citation:
    """A citation of one place."""
    return Citation(
        evidence_sha256=sha256,
        file_name=file_name,
        page=location.page,
        bbox=location.bbox,
        selector=location.selector,
        xml_path=location.xml_path,
        line=location.line,
        quote=quote,
    )


def fact_id(kind: str, value: str) -> str:
    """The stable name of a fact."""
    return hashlib.sha256(f"{kind}\n{value}".encode()).hexdigest()[:16]


def _colour_facts(
    documents: Sequence[DocumentClaims], colours: Sequence[MergedColour], contested: set[str]
) -> list[Fact]:
    prefixes = {d.evidence_sha256: common_first(claim.name for claim in d.colours if claim.name) for d in documents}
    called_primary = _called_primary(documents)
    is_only = sum(colour.is_in_palette for colour in colours) == 1
    facts = []
    for colour in colours:
        fact = _colour_fact(colour, contested, prefixes)
        is_said = any(name_key(s.claim.name or "") in called_primary for s in colour.claims)
        if colour.is_in_palette and (is_said or (is_only and fact.role is None)):
            fact = fact.model_copy(update={"role": "primary"})
        facts.append(fact)
    return facts


def _called_primary(documents: Sequence[DocumentClaims]) -> set[str]:
    """Keys of the names that a sentence calls primary, by name or by their place in a list."""
    called: set[str] = set()
    for document in documents:
        if not document.primary_rules:
            continue
        named: dict[str, list[str]] = {}
        for claim in document.colours:
            if claim.name:
                named.setdefault(claim.set_name, []).append(claim.name)
        for rule in document.primary_rules:
            first = named.get(rule.set_name, [])[: rule.first_count or 0]
            called.update(name_key(name) for name in (*rule.names, *first))
    return called - {""}


def _colour_fact(colour: MergedColour, contested: set[str], prefixes: Mapping[str, str | None]) -> Fact:
    claims = [sourced.claim for sourced in colour.claims]
    lead = claims[0]
    cited: dict[str, Citation] = {}
    for sourced in colour.claims:
        citation = cite(sourced.sha256, sourced.file_name, sourced.claim.location, sourced.claim.quote)
        cited.setdefault(citation.model_dump_json(), citation)
        if len(cited) == _MAX_CITATIONS:
            break
    return Fact(
        id=fact_id("colour", colour.hex),
        kind="colour",
        value=colour.hex,
        role=lead.role if is_state(lead.name, lead.set_name) else next((c.role for c in claims if c.role), None),
        colour=ColourValue(
            hex=colour.hex,
            rgb=rgb_of(colour.hex),
            oklab=oklab_of(colour.hex),
            cmyk=next((claim.cmyk for claim in claims if claim.cmyk), None),
            spot_names=tuple(dict.fromkeys(spot for claim in claims for spot in claim.spot_names)),
            name=next(filter(None, (readable_name(s.claim.name, prefixes.get(s.sha256)) for s in colour.claims)), None),
        ),
        citations=tuple(cited.values()),
        method=lead.method,
        confidence=confidence_of(
            lead.method, documents=len({s.sha256 for s in colour.claims}), is_contested=colour.hex in contested
        ),
    )


def _fonts(documents: Sequence[DocumentClaims]) -> list[Fact]:
    claims = [(document, claim) for document in documents for claim in document.fonts if not claim.is_fallback]
    fallbacks = {family_key(claim.family) for document in documents for claim in document.fonts if claim.is_fallback}
    tier = next((tier for tier in _FONT_PRECEDENCE if any(claim.tier == tier for _, claim in claims)), None)
    chosen = [(document, claim) for document, claim in claims if claim.tier == tier]
    groups: dict[str, list[tuple[DocumentClaims, FontClaim]]] = {}
    for document, claim in chosen:
        groups.setdefault(family_key(claim.family), []).append((document, claim))
    kept = {key: group for key, group in groups.items() if key not in fallbacks or any(c.role for _, c in group)}
    for document, claim in claims:
        if claim.tier != tier and family_key(claim.family) in kept:
            kept[family_key(claim.family)].append((document, claim))
    facts = [_font_fact(group) for group in kept.values()]
    return facts


def _font_fact(group: list[tuple[DocumentClaims, FontClaim]]) -> Fact:
    lead = group[0][1]
    spellings = [claim.family for _, claim in group if claim.tier == lead.tier]
    counts = Counter(spellings)  # keeps the order in which they came, so that the first of equals wins
    spelled = min(counts, key=lambda name: (name.isupper(), -counts[name]))
    places = {(d.evidence_sha256, c.location, c.quote): d.file_name for d, c in group}
    return Fact(
        id=fact_id("font", family_key(lead.family)),
        kind="font",
        value=spelled,
        role=next((claim.role for _, claim in group if claim.role), None),
        citations=tuple(
            cite(sha256, file_name, location, quote)
            for (sha256, location, quote), file_name in islice(places.items(), _MAX_CITATIONS)
        ),
        method=lead.method,
        confidence=confidence_of(lead.method, documents=len({d.evidence_sha256 for d, _ in group})),
    )


def _voice_facts(documents: Sequence[DocumentClaims]) -> list[Fact]:
    claims = [(document, claim) for document in documents for claim in document.voice]
    if not states_a_voice([claim for _, claim in claims]):
        return []
    return _text_facts(kept_lines(claims))


def _logo_facts(documents: Sequence[DocumentClaims]) -> list[Fact]:
    return _text_facts(kept_rules([(document, claim) for document in documents for claim in document.logo]))


def _text_facts(claims: Sequence[tuple[DocumentClaims, VoiceClaim | LogoClaim]]) -> list[Fact]:
    """One fact per distinct sentence; the same sentence in two places is cited twice."""
    groups: dict[tuple[FactKind, str], list[tuple[DocumentClaims, VoiceClaim | LogoClaim]]] = {}
    for document, claim in claims:
        kind: FactKind = claim.kind
        groups.setdefault((kind, claim.text.lower().rstrip(".")), []).append((document, claim))
    facts = []
    for (kind, key), group in groups.items():
        lead = group[0][1]
        facts.append(
            Fact(
                id=fact_id(kind, key),
                kind=kind,
                value=lead.text,
                measure=lead.measure if isinstance(lead, LogoClaim) else None,
                citations=tuple(
                    cite(d.evidence_sha256, d.file_name, c.location, c.quote) for d, c in group[:_MAX_CITATIONS]
                ),
                method=kind,
                confidence=confidence_of(kind, documents=len({d.evidence_sha256 for d, _ in group})),
            )
        )
    return facts


def voice_of(facts: Sequence[Fact]) -> Voice | None:
    """The voice that facts state; None without any."""
    if not facts:
        return None
    return Voice(
        tone=" ".join(_sentence(fact.value) for fact in facts if fact.kind == "voice_tone"),
        dos=tuple(fact.value for fact in facts if fact.kind == "voice_do"),
        donts=tuple(fact.value for fact in facts if fact.kind == "voice_dont"),
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", ":", ";", ",")) else f"{text}."


def safe_zone_of(facts: Sequence[Fact]) -> str | None:
    """The clear space and smallest sizes that facts state; None without clear space."""
    stated = [fact.value for fact in facts if fact.kind == "logo_clear_space"]
    sizes = [fact.value for fact in facts if fact.kind == "logo_min_size"]
    return " ".join(_sentence(text) for text in stated + sizes) if stated else None


def _notes(verdict: PaletteVerdict) -> tuple[str, ...]:
    if not verdict.left_out:
        return ()
    found = verdict.weighed + verdict.left_out
    return (
        f"of {found} different colours in the files the first {verdict.weighed} in order of precedence were weighed, "
        f"{verdict.left_out} were left out",
    )


def _abstentions(
    documents: Sequence[DocumentClaims], palette: bool, fonts: bool, voice: bool, zone: bool
) -> tuple[Abstention, ...]:
    read = f"{len(documents)} document" + ("" if len(documents) == 1 else "s")
    own = sorted({claim.family for document in documents for claim in document.fonts if claim.tier == "document"})
    found = []
    if not palette:
        found.append(Abstention(what="palette", reason=f"no stated, defined, drawn or logo colour in {read}"))
    if not fonts:
        seen = f"; the documents themselves are set in {', '.join(own)}" if own else ""
        found.append(Abstention(what="fonts", reason=f"no typeface is stated or defined in {read}{seen}"))
    if not voice:
        found.append(Abstention(what="voice", reason=f"no section on voice or tone in {read}"))
    if not zone:
        found.append(Abstention(what="logo_safe_zone", reason=f"no clear space is stated in {read}"))
    return tuple(found)
