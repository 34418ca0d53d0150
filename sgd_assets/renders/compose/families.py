"""Well-known typefaces by class and width, and the open families that stand in for each class.

A table, not a judgement of any brand: class, weight feel and width are from the foundries' own descriptions. The
nearest open family is looked up here when a brand's font is not in its evidence (`typefaces.py`).
"""

import re
from collections.abc import Set as AbstractSet
from typing import Literal

from sgd_resources.writing.scripts import BOPOMOFO, HAN, HANGUL, HIRAGANA, KATAKANA

FontClass = Literal[
    "grotesque",
    "geometric",
    "humanist",
    "rounded",
    "condensed",
    "transitional",
    "old_style",
    "didone",
    "soft_serif",
    "slab",
    "mono",
    "quirky",
]

HAN_WRITING = frozenset({HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO})

STAND_INS: dict[FontClass, tuple[str, ...]] = {
    "grotesque": ("Inter", "Roboto", "Work Sans"),
    "geometric": ("Montserrat", "Poppins", "Jost"),
    "humanist": ("Source Sans 3", "Open Sans", "Lato"),
    "rounded": ("Nunito", "Poppins"),
    "condensed": ("Barlow Condensed", "Roboto"),
    "transitional": ("Source Serif 4", "EB Garamond"),
    "old_style": ("EB Garamond", "Source Serif 4"),
    "didone": ("Playfair Display", "Source Serif 4"),
    "soft_serif": ("Fraunces", "Source Serif 4"),
    "slab": ("Roboto Slab", "Source Serif 4"),
    "mono": ("JetBrains Mono",),
    "quirky": ("Space Grotesk", "Work Sans"),
}

# Families whose nearest open kin is closer than their class says (same skeleton, or metrics drawn to match).
KIN: dict[str, str] = {
    "futura": "Jost",
    "futurapt": "Jost",
    "gotham": "Montserrat",
    "proximanova": "Montserrat",
    "frutiger": "Source Sans 3",
    "myriad": "Source Sans 3",
    "myriadpro": "Source Sans 3",
    "segoeui": "Open Sans",
    "sourcesanspro": "Source Sans 3",
    "sourceserifpro": "Source Serif 4",
    "garamond": "EB Garamond",
    "adobegaramond": "EB Garamond",
    "helveticaneue": "Inter",
    "helvetica": "Inter",
    "arial": "Inter",
    "sanfrancisco": "Inter",
    "sfpro": "Inter",
    "dinnext": "Barlow Condensed",
    "avenir": "Montserrat",
    "avenirnext": "Montserrat",
    "carlito": "Lato",
    "calibri": "Lato",
    "cambria": "Source Serif 4",
    "droidsans": "Open Sans",
    "notosans": "Noto Sans",
    "robotocondensed": "Barlow Condensed",
    "oswald": "Barlow Condensed",
}

_BY_CLASS: dict[FontClass, str] = {
    "grotesque": (
        "Helvetica, Arial, Aktiv Grotesk, Akkurat, Graphik, Suisse, Univers, Acumin, Haas Unica, San "
        "Francisco, SF Pro, Neue Haas, Public Sans, Franklin Gothic, Libre Franklin, Archivo, IBM Plex Sans, "
        "Geist, Roboto, Inter, Aeonik, Founders Grotesk, Nimbus Sans, Liberation Sans, Arimo, Manrope, Work "
        "Sans, Hanken Grotesk, Atkinson Hyperlegible, Whitney, Benton Sans, Trade Gothic, Swiss 721, DIN"
    ),
    "geometric": (
        "Futura, Gotham, Avenir, Century Gothic, Circular, Gilroy, Montserrat, Poppins, Jost, Raleway, "
        "Outfit, Urbanist, DM Sans, Sofia Pro, Brandon Grotesque, Proxima Nova, Metropolis, Red Hat Display, "
        "Lexend, Plus Jakarta Sans, Figtree, Product Sans, Google Sans, Museo Sans, Josefin Sans, League "
        "Spartan, Kumbh Sans, Sora, Epilogue, Be Vietnam, Axiforma, Cera, Eina, Gordita, Mulish, Muli, Exo, "
        "Maven Pro"
    ),
    "humanist": (
        "Frutiger, Myriad, Segoe, Calibri, Verdana, Tahoma, Trebuchet, Gill Sans, Optima, Lucida, Source "
        "Sans, Open Sans, Lato, Noto Sans, Fira Sans, Cabin, PT Sans, Ubuntu, Merriweather Sans, Alegreya "
        "Sans, Mukta, Hind, Titillium, Candara, Corbel, Syntax, Droid Sans, Oxygen, Assistant, Encode Sans, "
        "Overpass, Asap, Karla, Catamaran, Rubik, Carlito"
    ),
    "rounded": (
        "Nunito, Varela Round, Quicksand, VAG Rounded, Comfortaa, Arial Rounded, SF Pro Rounded, Baloo, Fredoka, Dosis"
    ),
    "condensed": (
        "Oswald, Bebas Neue, Barlow Condensed, Roboto Condensed, League Gothic, Anton, Impact, DIN Condensed, "
        "DIN Next, Fjalla, Archivo Narrow, Pathway Gothic, Antonio, Saira Condensed, Knockout, Teko, Yanone "
        "Kaffeesatz"
    ),
    "transitional": (
        "Times New Roman, Times, Georgia, Source Serif, Baskerville, Libre Baskerville, Charter, Cambria, "
        "Merriweather, PT Serif, Noto Serif, Lora, Tiempos, Miller, Century Schoolbook, Crimson, Spectral, "
        "IBM Plex Serif, Literata, Newsreader, Utopia, Constantia, Liberation Serif, Tinos, Frank Ruhl Libre"
    ),
    "old_style": (
        "Garamond, EB Garamond, Caslon, Sabon, Minion, Palatino, Bembo, Jenson, Cormorant, Cardo, Janson, "
        "Goudy, Vollkorn, Alegreya, Hoefler Text, Galliard"
    ),
    "didone": "Bodoni, Didot, Playfair Display, Abril Fatface, Walbaum, DM Serif Display, Prata, Canela, Domaine",
    "soft_serif": "Fraunces, Cooper, Recoleta, Windsor, Souvenir, Young Serif, Gelica, Roca, Means",
    "slab": (
        "Rockwell, Roboto Slab, Museo Slab, Archer, Clarendon, Arvo, Zilla Slab, Bitter, Josefin Slab, "
        "Courier Prime, Sentinel, Adelle, Memphis, Crete Round, Egyptienne, Serifa, Lubalin"
    ),
    "mono": (
        "Courier, Consolas, Menlo, Monaco, JetBrains Mono, Roboto Mono, Source Code, Fira Code, IBM Plex "
        "Mono, Space Mono, Inconsolata, Ubuntu Mono, DejaVu Sans Mono, SF Mono, Geist Mono, DM Mono, Cascadia"
    ),
    "quirky": (
        "Space Grotesk, Syne, Bricolage Grotesque, Unbounded, Clash Display, Cabinet Grotesk, Schibsted Grotesk"
    ),
}

