"""The two invented brands of the sample kit, as data. Nothing here draws; any likeness to a real brand is chance."""

from dataclasses import dataclass

from sgd_resources.colour import rgb_of

Cmyk = tuple[int, int, int, int]


@dataclass(frozen=True)
class Swatch:
    """One palette colour in the notations a printer and a web developer ask for. CMYK in percent."""

    name: str
    hex: str
    cmyk: Cmyk
    role: str
    use: str
    spot: str | None = None

    @property
    def rgb(self) -> tuple[int, int, int]:
        """0..255 each."""
        return rgb_of(self.hex)


@dataclass(frozen=True)
class Piece:
    """One shape of the logo's symbol on a 100 x 100 grid, y downwards; SVG path data of M, L, C and Z only."""

    path: str
    hex: str
    reversed_hex: str


@dataclass(frozen=True)
class Brand:
    """Everything the kit's files say about one brand."""

    slug: str
    name: str
    strapline: str
    about: str
    principles: tuple[tuple[str, str], ...]
    swatches: tuple[Swatch, ...]
    heading_family: str
    body_family: str
    heading_weight: int
    wordmark_weight: int
    wordmark_tracking_em: float
    pieces: tuple[Piece, ...]
    tone: str
    dos: tuple[str, ...]
    donts: tuple[str, ...]
    rewrites: tuple[tuple[str, str], ...]
    clear_space: str
    clear_space_ratio: float
    minimum_size: str
    minimum_px: int
    logo_dos: tuple[str, ...]
    logo_donts: tuple[str, ...]
    headline: str
    subline: str
    ships_font: bool = False

    @property
    def dark(self) -> str:
        """Hex of the colour for text on light grounds: the one with that role, else the primary."""
        return next((s.hex for s in self.swatches if s.role == "text"), self.primary)

    @property
    def light(self) -> str:
        """Hex of the lightest colour: the ground."""
        return next(s.hex for s in self.swatches if s.role == "background")

    @property
    def primary(self) -> str:
        """Hex of the first colour."""
        return self.swatches[0].hex

    def hex_of(self, role: str) -> str:
        """Hex of the swatch with a role."""
        return next(s.hex for s in self.swatches if s.role == role)


# A circle's quarter as one cubic: control points at this share of the radius, 4/3 * (sqrt(2) - 1).
_K = 0.5522848


def _disc(x: float, y: float, r: float) -> str:
    k = r * _K
    return (
        f"M{x - r:g} {y:g}C{x - r:g} {y - k:g} {x - k:g} {y - r:g} {x:g} {y - r:g}"
        f"C{x + k:g} {y - r:g} {x + r:g} {y - k:g} {x + r:g} {y:g}"
        f"C{x + r:g} {y + k:g} {x + k:g} {y + r:g} {x:g} {y + r:g}"
        f"C{x - k:g} {y + r:g} {x - r:g} {y + k:g} {x - r:g} {y:g}Z"
    )


_K48 = 48 * _K

LARKFOLD = Brand(
    slug="larkfold",
    name="Larkfold",
    strapline="The lending library for seeds",
    about=(
        "Larkfold lends seeds the way libraries lend books. Take a packet in spring, "
        "grow it, save its seed "
        "and bring some back in autumn. Forty branches, nine thousand members, and one habit: "
        "what grows well here stays here."
    ),
    principles=(
        (
            "Grown, not made",
            "Shapes come from leaf and seed: halves, quarters, a single dot. Nothing is decorated twice.",
        ),
        (
            "Room to grow",
            "Half of every page is empty. White space is where the eye rests and where the next thing starts.",
        ),
        ("Plain hands", "We show work, soil and people. We never show a harvest that nobody had to dig for."),
    ),
    swatches=(
        Swatch(
            "Fold Green",
            "#1E4D3A",
            (80, 40, 76, 44),
            "primary",
            "Large fields, headlines, the symbol",
            "PANTONE 3435 C",
        ),
        Swatch(
            "Marigold", "#F2A62B", (3, 39, 93, 0), "accent", "One thing on a page that must be seen", "PANTONE 137 C"
        ),
        Swatch("Clay", "#BF4F2A", (18, 80, 96, 7), "secondary", "The seed, links, small accents", "PANTONE 7579 C"),
        Swatch("Sage", "#A9BFA0", (36, 13, 42, 0), "neutral", "Quiet panels and charts"),
        Swatch("Oat", "#F7F0E3", (2, 4, 11, 0), "background", "The paper we print and publish on"),
        Swatch("Loam", "#22261F", (67, 58, 68, 69), "text", "Running text"),
    ),
    heading_family="Fraunces",
    body_family="Work Sans",
    heading_weight=600,
    wordmark_weight=650,
    wordmark_tracking_em=-0.015,
    pieces=(
        Piece("M0 100C0 44.8 44.8 0 100 0L0 100Z", "#1E4D3A", "#F7F0E3"),
        Piece("M0 100L100 0C100 55.2 55.2 100 0 100Z", "#F2A62B", "#F2A62B"),
        Piece(_disc(19, 19, 13), "#BF4F2A", "#BF4F2A"),
    ),
    tone=(
        "Warm, plain and practical. We sound like a neighbour over the fence who knows a lot and shows off none of it."
    ),
    dos=(
        "Say what to do next, and when",
        "Use the common name of a plant first, the Latin one after it",
        "Write to one person: you, never our users",
        "Give numbers that can be checked",
    ),
    donts=(
        "Do not preach about the planet",
        "Do not use exclamation marks",
        "Do not call members customers",
        "Do not promise a harvest",
    ),
    rewrites=(
        (
            "Unlock your gardening journey with our premium seed solutions!",
            "Borrow five packets. Bring seed back in October.",
        ),
        ("Brassica oleracea is now available to registered users.", "Kale is in. Come and take a packet."),
    ),
    clear_space="Clear space on every side equals half the height of the symbol.",
    clear_space_ratio=0.5,
    minimum_size="Minimum size: 24 px high on screen, 8 mm in print.",
    minimum_px=24,
    logo_dos=(
        "Use the supplied logo files",
        "Place the full-colour logo on Oat or white",
        "Use the reversed logo on Fold Green",
    ),
    logo_donts=(
        "Do not recolour the logo",
        "Do not stretch or condense the logo",
        "Do not rotate the logo",
        "Do not add shadows or outlines",
        "Do not place the logo on a busy picture",
        "Do not set the name in another typeface",
    ),
    headline="Borrow a garden",
    subline="Seed swap at every branch, first Saturday in March",
)

