"""Words and headings that guides on voice are made of. Shared by `voice/read.py`, `voice/lines.py`, `voice/tables.py`.

What must not live here: how a block is read; other languages (`words/vocabulary.py`).
"""

import re

from sgd_assets.canon.words.vocabulary import joined, listed, pattern

TONE_WORDS = listed("tone")
"""English adjectives that guides describe a voice with; lower-case."""
OTHER_TONE_WORD = re.compile(rf"(?i){pattern('tone_word', ending=chr(92) + 'w{0,2}')}")

_ADVERBS = frozenset(
    word
    for line in """
quietly very always never not but yet and or without too overly a an the occasionally slightly usually purposefully
deeply refreshingly both also to all our we be are being ever while still
und oder nie nicht aber immer auch et mais pas ni toujours y e o pero no sempre siempre ma mas não sem en maar niet
altijd
""".splitlines()
    for word in line.split()
)
"""Words that join or grade adjectives."""

SKIPPED_SECTION = re.compile(
    r"(?i)^\W*(?:[\w&,’'/-]+ ){0,4}examples?\W*$|^\W*examples? (?:(?:of|for|from)\b|\d)|^\W*examples?\s*[:–—-]\s|"
    r"\b(?:samples?|templates?|common formats|boilerplate|taglines?|mission|vision|"
    r"messaging blocks|(?:key|core|brand|main) messages?|value propositions?|check ?lists?|before you (?:publish|"
    r"start|post)|the test|"
    r"(?:our |target |the )?audiences?|personas?|who (?:we|you)(?:[’']re| are) (?:talking|speaking|writing) (?:to|"
    r"for)|"
    r"audience-aware|table of contents|contents|further reading|(?:additional |more )?resources|references|"
    r"related|change ?log|licen[cs]e|the name|naming(?: conventions)?|names?|signature phrases|elevator pitch(?:es)?|"
    r"before (?:and|&|/) after|good vs\.? bad|image\w*|imagery|photo\w*|illustrat\w*|iconograph\w*|"
    r"video|motion|music|audio|colou?rs?|typograph\w*|logos?|accessibility "
    r"statement)\b"
)
"""Below such a heading stands no rule on the voice, but what shows, sells or files it."""

SAMPLE = re.compile(
    r"(?i)\W*(?:examples?|(?:the )?(?:good|bad|better|worse|weak|strong|poor|right|wrong|on-brand|off-brand) "
    r"(?:copy|version|text|wording|examples?))\W*"
)
"""A line over copy that shows a voice, well or badly written."""

MECHANICS_SECTION = re.compile(
    r"(?i)\b(?:grammar|mechanics|capitali[sz]ation|capitals|casing|title case|sentence case|punctuation|numbers?|"
    r"numerals|dates?|times?|currenc(?:y|ies)|spelling|acronyms?|abbreviations?|formatting|formats?|product names?|"
    r"plugins?|features|buttons?|forms?|form fields?|check ?boxes|drop-?downs?|radio|menus?|navigation|"
    r"alt[- ]?text|links?|headings?|titles?|lists?|emojis?|seo|urls?|hashtags?|hyphens?|dashes|quotes?|"
    r"quotation marks|commas?|apostrophes?|colons?|ellips[ei]s|ampersands?|file (?:names?|extensions?)|"
    r"units?|measurements?|pronouns|people|places|schools|states|tables|web elements|microcopy|labels|"
    r"error messages|errors|empty states|social media|trending topics|engagement|email|newsletters?|"
    r"signatures?|translation|blog(?:s| posts?)?|tweets?|terminology|glossary|conventions|"
    r"establish\w* your(?: own)? voice|choosing a tone)\b"
)
"""Rules of orthography and of single page parts: true, but the last to keep."""
SUMMARY = re.compile(
    r"(?i)\b(?:tl;? ?dr|summary|at a glance|in short|key takeaways|takeaways|quick (?:reference|tips|style))\b"
)
"""A summary's rules are those its writers think of first, whatever they are about."""

TRAITS = joined(
    r"(?i)\b(?:personality|attributes?|traits?|characteristics|qualities|pillars|values|facets|adjectives|"
    r"(?:our|brand) (?:voice|tone)(?! (?:in|and|is|for|by|through)\b)|(?:voice|tone) (?:principles|dimensions)|"
    r"voice is|tone is|voice to be|we are|they[’']d be|sounds? like)\b|^(?:voice|tone|tone of voice)\W*$",
    "traits",
)
"""A heading or lead-in whose items are traits."""

