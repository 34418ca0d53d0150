"""What an org has to draw with: its usable logos and fonts, their bytes when they are needed, and what was left out.

From the evidence manifest and the settled files to a `BrandKit` for the planner and `PictureFiles` for the child. What
must not live here: choosing a logo or a font for a picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sgd_assets.documents.settled.keep import SettledFiles
from sgd_assets.documents.settled.model import Undrawn
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.renders.compose.logos import LogoArt, find_logos
from sgd_assets.renders.compose.type.settable import words_of_plan
from sgd_assets.renders.compose.typefaces import BrandFont, lending_fonts, read_brand_fonts
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.picture_files import PictureFiles
from sgd_assets.renders.plan.kit import BrandKit
from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports import FontCatalogue


@dataclass(frozen=True)
class BrandFiles:
    """The kit of one org at the time of one request."""

    kit: BrandKit
    evidence: EvidenceManifest
    settled: SettledFiles
    undrawn_logos: tuple[Undrawn, ...] = ()
    """Files that would be the logo and cannot be drawn."""

    @classmethod
    def find(cls, evidence: EvidenceManifest, settled: SettledFiles, fonts: FontCatalogue) -> "BrandFiles":
        """The org's logos and fonts. Raises as `SettledFiles.logo`."""
        logos, undrawn_logos = find_logos(evidence, settled)
        brand_fonts, unopened = read_brand_fonts(evidence, settled)
        notes = tuple(_note(one) for one in (*undrawn_logos, *unopened))
        return cls(BrandKit(logos, brand_fonts, fonts, notes), evidence, settled, undrawn_logos)

    def files_for(self, plan: RenderPlan, pictures: Mapping[str, bytes]) -> PictureFiles:
        """The bytes that the plan's picture is made of.

        Raises:
            RejectedEvidence: a file that had to be settled anew is refused now.
            NotFound, Unavailable: as `SettledFiles.logo`.
        """
        words, choices = words_of_plan(plan), [c for c in (plan.heading_font, plan.body_font) if c is not None]
        lent = {font.sha256 for choice in choices for font in lending_fonts(words, choice, self.kit.brand_fonts)}
        wanted = lent | {choice.evidence_sha256 for choice in choices}
        logo = next((art for art in self.kit.logos if art.sha256 == plan.logo_sha256), None)
        shown = {*plan.reference_keys, *(plan.imagery.keys if plan.imagery is not None else ())}
        return PictureFiles(
            self._logo(logo) if logo is not None else None,
            tuple(self._font(font) for font in self.kit.brand_fonts if font.sha256 in wanted),
            {key: data for key, data in pictures.items() if key in shown},
        )

    def logos_with_data(self, most: int) -> tuple[LogoArt, ...]:
        """The likeliest logos with their bytes; one that can be drawn no more is left out.

        Raises:
            NotFound, Unavailable: as `SettledFiles.logo`.
        """
        found = []
        for art in self.kit.logos[:most]:
            try:
                found.append(self._logo(art))
            except RejectedEvidence:
                continue
        return tuple(found)

    def without_logos(self) -> "BrandFiles":
        """The same org as if it had no logo; whoever asks for this says why in the plan's notes."""
        return replace(self, kit=replace(self.kit, logos=()))

    def without_fonts(self) -> "BrandFiles":
        """The same org as if it had no font of its own."""
        return replace(self, kit=replace(self.kit, brand_fonts=()))

    def noting(self, *notes: str) -> "BrandFiles":
        """The same files, with more to tell of what was left out."""
        return replace(self, kit=replace(self.kit, left_out=(*self.kit.left_out, *notes)))

    def _logo(self, art: LogoArt) -> LogoArt:
        item = next(item for item in self.evidence.items if item.evidence_sha256 == art.sha256)
        return art.with_data(self.settled.logo_bytes(self.settled.logo(item), item))

    def _font(self, font: BrandFont) -> BrandFont:
        item = next(item for item in self.evidence.items if item.evidence_sha256 == font.sha256)
        return replace(font, data=self.settled.font_bytes(self.settled.font(item), item))


def _note(undrawn: Undrawn) -> str:
    return f"{undrawn.file_name} is not used: {undrawn.reason}"
