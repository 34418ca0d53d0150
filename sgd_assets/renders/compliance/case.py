"""One picture to be judged, and all that is known of it: pixels, how it was made, what was seen, what is asked.

What must not live here: measuring, and how words and logos are found in pixels (`sgd_resources/sight`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from sgd_assets.renders.compliance.boxes import Box, Pixels, whole
from sgd_assets.renders.compliance.colours.surface import Surface, surface_of
from sgd_assets.renders.compliance.words.as_drawn import Difference, drawn_difference
from sgd_assets.renders.compose.scene import Scene, TextPlacement
from sgd_assets.renders.model import RenderPlan
from sgd_resources.ports import Painter
from sgd_resources.ports.sight import CodingSeen, LineSeen, LogoSeen

T = TypeVar("T")


@dataclass(frozen=True)
class Expected:
    """What the picture was to be; None where nobody said."""

    lines: tuple[str, ...] | None = None
    """Every text that is to stand on it; others are stray. None: any words may."""
    width_px: int | None = None
    height_px: int | None = None
    formats: tuple[str, ...] = ()


@dataclass(frozen=True)
class BrandRules:
    """What the canon says beside its palette, in the form that rules use."""

    clear_space_ratio: float | None = None
    """Of the logo's shorter side; None where the guide states none: the room that ours keep then binds no other."""
    logo_minimum_px: float | None = None
    logo_names: tuple[str, ...] = ()
    """Words of the logo and of the brand, which are no stray text."""
    banned_words: tuple[str, ...] = ()
    forbids_exclamation: bool = False
    forbids_promises: bool = False
    proportions: tuple[tuple[str, float], ...] = ()
    """(hex, share 0..1) of each colour whose share the guide states."""


@dataclass(frozen=True)
class Seen:
    """What was found in the pixels and the file; None where nobody looked."""

    lines: tuple[LineSeen, ...] | None = None
    small_lines: tuple[LineSeen, ...] = ()
    """Writing too small to be read for sure: that it stands there is known, what it says is a guess."""
    logo: LogoSeen | None = None
    has_looked_for_logo: bool = False
    coding: CodingSeen | None = None
    media_type: str | None = None
    alike: tuple[tuple[str, int], ...] | None = None
    """(render, bits that differ) of other pictures of the org that look alike."""


@dataclass(frozen=True)
class Case:
    """A picture and what is known of it."""

    pixels: Pixels
    """RGBA, `(height, width, 4)`."""
    palette: tuple[str, ...]
    plan: RenderPlan | None = None
    scene: Scene | None = None
    painter: Painter | None = None
    seen: Seen = Seen()
    expected: Expected = Expected()
    brand: BrandRules = BrandRules()
    neutrals: tuple[str, ...] = field(default=())
    """Black, white and greys that may appear beside the palette."""
    _taken: dict[Callable[["Case"], Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, measure: Callable[["Case"], T]) -> T:
        """What a measure says of this picture: rules that share one have it taken once."""
        if measure not in self._taken:
            self._taken[measure] = measure(self)
        return cast("T", self._taken[measure])

    @property
    def width_px(self) -> int:
        """Of the picture."""
        return int(self.pixels.shape[1])

    @property
    def height_px(self) -> int:
        """Of the picture."""
        return int(self.pixels.shape[0])

    @cached_property
    def allowed(self) -> tuple[str, ...]:
        """Every colour that may appear."""
        planned = self.plan.neutral_hex if self.plan is not None else ()
        return tuple(dict.fromkeys([*self.palette, *planned, *self.neutrals]))

    @cached_property
    def surface(self) -> Surface | None:
        """The colours outside logo and known pictures; None where nothing is to be judged."""
        if self.scene is not None and self.scene.backdrop is not None:
            return None  # a picture fills the page; what is drawn on it is measured piece by piece
        mask: NDArray[np.bool_] = self.pixels[..., 3] > 16
        for box in self._spared():
            x0, y0, x1, y1 = whole(box, self.pixels, grow=1)
            mask[y0:y1, x0:x1] = False
        if not mask.any() or not self.allowed:
            return None
        return surface_of(self.pixels, mask, self.allowed, has_unknown_photos=self.scene is None)

    @cached_property
    def drawn_differences(self) -> tuple[tuple[TextPlacement, Difference], ...]:
        """How the pixels of each text differ from its outlines; empty where scene or painter is not known.

        On a picture that fills the page the ground of a letter is no one colour: nothing is told there.
        """
        if self.scene is None or self.painter is None or self.scene.backdrop is not None:
            return ()
        is_lossy = self.surface is not None and self.surface.is_lossy
        return tuple(
            (text, drawn_difference(self.pixels, text, self.painter, is_lossy=is_lossy)) for text in self.scene.texts
        )

    def _spared(self) -> Sequence[Box]:
        if self.scene is not None:
            return [
                *(picture.box for picture in self.scene.pictures),
                *([self.scene.logo.box] if self.scene.logo else []),
            ]
        spared: list[Box] = [self.seen.logo.box] if self.seen.logo is not None else []
        plan = self.plan
        if plan is not None and (plan.width_px, plan.height_px) == (self.width_px, self.height_px):
            spared += [*plan.picture_boxes_px, *([plan.logo_box_px] if plan.logo_box_px else [])]
        return spared
