"""Patterns of sentences, labels and cells that say a font, in the words guides use.

What must not live here: reading documents (`font_statements.py`) and what counts as a name (`font_names.py`).
"""

import re

from sgd_assets.canon.font_names import NAME
from sgd_assets.canon.vocabulary import joined, pattern

FONT_WORD = rf"(?:(?:web\s*)?fonts?|typefaces?|type ?famil(?:y|ies)|font[- ]famil(?:y|ies)|{pattern('font_word')})"
IS = r"(?:is|are|will be|should be|must be|is set in|are set in|ist|lautet|heißt|est|sont|es|son|è|sono|é|são|zijn|:|=)"
HEDGE = r"(?:(?:generally |commonly |also |usually )?(?:known as|called|named)\s+)?(?:always\s+)?(?:the\s+)?"
MARKS = r"[\"'“”‘’`*_]*"
_ADJECTIVES = r"(?:[a-z][\w-]+\s+){0,3}?"
"""'the open-source, humanist Acme Sans font': what may stand between the article and the name."""
_NOTE = r"(?:\[\^?\w+\]|\^\w+)?"
"""A footnote's mark behind a name."""
STATEMENTS = (
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
        "font_is_name",
        re.compile(rf"\b(?i:{FONT_WORD})\s+(?i:named|called|known as)\s+{MARKS}({NAME}){MARKS}"),
    ),
    (
        "use_name_as_font",
        re.compile(
            rf"\b(?i:us(?:e[sd]?|ing)|chose|choose|set in|written in|typeset "
            rf"in)\s+(?:the\s+)?{MARKS}({NAME}){MARKS}(?:,?\s+(?:\w+[- ]){{0,3}}?(?:as|for|"
            rf"in)\s+(?:[\w'’-]+\s+){{0,6}}?(?i:{FONT_WORD}|typography|headings?|headlines?|titles?|body|copy|"
            rf"text)\b)"
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
            rf"used))?(?:\s+(?i:im|in|for|für|du|de|del|per|para|voor)\s+(?:(?i:the)\s+)?\w+)?\s*[:–—-]\s*{MARKS}({NAME}){MARKS}\s*(?:$|[,.;(|\n])",
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
    ("css_declaration_in_text", re.compile(r"font-family\s*:\s*[\"'“”]?([A-Za-z][\w -]{1,40}?)[\"'“”]?\s*[,;]")),
)
FALLBACK = joined(
    r"(?i)\b(?:fall ?back|replacement|substitut\w+ (?:if|when|for|with)|if .{0,60}(?:not|isn[’']t|un) "
    r"?available|when .{0,60}(?:not|isn[’']t|un) ?available|default to|unavailable|instead of|"
    r"system default)\b",
    "fallback",
)
LABEL = re.compile(
    rf"(?i)^\W*(?:(?:display|body ?text|body|text|head(?:ing|line)s?|primary|secondary|tertiary|main|brand|"
    rf"alternate|alternative|corporate|logo|web|print|code|mono(?:spaced?)?|accent|official|title)[\s&/-]+)*"
    rf"(?:{FONT_WORD})(?:\s+name)?\s*:?\W*$"
)
ROLE_LABEL = re.compile(
    rf"^\W*(?i:(?:{pattern('heading_text')}|{pattern('body_text')})|(?:primary|secondary|tertiary|main|body|running|display|accent|brand|logo|web|print|digital|"
    rf"default|ui|section|page|large|small|sub)?[\s/&-]*"
    rf"(?:headings?|headlines?|headers?|titles?|subheads?|subtitles?|body|text|copy|paragraphs?|code|"
    rf"mono(?:space)?|display|captions?|call-?outs?|labels?|buttons?|primary|secondary|"
    rf"logo|web|print|quotes?|numbers?|h[1-6])(?:\s+(?:text|copy|{FONT_WORD}))?(?:\s*[/&]\s*[\w-]+(?: "
    rf"[\w-]+)?)?)\W*\s*[:–—-]\s*({NAME})"
)
CELL_LABEL = re.compile(
    r"(?i)^[`*\s]*(?:font[- ]?famil(?:y|ies)|(?:web ?)?fonts?(?: (?:names?|stacks?))?|typefaces?(?: names?)?|"
    r"(?:type)?face|family)[`*\s]*:?$"
)
USE_BEFORE = re.compile(
    r"(?i)\b(?:we use|use[sd]?|using|set in|choose|chose|prefer|recommend(?:ed|s)?)\s+(?:the\s+)?[\W_]*$"
)
USE_AFTER = re.compile(
    r"(?i)[\s\w\"'“”*_()]{0,24}?\b(?:(?:is|was|are|should be|must be|can be) (?:used |set |our |the )?(?:for|"
    r"as|in|primary|main|body|heading|brand)|(?:is|are) (?:the|our)\b|used (?:for|in|as)|for (?:\w+ ){0,2}"
    r"(?:headings?|headlines?|titles?|body|text|copy|code|print|web|display))|\s*\((?:[\w ]*)(?:head|title|"
    r"body|text|copy|code|everything|display|print|web)"
)
REFUSED = re.compile(
    r"(?i)\b(?:do not|don[’']t|never|avoid|must not|should not|cannot|can[’']t|no longer|instead of|rather than)"
    r"(?:\s+(?:use|using|set|be|to|in|any|ever|replace|with|the|our)){0,4}[\W_]*$"
)
"""What stands right before 'use the ACME font' where a guide speaks against it."""
COMPARED = re.compile(
    r"(?i)\b(?:similar to|like|unlike|not|never|avoid|replac\w+|instead of|based on|inspired by|than|from|"
    r"derived from|alternative to)\s+(?:the\s+)?[\W_]*$"
)
LICENCE = re.compile(
    r"(?i)\b(?:licen[cs]e (?:file|text|agreement)|licen[cs]es?$|copying|copyright|font software|reserved font "
    r"name|open font licen[cs]e|ofl)\b"
)
"""Legal text speaks of fonts without giving the brand any."""
LICENCE_CLAUSE = re.compile(
    r"(?i)(?:\b(?:which|that) )?(?:\b(?:is|are) )?\b(?:(?:freely )?licen[cs]ed|released|published|distributed|"
    r"available|offered)(?: for free| freely)? under\b[^.\n]*|"
    r"[,(–—-]\s*(?:sil )?(?:ofl|open font licen[cs]e)[\d. ]*(?:\)|$)"
)
"""'..., licensed under the Open Font License': what a sentence that states a font adds about it."""
