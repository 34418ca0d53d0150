"""Real brands: what the local route reads from them, against what their own words say; and every citation opened
again."""

import hashlib
import re
from typing import Any

import pypdfium2
import pytest

from sgd_assets.canon.derive import extract_claims, resolve_canon
from sgd_assets.canon.model import Canon, Citation
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.parsers.pixels.ocr import is_ocr_installed
from tests.brands import dev_set

pytestmark = pytest.mark.slow

Documents = dict[str, list[tuple[str, ParsedDocument]]]
_STATES_A_LOOK = re.compile(r"#[0-9A-Fa-f]{3,8}\b(?!-)|rgb|font")
"""A tag that states a colour or a font; a link to a heading does not."""
_TEXT_SUFFIXES = (".md", ".mdx", ".html", ".css", ".scss")


def test_palettes_of_real_brands_are_no_worse_than_measured(scores: dict[str, Any]) -> None:
    assert scores["macro"]["palette"]["F1"] >= 0.92  # 0.931 on 24 brands, half of which no rule was written for


def test_fonts_of_real_brands_are_no_worse_than_measured(scores: dict[str, Any]) -> None:
    assert scores["macro"]["fonts"]["F1"] >= (0.93 if is_ocr_installed() else 0.67)  # 0.939; fewer without OCR


def test_every_stated_voice_is_found_and_none_is_invented(scores: dict[str, Any]) -> None:
    assert scores["macro"]["voice_ok"] == 1.0
    assert scores["macro"]["voice_cov"] >= 0.8


def test_dos_and_donts_stand_on_their_side(scores: dict[str, Any]) -> None:
    assert scores["macro"]["side"] >= 0.72  # 0.726
    assert scores["macro"]["inv"] == 0.0


def test_every_stated_clear_space_is_found_and_none_is_invented(scores: dict[str, Any]) -> None:
    assert scores["macro"]["safe_ok"] == 1.0


def test_what_no_evidence_states_stays_empty_and_is_said(canons: dict[str, Canon], scores: dict[str, Any]) -> None:
    assert scores["macro"]["pal_abstain"] == 1.0
    assert scores["macro"]["font_abstain"] == 1.0
    for canon in canons.values():
        missing = {
            what
            for what, value in (
                ("palette", canon.palette_hex),
                ("fonts", canon.fonts),
                ("voice", canon.voice),
                ("logo_safe_zone", canon.logo_safe_zone),
            )
            if not value
        }
        assert {item.what for item in canon.abstained} == missing


def test_the_order_of_files_changes_nothing(documents: Documents, canons: dict[str, Canon]) -> None:
    for name, found in documents.items():
        again = resolve_canon(extract_claims(document, file) for file, document in reversed(found))
        assert again.version == canons[name].version, name


def test_every_citation_is_found_again_in_the_evidence(documents: Documents, canons: dict[str, Canon]) -> None:
    lost = []
    for name, canon in canons.items():
        by_sha = {document.evidence_sha256: (file, document) for file, document in documents[name]}
        for citation in [c for fact in canon.facts for c in fact.citations] + [
            c for conflict in canon.conflicts for c in conflict.citations
        ]:
            file, document = by_sha[citation.evidence_sha256]
            if not (_is_in_document(citation, document) and _is_in_bytes(citation, name, file, document)):
                lost.append((name, file, citation))
    assert not lost


def _is_in_document(citation: Citation, document: ParsedDocument) -> bool:
    """Whether something the parser reads at that very place holds the quote."""
    here = (citation.page, citation.bbox, citation.selector, citation.xml_path, citation.line)
    places: list[tuple[Any, str]] = [(b.location, b.text) for b in document.text_blocks]
    places += [(c.location, f"{c.operator or ''} {c.hex}") for c in document.colours]
    places += [(f.location, f.raw_name) for f in document.fonts]
    return any(
        (at.page, at.bbox, at.selector, at.xml_path, at.line) == here and citation.quote in text for at, text in places
    )


def _is_in_bytes(citation: Citation, brand: str, file: str, document: ParsedDocument) -> bool:
    """Whether the bytes themselves, opened without our parser, hold the quote at or after the cited line or inside
    the box."""
    data = (dev_set.DEV / brand / "evidence" / file).read_bytes()
    assert hashlib.sha256(data).hexdigest() == citation.evidence_sha256
    words = _letters(citation.quote)
    if file.endswith(".svg"):
        return words in _letters(data.decode("utf-8"))  # a shape may take its paint from a style rule elsewhere
    if file.endswith(_TEXT_SUFFIXES) and citation.line is not None:
        lines = data.decode("utf-8").split("\n")
        first = citation.line - 1
        if citation.selector is not None and file.endswith(".html"):  # the line on which a start tag ends
            first = next((at for at in range(first, -1, -1) if "<" in lines[at]), first)
        return words in _letters(_plain("\n".join(lines[first : citation.line + 60])))
    is_printed = any(
        citation.quote in b.text and not b.is_recognised and b.location.page == citation.page
        for b in document.text_blocks
    )
    if file.endswith(".pdf") and is_printed and citation.bbox is not None:
        page = pypdfium2.PdfDocument(data)[(citation.page or 1) - 1]
        return words in _letters(page.get_textpage().get_text_range())
    return True


def _plain(source: str) -> str:
    """Source without tags, link targets and entities, so that what a reader sees stays."""
    text = re.sub(r"\]\([^)]*\)", "]", source)
    text = re.sub(r"<(?!text)[^<>]*?>", lambda tag: tag[0] if _STATES_A_LOOK.search(tag[0]) else " ", text)
    return re.sub(r"&(?:rsquo|lsquo|quot|ldquo|rdquo|ndash|mdash|amp|#\d+);", " ", text)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
