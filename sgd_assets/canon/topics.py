"""Words that say what a heading, a file name or a sentence is about. Shared by all readers of the canon.

What must not live here: a brand's name, a file's name, or any rule; only vocabulary of the field.
"""

import re

COLOUR = re.compile(
    r"(?i)\b(?:colou?r(?!\s*(?:blind|contrast|mode|space|profile|management))\w*|palettes?|swatch(?:es)?|hex "
    r"codes?|tints|chromatic)\b"
)
"""A heading that opens a section on colours."""

NOT_COLOUR_SECTION = re.compile(
    r"(?i)\b(?:misuse|incorrect|wrong|do not|don'?t|don’t|avoid|never|mistakes?|bad examples?|unacceptable|"
    r"prohibited|contrast|accessib\w+|"
    r"syntax|code (?:blocks?|highlight\w*)|diagrams?|data vi[sz]\w*|charts?|third[- ]party|partners?|"
    r"deprecated|legacy|old|histor(?:y|ical)|previous|retired|"
    r"changelog|licen[cs]e|illustrations?|dark mode only)\b"
)
"""A heading below which colours are shown for another reason than being the brand's."""

PRIMARY = re.compile(r"(?i)\b(?:primary|main|core|key|brand|principal|hero|signature|base brand|official|master)\b")
SECONDARY = re.compile(
    r"(?i)\b(?:second(?:ary)?|tertiary|compl[ie]ment\w*|support(?:ing|ive)?|extended|additional|alternat(?:e|"
    r"ive)s?|auxiliary|"
    r"functional|status|semantic|feedback|expanded|optional)\b"
)
ACCENT = re.compile(r"(?i)\b(?:accents?|highlights?|emphasis)\b")
NEUTRAL = re.compile(r"(?i)\b(?:neutrals?|gr[ae]ys?|greyscale|grayscale)\b")
BACKGROUND = re.compile(r"(?i)\b(?:backgrounds?|bg|surface|canvas|page)\b")
TEXT = re.compile(r"(?i)\b(?:text|body copy|foreground|fg|ink|type)\b")

TYPOGRAPHY = re.compile(
    r"(?i)\b(?:typograph\w*|typefaces?|fonts?|font[- ]famil(?:y|ies)|type(?:faces?| system| scale| styles?)?|"
    r"lettering)\b|(?:^|/)\W*(?:our |brand )?type\W*(?:$|/)"
)
"""A heading that opens a section on type."""

PAGE_LABEL = re.compile(
    r"(?i)(?:brand |our |the |primary |corporate )?(?:colou?rs?|colou?r palettes?|palettes?|fonts?|typefaces?|"
    r"typography|type|logos?|logotype|voice(?: (?:and|&) tone)?|tone(?: of voice)?|"
    r"clear ?space|safe zone|minimum size|misuse|incorrect usage)"
)
"""A page's whole label, wherever on the page it is printed."""

LOGO = re.compile(
    r"(?i)\b(?:logos?|logotypes?|word ?marks?|lock[- ]?ups?|symbols?|emblems?|badges?|brand ?marks?|marks?|"
    r"icons?|signatures?|insignia|crest|mascot)\b"
)
LOGO_FILE = re.compile(r"(?i)\b(?:logos?|logotypes?|word ?marks?|lock ?ups?|symbol|emblem|mark|icon|glyph)\b")
COLOUR_FILE = re.compile(
    r"(?i)\b(?:colou?rs|palettes?|swatch(?:es)?)\b|(?:^|(?<!full )(?<!one )(?<!two )(?<!1 )(?<!2 "
    r")(?<=\s))colou?r\s+(?!horizontal|vertical|stacked|square|on\b|white|black|dark|light|"
    r"rgb|cmyk|reversed?|inverted?|logo|icon|mark|small|large|x?[sml]\b)[a-z]"
)
"""A picture's name that says it shows colours; 'logo horizontal color' is a variant of a logo."""
MONO_VARIANT = re.compile(
    r"(?i)\b(?:white|black|mono(?:chrome)?|reversed?|inverted?|dark|light|outline|1c|grayscale|greyscale|"
    r"neg(?:ative)?)\b"
)
MISUSE = re.compile(
    r"(?i)\b(?:mis-?use|incorrect|wrong|don'?ts?|don’ts?|do not|unacceptable|improper|prohibited|avoid|things "
    r"not to do|what not to do)\b"
)

CLEAR_SPACE = re.compile(
    r"(?i)\b(?:clear[- ]?(?:space|area|zone)|safe[- ]?(?:zone|area|space)|exclusion[- ]?(?:zone|area)|"
    r"protect(?:ed|ion|ive) (?:area|space|zone)|isolation (?:area|zone)|"
    r"(?:white|negative|empty|breathing|free) ?(?:space|room)|buffer zone|quiet zone|minimum (?:space|padding|"
    r"margin)|padding)\b"
)
STRONG_CLEAR_SPACE = re.compile(
    r"(?i)\b(?:clear[- ]?(?:space|area|zone)|safe[- ]?(?:zone|area|space)|exclusion[- ]?(?:zone|area)|"
    r"protect(?:ed|ion|ive) (?:area|space|zone)|isolation (?:area|zone)|breathing (?:space|room))\b"
)

VOICE = re.compile(
    r"(?i)(?<!colour )(?<!color )(?<!skin )\b(?:(?:brand |our |writing )?voice(?! ?over\b)(?: (?:and|&|/) "
    r"tone)?|tone(?: of voice| and voice)?|how we (?:speak|write|sound|talk)|brand personality|"
    r"verbal identity|writing (?:style|tone)|style tips)\b"
)
"""A heading that opens a section on how the brand speaks."""

NOT_VOICE = re.compile(
    r"(?i)\b(?:skin|colou?r|duo|two|half|ring|dial|mono|audio|assistants?|actors?|recognition|accessib\w+ "
    r"voice)[- ]?(?:tones?|voices?)?\b(?=.*\btones?\b)|\bvoice (?:assistants?|control|recognition|over|user "
    r"interface|command)|\bpassive voice|\bactive voice|\btones? (?:scale|palette|mapping)"
)
WRITING = re.compile(
    r"(?i)\b(?:writ(?:e|ing)(?! about)|plain (?:language|english)|content (?:principles|style|guide)|"
    r"copy(?:writing)?|editorial|language|words? to avoid|address the (?:user|reader)s?|"
    r"tl;?dr|messag(?:e|ing)|inclusive language|content design)\b"
)
"""A heading on writing: adds to a voice stated elsewhere, states none itself."""
