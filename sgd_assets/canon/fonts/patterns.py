"""Patterns of sentences, labels and cells that say a font, in the words guides use.

What must not live here: reading documents (`fonts/statements.py`) and what counts as a name (`fonts/names.py`).
"""

import re

from sgd_assets.canon.fonts.names import NAME, STYLE_WORDS
from sgd_assets.canon.words.vocabulary import joined, pattern

ENGLISH_FONT_WORD = r"(?:(?:web\s*)?fonts?|typefaces?|type ?famil(?:y|ies)|font[- ]famil(?:y|ies))"
OTHER_FONT_WORD = pattern("font_word")
FONT_WORD = rf"(?:{ENGLISH_FONT_WORD}|{OTHER_FONT_WORD})"
IS = (
    r"(?:(?<!\w)(?:is|are|will be|should be|must be|is set in|are set in|ist|lautet|heißt|est|sont|es|son|è|sono|é|são|"
    r"zijn)(?!\w)|:|=)"
)
ARTICLE = r"(?:the|die|der|das|la|le|les|el|los|il|lo|o|a|het|de)"
HEDGE = (
    r"(?:(?:generally |commonly |also |usually )?(?:known as|called|named)\s+)?(?:always\s+)?"
    rf"(?:{ARTICLE}\s+)?(?:(?:\w+\s+)?(?:variant|version|weight|cut|style)\s+of\s+(?:the\s+)?)?"
)
"""What may stand between 'is' and a name: 'is generally known as the bold variant of X'."""
MARKS = r"[\"'“”‘’`*_]*"
_ADJECTIVES = r"(?:[a-z][\w-]+\s+){0,3}?"
"""'the open-source, humanist Acme Sans font': what may stand between the article and the name."""
_NOTE = r"(?:\[\^?\w+\]|\^\w+)?"
"""A footnote's mark behind a name."""
STATEMENTS = (
    (
        "name_is_font",
        # a maker between name and verb: 'Karla (regular) from Ann is a humanist font'
        re.compile(
            rf"{MARKS}({NAME}){MARKS}\s*(?:\([^()]{{0,80}}\))?,?\s+(?:from|by|designed by)\s+[^.,;:()]{{2,40}}?,?\s+"
            rf"is\s+(?:an?|the|our)\s+(?:[\w’'-]+\s+){{0,5}}?(?i:{FONT_WORD})\b"
        ),
    ),
    (
        "font_is_name",
        re.compile(
            rf"\b(?i:{FONT_WORD})(?:\s+(?:(?i:used|for|in|of|on|we|use|the|our|all|brand|logo|headings?|"
            rf"headlines?|body|copy|text|web|print|original|design)|\w+['’]s|\w+))"
            + rf"{{0,7}}?\s*{IS}\s+{HEDGE}{MARKS}({NAME}){MARKS}"
        ),
    ),
    (
        "name_is_font",
        re.compile(
            rf"{MARKS}({NAME}){MARKS}\s+(?:is|are|serves as|acts as|will be)\s+(?:the|our|an?|"
            rf"\w+['’]s)\s+(?:[\w-]+\s+){{0,5}}?(?i:{FONT_WORD})\b"
        ),
    ),
    (
        "name_is_font",
        re.compile(
            rf"{MARKS}({NAME}){MARKS}\s+(?:is|are)\s+(?:(?:also|always|mainly|only)\s+)?used\s+(?:as|for)\s+"
            rf"(?:[\w-]+\s+){{0,4}}?(?i:{FONT_WORD})\b"
        ),
    ),
    (
        "name_is_font",
        re.compile(
            rf"\b(?:(?i:{ARTICLE})\s+)?{MARKS}({NAME}){MARKS}\s+(?:ist|bleibt|est|es|è|é|is)\s+(?i:die|unsere|la|notre|"
            rf"nuestra|il|nostro|a|nossa|o|het|de|ons|onze)\s+(?:[\w-]+\s+){{0,4}}?(?i:{pattern('font_word')})"
        ),
    ),
    (
        "font_before_name",
        # 'the font Karla', 'in der Schrift „Karla“'
        re.compile(
            rf"\b(?i:the|our|use[sd]?|using|in|with|install|named|unsere|notre|nuestra|nostro|nossa|onze|{ARTICLE})\s+(?:\w+-)?"
            rf"(?i:{FONT_WORD})\s+([\"'“”„‘’»«`*_]*)({NAME})"
        ),
    ),
    (
        "font_is_name",
        re.compile(rf"\b(?i:{FONT_WORD})\s+(?i:named|called|known as|in use|used:?)\s+{MARKS}({NAME}){MARKS}"),
    ),
    (
        "font_named",
        re.compile(rf"\b(?i:{FONT_WORD})\s+(?i:named|called|known as)\s+{MARKS}([a-z][a-z0-9]+(?: [a-z0-9]+){{0,2}})"),
    ),
    (
        "use_name_as_font",
        re.compile(
            rf"\b(?i:us(?:e[sd]?|ing)|chose|chosen|choose|select(?:ed)?|picked|adopted|set in|written in|typeset "
            rf"in)\s+(?:the\s+)?{MARKS}({NAME}){MARKS}(?:,?\s+(?:\w+[- ]){{0,3}}?(?:as|for|"
            rf"in)\s+(?:[\w'’-]+\s+){{0,6}}?(?i:{FONT_WORD}|typography|headings?|headlines?|titles?|body|copy|"
            rf"text)\b)"
        ),
    ),
    (
        "name_as_font",
        re.compile(
            rf"{MARKS}({NAME}){MARKS}(?:\s+by\s+[\w .]{{2,20}}?)?\s+as\s+(?:the|our|its|a|their)\s+"
            rf"(?:[\w-]+\s+){{0,3}}?(?i:{FONT_WORD})\b"
        ),
    ),
    (
        "fonts_listed",
        # 'two official fonts, Karla and Lora'
        re.compile(
            rf"\b(?i:{FONT_WORD})\s*[,:(–—]\s*{MARKS}({NAME}){MARKS}(?=\s*(?:$|[.,;)(]|\b(?:and|und|et|y|e|en|or)\b))"
        ),
    ),
    (
        "in_the_name_font",
        re.compile(
            rf"\b(?:(?i:use[sd]?|using|in|with|set in))\s+(?:(?i:the|"
            rf"our)\s+{_ADJECTIVES})?{MARKS}({NAME}){MARKS}{_NOTE}\s+(?i:{FONT_WORD})\b(?!\s+[Ll]icen[sc]e)"
        ),
    ),
    (
        "the_name_typeface",
        # 'the Acme font is Karla' names Karla
        re.compile(
            rf"\b(?i:the|our)\s+{_ADJECTIVES}{MARKS}({NAME}){MARKS}{_NOTE}\s+(?i:{FONT_WORD})\b"
            rf"(?!\s+[Ll]icen[sc]e|\s+(?:is|are)\s+(?:called |the )?{MARKS}[A-Z])"
        ),
    ),
    (
        "font_label",
        re.compile(
            rf"^\W*(?:(?i:[\w-]+)\s+){{0,3}}(?i:{FONT_WORD})(?:\s+(?i:name|family|"
            rf"used))?(?:\s+(?i:im|in|for|für|du|de|del|per|para|voor)\s+(?:(?i:the)\s+)?\w+)?\s*[:–—-]\s*{MARKS}({NAME}){MARKS}"
            r"(?:\s*(?:$|[,.;(|\n])|[ \t]{2})",
            re.MULTILINE,
        ),
    ),
    (
        "set_in_name",
        re.compile(
            rf"\b(?i:headlines?|headings?|titles?|body (?:text|copy)|text|copy|wordmark|logotype|"
            rf"logo)\b[^.]{{0,40}}?\b(?i:(?:is|are)\s+(?:always\s+)?(?:set|written|typeset)\s+in|"
            rf"uses?)\s+(?:the\s+)?{MARKS}({NAME})"
        ),
    ),
    (
        "set_in_name",
        re.compile(
            rf"\b(?i:set|typeset)\s+(?:(?i:all|your|the|our)\s+)?(?i:headlines?|headings?|titles?|body(?: text|"
            rf" copy)?|text|"
            rf"copy|captions?|code)\s+in\s+(?:the\s+)?{MARKS}({NAME})"
        ),
    ),
    (
        "css_declaration_in_text",
        re.compile(r"(?i:font[- ]family)(?:-[\w-]{1,40})?\s*:\s*[\"'“”]?([A-Za-z][\w -]{1,40}?)[\"'“”]?\s*[,;]"),
    ),
)
ROLE_OF_TYPE = re.compile(
    rf"(?i)(?<!\w)(?:headings?|headlines?|headers|subheads?|body|display|captions?|mono(?:space)?|wordmark|logotype|"
    rf"{pattern('heading_text')})(?!\w)"
)
"""A use that only type has; a label of one gives its part to a known family wherever it stands."""
KIND_BEFORE = re.compile(r"(?i)\b(?:sans[- ]?serif|serif|grotesk|grotesque|slab|monospaced?)\s+(?:\w+\s+)?\([\W_]*$")
"""A kind of type in front of the family's name in brackets: 'in a geometric sans-serif (Acme Sans)'."""
WITHOUT_FONT_WORD = frozenset({"use_name_as_font", "set_in_name"})
"""Methods whose sentences need no word for fonts; all others are asked only of sentences that have one."""
HAS_FONT_WORD = re.compile(rf"(?i){FONT_WORD}")
SPEAKS_OF_FONTS = re.compile(rf"(?i)(?<!\w)(?:{FONT_WORD}|typography)(?!\w)")
_AGAINST = (
    r"(?:do not|don[’']ts?|never|avoid|must not|should not|cannot|can[’']t|no longer|instead of|rather than|"
    r"nicht|keine|niemals|statt|anstelle|löst|ersetzt|jamais|ne pas|nunca|no usar|remplace|sustituye|reemplaza|"
    r"sostituisce|nooit|geen|niet)"
)
FALLBACK = joined(
    r"(?i)\b(?:fall[- ]?backs?|replacement|stand[- ]?ins?|web[- ]?safe|substitut\w+ (?:fonts?|typefaces?|if|when|"
    r"for|with)|if .{0,60}(?:not|isn[’']t|un) ?available|when .{0,60}(?:not|isn[’']t|un) ?available|default to|"
    r"unavailable|"
    r"in(?:stead| place) of|system (?:default|fonts?|typefaces?)|"
    r"as an alternative|alternatives? (?:to|for|if|when))\b",
    "fallback",
)
OTHER_STANDS_IN = re.compile(
    r"(?i)\b(?:with|and|has|plus|then)\s+(?:(?:an?|the|its)\s+)?(?:[\w'’-]+\s+){0,3}?(?:as\s+(?:an?\s+|the\s+|its\s+)?)?"
    r"fall(?:s|ing)?[- ]?backs?\b"
)
"""'X with a fallback to Y', 'X with Y as fallback': what is said behind a name of its stand-in."""
LABEL = re.compile(
    rf"(?i)^\W*(?:(?:display|body ?text|body|text|head(?:ing|line)s?|primary|secondary|tertiary|main|brand|"
    rf"alternate|alternative|corporate|logo|web|print|code|mono(?:spaced?)?|accent|official|title)[\s&/-]+)*"
    rf"(?:{FONT_WORD})(?:\s+name)?\s*:?\W*$"
)
_ROLE = (
    r"headings?|headlines?|headers?|titles?|subheads?|subheadings?|subtitles?|body|text|copy|paragraphs?|code|"
    r"mono(?:space)?|display|captions?|principale?|secund[aá]ri[ao]|call-?outs?|"
    r"labels?|buttons?|primary|secondary|companion|sans(?:[- ]serif)?|"
    r"serif|slab|script|logo|web|print|quotes?|numbers?|h[1-6]"
)
ROLE_LABEL = re.compile(
    rf"^\W{{0,12}}(?i:for\s+|für\s+|pour\s+)?(?i:(?:{pattern('heading_text')}|{pattern('body_text')})|(?:primary|secondary|tertiary|main|body|running|"
    rf"display|accent|brand|logo|web|print|digital|default|ui|section|page|large|small|sub)?[\s/&-]*"
    rf"(?:{_ROLE})(?:\s+(?:text|copy|{FONT_WORD}))?(?:\s*(?:[/&]|and)\s*[\w-]+(?: [\w-]+)?)?)"
    rf"\W{{0,8}}(?:[:–—→-]|=>)\s{{0,8}}{MARKS}({NAME})"
)
STACK = re.compile(r"(?i)font-family|,\s*[\"'“”]?(?:sans-serif|serif|monospace|system-ui)\b")
"""A list of families of which each stands in for the one before it."""
SIZE_BEHIND = re.compile(r"(?i)[\"'“”’`*_]*,?\s+(?:\w+,?\s+)?(?:\d+(?:[.,]\d+)?\s?(?:pt|point|punkt|px)\b)")
"""'Acme Roman, 12 point': a size behind a family."""
KIND_OF_TYPE = re.compile(rf"(?i)\b(?:(?:primary|secondary|main|brand) (?:sans|serif|mono|slab|script)|{FONT_WORD})\b")
"""Words that make a label one of type also outside a section on type."""
ANY_LABEL = re.compile(
    r"^\W{0,12}(?<!\w)(?!(?i:examples?|avoid|never|do not|don[’']t|not|inspired|similar|licen[cs]e|source|previous|"
    r"former|old|wrong|incorrect)\b)[^\W\d_][\w/&+’' .()-]{0,39}?[\"”*_`]{0,3}\s*(?:[:–—→]|=>)\s+"
)
"""A short label in front of a line's words."""
JOINED_NAMES = re.compile(r"[\"'“”*_`]*\s*(?:/|&|\b(?:and|or|und|oder|et|ou|y|o|e|en|of)\b)\s*[\"'“”*_`]*")
"""What joins two names of one label ('Inter Tight or Satoshi')."""
AGAINST_HEADING = re.compile(rf"(?i)(?<!\w)(?:{_AGAINST}|forbidden|banned|prohibited|to avoid)(?!\w)")
"""A heading over what is none of the brand's."""
TYPE_WORD = re.compile(
    rf"(?i)(?:and|or|for|in|as|the|our|und|oder|die|der|das|für|et|ou|pour|y|e|para|per|voor|en|to|"
    rf"primary|secondary|tertiary|main|brand|corporate|google|logo|print|web|digital|online|body|copy|text|code|ui|captions?|"
    rf"headings?|headlines?|headers?|titles?|display|{FONT_WORD}|{pattern('heading_text')}|{pattern('body_text')})"
)
"""A word that may stand beside a family's name in a heading or caption that only shows it."""
NAME_AND_WEIGHTS = re.compile(
    rf"^{MARKS}({NAME}){MARKS}\s*\(\s*(?i:{'|'.join(sorted(STYLE_WORDS, key=lambda w: (-len(w), w)))})"
    r"(?:[ ,/&-]+[A-Za-z0-9-]+){0,12}\s*\)"
)
"""'Acme Sans (light, regular, bold)'."""
USE_IN_WORDS = re.compile(rf"(?i)(?<!\w)(?:{pattern('heading_text')}|{pattern('body_text')})(?!\w)")
"""Words for headings and running text in other languages: 'Stili di testo' is no family."""
WEIGHTS_BEHIND = re.compile(
    rf"{MARKS}\s*\(\s*(?i:{'|'.join(sorted(STYLE_WORDS, key=lambda w: (-len(w), w)))})"
    r"(?:[ ,/&-]+[a-z0-9-]+){0,12}\s*\)"
)
"""'Acme Sans (regular, italics, bold)'."""
NO_BRAND_FONTS = re.compile(
    r"(?i)\b(?:avoid|do not|don[’']t|never|not|no|forbidden|similar|other|example|icons?|emoji|buy|install|"
    r"installed|missing|customi[sz]e|change|load|loading|import)\b"
)
"""Headings over fonts that are none of the brand's, or that only tell how to get them."""
SPECIMEN_LINK = re.compile(r"fonts\.google\.com/specimen/([A-Z][A-Za-z0-9+]{2,50})")
"""A link to a family's own page in a shop of fonts."""
CELL_LABEL = re.compile(
    r"(?i)^[`*\s]*(?:(?:primary|main|brand|official|preferred|recommended|licen[cs]ed) )?"
    r"(?:font[- ]?famil(?:y|ies)|(?:web ?)?fonts?(?: (?:names?|stacks?))?|typefaces?(?: names?)?|(?:type)?face|family)"
    r"[`*\s]*:?$"
)
_BEFORE = rf"(?:(?:{ARTICLE}|our|unsere|notre|nuestra|\w+[’']s)\s+)?[\W_]*$"
USE_BEFORE = re.compile(
    r"(?i)(?<!\w)(?:we use|use[sd]?(?: of)?|using|set in|written in|chose|choose|chosen|select(?:ed)?|adopted|install|"
    r"prefer(?:red)?|recommend(?:ed|s)?|(?:be|is|are|presented|rendered|displayed|printed|shown|appears?) (?:in|with)|"
    r"is|are|verwende[nt]?|nutz(?:en|t)|gesetzt in|ist|sind|"
    r"utilis(?:e|er|ons|ez)|est|sont|usa(?:mos|r)?|utiliza(?:mos|r)?|usiamo|utilizza(?:re)?|gebruik(?:t|en)?|zijn|"
    rf"{FONT_WORD}(?:\s+named|,|:)?)\s+{_BEFORE}"
)
"""What stands right before a family that is given a part; a word for fonts counts ('the font X')."""
_USED = (
    r"(?:is|was|are|should be|must be|can be) (?:used |set |our |the )?(?:for|as|in|primary|main|body|heading|brand)|"
    r"(?:is|are) (?:the|our)\b|used (?:for|in|as)|"
    r"(?:ist|est|es|è|é|zijn) (?:die|der|das|unsere?|la|le|notre|nuestra|nossa|il|o|de|het|onze)\b|"
    r"(?:wird|werden) (?:[\w,/ -]{0,80}? )?(?:verwendet|eingesetzt|genutzt|gesetzt)|dient als|"
    r"(?:est|sont) utilisée?s? |se (?:usa|utiliza)n? |(?:viene|vengono) (?:usat|utilizzat)\w|é usad[ao]|"
    r"word(?:t|en) gebruikt"
)
_ROLE_AFTER = (
    r"(?:for|in) (?:\w+ ){0,2}(?:headings?|headlines?|titles?|body|text|copy|code|print|web|display)|"
    rf"(?:für|pour|para|per|voor) (?:\w+ ){{0,2}}(?:{pattern('heading_text')}|{pattern('body_text')})"
)
USE_AFTER = re.compile(
    rf"(?i)[\s\w\"'“”*_()-]{{0,24}}?\b(?:{_USED}|{_ROLE_AFTER})|"
    r"\s*\((?:[\w ]*)(?:head|title|body|text|content|copy|code|everything|display|print|web)|"
    rf"\s*\((?:\w+ ){{0,3}}(?:{pattern('heading_text')}|{pattern('body_text')})|"
    rf"\s*\((?:the|our|die|la|unsere|notre) (?:\w+\s){{0,3}}{FONT_WORD}\)|\s+{FONT_WORD}(?!\w)"
)
SPEAKS_AGAINST = re.compile(rf"(?i)(?<!\w){_AGAINST}(?!\w)")
"""A clause in which a guide speaks against what it names."""
REFUSED = re.compile(
    rf"(?i)(?<!\w)(?:(?:for example|e\.g\.|zum beispiel|par exemple|por ejemplo),?|{_AGAINST})"
    rf"(?:\s+(?:use|using|set|be|to|in|any|ever|replace|with|our|utiliser|usar|{ARTICLE}|{FONT_WORD})){{0,4}}[\W_]*$"
)
"""What stands right before 'use the ACME font' where a guide speaks against it."""
REFUSED_BEHIND = re.compile(
    r"(?i)[\"'“”’`*_]*\s+(?:(?:is|are|was|were|should|must|may|can)(?:n[’']t| not)|isn[’']t|aren[’']t)\b"
)
"""What stands right behind a family that a guide speaks against."""
COMPARED = re.compile(
    r"(?i)\b(?:similar to|like|unlike|not|never|avoid|replac\w+|instead of|based on|inspired by|than|from|"
    r"derived from|alternative to|compared (?:to|with)|close(?:st)? to|resembles?|formerly|previously|such as|"
    r"ähnlich|wie|similaire à|inspirée? de|parecid[ao] a|simile a)\s+(?:the\s+)?[\W_]*$"
)
_LEGAL = r"licen[cs]e (?:file|text|agreement)|copying|copyright|font software|reserved font name"
LICENCE = re.compile(rf"(?i)\b(?:{_LEGAL}|licen[cs](?:es?|ing)$)")
LEGAL_TEXT = re.compile(rf"(?i)\b(?:{_LEGAL})\b")
"""Legal headings and text speak of fonts without giving the brand any; a font's own licence may be told anywhere."""
