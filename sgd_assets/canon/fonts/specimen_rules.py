"""What printed lines beside a name prove it to be a typeface's, as records: `str -> Proof | None`.

A name that the trade does not know counts on a page about type where its letters, its cuts, its maker or its use stand
beside it. What must not live here: which lines stand beside each other (`fonts/specimen_pages.py`).
"""

import re
from typing import Literal

from sgd_assets.canon.facts.rule import Rule
from sgd_assets.canon.fonts.names import STYLE_WORDS
from sgd_assets.canon.fonts.patterns import FONT_WORD
from sgd_assets.canon.words.vocabulary import pattern

Proof = Literal["letters", "cuts", "told"]
_CUT = rf"(?:(?:extra|ultra|semi|demi)[ -]?)?(?:{'|'.join(sorted(STYLE_WORDS, key=lambda w: (-len(w), w)))})"
_SIZE = r"(?:[1-9]00|\d{1,3}(?:[.,]\d+)?\s?(?:pt|px|pts|punkt|mm|%)?)"
CUTS = rf"{_CUT}(?:[\s,;/|&+·•()–—-]+(?:(?:and|und|et|y|e|en|och|og|i|a)\s+)?(?:{_CUT}|{_SIZE}))*"
"""'Light / Regular / Semi Bold 600': names of cuts and sizes, nothing else."""
_USES = (
    rf"(?:headings?|headlines?|titles?|sub ?heads?|subheadings?|body(?: (?:copy|text))?|running text|copy|texts?|"
    rf"captions?|display|{pattern('heading_text')}|{pattern('body_text')})"
)

LETTERS_SHOWN = Rule[Proof](
    name="letters_shown",
    told="letters",
    words="its letters are shown beside it",
    pattern=re.compile(
        r"(?i)^\W*(?:a\W*a(?:\W*b\W*b(?:\W*c\W*c.*)?)?|ag|abc|a\W*b\W*c\W*d\W*e.*|0?\W*1\W*2\W*3\W*4\W*5.*|[áàäå]\W*.{0,3}\W*a\W*b\W*c.*)\W*$"
    ),
    most=120,
    reads=("Aa", "Ag", "AaBbCc", "Aa Bb Cc Dd", "ABCDEFGHIJKLM", "a b c d e f g h", "1234567890", "0123456789", "ABC"),
    leaves=("A to Z", "Abcoude", "About", "A brand", "12 columns", "123", "AB"),
)

ALL_LETTERS = Rule[Proof](
    name="all_letters",
    told="letters",
    words="a line that has all the rare letters is shown beside it",
    # a pangram: all the rare letters in one short line
    pattern=re.compile(
        r"(?is)^(?=.{24,90}$)(?=(?:.*?[jqxz]){2})(?=.*k)(?=.*v)(?=.*w)(?=.*[xq])(?=.*z)(?=.*j)(?=.*[bpf])(?=.*[gy])"
    ),
    most=120,
    reads=(
        "The quick brown fox jumps over the lazy dog", "Portez ce vieux whisky au juge blond qui fume",
        "Pack my box with five dozen liquor jugs.", "Victor jagt zwölf Boxkämpfer quer über den großen Sylter Deich",
        "Sphinx of black quartz, judge my vow.",
    ),
    leaves=(
        "We keep a clear hierarchy and leave room around every line of text.",
        "Schriftgrößen werden in Punkt gemessen", "Utilisez une seule taille dans un bloc",
    ),
)  # fmt: skip

CUTS_LISTED = Rule[Proof](
    name="cuts_listed",
    told="cuts",
    words="its cuts are listed beside it",
    pattern=re.compile(
        rf"(?i)^\W*(?:(?:available )?(?:weights?|styles?|cuts?|schnitte|graisses?|pesos?|pesi|gewichten|odmiany|vikter|"
        rf"snit|řezy)\W*:?\s*)?{_CUT}[\s,;/|&+·•()–—-]+(?:{_SIZE}[\s,;/|&+·•()–—-]+)*(?:(?:and|und|et|y|e|en|och|og)\s+)?{CUTS}\W*$"
    ),
    most=160,
    reads=(
        "Light Regular Medium Bold", "Light / Regular / Bold", "Weights: Light 300, Regular 400, Bold 700",
        "Regular, Semi Bold and Bold", "Thin · Light · Book", "Schnitte: Light, Regular und Bold",
        "Regular Italic",
    ),
    leaves=("Bold colours", "Regular", "Light and dark", "Medium size", "Black on white", "Book a room"),
)  # fmt: skip

ONE_CUT = Rule[Proof](
    name="one_cut",
    told="cuts",
    words="a cut of it is named below it",
    pattern=re.compile(rf"(?i)^\W*{_CUT}(?:\s+{_SIZE})?\W*$"),
    most=40,
    reads=("Regular", "Semi Bold", "Bold 700", "Italic"),
    leaves=("Regularly", "Bold colours", "700", "Light and airy"),
)

