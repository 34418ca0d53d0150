"""Headings, lead-ins and column heads that say on which side stands what follows, as records: `[Rule[Stance]]`.

What must not live here: which label of a block decides (`sides/polarity.py`), whole sentences that announce a list
(`sides/lead_ins.py`), or what a rule is about.
"""

import re
from typing import Literal

from sgd_assets.canon.facts.rule import Rule
from sgd_assets.canon.sides import marks
from sgd_assets.canon.words.vocabulary import pattern
from sgd_assets.canon.words.voice_patterns import AVOIDED, FAVOURED

Side = Literal["do", "dont", "neither"]

NAMES_WHAT_IS_AVOIDED = Rule[Side](
    name="names_what_is_avoided",
    told="dont",
    words="the label is nothing but the words, or the negation, for what not to do",
    pattern=AVOIDED,
    reads=(
        "Don't", "Avoid:", "Words to avoid", "We are not", "No", "Qué NO", "Cómo no debe sonar", "Não faça",
        "Nunca use",
        "À proscrire", "Verboten", "Bitte nicht", "Vietato", "Dit niet", "Zakázáno", "Ej tillåtet", "Ikke tilladt",
        "Niedozwolone",
    ),
    leaves=("Donations", "No matter what", "Notation", "Nicht nur Farbe", "Palette"),
)  # fmt: skip

NAMES_WHAT_IS_FAVOURED = Rule[Side](
    name="names_what_is_favoured",
    told="do",
    words="the label is nothing but the words for what to do",
    pattern=FAVOURED,
    reads=(
        "Do", "Dos", "Yes", "Always", "Preferred", "Qué SÍ", "Usos permitidos", "Use sempre", "À respecter", "Erlaubt",
        "Usi corretti", "Goed gebruik", "Správné použití", "Rätt användning", "Korrekt brug", "Dozwolone",
    ),
    leaves=("Documentation", "Do not", "Alwaysflow", "Yesterday", "Usos"),
)  # fmt: skip

NAMES_BOTH_SIDES = Rule[Side](
    name="names_both_sides",
    told="neither",
    words="the label names right and wrong at once: what stands below is parted by its own labels",
    pattern=re.compile(
        r"(?i)\b(?:use|usage)s? (?:and|&|/|or|vs\.?) mis|"
        r"\b(?:right|good|correct) (?:and|&|/|or|vs\.?) (?:wrong|bad|incorrect)|"
        r"\bdo[’']?s?\W{1,6}(?:(?:and|&|or|vs\.?|und|et|y|e|en)\W{1,3})?don[’']?t"
    ),
    reads=("Use and misuse", "Right vs wrong", "Correct & incorrect logos", "Do // Don't", "Dos und Don'ts"),
    leaves=("Use of the logo", "The right way", "Do not", "Don'ts"),
)

NAMES_DONTS = Rule[Side](
    name="names_donts",
    told="dont",
    words="the label calls what follows don'ts, no-gos or mistakes",
    pattern=re.compile(
        r"(?i)\bdon[’']?ts\b|\b(?:common )?mistakes\b|\bno-?(?:nos|gos|goes)\b|\bviolations?\b|"
        r"\bbad (?:practices?|examples?|usage)\b|^\W*(?:the )?wrong\b.{0,24}$|\bnot o\.?k(?:ay)?\b|\boff-brand\b|"
        r"\b(?:breaks?|dilutes?|kills?|hurts?|weakens?) (?:the|our|your) brand\b|\bred flags?\b|"
        r"\bbrand (?:sins|killers)\b|\b(?:do nots|don[’']?t[’']s|do not[’']s)\b|\bno-no[’']?s?\b|\bpitfalls\b|"
        r"\bfaux[- ]pas\b|\bworst practices?\b|\banti-?patterns?\b|\boff[- ]limits\b|\b(?:logo|brand) (?:abuse|"
        r"crimes?)\b|"
        r"^\W*(?:the )?(?:bad|ugly|poor|worse|discouraged|inappropriate)(?: (?:usages?|uses?|examples?|"
        r"practices?))?\W*$|"
        r"\b(?:bad|negative|poor|wrong|incorrect) examples?\b|\bnot cool\b|^\W*please no\W*$|"
        r"^(?:\w+ ){0,3}(?:usage )?[-–—:|] ?(?:don[’']t|do not)s?\W*$|\binappropriate (?:use|usage)s?\b|"
        r"^\W*(?:the )?(?:logo|brand|usage|colou?r) restrictions\W*$|^\W*restrictions\W*$"
    ),
    reads=(
        "Logo don'ts",
        "Voice don’ts (summary)",
        "Common mistakes",
        "No-gos",
        "Wrong colours",
        "What breaks the brand",
        "The bad", "No-no's", "Worst practices", "Logo dont's", "Logo usage - Don't", "Inappropriate uses of the logo",
        "Negative examples", "Poor usage", "Logo restrictions",
    ),
    leaves=(
        "Donuts", "No go-to colours", "Wrongly sized", "The brand breaks new ground", "Negative logo", "Poorly lit",
        "Badges", "Export restrictions by country",
    ),
)  # fmt: skip

