"""Which of the org's files is the logo, and on which grounds it can be read. Never recolours anything.

From the evidence manifest and what the files measure (`documents/settled`) to `LogoArt`. The choice between variants is
by contrast with the ground it will stand on. What must not live here: opening a file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sgd_assets.documents.settled.keep import SettledFiles, is_picture
from sgd_assets.documents.settled.model import Ink, InkColour, InkForm, MarkKind, Undrawn
from sgd_assets.evidence.manifest import EvidenceItem, EvidenceManifest
from sgd_assets.renders.compose.logo_names import name_score, strangers
from sgd_resources.colour import contrast, delta_e_2000, luminance_of, oklch_of

_OF_KIND: dict[MarkKind, float] = {"lockup": 0.0, "wordmark": 0.0, "symbol": -2.5}
"""A symbol alone says the name to those who know it; it stands where nothing else does, or where there is no room."""
_CANDIDATES = 12  # each is opened and drawn; the best names come first
_MIN_SCORE = 0.5  # a name that says logo in some way; below it any picture would do
COMFORTABLE = 0.62
"""Legibility from which a logo stands on a ground without help."""
GRAPHIC_CONTRAST = 3.0
_WEAK_SHARE = 0.15  # of the rim: a dot or an accent; what is more is a main colour
STRAPLINE_LEAST_PX = 6.5
"""Letters of a strapline that are lower cannot be read on a screen."""
BARELY = 0.4  # contrast that still shows where no better ground is left


@dataclass(frozen=True)
class LogoArt:
    """A logo file as it can be placed.

    `frame_aspect` is the file's width over height; `ink` the box of what is visible in it, as shares (x0, y0, x1, y1).
    `plate_hex` is set when the file carries its own opaque ground.
    """

    sha256: str
    file_name: str
    media_type: str
    frame_aspect: float
    ink: tuple[float, float, float, float]
    colours: tuple[InkColour, ...]
    plate_hex: str | None
    name_score: float
    form: InkForm | None = None
    rim: tuple[InkColour, ...] = ()
    kind: MarkKind | None = None
    """What it shows, by its own shapes; None where that was not measured."""
    strapline: float | None = None
    """Height of the letters of its strapline, as a share of the mark's height; None without one."""
    data: bytes = field(default=b"", repr=False)
    """What is drawn; empty until it is to be drawn (`with_data`)."""

    def with_data(self, data: bytes) -> "LogoArt":
        """The same logo with what is drawn."""
        return replace(self, data=data)

    @property
    def aspect(self) -> float:
        """Width over height of the ink."""
        x0, y0, x1, y1 = self.ink
        return self.frame_aspect * (x1 - x0) / (y1 - y0)

    def is_clear_on(self, ground_hex: str) -> bool:
        """Whether every main colour that meets the ground has the contrast that graphics need (WCAG 1.4.11, 3 to 1)."""
        if self.plate_hex is not None:
            return self.plate_hex == ground_hex
        weak = sum(colour.share for colour in self.rim if contrast(colour.hex, ground_hex) < GRAPHIC_CONTRAST)
        return weak <= _WEAK_SHARE

    def legibility(self, ground_hex: str) -> float:
        """Share of the ink that stands out from a ground (contrast of 3 and more counts in full), 0..1."""
        if self.plate_hex is not None:
            return 1.0 if self.plate_hex == ground_hex else 0.0
        ground = luminance_of(ground_hex)
        total = 0.0
        for colour in self.colours:
            ink = luminance_of(colour.hex)
            ratio = (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05)
            total += colour.share * min(max((ratio - 1.4) / 1.6, 0.0), 1.0)
            # White details on white are part of many logos; a coloured part that melts into the ground is a lost part.
            if (
                colour.share >= 0.04
                and ratio < 1.35
                and oklch_of(colour.hex)[1] > 0.04
                and delta_e_2000(colour.hex, ground_hex) < 18
            ):
                return 0.0
        return total


