"""Names of font families: what is one, how to compare two, which words are style.

The list is general knowledge of the trade (families that many brands use); a name outside it is accepted only where the
sentence itself says that it is a font. What must not live here: which family is the brand's.
"""

import re

from sgd_resources.parsers.font_names import is_generic_family, split_font_name

KNOWN_FAMILIES = frozenset(
    name.strip().lower()
    for name in """
Abril Fatface, Acumin, Akkurat, Akzidenz Grotesk, Alegreya, Alegreya Sans, Alte Haas Grotesk, American Typewriter,
Andada, Anonymous Pro, Antonio, Anton, Archivo,
Archivo Narrow, Arial, Arial Narrow, Arimo, Arvo, Asap, Atkinson Hyperlegible, Avant Garde, Avenir, Avenir Next,
B612, Barlow, Barlow Condensed, Baskerville, Be Vietnam,
Be Vietnam Pro, Bebas Neue, Bembo, Benton Sans, Bitter, Bodoni, Bookman, Brandon Grotesque, Cabin, Calibri,
Calisto, Cambria, Candara, Cantarell, Cascadia Code, Caslon,
Catamaran, Century Gothic, Chivo, Cinzel, Circular, Clarendon, Comfortaa, Comic Neue, Comic Sans, Commissioner,
Consolas, Constantia, Cooper, Corbel, Cormorant,
Cormorant Garamond, Courier, Courier New, Courier Prime, Crimson Pro, Crimson Text, DejaVu Sans, DejaVu Sans Mono,
DejaVu Serif, Didot, DIN, DIN Next, DM Mono, DM Sans,
DM Serif Display, Domine, Dosis, Droid Sans, Droid Sans Mono, Droid Serif, EB Garamond, Eczar, Effra, Encode Sans,
Epilogue, Eurostile, Exo, Exo 2, Figtree, Fira Code,
Fira Mono, Fira Sans, Flama, Fjalla One, Franklin Gothic, Fraunces, Frutiger, Futura, Garamond, GDS Transport,
Geist, Geist Mono, Geneva, Georgia, Gill Sans, Gotham,
Goudy, Graphik, Hack, Helvetica, Helvetica Neue, Hind, IBM Plex Mono, IBM Plex Sans, IBM Plex Serif, Inconsolata,
Inter, Inter Tight, Interstate, Istok Web, ITC Avant Garde, JetBrains Mono,
Joanna, Josefin Sans, Josefin Slab, Jost, Kanit, Karla, Kreon, Lato, League Gothic, League Spartan, Lexend, Libre
Baskerville, Libre Caslon, Libre Franklin, Liberation Mono,
Liberation Sans, Liberation Serif, Lora, Lucida Grande, Lucida Sans, Manrope, Maven Pro, Meiryo, Menlo,
Merriweather, Merriweather Sans, Metropolis, Minion, Minion Pro, Monaco, Monda,
Mona Sans, Montserrat, Mukta, Mulish, Muli, Museo, Museo Sans, Myriad, Myriad Pro, Neue Haas Grotesk, Neue Haas
Unica, Neuzeit, News Gothic, Nimbus Sans, Noto Mono, Noto Sans,
Noto Sans Mono, Noto Serif, Nunito, Nunito Sans, OCR A, OCR B, Open Sans, Optima, Orbitron, Oswald, Outfit,
Overpass, Overpass Mono, Oxygen, Palatino, Panton, Plus Jakarta Sans,
Playfair Display, Poppins, Prompt, Proxima Nova, PT Mono, PT Sans, PT Serif, Public Sans, Questrial, Quicksand,
Rajdhani, Raleway, Red Hat Display, Red Hat Mono, Red Hat Text,
Reddit Sans, Righteous, Roboto, Roboto Condensed, Roboto Flex, Roboto Mono, Roboto Serif, Roboto Slab, Rockwell,
Rokkitt, Rubik, Ruda, Sabon, San Francisco, Segoe UI, SF Mono, SF Pro, Sora,
Source Code Pro, Source Han Sans, Source Sans, Source Sans 3, Source Sans Pro, Source Serif, Source Serif 4, Source
Serif Pro, Space Grotesk, Space Mono, Spectral, Syne, Tahoma, Titillium Web, Times,
Times New Roman, Trade Gothic, Trajan, Trebuchet, Trebuchet MS, TT Norms, Tiempos, Ubuntu, Ubuntu Mono, Univers,
Urbanist, Varela Round, Verdana, Vollkorn, Work Sans, Yanone Kaffeesatz, Zilla Slab,
Abhaya Libre, Adelle, Adelle Sans, Aeonik, Albert Sans, Alegreya Sans SC, Almarai, Amatic SC, Amiri, Andale Mono,
Andika, Apercu, Aptos, Archivo Black, Archivo Expanded, Asap Condensed, Assistant, Atkinson Hyperlegible Next,
Averta, Axiforma, Bai Jamjuree, Baloo 2, Balsamiq Sans, Barlow Semi Condensed, Basier, BioRhyme, Brandon Text,
Bricolage Grotesque, Bungee, Cabinet Grotesk, Cairo, Calibre, Canela, Cardo, Cascadia Mono, Cera Pro, Chakra Petch,
Clash Display, Cormorant Infant, Cousine, Crimson, Cutive Mono, Dancing Script, Darker Grotesque, DIN Pro,
DM Serif Text, Dubai, Electrolize, Familjen Grotesk, Fanwood Text, Fira Sans Condensed, Founders Grotesk, Fredoka,
Fredoka One, Freight Sans, Freight Text, Gelasio, General Sans, Gilroy, Gill Sans Nova, Golos Text, Gothic A1, GT
America, GT Walsheim, Hanken Grotesk, Heebo, Helvetica Now, Hepta Slab, Hoefler Text, Hubot Sans, IBM Plex Sans
Condensed, Instrument Sans, Instrument Serif, Iosevka, Iowan Old Style, Kalam, Kaushan Script, Khand, Klavika,
Kumbh Sans, Lexend Deca, Lexend Giga, Libre Bodoni, Libre Caslon Text, Lilita One, Literata, Lucida Bright, Lucida
Console, Lucida Sans Unicode, Luckiest Guy, M PLUS 1p, M PLUS Rounded 1c, Madimi One, Martel, Martel Sans, Martian
Mono, Merienda, Michroma, Montserrat Alternates, Museo Slab, Nanum Gothic, Neue Haas Display, Neue Montreal, Neue
Helvetica, Neuton, Newsreader, Nexa, Nimbus Roman, Noto Sans Display, Noto Sans JP, Noto Sans KR, Noto Sans SC, Noto
Serif Display, Office Code Pro, Old Standard TT, Onest, Open Dyslexic, OpenDyslexic, Pacifico, Passion One, Patua
One, Permanent Marker, Piazzolla, Playfair, Podkova, Poiret One, PolySans, Pontano Sans, Press Start 2P, Proxima
Soft, PT Sans Narrow, PT Serif Caption, Quattrocento, Quattrocento Sans, Radio Canada, Raleway Dots, Readex Pro,
Recursive, Reem Kufi, Rethink Sans, Russo One, Saira, Saira Condensed, Sanchez, Sarabun, Satoshi, Schibsted Grotesk,
Segoe Print, Segoe Script, SF Compact, SF Pro Display, SF Pro Text, Shadows Into Light, Share Tech Mono, Signika,
Signika Negative, Slabo 27px, Sofia Pro, Sofia Sans, Soleil, Special Elite, Spline Sans, STIX Two Text, Suisse Int'l,
Switzer, Syncopate, Tajawal, Teko, Tenor Sans, Tinos, Trade Gothic Next, Unbounded, Uncut Sans, Unna, Varela,
Victor Mono, Volkhov, VT323, Wix Madefor Display, Wix Madefor Text, Yeseva One, Yrsa, Zen Kaku Gothic, Zilla Slab
Highlight
""".replace("\n", " ").split(",")
)