# Words inside a family's name that tell its class when the table does not know it; first match wins.
_BY_WORD: tuple[tuple[str, FontClass], ...] = (
    (r"\bmono\b|\bcode\b|typewriter|courier", "mono"),
    (r"slab|egyptian", "slab"),
    (r"condensed|narrow|compressed|\bcn\b", "condensed"),
    (r"rounded|\bround\b|soft sans", "rounded"),
    (r"bodoni|didot|didone", "didone"),
    (r"garamond|caslon|antiqua|old\s?style|humanist serif", "old_style"),
    (r"\bserif\b(?<!sans serif)(?<!sans-serif)|roman\b|\btimes\b|text\b.*serif", "transitional"),
    (r"grotesk|grotesque|gothic|haas", "grotesque"),
    (r"\bgeo|circular|futur", "geometric"),
    (r"\bsans\b", "humanist"),
)

# The open family that sets a script's letters where neither the brand's own fonts nor the chosen one has them. Han is
# drawn otherwise in each language: `HAN_STAND_INS`.
SCRIPT_STAND_INS: dict[str, str] = {
    "Hebr": "Noto Sans Hebrew", "Arab": "Noto Sans Arabic", "Deva": "Noto Sans Devanagari",
    "Beng": "Noto Sans Bengali", "Guru": "Noto Sans Gurmukhi", "Gujr": "Noto Sans Gujarati",
    "Orya": "Noto Sans Oriya", "Taml": "Noto Sans Tamil", "Telu": "Noto Sans Telugu", "Knda": "Noto Sans Kannada",
    "Mlym": "Noto Sans Malayalam", "Sinh": "Noto Sans Sinhala", "Thai": "Noto Sans Thai", "Laoo": "Noto Sans Lao",
    "Khmr": "Noto Sans Khmer", "Mymr": "Noto Sans Myanmar", "Geor": "Noto Sans Georgian",
    "Armn": "Noto Sans Armenian", "Ethi": "Noto Sans Ethiopic", "Hira": "Noto Sans JP", "Kana": "Noto Sans JP",
    "Hang": "Noto Sans KR", "Bopo": "Noto Sans TC", "Zsye": "Noto Emoji", "Zyyy": "Noto Sans Symbols",
}  # fmt: skip
HAN_STAND_INS: dict[str, str] = {
    "ja": "Noto Sans JP", "ko": "Noto Sans KR", "zh-Hant": "Noto Sans TC", "zh-Hans": "Noto Sans SC",
}  # fmt: skip


def script_stand_ins(scripts: AbstractSet[str], language: str) -> tuple[str, ...]:
    """Open families for scripts, those of the text's own language first; symbols and pictographs last."""
    found = [SCRIPT_STAND_INS[script] for script in sorted(scripts) if script in SCRIPT_STAND_INS]
    if scripts & HAN_WRITING:
        found = [HAN_STAND_INS.get(language, "Noto Sans SC"), *found, *HAN_STAND_INS.values()]
    return tuple(dict.fromkeys((*found, SCRIPT_STAND_INS["Zyyy"], SCRIPT_STAND_INS["Zsye"])))


def is_typeface(name: str) -> bool:
    """Whether a name is that of a well-known typeface, and nothing longer: "Times" is one, "Times Square" is none."""
    plain = _plain(name)
    return any(plain in names for names in _KNOWN.values())


def class_of(family: str) -> tuple[FontClass, bool]:
    """Class of a family, and whether the table knows it (else it is read from the name, or taken as grotesque)."""
    plain = _plain(family)
    best: tuple[int, FontClass] | None = None
    for font_class, names in _KNOWN.items():
        for name in names:
            if plain == name or (len(name) > 3 and plain.startswith(name)):
                found = (len(name), font_class)
                best = found if best is None or found[0] > best[0] else best
    if best is not None:
        return best[1], True
    for pattern, font_class in _BY_WORD:
        if re.search(pattern, family, re.I):
            return font_class, False
    return "grotesque", False


def _plain(family: str) -> str:
    return "".join(c for c in family.casefold() if c.isalnum())


_KNOWN: dict[FontClass, frozenset[str]] = {
    font_class: frozenset(_plain(name) for name in names.split(",")) for font_class, names in _BY_CLASS.items()
}
