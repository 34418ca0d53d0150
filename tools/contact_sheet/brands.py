"""Brands from folders of `evidence/` and `truth.json`: what a render needs of each, without a server.

The truth stands in for a derived canon, so that the sheet shows composition and not the reading of guides.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sgd_assets.canon.model import Canon, Citation, ColourValue, Fact, Measure, Voice
from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_resources.colour import oklab_of, rgb_of
from sgd_resources.storage.keys import evidence_key
from sgd_resources.storage.local import LocalObjectStore
from tools.contact_sheet.scene import NAME, scene

_TYPES = {
    ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp",
    ".ttf": "font/ttf", ".otf": "font/otf", ".woff": "font/woff", ".woff2": "font/woff2",
}  # fmt: skip
_FALLBACK_FONT = "Inter"  # for brands that state none: a canon without fonts is refused
_CITED = (Citation(evidence_sha256="0" * 64, file_name="truth.json", quote="stated"),)


@dataclass(frozen=True)
class Brand:
    """One brand of the sheet."""

    name: str
    canon: Canon
    evidence: EvidenceManifest


def folders_in(folder: Path) -> list[Path]:
    """Brand folders in a folder, by name."""
    return sorted(path for path in folder.iterdir() if (path / "truth.json").is_file())


def read_brand(folder: Path, store: LocalObjectStore) -> Brand | None:
    """The brand of a folder, its pictures and fonts put in the store; None for one without two colours."""
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    palette = tuple(value.upper() for value in truth.get("palette_hex") or ())
    if len(palette) < 2:
        return None
    items = tuple(
        _item(path, folder.name, store)
        for path in sorted((folder / "evidence").rglob("*"))
        if path.suffix.lower() in _TYPES and path.is_file()
    )
    picture = _kept(scene(), NAME, "image/png", folder.name, store)
    evidence = EvidenceManifest(org_id=_org(folder.name), items=(*items, picture))
    return Brand(folder.name, _canon(truth, palette), evidence)


def _canon(truth: dict[str, Any], palette: tuple[str, ...]) -> Canon:
    facts = [_colour(one["hex"].upper(), one.get("role"), one.get("name")) for one in truth.get("colours") or ()]
    if ratio := truth.get("logo_safe_zone_ratio"):
        measure = Measure(unit="ratio", value=ratio, reference="logo height")
        facts.append(
            Fact(id="clear", kind="logo_clear_space", value="stated", measure=measure, citations=_CITED, method="truth",
                 confidence=1)
        )  # fmt: skip
    fonts = tuple(truth.get("fonts") or truth.get("fonts_optional") or (_FALLBACK_FONT,))
    return Canon(palette_hex=palette, fonts=fonts, voice=Voice(tone="plain"), status="complete", facts=tuple(facts))


def _colour(value: str, role: Any, name: str | None) -> Fact:
    colour = ColourValue(hex=value, rgb=rgb_of(value), oklab=oklab_of(value), name=name)
    return Fact(
        id=value, kind="colour", value=value, role=role, colour=colour, citations=_CITED, method="truth", confidence=1
    )


def _item(path: Path, brand: str, store: LocalObjectStore) -> EvidenceItem:
    return _kept(path.read_bytes(), path.name, _TYPES[path.suffix.lower()], brand, store)


def _kept(data: bytes, name: str, media_type: str, brand: str, store: LocalObjectStore) -> EvidenceItem:
    sha256 = hashlib.sha256(data).hexdigest()
    key = evidence_key(_org(brand), sha256)
    store.put(key, data)
    return EvidenceItem(
        evidence_sha256=sha256, source_sha256=sha256, file_name=name, media_type=media_type,
        size_bytes=len(data), key=key,
    )  # fmt: skip


def _org(brand: str) -> str:
    return brand.replace("_", "-")