def find_logos(evidence: EvidenceManifest, files: SettledFiles) -> tuple[tuple[LogoArt, ...], tuple[Undrawn, ...]]:
    """The org's logo files, likeliest first, and those that would be but cannot be drawn.

    Files that show a logo's rules, a picture or a sample are left out, and so are those of partners, and those in which
    nothing is visible.
    Raises as `SettledFiles.logo`.
    """
    arts, refused = _opened(evidence, files, unheard=frozenset())
    if refused and not arts:
        # Files that nobody can draw have no say in whose name the brand's is.
        arts, more = _opened(evidence, files, unheard=frozenset(one.evidence_sha256 for one in refused))
        refused = list({one.evidence_sha256: one for one in (*refused, *more)}.values())
    return tuple(sorted(arts, key=lambda art: (-_rank(art), art.file_name, art.sha256))), tuple(refused)


def _opened(
    evidence: EvidenceManifest, files: SettledFiles, *, unheard: frozenset[str]
) -> tuple[list[LogoArt], list[Undrawn]]:
    pictures = [item for item in evidence.items if is_picture(item)]
    others = strangers(pictures, evidence.org_id, unheard=unheard)
    scored = sorted(
        ((name_score(item), item) for item in pictures if item.evidence_sha256 not in others),
        key=lambda pair: (-pair[0], pair[1].file_name, pair[1].evidence_sha256),
    )
    arts: list[LogoArt] = []
    refused: list[Undrawn] = []
    for score, item in scored[:_CANDIDATES]:
        if score < _MIN_SCORE:
            continue
        settled = files.logo(item)
        if settled.ink is not None:
            arts.append(_art(item, settled.ink, score))
        elif settled.is_refused and settled.refusal is not None:
            refused.append(
                Undrawn(evidence_sha256=item.evidence_sha256, file_name=item.file_name, reason=settled.refusal)
            )
    return arts, refused


def choose_logo(logos: Sequence[LogoArt], ground_hex: str, *, least: float = COMFORTABLE) -> LogoArt | None:
    """The likeliest logo that can be read on a ground; among near equals the more legible one. None when none can.

    One whose every main colour is clear there goes before one that is merely legible.
    """
    readable = [(art, art.legibility(ground_hex)) for art in logos]
    readable = [(art, value) for art, value in readable if value >= least]
    readable = [(art, value) for art, value in readable if art.is_clear_on(ground_hex)] or readable
    if not readable:
        return None
    best = max(_rank(art) for art, _ in readable)
    near = [(art, value) for art, value in readable if _rank(art) >= best - 3.5]
    # A variant that is only just readable gives way to one made for such a ground.
    clearest = min(max(value for _, value in near), 0.85)
    clear = [(art, value) for art, value in near if value >= clearest]
    return max(clear, key=lambda pair: pair[1] * 3 + _rank(pair[0]))[0]


def _art(item: EvidenceItem, ink: Ink, score: float) -> LogoArt:
    return LogoArt(
        sha256=item.evidence_sha256,
        file_name=item.file_name,
        media_type=item.media_type,
        frame_aspect=ink.frame_aspect,
        ink=ink.box,
        colours=ink.colours,
        plate_hex=ink.plate_hex,
        name_score=score,
        form=ink.form,
        rim=ink.rim,
        kind=ink.anatomy.kind if ink.anatomy is not None else None,
        strapline=ink.anatomy.strapline if ink.anatomy is not None else None,
    )


def _rank(art: LogoArt) -> float:
    """Name, file kind, what it shows, and a shape that sets well beside text: between 1:1 and 6:1."""
    shape = (0.0 if 0.8 <= art.aspect <= 7 else -1.5) + _OF_KIND[art.kind or "lockup"]
    return art.name_score + shape - (3.0 if art.plate_hex else 0.0) + (0.6 if art.aspect > 1.6 else 0.0)
