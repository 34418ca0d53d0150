"""Families of a canon -> specimens set in the brand's own font file if that may be embedded, else in an open one.

Font files are cut down to the specimen's glyphs in the sandbox. What must not live here: which open font is nearest
(`sgd_assets/renders/compose/typefaces.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sgd_api.canon_page.evidence_files import EvidenceFile
from sgd_assets.renders.compose.typefaces import BrandFont, choose_font
from sgd_resources.errors import RejectedEvidence
from sgd_resources.font_shelf import FontShelf
from sgd_resources.ports import FontFileFacts
from sgd_resources.sandbox.pool import Sandbox

PANGRAM = "Sphinx of black quartz, judge my vow."
GLYPHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 &?!%@€£ ÄÉÎÑØß äéîñøß “”‘’–—…"
PAGE_TEXT = "".join(chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))) + "–—‘’“”•…€™←↑→↓−×≤≥›‹✓"
_REGULAR, _BOLD = 400, 700
_MAX_FAMILIES = 10
_MAX_FONT_BYTES = 900_000
_CPU_S = 12
"""For one font file; cutting a large variable one down takes two seconds."""


@dataclass(frozen=True)
class FontFile:
    """One WOFF2 for the style sheet, for a range of weights."""

    css_family: str
    weights: tuple[int, int]
    woff2: bytes


@dataclass(frozen=True)
class Specimen:
    """How one family is shown; `css_family` is None when no font can stand for it."""

    family: str
    set_in: str
    is_own: bool
    reason: str
    license: str | None
    css_family: str | None
    weights: tuple[int, ...]
    files: tuple[FontFile, ...]


def make_specimens(
    families: Sequence[str], files: Sequence[EvidenceFile], sandbox: Sandbox, fonts: FontShelf
) -> tuple[Specimen, ...]:
    """One specimen for each family, in order."""
    text = GLYPHS + PANGRAM + "".join(families)
    own = _brand_fonts(files, sandbox, text)
    return tuple(
        _specimen(family, f"s{index}", own, text, sandbox, fonts)
        for index, family in enumerate(families[:_MAX_FAMILIES])
    )


def page_font(sandbox: Sandbox, fonts: FontShelf) -> tuple[FontFile, ...]:
    """The font of the page's own words, so that it looks the same everywhere; empty where none is installed."""
    data = fonts.file_bytes("Inter", weight=_REGULAR)
    cut = _cut(data, PAGE_TEXT, sandbox) if data else None
    return (FontFile("page", cut[1], cut[2]),) if cut and cut[2] else ()


def _specimen(
    family: str, css_family: str, own: Sequence[tuple[BrandFont, tuple[int, int]]], text: str, sandbox: Sandbox,
    fonts: FontShelf,
) -> Specimen:  # fmt: skip
    choice = choose_font(family, weight=_REGULAR, brand_fonts=[font for font, _ in own], fonts=fonts)
    if choice.source == "evidence":
        same = [(f, w) for f, w in own if f.facts.family == choice.family and not f.facts.is_italic]
        variable = [(f, w) for f, w in same if f.facts.is_variable]
        found = [FontFile(css_family, weights, font.data) for font, weights in variable[:1] or same[:4]]
    else:
        found = _open_files(choice.family, css_family, text, sandbox, fonts)
    if sum(len(file.woff2) for file in found) > _MAX_FONT_BYTES:
        found = found[:1]
    weights = tuple(w for w in (_REGULAR, _BOLD) if any(low <= w <= high for f in found for low, high in [f.weights]))
    return Specimen(
        family=family,
        set_in=choice.family,
        is_own=choice.source == "evidence",
        reason=choice.reason,
        license=choice.license,
        css_family=css_family if found else None,
        weights=weights or tuple(sorted({file.weights[0] for file in found})),
        files=tuple(found),
    )


def _open_files(family: str, css_family: str, text: str, sandbox: Sandbox, fonts: FontShelf) -> list[FontFile]:
    found: list[FontFile] = []
    seen: set[bytes] = set()
    for weight in (_REGULAR, _BOLD):
        data = fonts.file_bytes(family, weight=weight)
        if data is None or data in seen:
            continue
        seen.add(data)
        cut = _cut(data, text, sandbox)
        if cut is not None and cut[2]:
            found.append(FontFile(css_family, cut[1], cut[2]))
    return found


def _brand_fonts(files: Sequence[EvidenceFile], sandbox: Sandbox, text: str) -> list[tuple[BrandFont, tuple[int, int]]]:
    """Font files of the evidence that may be embedded, already cut down."""
    found = []
    for file in files:
        cut = _cut(file.read(), text, sandbox) if file.kind == "font" else None
        if cut is not None and cut[0].facts.may_embed and cut[2]:
            found.append((BrandFont(cut[0].facts, file.sha256, cut[2]), cut[1]))
    return found


def _cut(data: bytes, text: str, sandbox: Sandbox) -> tuple[BrandFont, tuple[int, int], bytes] | None:
    """Facts, weights and WOFF2 (empty where embedding is forbidden) of a font file; None for an unreadable one."""
    try:
        answer = sandbox.call("sgd_resources.excerpts.specimens:subset_font", data, {"text": text}, cpu_s=_CPU_S)
        facts = _facts_of(answer.result)
        low, high = (max(1, min(1000, int(value))) for value in answer.result["weight_range"])
    except (RejectedEvidence, KeyError, TypeError, ValueError):
        return None
    woff2 = answer.blobs[0] if answer.blobs and answer.blobs[0][:4] == b"wOF2" else b""
    return BrandFont(facts, "", woff2), (low, high), woff2


def _facts_of(head: Mapping[str, Any]) -> FontFileFacts:
    """The facts of an answer, checked. Raises ValueError, KeyError or TypeError on nonsense."""
    return FontFileFacts(
        family=str(head["family"])[:200],
        weight=max(1, min(1000, int(head["weight"]))),
        is_italic=head["is_italic"] is True,
        is_variable=head["is_variable"] is True,
        may_embed=head["may_embed"] is True,
        license=None,
    )
