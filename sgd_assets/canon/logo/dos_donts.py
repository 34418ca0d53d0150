"""What one line tells to do or not to do with the logo, by its words and by where it stands: `-> Told | None`.

Below don'ts nothing is a do, and what is listed there is a don't in its own words. What must not live here: which
blocks speak of the logo (`logo/rules.py`), or what a sentence says by itself (`logo/sentences.py`).
"""

import re
from typing import Literal, NamedTuple

from sgd_assets.canon.logo.permits import Side
from sgd_assets.canon.logo.place import is_rules_heading
from sgd_assets.canon.logo.sentences import (
    FORBIDS_IN_THE_PASSIVE,
    REQUIRES,
    RULES,
    RULES_ON_LOOK,
    side_of_sentence,
)
from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_assets.canon.sides.imperatives import imperative
from sgd_assets.canon.sides.lead_ins import is_label
from sgd_assets.canon.sides.marks import mark_of, without_mark
from sgd_assets.canon.sides.obligations import outweighs_its_mark
from sgd_assets.canon.sides.polarity import Standing, is_bare_label, stance_of_label
from sgd_assets.canon.sides.preferences import is_preference
from sgd_assets.canon.sides.rejected import rejected_part
from sgd_assets.canon.words import topics
from sgd_assets.canon.words.vocabulary import pattern

_ALTERS = re.compile(
    r"(?i)^\W*(?:us|put|plac|stretch|squeez|squash|rotat|tilt|skew|slant|distort|warp|recolou?r|colou?r|chang|"
    r"crop|cut|add|appl|outlin|fill|animat|flip|mirror|combin|lock|scal|resiz|enclos|fram|separat|rearrang|"
    r"rework|recreat|"
    r"redraw|modif|replac|remov|omit|set|mak|cover|obscur|overla|emboss|shad|typ|writ|repeat|split|break|bend|print|"
    r"alter|invert|revers|substitut|edit|reproduc|shrink|enlarg|surround|box|attach|creat|display|show|pair|hid|mix)"
    r"(?:e|es|ed|ing|ting|ping|ming|tting|y|ies|ying|s)?\b"
)
"""What is done to a logo: a line below don'ts that opens with it tells what not to do."""
_INSTEAD = re.compile(
    r"(?i)\b(?:instead(?! of)|always|make sure|ensure)\b|(?:^|[.;:,–—])\W*(?:only|please|rather)\b(?! than)"
)
"""Below don'ts, words of what is right; 'the icon instead of the logo' and 'only a part of it' are what is wrong."""
_ABOUT_THE_GUIDE = re.compile(
    r"(?i)\b(?:this (?:documentation|document|guide|page)|examples? below|these guidelines)\b"
)
_POINTS = re.compile(
    r"(?i)^\W*(?:please |do |always )?(?:ask in|credit|contact|download|get|find|read|learn|look|check|"
    r"notice|follow (?:these|this|the following|our)|see|view|click|visit|refer|enjoy|thank|think|welcome|meet|"
    r"mean|say|imagine|remember|help|go|list|picture|save|open|consider|start|compare|note|feel|ask|work|value|name|"
    r"set (?:in|at|on|tight))\b"
)
"""Verbs that lead a reader on, or open a noun phrase: below the logo's heading they tell nothing to do with it."""
_LABELLED = re.compile(
    r"(?i)^\W*(?:(?P<do>do(?: this)?|yes|right|correct|good)|"
    r"don[’']t(?: do this)?|do not|no|wrong|incorrect|bad|misuse)[*_]*\s*[:–—][*_\s]*(?=\S)"
)
"""'Do:' and 'Wrong:' in front of a line."""
_SENDS_ON = re.compile(
    r"(?i)\b(?:ask|contact|e-?mail|write to|tell|let|call) (?:us|me|our|the)\b|\bhesitate to\b|@\w|\bhttps?:"
)
"""Whom to turn to is no rule on the logo."""
_OF_CODE = re.compile(
    r"&\w+;|[<>${}`\[\]]|\(\)|\b\w+\(|--\w|\bhttps?:|(?i:\b(?:sass|css|html|scss|variables?|tags?)\b)"
)
"""A programmer's words."""
_ILLUSTRATES = re.compile(
    r"(?i)^\W*(?:(?:for )?(?:example|instance)|e\.g|you can|in (?:such|these|this)|currently|these|"
    r"this|among|we must|note)\b"
)
"""A sentence that goes on from the rule before it."""
_OF_THE_LOOK = re.compile(
    r"(?i)\b(?:body|copy|headlines?|headings?|titles?|text|capitals|weights?|italics?|gradients?|tints?|shades?|"
    r"backgrounds?|people|shots?|white ?space|margins?|columns?|red|green|blue|yellow|orange|black|white|gr[ae]y|"
    r"rot|blau|grün|überschrift\w*|titres?|rouge|bleu|títulos?|rojo|azul|titoli|rosso|blu)\b"
)
"""What a page is made of, beside the words of the topics."""
_INTRODUCES = re.compile(
    r"(?i)^\W*(?:here (?:are|is)|the following|these|this|that|below|examples?|some|there (?:are|is)|"
    r"as (?:shown|seen)|see|figures?|fig\.|notes?|why|because|it|they|we|our|your|you|if|to|for|page|www|https?)\b|"
    r":\s*$"
)
"""Below don'ts, a line that speaks of what is shown there."""
_SHOWS = re.compile(r"(?i)\bexamples? of\b[^.]*\b(?:how|where|what|which)\b|^\W*below (?:are|is|you)\b")
"""'Below are examples of how the logo should not look': what is shown there is no rule by itself."""
_STATES = re.compile(r"(?i)\b(?:is|are|was|were|has|have|will)\b(?! (?:too|not|being)\b| \w+(?:ed|wn|en)\b)")
"""A line that says what is the case, and not what was done to the logo ('The logo is stretched')."""
_STANDS_IN = re.compile(r"(?i)\binstead of (?:the|our|this) (?:\w+ )?logo\b")
"""What may stand instead of the logo is another thing, though the heading names the logo."""
_NO_WORDS = re.compile(r"^\W*\d|^\W*<|#[0-9a-fA-F]{6}\b|^\W*[\w.-]+\.\w{2,4}\W*$")
"""A number, a way back, a colour's value or a file's name: listed, and no rule."""
_SHORT_ITEM = 90  # parts a rule in a list from an explanation of one
_CAPTION = 60  # parts what is printed below a picture from running text
_LISTED = 280  # two sentences; a longer item is prose
_FEWEST = 3  # words of a heading that is a rule of its own


