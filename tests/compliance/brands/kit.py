"""An org as a picture is made for it and judged against: its canon, its evidence, its logos as pictures.

What must not live here: where brands come from (`shelf.py`).
"""

from dataclasses import dataclass, field

from PIL import Image

from sgd_assets.canon.model import Canon
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.renders.brand_files import BrandFiles
from tests.fakes.object_store import FakeObjectStore


@dataclass(frozen=True, eq=False)
class LogoPicture:
    """A logo of the brand: its ink cut out, large, with transparency. `plate_hex` is set where it has a ground."""

    file_name: str
    image: Image.Image = field(repr=False)
    plate_hex: str | None = None

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.image.width / self.image.height


@dataclass(frozen=True, eq=False)
class OrgKit:
    """One org. `banned` are words that its canon forbids; `proportions` the shares of colours that its guide states."""

    slug: str
    canon: Canon = field(repr=False)
    evidence: EvidenceManifest = field(repr=False)
    store: FakeObjectStore = field(repr=False)
    files: BrandFiles = field(repr=False)
    logos: tuple[LogoPicture, ...] = field(repr=False)
    banned: tuple[str, ...] = ()
    bans_exclamation: bool = False
    proportions: tuple[tuple[str, float], ...] = ()
    logo_grounds: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """By file name, the grounds that the guide names for a logo; empty where it names none."""

    @property
    def palette(self) -> tuple[str, ...]:
        """Hexes, most primary first."""
        return self.canon.palette_hex