CALLS_USE_WRONG = Rule[Side](
    name="calls_use_wrong",
    told="dont",
    words="the label calls the use of something wrong, improper or not allowed",
    pattern=re.compile(
        r"(?i)\bmis-?uses?\b|\bincorrect(?:ly)?\b|\bimproper(?:ly)?\b|\bunacceptable\b|\bunauthori[sz]ed\b|"
        r"\bprohibited\b|\bforbidden\b|\bdisallowed\b|\bnot (?:permitted|allowed|acceptable|recommended)\b|"
        rf"\bun(?:approved|suitable)\b|\bprohibitions?\b|{pattern('misuse')}"
    ),
    reads=(
        "Misuse", "3. Incorrect usage", "Unacceptable logo usage", "Prohibited uses", "Falsche Verwendung",
        "Usos incorrectos", "Usos não permitidos", "Da evitare", "Felaktig användning", "禁止事項",
    ),
    leaves=("Use", "Correct usage", "Acceptable use", "Allowed uses"),
)  # fmt: skip

SAYS_WHAT_NOT = Rule[Side](
    name="says_what_not",
    told="dont",
    words="the label says what, how, when or where not to",
    pattern=re.compile(
        r"(?i)\bnot to (?:do|use|say|be)\b|\b(?:to|we|please|you should) avoid\W*$|^\W*avoid(?:ing)?\W*$|"
        r"\bwhat (?:we|it|our \w+) (?:don[’']t|doesn[’']t|never|aren[’']t|isn[’']t)\b|"
        r"\b(?:how|when|where) not to\b|\bthings to avoid\b|\bwhat (?:to avoid|not to)\b|"
        r"\b(?:can|may|must|should)(?: not|not|n[’']t) (?:be done|do)\b|\b(?:can|should)[’']?t do\b|"
        r"\b(?:rather|would|do) not (?:like to )?see\b|\bhate to see\b|^\W*(?:to|should) be avoided\W*$|"
        r"^\W*what (?:we[’']re|we are|it[’']s|it is|[A-Z]\w+ is) not\W*$|"
        r"^\W*(?:our|the) (?:\w+ ){1,3}(?:isn[’']t|is not|doesn[’']t|does not)\W*$"
    ),
    reads=("What we avoid", "How not to use the logo", "When NOT to use it", "Things to avoid", "What it isn't",
        "Things you shouldn't do", "Things we'd rather not see", "To be avoided", "Our tone isn't",
    ),
    leaves=("How to use the logo", "When to use it", "What we do", "Note to users", "Avoidance", "Our tone is not new"),
)  # fmt: skip

STOPS_AT_THE_NEGATION = Rule[Side](
    name="stops_at_the_negation",
    told="dont",
    words="the label ends where the prohibition begins: its items go on",
    pattern=re.compile(
        r"(?i)^\W*(?:please |we )?(?:don[’']t|do not|never|avoid)(?: ever)?(?: do(?:ing)?| sound| say| write| use)?"
        r"(?: (?:any of )?(?:this|that|these|those|(?:these|those|such|following) things|the following))?\W*$|"
        r"^\W*(?:please )?do not use (?:the|our) (?:logo|mark|brand)\W*$|"
        r"\b(?:you|they) (?:may|must|can|should) ?(?:not|n[’']t)\W*$|"
        r"^\W*(?:please )?(?:don[’']t|do not|never)\b[^.;:]{0,40}\b(?:this way|like this|like these)\W*$"
    ),
    reads=("DO NOT:", "Never do this.", "You may not", "Do not use the logo this way", "Never use it like this",
        "Please don't do these things", "We never", "We don't say", "Avoid doing the following", "Never ever",
    ),
    leaves=("Avoid this colour on print", "Do not stretch the logo", "You may", "Use the logo this way"),
)  # fmt: skip