_PLAIN = re.compile(
    r"(?i)^\W*(?:always |please )?(?:use|avoid|never|do not|don[’']t|keep|pair|choose|prefer|limit|reserve|apply|set|"
    rf"align|maintain)\b|^\W*(?:{pattern('negative_start')}|{pattern('positive_start')})"
)
"""In a guide to a look, a line below a heading on it that opens so need not name it once more."""
_NEGATED = re.compile(
    rf"(?i)\b(?:no|not|never|without|don[’']t|avoid)\b|{pattern('negative_inside')}|{pattern('negative_start')}"
)
_NAMES_A_FILE = re.compile(
    r"[\w-]/[\w./-]+\.[a-z]{2,4}\b|[\w-]\.(?:svg|png|pdf|ai|eps|jpe?g|gif|css|js|ts|json|md)\b|"
    r"^\W*(?:[\w-]+ )?(?:file|type|path|format|version)s?\b\W*:"
)
"""In a list of rules, what is said of a file."""
_NEAR_THE_START = 4  # words; a negation behind them restricts what the line asks for


class Told(NamedTuple):
    """The side of a line, and the line without its mark."""

    side: Side
    text: str


def told_by(
    item: PlacedBlock,
    sentence: str,
    standing: Standing | None,
    *,
    is_below_logo: bool,
    is_caption: bool = False,
    is_first: bool = True,
    is_on_look: bool = False,
    is_in_guide: bool = False,
) -> Told | None:
    """What a sentence tells; None where it tells nothing.

    Args:
        item: the block that it stands in.
        sentence: one sentence, or one line of a list.
        standing: the side that the words above take.
        is_below_logo: the nearest heading with a subject names the logo.
        is_caption: it may stand below a picture of what is right or wrong.
        is_first: it opens its block; what follows there may explain it.
        is_on_look: the heading names colours, type or pictures.
        is_in_guide: the document is a guide to the brand's look.
    """
    mark, sentence = mark_of(sentence), without_mark(sentence)
    if (
        is_label(sentence)
        or is_bare_label(sentence)
        or (item.block.kind == "heading" and mark is None and not _is_rule(sentence))
    ):
        return None  # what a label announces follows
    mark = mark or _label_of(sentence)
    if is_on_look and (_OF_CODE.search(sentence) or _ILLUSTRATES.match(sentence)):
        return None
    is_below_logo = is_below_logo and not _POINTS.match(sentence) and not _STANDS_IN.search(sentence)
    is_whole = len(sentence.split()) > _FEWEST  # 'Avoid for text' goes with the swatch above it
    is_plain = (
        is_in_guide and is_whole and bool(_PLAIN.match(sentence) or FORBIDS_IN_THE_PASSIVE.pattern.search(sentence))
    )
    is_below_logo = is_below_logo and (not is_on_look or is_plain or names_look(sentence))
    told = side_of_sentence(sentence, is_below_logo=is_below_logo, rules=RULES_ON_LOOK if is_on_look else RULES)
    stance = standing.stance if standing is not None else None
    if _NO_WORDS.search(sentence) and told != "logo_dont":
        return None
    is_item = item.block.kind in ("list_item", "caption") and len(sentence) <= (_LISTED if is_first else _SHORT_ITEM)
    is_item = is_item or (bool(_ALTERS.match(sentence)) and len(sentence) <= _SHORT_ITEM)
    is_printed = is_caption and is_below_logo and _is_caption(sentence)
    is_printed = is_printed or (stance in ("do", "dont") and is_on_look and _is_phrase(item, sentence))
    if told == "logo_dont" and _SHOWS.search(sentence):
        return None
    if stance != "dont" and outweighs_its_mark(sentence, mark):
        return Told("logo_do", sentence)
    if told == "logo_dont" or (mark == "dont" and " " in sentence):
        return Told("logo_dont", sentence)
    if stance == "dont" and mark != "dont" and is_preference(sentence):
        return Told("logo_do", sentence)
    if stance == "dont":
        if mark == "do" or REQUIRES.reads_text(sentence, is_named=True):
            return None  # 'The files should be in this folder.': below don'ts, words of what is right
        return Told("logo_dont", sentence) if (is_item or is_printed) and not _INSTEAD.search(sentence) else None
    if stance == "forbids" or _ABOUT_THE_GUIDE.search(sentence):
        return None
    is_printed = is_printed and (
        is_on_look or len(sentence.split()) >= _FEWEST
    )  # 'Black version' below 'Correct use' names a file
    if told == "logo_do" or ((mark == "do" or (stance == "do" and (is_item or is_printed))) and " " in sentence):
        return Told("logo_do", sentence)
    if (
        is_item
        and stance is None
        and (is_below_logo or is_on_look)
        and is_rules_heading(item.path[-1] if item.path else "")
    ):
        is_rule = " " in sentence and not _NAMES_A_FILE.search(sentence)
        return Told("logo_dont" if _is_negated(sentence) else "logo_do", sentence) if is_rule else None
    return Told("logo_do", sentence) if is_below_logo and _instructs(sentence) else None


