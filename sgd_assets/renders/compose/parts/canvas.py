"""A plan on its format: margins, least sizes, the words to set, and which colours may stand on which ground.

What must not live here: where anything stands.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from sgd_assets.renders.compose.backdrop.sight import Sight
from sgd_assets.renders.compose.logos import LogoArt
from sgd_assets.renders.compose.parts.boxes import Rect, Side
from sgd_assets.renders.compose.parts.elements import Element, elements_of
from sgd_assets.renders.compose.typefaces import TypePair
from sgd_assets.renders.compose.typeset import SECONDARY_LEAST_PX
from sgd_assets.renders.model import RenderPlan
from sgd_resources.colour import contrast, delta_e_2000
from sgd_resources.writing.bidi import is_right_to_left

TEXT_CONTRAST = 4.5
"""WCAG 2.2 success criterion 1.4.3, level AA; kept for large text too."""
_BUTTON_CONTRAST = 3.0
"""WCAG 2.2 success criterion 1.4.11, for what tells a control from its ground."""
_LARGE_CONTRAST, _LARGE_PX = 3.0, 24.0
"""WCAG 2.2 success criterion 1.4.3, level AA for type from 18 pt; taken only where a colour is asked for."""
_BANNER = 2.2  # longer over shorter side: seen from as far as a taller page of that height
_FEW, _SHORT_COPY = 2, 1.25
"""Beside one or two elements there is room: the second is set larger, or it looks lost under a headline."""
_DISTINCT = 11.0  # CIEDE2000; parts colours that are told apart at a glance from shades of one
_OPPOSITE: dict[Side, Side] = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}


@dataclass(frozen=True)
class Kit:
    """What a layout works with beside the plan."""

    type: TypePair
    logo: LogoArt | None
    sights: Mapping[str, Sight] = field(default_factory=dict)
    """What the pictures to show are like, by key."""


@dataclass(frozen=True)
class Inks:
    """The colours of words on one ground: text, accents, and a button with its label."""

    ground: str
    text: str
    accent: str
    button: str
    label: str


@dataclass(frozen=True)
class Canvas:
    """A plan on its format, with the measures that follow from it."""

    plan: RenderPlan
    kit: Kit
    width: int
    height: int

    @property
    def box(self) -> Rect:
        """The whole canvas."""
        return 0, 0, self.width, self.height

    @property
    def short(self) -> float:
        """The shorter side in pixels."""
        return float(min(self.width, self.height))

    @property
    def margin(self) -> int:
        """Outer margin: wider on calm formats; on thin ones a share of the thin side that leaves room for words."""
        ratio = max(self.width, self.height) / self.short
        return max(2, round(self.short * (0.075 if ratio < 2.2 else 0.11)))

    @property
    def background(self) -> str:
        """Hex of the page's ground."""
        assert self.plan.background_hex is not None
        return self.plan.background_hex

    @property
    def accent(self) -> str:
        """Hex of rules and marks."""
        return self.plan.accent_hex or self.inks(self.background).text

    @property
    def least_text(self) -> float:
        """Smallest size in pixels of small print and other secondary words: 14, less only on icons."""
        return max(SECONDARY_LEAST_PX, self.short * 0.014) if self.short >= 80 else 9.0

    @property
    def language(self) -> str | None:
        """ISO 639-1 of the copy, where it is known."""
        return self.plan.brief.language if self.plan.brief is not None else None

    @cached_property
    def is_rtl(self) -> bool:
        """Whether the page is read from right to left: its headline is, or else the first words with a direction."""
        return is_right_to_left(self.plan.headline or " ".join(element.words for element in self.elements))

    @property
    def least_body(self) -> float:
        """Smallest body size in pixels that still reads at this canvas size."""
        return max(self.short * 0.020, self.least_text)

    @property
    def body_px(self) -> float:
        """Size of running text in pixels, the same for all blocks of a page; a crowded one may go smaller."""
        usual = min(0.03 * math.sqrt(self.width * self.height), self.short * 0.055)
        if max(self.width, self.height) / self.short >= _BANNER:
            usual = max(usual, min(self.height * 0.085, self.width * 0.022))
        return max(usual * (_SHORT_COPY if len(self.elements) <= _FEW else 1.0), self.least_body)

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every part of the copy that is to stand on the picture, in the order of reading."""
        return elements_of(self.plan)

    @property
    def has_words(self) -> bool:
        """Whether there is anything to read but the logo."""
        return bool(self.elements)

    @property
    def picture_keys(self) -> tuple[str, ...]:
        """Keys of the pictures to show, in order."""
        imagery = self.plan.imagery
        return imagery.keys if imagery is not None and imagery.keys else self.plan.reference_keys

    @property
    def sight(self) -> Sight | None:
        """Of the one picture to show; None where there are none or several, or it was not looked at."""
        return self.kit.sights.get(self.picture_keys[0]) if len(self.picture_keys) == 1 else None

    @property
    def has_backdrop(self) -> bool:
        """Whether there is one picture, looked at, that may fill the page under the words."""
        if self.plan.picture_edit is not None:
            return self.sight is not None  # the picture itself is what is asked for, at any size
        return self.sight is not None and self.sight.fills(self.width, self.height)

    @property
    def has_ornaments(self) -> bool:
        """Whether shapes may stand for their own sake; none where imagery or patterns are not wanted."""
        return self.plan.motif is not None

    @property
    def roundness(self) -> float:
        """How round corners are, 0 (sharp) to 1 (as round as they can be)."""
        return self.plan.motif_traits.roundness if self.plan.motif_traits else 0.5

    def away_from_logo(self, side: Side) -> Side:
        """The side for art: `side`, or the one opposite where the logo was asked to stand there."""
        return _OPPOSITE[side] if side in (self.plan.logo_corner or "").split("-") else side

    def inks(self, ground: str) -> Inks:
        """Colours for words on a ground; of the page's own ground as the plan says."""
        usable = tuple(dict.fromkeys([*self.plan.palette_hex, *self.plan.neutral_hex]))
        text = self.plan.text_hex if ground == self.background and self.plan.text_hex else _most_legible(usable, ground)
        accent = next((c for c in (self.accent, *self.plan.art_hex) if contrast(c, ground) >= TEXT_CONTRAST), text)
        button, label = self._button(ground, text, usable)
        return Inks(ground, text, accent, button, label)

    def inks_of(self, role: str, inks: Inks, size_px: float) -> Inks:
        """The inks for one part: those of its ground, but for the colour that is asked of it and can be read there."""
        wish = next((wish.hex for wish in self.plan.colour_wishes if wish.element == role), None)
        if wish is None:
            return inks
        if role == "call_to_action":
            usable = tuple(dict.fromkeys([*self.plan.palette_hex, *self.plan.neutral_hex]))
            label = _most_legible(usable, wish)
            is_seen = contrast(wish, inks.ground) >= _BUTTON_CONTRAST and contrast(label, wish) >= TEXT_CONTRAST
            return replace(inks, button=wish, label=label) if is_seen else inks
        least = _LARGE_CONTRAST if size_px >= _LARGE_PX else TEXT_CONTRAST
        return replace(inks, text=wish, accent=wish) if contrast(wish, inks.ground) >= least else inks

    def panels(self) -> tuple[str, ...]:
        """Grounds beside the page's own that carry legible words, the most fitting first; may be empty."""
        wanted = (self.plan.surface_hex, self.plan.accent_hex, *self.plan.art_hex, *self.plan.palette_hex)
        return tuple(c for c in dict.fromkeys(wanted) if c is not None and self._carries_words(c))

    def panel(self, turn: int = 0) -> str:
        """One of the panels, by turn; the page's own ground where there is none."""
        every = self.panels()
        return every[turn % len(every)] if every else self.background

    def _carries_words(self, colour: str) -> bool:
        if delta_e_2000(colour, self.background) < _DISTINCT:
            return False
        return any(contrast(ink, colour) >= TEXT_CONTRAST for ink in (*self.plan.palette_hex, *self.plan.neutral_hex))

    def _button(self, ground: str, text: str, usable: tuple[str, ...]) -> tuple[str, str]:
        for fill in self._fills(ground, text):
            label = _most_legible(usable, fill)
            if contrast(label, fill) >= TEXT_CONTRAST:
                return fill, label
        return text, ground  # legible by the plan: the text's own colours, the other way round

    def _fills(self, ground: str, text: str) -> Iterator[str]:
        """Colours that stand out from the ground as a button must."""
        for colour in dict.fromkeys((self.accent, *self.plan.art_hex, *self.plan.palette_hex)):
            if colour != text and contrast(colour, ground) >= _BUTTON_CONTRAST:
                yield colour


def _most_legible(inks: tuple[str, ...], ground: str) -> str:
    return max(inks, key=lambda ink: contrast(ink, ground))
