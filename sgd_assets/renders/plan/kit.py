"""What an org has to draw with, as the planner sees it."""

from dataclasses import dataclass

from sgd_assets.renders.compose.logos import LogoArt
from sgd_assets.renders.compose.typefaces import BrandFont
from sgd_resources.ports import FontCatalogue


@dataclass(frozen=True)
class BrandKit:
    """What the org has to draw with, found once per request."""

    logos: tuple[LogoArt, ...]
    brand_fonts: tuple[BrandFont, ...]
    fonts: FontCatalogue
    left_out: tuple[str, ...] = ()
    """Files that would be drawn with and cannot be, each with its reason."""