EMOJI_OR_SYMBOL = re.compile(r"(?i)\b(?:emoji|symbols?|icons?|awesome|dingbats|material icons|glyphicons)\b")

STYLE_WORDS = frozenset(
    word
    for line in """
thin hairline extralight ultralight light regular normal book roman medium semibold semi demibold demi bold
extrabold extra ultrabold ultra heavy black italic italics oblique condensed narrow extended expanded weight
weights style styles variable
""".splitlines()
    for word in line.split()
)

_NOT_A_NAME = frozenset(
    word
    for line in """
a an the this that these those our your its their we you it they all any each every and or of to in on for
with by from as at is are be was were will can may must should not font fonts typeface typefaces family
families type typography text body heading headings headline headlines title titles logo brand primary
secondary main official default reserved custom system web print digital display used use using when where
available free open source google adobe download licensed sans serif monospace monospaced mono sans-serif
proportional variable following one two three both same other only here see name stack fallback about sample
subheading subheadings subheads subtitle subtitles captions labels quotes buttons addresses
size sizes color colour below above next there what which who how why please note ttf otf woff woff2 eot zip
svg png pdf face large small medium big tiny install installation usage license licence import
windows mac macos linux microsoft office apple android ios
""".splitlines()
    for word in line.split()
)
_NAME_WORD = r"[A-Z][A-Za-z0-9À-ž]*(?:[-'’.&][A-Za-z0-9]+)*"
NAME = rf"{_NAME_WORD}(?:\s+(?:{_NAME_WORD}|[A-Z]|\d+|(?:the|of|de)(?=\s[A-Z]))){{0,3}}"
"""Pattern of one to four capitalised words."""

