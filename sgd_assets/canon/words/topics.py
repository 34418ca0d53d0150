"""Words that say what a heading, a file name or a sentence is about. Shared by all readers of the canon.

What all languages say of a topic is in `languages/`; English alone here is what only English guides were seen to need.
What must not live here: a brand's name, a file's name, or any rule; only vocabulary of the field.
"""

from sgd_assets.canon.words.topic import Topic, topic
from sgd_assets.canon.words.vocabulary import pattern

COLOUR = topic("colour")
"""A heading that opens a section on colours."""

NOT_COLOUR_SECTION = topic("not_colour")
"""A heading below which colours are shown for another reason than being the brand's."""

PRIMARY = topic("primary")
SECONDARY = topic("secondary", also=pattern("functional"))
"""Sets that stand behind the primary one, those of states included."""
FUNCTIONAL = topic("functional")
"""Sets whose colours tell a state of a page: they play no part in the brand's own palette."""
ACCENT = topic("accent")
NEUTRAL = topic("neutral")

TYPOGRAPHY = topic("typography")
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

IMAGERY = topic("imagery")
"""A heading on pictures, graphic elements or layout."""
BRAND_GUIDE = Topic(
    r"(?i)\b(?:brand(?:ing)?(?! ?new)|identity|logo|style) ?(?:guide(?:line)?s?|book|manual|standards?|rules|kit|sheet|"
    r"usage|system|handbook|policy)?\b|\bvisual identity\b|\bcorporate design\b|\bpress kit\b|\bmarkenhandbuch\b|"
    r"\bcharte graphique\b|\bmanual de (?:marca|identid\w+)\b|\bhuisstijl\w*\b"
)
"""A document's title by which it says how the brand looks."""

LOGO = topic("logo")
LOGO_FILE = Topic(r"(?i)\b(?:logos?|logotypes?|word ?marks?|lock ?ups?|symbol|emblem|mark|icon|glyph)\b")
COLOUR_FILE = Topic(
    r"(?i)\b(?:colou?rs|palettes?|swatch(?:es)?)\b|(?:^|(?<!full )(?<!one )(?<!two )(?<!1 )(?<!2 "
    r")(?<=\s))colou?r\s+(?!horizontal|vertical|stacked|square|on\b|white|black|dark|light|"
    r"rgb|cmyk|reversed?|inverted?|logo|icon|mark|small|large|x?[sml]\b)[a-z]"
)
"""A picture's name that says it shows colours; 'logo horizontal color' is a variant of a logo."""
MISUSE = topic("misuse")

CLEAR_SPACE = topic("clear_space")
"""The names that guides give to the space a logo keeps around itself."""
PROTECTION = topic("protection")
"""A heading over that space which only says that something is kept or left: below a heading on the logo alone."""
SPACE = topic("free_space", also=CLEAR_SPACE.pattern)
"""Words for space in general: a rule on the logo only where the sentence says around what, or how much."""

VOICE = topic("voice")
"""A heading that opens a section on how the brand speaks."""

NOT_VOICE = Topic(
    r"(?i)\b(?:skin|colou?r|duo|two|half|ring|dial|mono|audio|assistants?|actors?|recognition|accessib\w+ "
    r"voice)[- ]?(?:tones?|voices?)?\b(?=.*\btones?\b)|\bvoice (?:assistants?|control|recognition|over|user "
    r"interface|command)|\bpassive voice|\bactive voice|\btones? (?:scale|palette|mapping)|"
    r"\b(?:creating|defining|developing|finding|building|create|define|develop|find|build) (?:an? |the |your )?"
    r"(?:brand )?(?:voice|tone)\b"
)
"""Other tones and voices, and lessons on how any brand may find one."""
WRITING = topic("writing")
"""A heading on writing: adds to a voice stated elsewhere, states none itself."""
STYLE_GUIDE = topic("style_guide")
"""A document's title by which all it says is how the brand writes: its rules make a voice if they are about words."""

NO_BRAND_VOICE = Topic(
    r"(?i)\bvoice[- ]?(?:assistants?|control|recognition|over|user interface|ui|commands?|chat|calls?|messages?|"
    r"channels?|models?|cloning|id|mail|search|input|activity)\b|\btext[- ]to[- ]speech\b|\btts\b|"
    r"\bspeech (?:recognition|synthesis|to[- ]text|engines?|output)\b|\bmicrophones?\b|\bring ?tones?\b|"
    r"\bcode reviews?\b|\bpull requests?\b|\bcommit (?:messages?|guidelines)\b"
)
"""Documents on spoken sound or on reviews of code: their voices are no brand's."""
