"""Small canons and evidence made by the tests."""

import io
from typing import Any

from PIL import Image

from sgd_api.canon_page.evidence_files import EvidenceFile, bytes_at_hand
from sgd_assets.canon.model import Abstention, Canon, Citation, ColourValue, Conflict, Fact, FactKind, Voice

CSS = b":root {\n  --brand: #1e4d3a;\n}\n\nh1 { color: var(--brand) }\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"><path fill="#1E4D3A" d="M0 0h200v50H0z"/></svg>'


def png(size: tuple[int, int] = (60, 40), colour: str = "#1E4D3A") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def evidence(name: str, media_type: str, data: bytes, sha: str) -> EvidenceFile:
    return EvidenceFile(sha * 64, name, media_type, len(data), bytes_at_hand(data))


def cite(sha: str = "a", file_name: str = "brand.css", **more: Any) -> Citation:
    return Citation(evidence_sha256=sha * 64, file_name=file_name, **{"quote": "#1e4d3a", "line": 2, **more})


def fact(kind: FactKind, value: str, *citations: Citation, **more: Any) -> Fact:
    return Fact(
        id=value, kind=kind, value=value, citations=citations or (cite(),), method="stated_hex", confidence=0.9, **more
    )


def colour_fact(value: str = "#1E4D3A", *citations: Citation, **more: Any) -> Fact:
    rgb = (int(value[1:3], 16), int(value[3:5], 16), int(value[5:], 16))
    colour = ColourValue(
        hex=value, rgb=rgb, oklab=(0.38, -0.059, 0.017), cmyk=(80, 40, 76, 44), spot_names=("PANTONE 3435 C",)
    )
    return fact("colour", value, *citations, **{"colour": colour, "role": "primary", **more})


HOSTILE = "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{ 7*7 }}"


def hostile_canon() -> Canon:
    """Every text field that comes from evidence tries to break out of the page."""
    bad = cite(file_name=HOSTILE, quote=HOSTILE, selector=HOSTILE, xml_path=HOSTILE)
    colour = colour_fact("#1E4D3A", bad)
    assert colour.colour is not None
    named = colour.model_copy(
        update={"colour": colour.colour.model_copy(update={"name": HOSTILE, "spot_names": (HOSTILE,)})}
    )
    return Canon(
        palette_hex=("#1E4D3A",),
        fonts=(HOSTILE,),
        voice=Voice(tone=HOSTILE, dos=(HOSTILE,), donts=(HOSTILE,)),
        logo_safe_zone=HOSTILE,
        facts=(
            named, fact("font", HOSTILE, bad), fact("voice_tone", HOSTILE, bad), fact("voice_do", HOSTILE, bad),
            fact("voice_dont", HOSTILE, bad), fact("logo_clear_space", HOSTILE, bad), fact("logo_do", HOSTILE, bad),
        ),
        conflicts=(Conflict(kind="colour", kept=HOSTILE, dropped="#FFFFFF", rule=HOSTILE, citations=(bad,)),),
        abstained=(Abstention(what="voice", reason=HOSTILE),),
        derived_by=HOSTILE,
        evidence_sha256s=("a" * 64,),
    )  # fmt: skip
