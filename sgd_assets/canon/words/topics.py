"""Words that say what a heading, a file name or a sentence is about. Shared by all readers of the canon.

Each pattern is English here, joined with the same topic of `words/vocabulary.py` in six other languages.
What must not live here: a brand's name, a file's name, or any rule; only vocabulary of the field.
"""

from sgd_assets.canon.words.topic import Topic, topic
from sgd_assets.canon.words.vocabulary import pattern

COLOUR = topic(
    r"(?i)\b(?:colou?r(?!\s*(?:blind|contrast|mode|space|profile|management))\w*|palettes?|swatch(?:es)?|hex "
    r"codes?|tints|chromatic)\b",
    "colour",
)
"""A heading that opens a section on colours."""

NOT_COLOUR_SECTION = topic(
    r"(?i)\b(?:misuse|incorrect|wrong|do not|don'?t|don’t|avoid|never|mistakes?|bad examples?|unacceptable|"
    r"prohibited|contrast|accessib\w+|"
    r"syntax|code (?:blocks?|highlight\w*)|diagrams?|data vi[sz]\w*|charts?|third[- ]party|partners?|"
    r"deprecated|legacy|old|histor(?:y|ical)|previous|retired|"
    r"changelog|licen[cs]e|illustrations?|dark mode only)\b",
    "not_colour",
)
"""A heading below which colours are shown for another reason than being the brand's."""

PRIMARY = topic(
    r"(?i)\b(?:primary|main|core|key|brand|principal|hero|signature|base brand|official|master)\b", "primary"
)
SECONDARY = topic(
    r"(?i)\b(?:second(?:ary)?|tertiary|compl[ie]ment\w*|support(?:ing|ive)?|extended|additional|alternat(?:e|"
    r"ive)s?|auxiliary|"
    r"functional|status|semantic|feedback|expanded|optional)\b|" + pattern("functional"),
    "secondary",
)
"""Sets that stand behind the primary one, those of states included."""
FUNCTIONAL = topic(
    r"(?i)\b(?:functional|status(?:es)?|semantics?|feedback|system colou?rs?|states?|alerts?|utility|"
    r"success|warnings?|errors?|danger|info(?:rmation(?:al)?)?)\b",
    "functional",
)
"""Sets whose colours tell a state of a page: they play no part in the brand's own palette."""
ACCENT = topic(r"(?i)\b(?:accents?|highlights?|emphasis)\b", "accent")
NEUTRAL = topic(r"(?i)\b(?:neutrals?|gr[ae]ys?|greyscale|grayscale)\b", "neutral")

TYPOGRAPHY = topic(
    r"(?i)\b(?:typograph\w*|typefaces?|fonts?|font[- ]famil(?:y|ies)|type(?:faces?| system| scale| styles?)?|"
    r"lettering)\b|(?:^|/)\W*(?:our |brand )?type\W*(?:$|/)",
    "typography",
)
"""A heading that opens a section on type."""

PAGE_LABEL = Topic(
    r"(?i)(?:brand |our |the |primary |corporate )?(?:colou?rs?|colou?r palettes?|palettes?|fonts?|typefaces?|"
    r"typography|type|logos?|logotype|voice(?: (?:and|&) tone)?|tone(?: of voice)?|"
    r"clear ?space|safe zone|minimum size|misuse|incorrect usage)|"
    + "|".join(
        pattern(topic) for topic in ("colour", "typography", "logo", "voice", "clear_space", "minimum_size", "misuse")
    )
)
"""A page's whole label, wherever on the page it is printed."""

LOGO = topic(
    r"(?i)\b(?:logos?|logotypes?|word ?marks?|lock[- ]?ups?|symbols?|emblems?|badges?|brand ?marks?|marks?|"
    r"icons?|signatures?|insignia|crest|mascot)\b",
    "logo",
)
LOGO_FILE = Topic(r"(?i)\b(?:logos?|logotypes?|word ?marks?|lock ?ups?|symbol|emblem|mark|icon|glyph)\b")
COLOUR_FILE = Topic(
    r"(?i)\b(?:colou?rs|palettes?|swatch(?:es)?)\b|(?:^|(?<!full )(?<!one )(?<!two )(?<!1 )(?<!2 "
    r")(?<=\s))colou?r\s+(?!horizontal|vertical|stacked|square|on\b|white|black|dark|light|"
    r"rgb|cmyk|reversed?|inverted?|logo|icon|mark|small|large|x?[sml]\b)[a-z]"
)
"""A picture's name that says it shows colours; 'logo horizontal color' is a variant of a logo."""
MISUSE = topic(
    r"(?i)\b(?:mis-?use|incorrect|wrong|don'?ts?|don’ts?|do not|unacceptable|improper|prohibited|avoid|things "
    r"not to do|what not to do)\b",
    "misuse",
)