_KNOWN = re.compile(
    r"(?<![\w-])((?:"
    + "|".join(re.escape(name) for name in sorted(KNOWN_FAMILIES, key=lambda n: (-len(n), n)))
    + r")(?:\s+(?-i:Arabic|Hebrew|Cyrillic|Greek|Thai|Devanagari|Bengali|Tamil|Georgian|Armenian|JP|KR|SC|TC))?)"
    + r"(?![\w-])",
    re.IGNORECASE,
)


def known_families_in(text: str) -> list[tuple[str, int, int]]:
    """(family as written, start, end) of families known to the trade, longest match first, in reading order.

    Families whose name is also a common word count only when capitalised as a name.
    """
    return [(m[1], m.start(1), m.end(1)) for m in _KNOWN.finditer(text) if m[1][0].isupper()]


def family_of(raw: str) -> str | None:
    """The family a written name means, or None when it is no name: style words and quotes go, generic words are
    refused."""
    text = _without_style_tail(re.sub(r"\([^)]*\)", " ", raw))
    text = re.sub(r"[\"'“”‘`*_|]+", " ", text).strip(" \t\n.,:;–—-/")
    text = re.sub(r"(?i)\b(?:font|typeface|type ?family|family|fonts)$", "", text).strip()
    if not text or is_generic_family(text) or EMOJI_OR_SYMBOL.search(text):
        return None
    if " " not in text:
        text = _written_out(text)
    words = text.split()
    while (
        len(words) > 1
        and " ".join(words).lower() not in KNOWN_FAMILIES
        and (words[-1].lower().strip(",") in STYLE_WORDS or re.fullmatch(r"[1-9]00(?:[–-][1-9]00)?", words[-1]))
    ):
        words.pop()
    text = _without_maker(re.sub(r"\s+W0\d$", "", " ".join(words).strip(" ,")))
    words = text.split()
    if not words or len(text) < 3 or len(words) > 4 or not re.search(r"[A-Za-z]{2}", text):
        return None
    if text.lower() in KNOWN_FAMILIES:
        return text
    if all(word.lower().strip(".,") in _NOT_A_NAME or word.lower() in STYLE_WORDS for word in words):
        return None
    if words[0].lower() in _NOT_A_NAME and words[0].lower() not in (
        "open",
        "source",
        "work",
        "system",
        "display",
        "brand",
        "type",
        "free",
        "custom",
        "public",
    ):
        return None
    return text


def _without_style_tail(name: str) -> str:
    """'Example Sans - Regular, Bold' is the family 'Example Sans': what follows the dash is style words only."""
    family, dash, tail = (part.strip() for part in re.sub(r"\s+[–—-](?:\s+|$)", " - ", name).partition(" - "))
    words = re.findall(r"[A-Za-z0-9]+", tail)
    is_style = all(word.lower() in STYLE_WORDS or word.isdigit() for word in words)
    return family if dash and family and is_style else name


def _written_out(name: str) -> str:
    """A PostScript name as words ('HelveticaNeue-Bold' -> 'Helvetica Neue'); a name coined in one word stays."""
    family, style = split_font_name(name)
    if style is None and family.replace(" ", "") == name and family.lower() not in KNOWN_FAMILIES:
        return name
    return family


def _without_maker(name: str) -> str:
    """'ACME Univers' names the family Univers: a known family behind one word that is not part of its name."""
    first, _, rest = name.partition(" ")
    if (
        rest
        and name.lower() not in KNOWN_FAMILIES
        and rest.lower() in KNOWN_FAMILIES
        and first.lower() not in STYLE_WORDS
    ):
        return rest
    return name


def is_known(family: str) -> bool:
    """Whether the trade knows the family by this name."""
    return family_key(family) in _KNOWN_KEYS


def family_key(family: str) -> str:
    """What two spellings of one family share: 'HelveticaNeue-Bold' and 'Helvetica Neue' are equal."""
    name = split_font_name(family)[0] if " " not in family else family
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    words = [word for word in re.split(r"[\s\-_]+", name.lower()) if word]
    kept = [
        word
        for word in words
        if word not in STYLE_WORDS and not re.fullmatch(r"(?:mt|lt|std|w0\d|ps|psmt|ttf|otf)", word)
    ] or words
    if len(kept) > 1 and kept[-1] == "pro":
        kept = kept[:-1]
    return re.sub(r"[^0-9a-zÀ-ž]", "", "".join(kept))


_KNOWN_KEYS = frozenset(family_key(name.title()) for name in KNOWN_FAMILIES)