KESTRINE = Brand(
    slug="kestrine",
    name="Kestrine",
    strapline="Energy, measured by the wagon",
    about=(
        "Kestrine meters the energy of rail freight: every wagon, every gradient, every minute "
        "at a red signal. Operators see "
        "what a tonne-kilometre really costs, and drivers see it while they can still do something about it."
    ),
    principles=(
        ("Signal first", "One number leads. Everything else on the page is quieter than it, or gone."),
        ("On the grid", "Bars and quarter discs on an eight-unit grid. If it does not align, it does not ship."),
        ("Dark is depth", "Midnight carries the big surfaces; Current and Signal are light sources, not wallpaper."),
    ),
    swatches=(
        Swatch("Midnight", "#0C1938", (100, 89, 42, 56), "primary", "Large surfaces, text on Ice", "Kestrine Midnight"),
        Swatch("Current", "#2F5BEA", (83, 66, 0, 0), "secondary", "Actions, links, the live value", "PANTONE 2728 C"),
        Swatch("Signal", "#19D3A2", (66, 0, 50, 0), "accent", "Good news and the symbol's foot", "PANTONE 3395 C"),
        Swatch("Amber", "#FFB93B", (0, 31, 84, 0), "accent2", "Caution; never more than a tenth of a page"),
        Swatch("Slate", "#56627F", (68, 57, 32, 13), "neutral", "Secondary text, axes, rules"),
        Swatch("Ice", "#EAF0FC", (7, 3, 0, 0), "background", "Light surfaces"),
    ),
    heading_family="Space Grotesk",
    body_family="Inter",
    heading_weight=600,
    wordmark_weight=700,
    wordmark_tracking_em=-0.03,
    pieces=(
        Piece("M0 0L24 0L24 100L0 100Z", "#0C1938", "#EAF0FC"),
        Piece(f"M32 0L80 0C80 {_K48:g} {32 + _K48:g} 48 32 48Z", "#2F5BEA", "#2F5BEA"),
        Piece(f"M32 100L32 52C{32 + _K48:g} 52 80 {100 - _K48:g} 80 100Z", "#19D3A2", "#19D3A2"),
    ),
    tone=(
        "Exact, calm and brief. We write like a good instrument: "
        "it reads true, it never shouts, and it is silent when nothing changed."
    ),
    dos=(
        "Lead with the number and its unit",
        "Say what changed and since when",
        "Use the active voice",
        "Name the source of every figure",
    ),
    donts=(
        "Do not round a figure to make it prettier",
        "Do not use the words revolutionary, seamless or smart",
        "Do not blame the driver",
        "Do not hide a bad reading below a good one",
    ),
    rewrites=(
        (
            "Revolutionise your fleet with seamless smart insights.",
            "31 kWh less per train since Monday. Source: wagon meters.",
        ),
        ("The driver used too much energy on this section.", "This section took 12 % more energy than its plan."),
    ),
    clear_space="Clear space on every side equals one quarter of the logo height, the width of the symbol's bar.",
    clear_space_ratio=0.25,
    minimum_size="Minimum size: 20 px high on screen, 6 mm in print.",
    minimum_px=20,
    logo_dos=(
        "Use the supplied logo files",
        "Use the reversed logo on Midnight",
        "Keep the symbol to the left of the name",
    ),
    logo_donts=(
        "Do not recolour the logo",
        "Do not stretch or condense the logo",
        "Do not rotate the logo",
        "Do not add glows or shadows",
        "Do not place the logo on a busy picture",
        "Do not set the name in another typeface",
    ),
    headline="31 kWh less, every train",
    subline="Wagon meters now on the northern corridor",
    ships_font=True,
)

BRANDS: tuple[Brand, ...] = (LARKFOLD, KESTRINE)
