"""A sample kit as the renders see it: canon, evidence manifest and a store that holds the bytes."""

import hashlib
import json
from typing import Any

from sgd_api.samples.shelf import KITS_DIR
from sgd_assets.canon.model import Canon, Citation, ColourValue, Fact, Measure, Voice
from sgd_assets.documents.settled.keep import SettledFiles
from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_assets.renders.brand_files import BrandFiles
from sgd_resources.font_shelf import font_shelf
from sgd_resources.storage.keys import evidence_key
from tests.fakes.confined import FakeConfinedJobs
from tests.fakes.object_store import FakeObjectStore

ORG = "acme"
RENDER_ID = "00000000-0000-4000-8000-000000000001"
_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ttf": "font/ttf",
    ".pdf": "application/pdf",
    ".css": "text/css",
    ".html": "text/html",
}
_CITED = (Citation(evidence_sha256="0" * 64, file_name="guide.pdf", page=6, quote="stated"),)


def colour_fact(hex_value: str, role: Any = None) -> Fact:
    rgb = (int(hex_value[1:3], 16), int(hex_value[3:5], 16), int(hex_value[5:7], 16))
    colour = ColourValue(hex=hex_value, rgb=rgb, oklab=(0.0, 0.0, 0.0))
    return Fact(
        id=hex_value,
        kind="colour",
        value=hex_value,
        role=role,
        colour=colour,
        citations=_CITED,
        method="test",
        confidence=1,
    )


def measure_fact(kind: Any, measure: Measure) -> Fact:
    return Fact(id=kind, kind=kind, value="stated", measure=measure, citations=_CITED, method="test", confidence=1)


def canon_of(palette: tuple[str, ...], fonts: tuple[str, ...] = ("Inter",), facts: tuple[Fact, ...] = ()) -> Canon:
    return Canon(palette_hex=palette, fonts=fonts, voice=Voice(tone="plain"), status="complete", facts=facts)


class SampleBrand:
    """One kit of the repository."""

    def __init__(self, slug: str) -> None:
        folder = KITS_DIR / slug
        truth = json.loads((folder / "truth.json").read_text("utf-8"))
        self.store = FakeObjectStore()
        self.items: list[EvidenceItem] = []
        for path in sorted((folder / "evidence").iterdir()):
            self.add(path.name, path.read_bytes())
        facts = [colour_fact(c["hex"], c["role"]) for c in truth["colours"]]
        ratio = Measure(unit="ratio", value=truth["logo_safe_zone_ratio"], reference="logo height")
        self.canon = canon_of(
            tuple(truth["palette_hex"]), tuple(truth["fonts"]), (*facts, measure_fact("logo_clear_space", ratio))
        )

    def add(self, name: str, data: bytes) -> EvidenceItem:
        sha256 = hashlib.sha256(data).hexdigest()
        key = evidence_key(ORG, sha256)
        self.store.put(key, data)
        suffix = "." + name.rsplit(".", 1)[-1]
        item = EvidenceItem(
            evidence_sha256=sha256, source_sha256=sha256, file_name=name, media_type=_TYPES.get(suffix, "text/plain"),
            size_bytes=len(data), key=key,
        )  # fmt: skip
        self.items.append(item)
        return item

    @property
    def files(self) -> BrandFiles:
        """What renders draw with, settled by the real jobs in this process."""
        settled = SettledFiles(ORG, store=self.store, jobs=FakeConfinedJobs())
        return BrandFiles.find(self.evidence, settled, font_shelf())

    @property
    def evidence(self) -> EvidenceManifest:
        return EvidenceManifest(org_id=ORG, items=tuple(self.items))


def request(instruction: str | None, size: str = "540x540", **changes: Any) -> dict[str, Any]:
    """A render request; `task`, `count`, `format`, `references` and `constraints` may be given."""
    prompts: dict[str, Any] = {"task": changes.get("task", "create")}
    if instruction is not None:
        prompts["instruction"] = instruction
    if "references" in changes:
        prompts["references"] = changes["references"]
    body: dict[str, Any] = {
        "project_id": "spring",
        "prompts": prompts,
        "outputs": {"count": changes.get("count", 1), "format": changes.get("format", "png"), "dimensions": size},
    }
    if "constraints" in changes:
        body["constraints"] = changes["constraints"]
    return body