MAKER_TOLD = Rule[Proof](
    name="maker_told",
    told="told",
    words="who made it, or where it is to be had, is told beside it",
    pattern=re.compile(
        r"(?i)^\W*(?:a typeface |typeface |font |family )?(?:designed|drawn|created|published|released|licensed)\s+"
        r"(?:by|from)\s+\S|"
        r"^\W*(?:(?:it|this font|the font|the typeface)\s+(?:is|can be)\s+)?(?:available|download(?:ed)?|licensed)\s+"
        r"(?:for free\s+)?(?:from|at|on|via|through|under|as|here)\b|"
        r"^\W*(?:google|adobe) fonts?\W*$|(?:fonts\.google|fonts\.adobe|myfonts|fontsquirrel|fontshare)\.\w|"
        r"\b(?:open font licen[cs]e|sil ofl)\b|"
        r"^\W*(?:erhältlich|verfügbar|disponible|disponível|disponibile|verkrijgbaar|beschikbaar|dostępn\w+|tillgänglig\w*)\b"
        r".{0,40}\bfonts?\b"
    ),
    most=300,
    reads=(
        "Designed by Ann Other, 2019.", "Download from the brand portal", "Available on Google Fonts",
        "fonts.google.com/specimen/Solveig", "Licensed under the SIL OFL", "Google Fonts",
        "Disponible en Google Fonts",
    ),
    leaves=(
        "Our office is available for questions", "The layout was designed by the studio", "Downloads",
        "Designs are drawn by hand",
    ),
)  # fmt: skip

KIND_TOLD = Rule[Proof](
    name="kind_told",
    told="told",
    words="the words below it say what kind of typeface it is",
    pattern=re.compile(
        rf"(?i)^\W*(?:(?:this|it|which)\s+is\s+)?(?:an?|our|(?:the|die|der|la|le|el|il|a|o|de|het)(?=\s+"
        rf"(?:primary|main|secondary|brand|corporate|official|{pattern('primary')}|{pattern('secondary')}))|"
        rf"eine?|une?|una|um|uma|een|en|ett|et)\s+(?:[\w’'-]+,?\s+){{0,6}}?"
        rf"(?:sans[- ]?serif|serif|grotesk|grotesque|slab|monospaced?|script|{FONT_WORD})\b"
        r"(?!\s+(?:is|are|can|has|have|should|must|may|gives?|helps?)\b)"
    ),
    guard=re.compile(r"(?i)\b(?:different|other|second|another|andere|autre|otra)\b"),
    most=500,
    reads=(
        "A clean geometric sans serif with open shapes.", "This is our primary typeface.",
        "The primary font of the brand, used everywhere", "Eine humanistische Grotesk mit weichen Formen",
        "Une police moderne et lisible",
    ),
    leaves=(
        "A clear hierarchy helps readers.", "Leave a line between paragraphs", "A different typeface is not allowed",
        "Set the font in black", "A sans serif is easier to read on screens.", "The serif font gives warmth.",
    ),
)  # fmt: skip

USE_TOLD = Rule[Proof](
    name="use_told",
    told="told",
    words="what it is used for stands below it",
    pattern=re.compile(
        rf"(?i)^\W*(?:(?:(?:is|are|to be)\s+)?used?\s+(?:\w+\s+)?(?:for|in|as)|"
        rf"for|für|wird\s+für|pour|para|per|voor|för|til|do|pro)\s+"
        rf"(?:(?:all|our|the|short|long|large|small|der|die|das|les|los|las|os|as|gli|i|le|de|het)\s+){{0,2}}{_USES}"
        rf"(?:(?:\s*[,/&+·•]\s*|\s+(?:and|or|und|oder|et|ou|y|o|e|en|och|og|i|a)\s+)(?:\w+\s+)?\w+)*\W*(?:$|[.:])|"
        rf"^\W*{_USES}(?:(?:\s*[,/&+·•]\s*|\s+(?:and|or|und|oder|et|ou|y|o|e|en|och|og|i|a)\s+)(?:\w+\s+)?\w+)+\W*$"
    ),
    most=120,
    reads=(
        "Used for headlines and short statements.", "Used for long text.", "Headlines, titles, quotes",
        "for all headlines", "Für Überschriften", "Body copy, captions", "Pour les titres", "Para títulos y textos",
    ),
    leaves=(
        "Headlines are short and friendly, so people read on", "We use the logo for partners", "for partners",
        "Write headlines that say something", "Headlines", "Body",
    ),
)  # fmt: skip

RULES = (LETTERS_SHOWN, ALL_LETTERS, CUTS_LISTED, ONE_CUT, MAKER_TOLD, KIND_TOLD, USE_TOLD)


def proof_of(text: str) -> Rule[Proof] | None:
    """The first rule that a line's words meet; None where they prove nothing.

    Args:
        text: a printed line or a short paragraph.
    """
    return next((rule for rule in RULES if rule.reads_text(text)), None)


def shows_letters(text: str) -> bool:
    """Whether a line only shows what letters look like."""
    return LETTERS_SHOWN.reads_text(text) or ALL_LETTERS.reads_text(text)