def names_look(sentence: str) -> bool:
    """Whether a sentence names what it is on; a caption below a swatch or a specimen does not."""
    named = (topics.COLOUR, topics.TYPOGRAPHY, topics.IMAGERY)
    return bool(_OF_THE_LOOK.search(sentence)) or any(topic.search(sentence) for topic in named)


def is_labelled(text: str) -> bool:
    """Whether words say their own side in front: the alternative text 'Don't: two marks in a row'."""
    return (_label_of(text) or mark_of(text)) is not None


def _is_negated(sentence: str) -> bool:
    """Whether the line forbids as a whole; a prohibition at its end restricts what it asks for."""
    is_whole = rejected_part(sentence) is None
    return is_whole and bool(_NEGATED.search(" ".join(sentence.split()[:_NEAR_THE_START])))


def _is_phrase(item: PlacedBlock, sentence: str) -> bool:
    """A line below the name of a side without a bullet: 'Several effects competing for attention.', 'Natural light.'"""
    is_on_page = item.block.location.page is not None
    return (len(sentence.split()) > _FEWEST or not is_on_page) and _is_caption(sentence)


def _label_of(sentence: str) -> Literal["do", "dont"] | None:
    """The side that 'Do:' or 'Wrong:' in front of a line takes."""
    labelled = _LABELLED.match(sentence)
    return None if labelled is None else "do" if labelled["do"] else "dont"


def _is_rule(heading: str) -> bool:
    """'Never stretch the logo': a heading that forbids by itself, where another only says what stands below."""
    return len(heading.split()) >= _FEWEST and stance_of_label(heading) == "forbids"


def _instructs(sentence: str) -> bool:
    """An instruction below the logo's heading, which need not name the logo once more."""
    is_whole = len(sentence.split()) > _FEWEST and not _SENDS_ON.search(sentence)
    return is_whole and imperative(sentence) == "voice_do"


def _is_caption(sentence: str) -> bool:
    """A few words below a picture: 'Wrong proportions', 'Logo on a busy photo'."""
    is_short = len(sentence) <= _CAPTION and len(sentence.split()) > 1
    return is_short and not _INTRODUCES.search(sentence) and not _STATES.search(sentence)
