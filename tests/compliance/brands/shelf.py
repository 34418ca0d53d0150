"""All brands of a run: the repository's kits and the invented ones always, the real ones where they lie beside it.

What must not live here: what a brand's pictures look like.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from sgd_api.samples.shelf import KITS_DIR
from sgd_assets.canon.derive import derive_canon
from sgd_assets.documents.settled.keep import SettledFiles
from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_assets.renders.brand_files import BrandFiles
from sgd_resources.errors import SgdError
from sgd_resources.font_shelf import font_shelf
from sgd_resources.parsed_document import ParsedDocument
from sgd_resources.parsers.select import LocalParser
from sgd_resources.ports import ParseRequest
from sgd_resources.storage.keys import evidence_key
from tests.brands import dev_set
from tests.compliance.brands.invented import Invented, invented_brands
from tests.compliance.brands.kit import LogoPicture, OrgKit
from tests.compliance.brands.logo_pictures import logo_picture
from tests.fakes.confined import FakeConfinedJobs
from tests.fakes.object_store import FakeObjectStore

ORG = "acme"
_MOST_COLOURS = 24  # of a palette that leaves room for a colour outside it
_MOST_BYTES = 3_000_000  # of all evidence of a real brand: reading more takes longer than the rest of a run
_LEAST_NAME_SCORE = 2.5  # a file name that says logo, mark or symbol
_KITS: Mapping[str, tuple[tuple[str, ...], bool]] = {
    "kestrine": (("revolutionary", "seamless", "smart"), False),
    "larkfold": (("customers",), True),
}
"""Words that the voice guides of the sample kits forbid, and whether they forbid exclamation marks."""


def all_brands(*, real: int = 0) -> list[OrgKit]:
    """The kits, the invented brands and, where present, up to `real` real ones, by name within each."""
    folders = sorted(path for path in KITS_DIR.iterdir() if (path / "evidence").is_dir())
    own = [_kit(folder) for folder in folders] + [_invented(brand) for brand in invented_brands()]
    return own + list(islice(_real(), real))


def _kit(folder: Path) -> OrgKit:
    banned, bans_exclamation = _KITS[folder.name]
    light, dark = _light_and_dark(folder)
    grounds: dict[str, tuple[str, ...]] = {f"{folder.name}-{part}-reversed.svg": (dark,) for part in ("logo", "symbol")}
    grounds |= {f"{folder.name}-{part}": (light, "#FFFFFF") for part in ("logo.svg", "logo.png", "symbol.svg")}
    return _read(
        folder.name, _files_of(folder), banned=banned, bans_exclamation=bans_exclamation,
        logo_grounds=tuple(grounds.items()),
    )  # fmt: skip


def _light_and_dark(folder: Path) -> tuple[str, str]:
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    roles = {colour["role"]: colour["hex"] for colour in truth["colours"]}
    return roles["background"], roles["primary"]


def _invented(brand: Invented) -> OrgKit:
    return _read(
        brand.slug, brand.files, banned=brand.banned, bans_exclamation=brand.bans_exclamation,
        proportions=brand.proportions, logo_grounds=brand.logo_grounds,
    )  # fmt: skip


def _real() -> Iterator[OrgKit]:
    for folder in dev_set.brands():
        files = _files_of(folder)
        if sum(map(len, files.values())) > _MOST_BYTES:
            continue
        kit = _read(folder.name, files)
        if 2 <= len(kit.palette) <= _MOST_COLOURS and kit.logos:
            yield kit


def _files_of(folder: Path) -> dict[str, bytes]:
    evidence = folder / "evidence"
    paths = sorted(path for path in evidence.rglob("*") if path.is_file())
    return {path.relative_to(evidence).as_posix(): path.read_bytes() for path in paths}


def _read(
    slug: str, files: Mapping[str, bytes], *, banned: Sequence[str] = (), bans_exclamation: bool = False,
    proportions: tuple[tuple[str, float], ...] = (), logo_grounds: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> OrgKit:  # fmt: skip
    store = FakeObjectStore()
    manifest = EvidenceManifest(org_id=ORG, items=tuple(_item(store, name, data) for name, data in files.items()))
    settled = SettledFiles(ORG, store=store, jobs=FakeConfinedJobs())
    brand = BrandFiles.find(manifest, settled, font_shelf())
    return OrgKit(
        slug, derive_canon(_parsed(files)), manifest, store, brand, tuple(_logos(brand, files)),
        banned=tuple(banned), bans_exclamation=bans_exclamation, proportions=proportions, logo_grounds=logo_grounds,
    )  # fmt: skip


def _item(store: FakeObjectStore, name: str, data: bytes) -> EvidenceItem:
    request = _request(name, data)
    key = evidence_key(ORG, request.sha256)
    store.put(key, data)
    return EvidenceItem(
        evidence_sha256=request.sha256, source_sha256=request.sha256, file_name=name,
        media_type=request.media_type, size_bytes=len(data), key=key,
    )  # fmt: skip


def _parsed(files: Mapping[str, bytes]) -> Iterator[tuple[str, ParsedDocument]]:
    parser = LocalParser()
    for name, data in files.items():
        try:
            yield name, parser.parse(_request(name, data))
        except SgdError:
            continue


def _logos(brand: BrandFiles, files: Mapping[str, bytes]) -> Iterator[LogoPicture]:
    for art in brand.kit.logos:
        picture = logo_picture(art.file_name, files[art.file_name]) if art.name_score >= _LEAST_NAME_SCORE else None
        if picture is not None:
            yield picture


def _request(name: str, data: bytes) -> ParseRequest:
    suffix = Path(name).suffix.lower()
    media_type = dev_set.MEDIA_TYPES.get(suffix, "application/octet-stream")
    return ParseRequest(hashlib.sha256(data).hexdigest(), media_type, data, suffix)