CLEAR_SPACE = topic(
    r"(?i)\b(?:clear[- ]?(?:space|area|zone)|safe[- ]?(?:zone|area|space|margin|distance)|"
    r"safety (?:area|zone|margin)|exclusion[- ]?(?:zone|area|space)|isolation[- ](?:area|zone|space)|"
    r"protect(?:ed|ion|ive) (?:area|space|zone|field)|breathing (?:space|room)|(?:space|room) to breathe|"
    r"(?:minimum )?clearance|stand-?off(?: \([^)]*\))? space|margin of (?:clear|white) space|"
    r"no[- ]go (?:area|zone)|buffer[- ](?:zone|space|area)|quiet zone|control area)\b",
    "clear_space",
)
"""The names that guides give to the space a logo keeps around itself."""
SPACE = topic(
    CLEAR_SPACE.pattern
    + r"|\b(?:(?:white|blank|negative|empty|free) ?(?:space|room)|minimum (?:space|padding|margin)|padding|"
    r"clear margin|clear of|clear by|enough space|some space|spacing|distance|free of|free area|"
    r"free on (?:all|each|every)|(?:space|room|area|margin|zone) (?:around|on (?:all|each|every))|buffer|air|"
    r"(?:surrounding|ample|generous|adequate|sufficient) (?:space|room))\b",
    "free_space",
)
"""Words for space in general: a rule on the logo only where the sentence says around what, or how much."""

VOICE = topic(
    r"(?i)(?<!colour )(?<!color )(?<!skin )\b(?:(?:brand |our |writing )?voice(?! ?over\b)(?: (?:and|&|/) "
    r"tone)?|tone(?: of voice| and voice)?|how we (?:speak|write|sound|talk)|brand personality|"
    r"verbal identity|writing (?:style|tone)|style tips)\b",
    "voice",
)
"""A heading that opens a section on how the brand speaks."""

NOT_VOICE = Topic(
    r"(?i)\b(?:skin|colou?r|duo|two|half|ring|dial|mono|audio|assistants?|actors?|recognition|accessib\w+ "
    r"voice)[- ]?(?:tones?|voices?)?\b(?=.*\btones?\b)|\bvoice (?:assistants?|control|recognition|over|user "
    r"interface|command)|\bpassive voice|\bactive voice|\btones? (?:scale|palette|mapping)|"
    r"\b(?:creating|defining|developing|finding|building|create|define|develop|find|build) (?:an? |the |your )?"
    r"(?:brand )?(?:voice|tone)\b"
)
"""Other tones and voices, and lessons on how any brand may find one."""
WRITING = topic(
    r"(?i)\b(?:writ(?:e|ing|ten)(?! about)|plain (?:language|english)|content (?:principles|style|guide)|"
    r"how we communicate|communicating (?:as|at|like)|communication (?:style|principles)|"
    r"copy(?:writing)?|editorial|(?<!design )(?<!visual )(?<!pattern )(?<!programming )language|words? to avoid|"
    r"address the (?:user|reader)s?|tl;?dr|messag(?:e|ing)|inclusive language|content design)\b",
    "writing",
)
"""A heading on writing: adds to a voice stated elsewhere, states none itself."""
STYLE_GUIDE = topic(
    r"(?i)\b(?:editorial|content|writing|copy(?:writing)?|blog(?: post)?|newsletter|house)[- ]?"
    r"(?:style[- ]?)?(?:guide(?:lines)?|rules|principles|standards)\b|\b(?:write|writing) in plain "
    r"(?:language|english)\b|\bbrand kit for content\b",
    "style_guide",
)
"""A document's title by which all it says is how the brand writes: its rules make a voice if they are about words."""

NO_BRAND_VOICE = Topic(
    r"(?i)\bvoice[- ]?(?:assistants?|control|recognition|over|user interface|ui|commands?|chat|calls?|messages?|"
    r"channels?|models?|cloning|id|mail|search|input|activity)\b|\btext[- ]to[- ]speech\b|\btts\b|"
    r"\bspeech (?:recognition|synthesis|to[- ]text|engines?|output)\b|\bmicrophones?\b|\bring ?tones?\b|"
    r"\bcode reviews?\b|\bpull requests?\b|\bcommit (?:messages?|guidelines)\b"
)
"""Documents on spoken sound or on reviews of code: their voices are no brand's."""