_ELSEWHERE = (
    rf"^\W*(?:{pattern('things_said')}).{{0,30}}(?:{pattern('to_avoid')})|"
    rf"^\W*(?:{pattern('to_avoid')}).{{0,12}}(?:{pattern('things_said')})"
)
AVOIDED = joined(
    r"(?i)^\W*(?:\d+[.)]\s*)?(?:(?:words?|terms?|phrases?|language|things|what)\b.{0,24}\b(?:to avoid|we avoid|"
    r"not to "
    r"(?:use|say|do)|we (?:don[’']t|never|do not|refuse to) (?:use|say|do))|what we refuse to say|"
    r"avoid(?: these| using| saying)?|(?:please |we )?don[’']?ts?|do not|donts|we are not|we[’']re not|"
    r"(?:what )?(?:we|our voice|it|the brand) (?:is|are)(?:n[’']t| not)|never|bad|no|incorrect|wrong|not|instead of|"
    r"not this|watch out for|doesn[’']t (?:mean|sound like)|does not mean|is not|isn[’']t|but not|not like this|"
    rf"less like(?: this)?|✗|✘|❌|🚫|👎)(?:\W|$)\W*$|"
    rf"^\W*(?:don[’']?ts?|do not|avoid) [-–—:] |{_ELSEWHERE}",
    "dont",
)
"""A heading, lead-in or table head under which stands what not to do."""

FAVOURED = joined(
    r"(?i)^\W*(?:\d+[.)]\s*)?(?:(?:please |we )?do|dos|do[’']s|always|yes|good|correct|prefer(?:red)?|more like(?: "
    r"this)?|like this|✓|✔|✅|👍|what to do)\W*$|^\W*dos? [-–—:] |"
    rf"^\W*(?:{pattern('things_said')}).{{0,30}}(?:{pattern('to_favour')})|"
    rf"^\W*(?:{pattern('to_favour')}).{{0,12}}(?:{pattern('things_said')})",
    "do",
)
"""A heading, lead-in or table head under which stands what to do."""

WE_ARE = re.compile(
    r"(?i)^\W*(?:we are|we[’']re|our voice is|our tone is|the brand is|it is|(?:\w+ ){0,3}sounds?)\W*$"
    r"|^\W*(?:wir sind|das sind wir|so (?:sprechen|klingen|schreiben) wir|nous sommes|ce que nous sommes|(?:lo que |o "
    r"que )?somos|(?:cosa )?siamo|(?:wij|we) zijn|zo (?:klinken|praten) (?:we|wij)|vi är|så (?:låter|skriver) vi|vi er|"
    r"sådan (?:lyder|skriver) vi|jesteśmy|tak (?:mówimy|piszemy)|jsme|tak (?:mluvíme|píšeme))\W*$"
)
WORD_LIST = re.compile(
    r"(?i)^\W*(?:use(?: this)?|not|but|prefer|say|we say|write|instead of\W*|not this|avoid|don[’']t say|say instead|"
    r"word|preferred|rather than|yes|no|bad|good|passive|active|before|after)\W*$"
)
"""Heads of tables that trade one word for another."""

TRAIT_HEAD = re.compile(
    r"(?i)^\W*(?:(?:personality|voice|brand|tone) )?(?:traits?|attributes?|principles?|characteristics?|"
    r"qualit(?:y|ies)"
    r"|values?|pillars?|voice|personality)\W*$|"
    rf"^\W*(?:{pattern('trait_head')})\W*$"
)
MEANING_HEAD = re.compile(
    r"(?i)^\W*(?:(?:what )?(?:it|this|that)? ?means?|meaning|description|guidance|in practice|how|dos?|what (?:to|"
    r"we) "
    r"do|how (?:we|to) .{0,24}|what it looks like|we are|means|explanation|definition)\W*$|"
    rf"^\W*(?:{pattern('meaning_head')})\W*$"
)

NUMBERING = re.compile(r"^\W*\d+[.)]\s+")
LABEL = re.compile(
    r"^\W*((?:[A-Z][\w’'/&, -]{1,28}?|[Dd]o|[Dd]on[’']t|[Ww]e are(?: not)?))\s*(?::|—|–|\s-\s)\s*(\S.*)$", re.DOTALL
)


def is_tone_words(text: str, *, most: int = 9) -> bool:
    """Whether a short text says traits: every word is a tone word, or joins and grades them."""
    words = re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", text.lower())
    if not words or len(words) > most:
        return False
    known = [is_tone_word(word) for word in words]
    return any(known) and all(is_known or word in _ADVERBS for word, is_known in zip(words, known, strict=True))


def is_tone_word(word: str) -> bool:
    """Whether a lower-case word is an adjective that voices are described with."""
    if word in TONE_WORDS or (word.endswith("ly") and word[:-2] in TONE_WORDS):
        return True
    return bool(OTHER_TONE_WORD.fullmatch(word))


def count_tone_words(text: str) -> int:
    """How many different tone words a text holds."""
    return len({word for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()) if is_tone_word(word)})