NAMES_DOS = Rule[Side](
    name="names_dos",
    told="do",
    words="the label calls what follows dos, or right and approved use",
    pattern=re.compile(
        r"(?i)\bdo[’']?s\b(?! not)|(?<!in)\bcorrect (?:use|usage|application|logo)s?\b|(?<!im)\bproper (?:use|usage)\b|"
        r"(?<!un)\bacceptable\b|(?<!un)\bauthori[sz]ed (?:use|usage)\b|^\W*correct\W*$|\bbest practices?\b|"
        r"^\W*(?:please )?do\W*$|\bwhat to do\b|(?<!\bnot )\b(?:permitted|allowed) (?:use|usage)s?\b|"
        r"(?<!un)\bapproved (?:use|usage)s?\b|\bthe right way\b|"
        r"^\W*(?:the )?(?:good|right|better|best|recommended|encouraged|approved|allowed|permitted|okay|must)"
        r"(?: (?:practices?|usages?|uses?))?\W*$|(?<!in)\bappropriate (?:use|usage)s?\b|"
        r"^\W*(?:what[’']s|what is) (?:ok|okay|allowed|permitted|fine)\W*$|\b(?:positive|good|correct|"
        r"right) examples?\b"
    ),
    guard=re.compile(r"(?i)\bnot (?:acceptable|approved|authori[sz]ed|appropriate|(?:the )?right|okay|allowed)\b"),
    reads=("Logo dos", "Correct usage", "Best practices", "What to do", "Approved uses", "The right way",
        "The good", "Recommended use", "Right", "Appropriate uses of the logo", "What's okay", "Positive examples",
    ),
    leaves=(
        "Incorrect usage", "Unacceptable", "Unapproved use", "Documents", "Not acceptable", "Inappropriate use",
        "Recommended reading", "Rights", "Positive logo", "Not the right way",
    ),
)  # fmt: skip

SAYS_WHEN_TO = Rule[Side](
    name="says_when_to",
    told="do",
    words="the label says when or where to use the logo or its look",
    pattern=re.compile(r"(?i)^\W*(?:\d+(?:\.\d+)*\W+)?(?:when|where) to use\b"),
    reads=("When to Use Labs Logos", "4.2 Where to use the mark"),
    leaves=("When not to use", "How to use the package", "When you use it"),
)

STOPS_AT_THE_PERMISSION = Rule[Side](
    name="stops_at_the_permission",
    told="do",
    words="the label ends where the permission begins, or points at what is right: its items go on",
    pattern=re.compile(
        r"(?i)^\W*(?:what |things )?you (?:may|can|should)(?: do)?\W*$|^\W*(?:please )?feel free to\W*$|"
        r"^\W*(?:what )?we (?:always|do|say|write|use)\W*$|^\W*things to do\W*$|^\W*(?:please )?do (?:this|use)\W*$|"
        r"^\W*(?:write|say) (?:this|that)\W*$|"
        r"^\W*(?:please )?(?:(?:always )?do|use)\b(?! not|n[’']t)[^.;:]{0,40}\b(?:this way|like this)\W*$"
    ),
    reads=("You may:", "What you can do", "Do use the logo this way", "Use the mark like this", "WRITE THIS",
        "Feel free to", "Things you can do", "We always",
    ),
    leaves=("You may not", "Do not use the logo this way", "You may find it here", "What we do for others"),
)  # fmt: skip

IS_CROSSED = Rule[Side](
    name="is_crossed",
    told="dont",
    words="a cross stands in front of the label",
    pattern=marks.IS_CROSSED,
    most=24,
    reads=("✗ Incorect", "❌ Väärin", "✖ Rangt"),
    leaves=("Incorect", "✓ Corect", "✗ Don't stretch", "✗ No shadows"),
)

IS_TICKED = Rule[Side](
    name="is_ticked",
    told="do",
    words="a tick stands in front of the label",
    pattern=marks.IS_TICKED,
    most=24,
    reads=("✓ Corect", "✅ Oikein"),
    leaves=("Corect", "✗ Incorect", "✓ White logo"),
)

RULES_FOR_LONG = (NAMES_WHAT_IS_AVOIDED, NAMES_WHAT_IS_FAVOURED)
"""Asked of every label; the others only of short ones."""
DONTS = (IS_CROSSED, NAMES_DONTS, CALLS_USE_WRONG, SAYS_WHAT_NOT, STOPS_AT_THE_NEGATION)
DOS = (IS_TICKED, NAMES_DOS, SAYS_WHEN_TO, STOPS_AT_THE_PERMISSION)
STOPS = (STOPS_AT_THE_NEGATION, STOPS_AT_THE_PERMISSION)
"""Of labels that are no rules by themselves."""
RULES = (*RULES_FOR_LONG, NAMES_BOTH_SIDES, *DONTS, *DOS)
