"""Sentences that tell what to do or not to do with a logo, by their own words: `str -> 'logo_do' | 'logo_dont' | None`.

The first rule that reads a sentence decides. What must not live here: what headings, marks and columns say of it
(`sides`), or measures (`logo/measure.py`).
"""

import re
from collections.abc import Sequence

from sgd_assets.canon.facts.rule import Rule
from sgd_assets.canon.logo.permits import NAMES_LOGO, OF_THE_LOGO, PERMITS, RESTRICTS, Side
from sgd_assets.canon.sides.away import KEEP_AWAY
from sgd_assets.canon.sides.behind_the_verb import FORBIDS_BEHIND_THE_VERB
from sgd_assets.canon.sides.imperatives import ASKS_NOT_TO_LEAVE_OUT, ENCOURAGES
from sgd_assets.canon.sides.purposes import without_purpose
from sgd_assets.canon.words.vocabulary import pattern

_DONE = r"(?:\w+ly )?(?:\w{2,}(?:ed|wn|en)|set|put|cut|split|used)\b"
"""A participle: what is done to the logo."""
_CONDITION = re.compile(
    r"(?i)\b(?:if|when(?:ever)?|where(?:ver)?|in case|unless|because|since|as)\b[^.;]{0,140}"
    r"\b(?:cannot|can[’']t|can ?not|is not|isn[’']t|are not|not be|be)\b"
)
"""'If the logo cannot be printed in colour, ...': what is the case, not what to do."""

_INSTRUCTION = (
    r"(?:use|place|keep|ensure|make sure|maintain|leave|give|follow|choose|prefer|write|ask|allow|provide|apply|"
    r"(?:remember|try|be sure) to(?! not)|stick to|opt for)\b"
)

_TAKEN_BACK = re.compile(rf"{ENCOURAGES.pattern.pattern}|^\W*no (?:need|problem|matter)\b")
"""Negations that forbid nothing: 'No need to ask', 'Don't hesitate to write'."""

ASKS_BY_A_DOUBLE_NEGATION = Rule[Side](
    name="asks_by_a_double_negation",
    told="logo_do",
    words="the sentence forbids to leave out what is right, and names the logo",
    pattern=ASKS_NOT_TO_LEAVE_OUT,
    needs=NAMES_LOGO,
    reads=(
        "Don't forget to leave room around the logo.",
        "Never fail to align the mark.",
        "N'oubliez pas la marge du logo.",
    ),
    leaves=("Do not neglected logos.", "Don't forget to call us.", "Do not stretch the logo."),
)

_WHEN_POSSIBLE = r"(?:(?:if|whe(?:n|re)(?:ver)?) possible|ideally|generally|usually|in general|instead|preferably)"

OPENS_WITH_A_BAN = Rule[Side](
    name="opens_with_a_ban",
    told="logo_dont",
    words="the sentence opens with a prohibition, or forbids in the form of its language",
    pattern=re.compile(
        r"(?i)^\W*(?:please\s+)?(?:do not|don[’']t|never|avoid|must not|should not|no\b|"
        r"(?:try|take care|be (?:careful|sure)|make sure|ensure) (?:not to|never to|(?:that )?you (?:don[’']t|never))|"
        rf"{KEEP_AWAY}|stop|beware of|in no case|at no time|by no means)|"
        rf"^\W*(?:{pattern('negative_start')})|\b(?:darf|dürfen|soll|sollte)\b[^.]{{0,60}}\bnicht\b|"
        r"\bne (?:doit|doivent|pas)\b|\bno (?:debe|deben|se debe)\b|\bnon (?:deve|devono)\b|"
        r"\bnão (?:deve|devem|pode)\b|\bmag\b[^.]{0,60}\bniet\b|\bnicht \w+en\W*$|"
        r"^\W*(?:[^\W\d_][\w/-]*\s+){1,5}(?:nicht|nie|niemals)\s+"
        r"(?!.*\b(?:ist|sind|hat|haben|kann|können|war|wird|werden|gibt|steht|stehen)\b)"
        r"[^.]*?\b(?-i:[a-zäöüß]+(?:en|ern|eln))\b|"
        r"\b(?:får|må|må aldrig|får aldrig) (?:inte|ikke|aldrig)\b|\bnie (?:wolno|należy|można)\b|\bnesmí\b"
    ),
    unless=_TAKEN_BACK,
    reads=(
        "Take care not to crop the mark.", "Make sure you don't tilt it", "Please refrain from recolouring the mark.",
        "Keep away from busy photographs.", "Keep other marks away from the logo.", "Stay clear of low contrast.",
        "Do not stretch the logo.", "Never rotate it", "Avoid busy grounds", "Das Logo darf nicht gedreht werden.",
        "Logo nicht verzerren, drehen oder mit Schatten versehen.", "Farbe nie als einziges Merkmal verwenden.",
        "Le logo ne doit pas être étiré.", "Non ruotare il marchio", "Logotypen får inte ändras.",
        "Logotypu nie wolno obracać.", "Značka se nesmí otáčet.",
    ),
    leaves=(
        "Use the logo on white.", "The logo is not new.", "Nobody owns the mark.", "Don't hesitate to ask for files.",
        "There is no need to add a sign.", "No need to ask.", "Keep the space around the logo clear.",
        "Keep the logo in the top left corner.",
    ),
)  # fmt: skip

BANS_INSIDE = Rule[Side](
    name="bans_inside",
    told="logo_dont",
    words="a clause of a short sentence opens with a prohibition, and the sentence names the logo",
    pattern=re.compile(r"(?i)(?:^|[,;:]\s*)(?:please\s+)?(?:don[’']t|do not|never)\b"),
    guard=re.compile(rf"(?i)^\W*(?:always\s+|please\s+)?(?:{_INSTRUCTION})|^\W*(?:{pattern('positive_start')})"),
    unless=_TAKEN_BACK,
    needs=NAMES_LOGO,
    most=119,
    reads=("When in doubt, don't change the logo.",),
    leaves=(
        "When in doubt, don't ask.",
        "Use the gold logo in details, never on large areas.",
        "The logo that we do not own is left out.",
    ),
)

_ALTER = (
    r"(?:use|place|put|stretch|squeeze|rotate|tilt|skew|distort|recolou?r|change|alter|modify|crop|add|outline|"
    r"animate|flip|"
    r"mirror|combine|redraw|recreate|replace|cover|shade|repeat|split|print|show|display|set)"
)

FORBIDS = Rule[Side](
    name="forbids",
    told="logo_dont",
    words="the sentence says of the logo that something must not, may not or cannot be done to it",
    pattern=re.compile(
        rf"(?i)\b(?:should|must|may|can|shall)(?:\s+not|\s+never|n[’']t|not)\s+(?:ever )?be\s+{_DONE}|"
        r"\b(?:should|must|shall)(?:\s+not|\s+never|n[’']t)\s+(?:ever )?(?!be\b)[a-z]{3,}|"
        r"\b(?:is|are) (?:not|never) (?:to be \w+|permitted|allowed|acceptable|okay|ok|recommended|appropriate|"
        r"advisable)\b|"
        r"\b(?:is|are) (?:\w+ly )?(?:prohibited|forbidden|unacceptable|discouraged|frowned upon|off limits|wrong)\b|"
        r"\b(?:should|must|needs? to|ha(?:s|ve) to|(?:is|are) to) be avoided\b|"
        r"\b(?:nobody|no one) (?:may|must|should|can|shall)\b|\bis never (?:\w+ly )?\w+(?:ed|wn|en)\b|"
        r"\byou (?:may|must|can|should|shall)(?:\s+not|\s+never|not|n[’']t)\b|"
        r"\bwe (?:do not|don[’']t|never|cannot|can[’']t) (?:allow|permit|accept|authori[sz]e|grant)\b|"
        r"\b(?:under no circumstances?|in no case|at no time|by no means|in no way)\b|"
        r"\b(?:should|must|shall|to|please|and|,) (?:always |please |also )?avoid\b|"
        r"\bthat you (?:don[’']t|do not|never|avoid)\b|\byou not to\b|\brather (?:that )?you (?:did|do)n[’']t\b|"
        r"^\W*(?:please )?(?:make sure|ensure|be sure|check)\b[^.;]{0,60}\b(?:is|are|does|do)(?: not| never|n[’']t)\b|"
        r"\b(?:is|are) (?:a no-go|not a good idea|a bad idea)\b|"
        r"\bit(?:[’']s| is) (?:not|never) (?:ok|okay|fine|permitted|allowed|acceptable)\b|"
        r"[’']re not (?:permitted|allowed)\b|"
        r"\bneither\b[^.;]{0,60}\b(?:may|must|should|can|shall)\b|"
        r"\b(?:none of [^.;]{3,40}|nothing(?: else)?) (?:may|must|should|can|shall)\b(?! not)|"
        r"\b(?:does|do)(?: not|n[’']t) (?:go|belong|work|sit) (?:on|in|with|at)\b|"
        rf"\bwe (?:do not|don[’']t|never) (?:\w+ly )?{_ALTER}\b|"
        r"\bnever (?:appears?|sits?|stands?|goes|touch(?:es)?|overlaps?)\b|"
        r"\b(?:is|are)(?: not|n[’']t) (?:for use|intended|meant|suitable|suited|designed|to be)\b|"
        r"\byou can[’']t\b|\b(?:important|essential|vital|crucial|best)(?: that [^.;]{3,60}\b(?:is|"
        r"are))? (?:not to|never)\b|"
        rf"(?:{pattern('must')})[^.;]{{0,60}}(?:{pattern('negative_inside')})|"
        rf"(?:{pattern('negative_inside')})\s+(?:{pattern('must')})|"
        r"\bno \w+(?: \w+){0,4} (?:may|must|should|can|shall) (?!not)\w+"
    ),
    guard=_CONDITION,
    needs=NAMES_LOGO,
    reads=(
        "The logo should not be used in a square.", "Our mark must never be redrawn.", "The logo cannot be recoloured.",
        "Other colours of the logo are not permitted.", "It should not be used if the logo must be a square.",
        "The logo may not be combined with other marks.", "Other elements must not touch the logo.",
        "Recolouring the mark is strictly prohibited.", "You may not alter the logo.",
        "We do not permit changes of the wordmark.", "Under no circumstances is the emblem redrawn.",
        "Das Logo soll niemals auf Fotos stehen.", "El logotipo nunca debe ser deformado.",
        "No other mark may stand beside the logo.", "You should avoid noise behind the logo.",
        "We ask that you don't tilt the mark.", "Please make sure the logo isn't stretched.",
        "None of the logos may be cropped.", "Nothing else may stand beside the logo.",
        "Nothing may be placed on top of the logo.", "We never stretch the logo.",
        "The logo doesn't go on photos.", "It is important not to crop the mark.", "You can't tilt the mark.",
        "Shadows behind the logo should be avoided.",
        "Changes of the mark are strongly discouraged.", "Nobody may register the mark.", "The mark is never tilted.",
    ),
    leaves=(
        "You may not like the font.",
        "If the logo cannot be printed in colour, print it in black.", "The logo should be used on white.",
        "Fees must not be paid in cash.", "The logo is not new.",
    ),
)  # fmt: skip

_PLACED = (
    r"(?:platziert|gesetzt|eingesetzt|verwendet|benutzt|genutzt|dargestellt|gezeigt|abgebildet|gestellt|gehalten|"
    r"geplaatst|gebruikt|toegepast|weergegeven|gezet)"
)

FORBIDS_IN_THE_PASSIVE = Rule[Side](
    name="forbids_in_the_passive",
    told="logo_dont",
    words="the sentence says, in the passive of its language, that something is not or never done to the logo",
    pattern=re.compile(
        r"(?i)\b(?:wird|werden|wordt|worden)\b[^.;]{0,140}"
        r"\b(?:nicht|niemals|nie|weder|vermieden|kein\w*|niet|nooit|geen|vermeden)\b|"
        r"\bne (?:se \w+|s[’']\w+|sont|est) (?:pas|jamais)\b|\bn[’']est (?:pas|jamais)\b|"
        r"\b(?:nunca|no|não|jamás|jamais) (?:se|será|serán|são|serão) \w+|\bnon (?:va|vanno|si|viene|vengono) \w+|"
        r"(?<!\w)nikdy (?:se )?\w+|\b(?:se|si) (?:evita|evitan|evitam|evitano)\b"
    ),
    guard=_CONDITION,
    needs=NAMES_LOGO,
    reads=(
        "Das Wappen wird weder verzerrt noch eingefärbt.",
        "Verläufe im Logo werden vermieden.",
        "Het logo wordt niet vervormd.",
        "Le logo ne se déforme pas.",
        "El logo no se gira.",
        "Il logo non va ruotato.",
        "O logotipo nunca se aplica em cinza.",
    ),
    leaves=(
        "Das Logo wird links gesetzt.",
        "Fleisch wird nicht verkauft.",
        "Le logo est bleu.",
        "El logo se usa en azul.",
    ),
)

FORBIDS_ITS_VERB = Rule[Side](
    name="forbids_its_verb",
    told="logo_dont",
    words="the sentence names the logo, and its negation stands behind the verb or at the end",
    pattern=FORBIDS_BEHIND_THE_VERB.pattern,
    unless=FORBIDS_BEHIND_THE_VERB.unless,
    needs=NAMES_LOGO,
    reads=("Gebruik het rode logo niet op foto's", "Use the logo in grey never", "Otáčet logo nelze"),
    leaves=("Gebruik het rode logo op wit", "Gebruik geen jargon", "Use the logo as never before on white"),
)

CALLS_FORBIDDEN = Rule[Side](
    name="calls_forbidden",
    told="logo_dont",
    words="the sentence says in its language that something is forbidden, and names the logo",
    pattern=re.compile(rf"(?i){pattern('forbidden')}"),
    needs=NAMES_LOGO,
    reads=(
        "Il est interdit de modifier le logotype.", "Está prohibido girar el logotipo.",
        "Das Logo zu drehen ist verboten.", "ロゴを変形しないでください。",
    ),
    leaves=("Il est interdit de fumer.", "Le logotype est bleu."),
)  # fmt: skip

REQUIRES = Rule[Side](
    name="requires",
    told="logo_do",
    words="the sentence says of the logo what should or may be done with it",
    pattern=re.compile(
        rf"(?i)\b(?:should|must|shall|needs? to|ha(?:s|ve) to)\s+"
        rf"(?:always |only |also |generally |ideally |preferably )?be\s+{_DONE}|"
        r"\b(?:may|can|could) (?:only |also )?be (?:used|placed|set|shown|printed|reversed|displayed|cropped|"
        r"scaled)\b(?! to\b)|"
        r"\b(?:is|are) (?:always|only) (?:to be )?(?:used|placed|set|shown|printed|reversed|displayed|written)\b|"
        r"\bwe (?:strongly )?(?:recommend|prefer|ask|require)\b|\b(?:is|are) (?:required|preferred|recommended|"
        r"encouraged|fine|okay|acceptable|allowed|permitted|welcome)\b|"
        r"\b(?:is|are) (?:designed|intended|reserved|meant) (?:for|to be)\b|\bpermission is granted\b|"
        r"\b(?:should|must|shall) (?:always |only |also |generally |ideally )?be\b(?! able\b| aware\b| noted\b)|"
        r"\bit(?:[’']s| is) (?:important|essential|best|better|recommended|preferable|necessary|vital|"
        r"crucial) (?:to|that)\b|"
        rf"\byou (?:may|can|should|must) (?:\w+ )?{_ALTER}\b|\bfeel free to\b|\bwe (?:\w+ )?encourage\b|"
        r"\b(?:works?|looks?|reads?) best\b|\bgoes (?:on|in|at|to|above|below|beside)\b|"
        r"\b(?:needs?|ha(?:s|ve)) to (?!be\b)[a-z]{3,}\b|"
        r"\b(?:is|are) best (?:shown|used|displayed|seen|placed)\b|\b(?:should|must|shall) (?:always |only |"
        r"also |generally |ideally )?"
        r"(?!be\b|not\b|have been\b|you\b|we\b|i\b|the\b)[a-z]{3,}\b|"
        r"\b(?:is|are) (?:\w+ly |always |best )?(?:placed|positioned|aligned|centred|centered|reserved|preferred)\b|"
        r"\b(?:is|are) (?:\w+ly |always |best |only )?(?:used|set) (?:for|in|on|as|at|when|with|without)\b(?! to\b)|"
        r"\b(?:is|are) (?:always )?(?:written|spelled|spelt|styled|capitali[sz]ed|referred to)\b|"
        r"\b(?:sits?|stands?|appears?) (?:\w+ )?(?:top|bottom|left|right|cent(?:re|er)|above|below|beside|"
        r"next to|at the|in the)\b|"
        rf"{pattern('must')}"
    ),
    guard=re.compile(
        r"(?i)\b(?:not|never|no|cannot|\w+n[’']t|nor)\b|\bnoted\b|\bin order\b|\b(?:contact|e-?mail|request)\w*\b|"
        r"\byou (?:might |may |will )?(?:need|have) to\b|^\W*(?:how|why|what|to be)\b|"
        rf"(?<!\w)(?:não|non|ne|não|nesm\w+)(?!\w)|{pattern('negative_inside')}"
    ),
    needs=OF_THE_LOGO,
    reads=(
        "The logo should be placed at the top.", "The mark may be reversed out of a dark ground.",
        "The logo is designed for dark grounds.", "Permission is granted to modify the mark for stickers.",
        "The logo must always appear in full.", "The mark needs to be shown in full.",
        "We recommend the white logo on dark.",
        "The emblem is only used in print.", "The logo can be placed on photos.", "Das Logo muss links oben stehen.",
        "Logo należy umieszczać na białym tle.", "Use of the logo must be accurate.",
        "The name of the mark is written in small letters.",
        "The logo is positioned in the top left corner.", "The logo should be 120 px wide.", "The mark sits top left.",
    ),
    leaves=(
        "The logo should not be moved.", "Text should be set in Inter.", "It should be noted that the logo is old.",
        "The logo was drawn in 1990.",
        "The icon should be used instead of the logo.", "Requests for the logo should be e-mailed.",
    ),
)  # fmt: skip

REQUIRES_IN_THE_PASSIVE = Rule[Side](
    name="requires_in_the_passive",
    told="logo_do",
    words="the sentence says, in the passive or present of its language, what is done with the logo or where it stands",
    pattern=re.compile(
        rf"(?i)\b(?:wird|werden|wordt|worden)\b[^.;]{{0,140}}\b{_PLACED}\b|"
        r"\bbevorzugt\w* (?:wird|werden|sind)\b|"
        r"\b(?:steht|stehen|staat|staan)\b[^.;]{0,40}\b(?:immer|stets|bevorzugt|grundsätzlich|links|rechts|oben|unten|"
        r"altijd|bovenaan|onderaan)\b|"
        r"(?<!no )(?<!não )\bse (?:usa|utiliza|usará|coloca|aplica|ubica|presenta|posiciona|mantiene)\w*\b|"
        r"\b(?:est|sont) (?:toujours |uniquement )?(?:utilisé|placé|positionné|affiché|appliqué)\w*\b|"
        r"\b(?:viene|vengono|va|vanno) (?:sempre )?(?:usat|utilizzat|posizionat|applicat|collocat)\w*\b|"
        r"\b(?:é|são) (?:sempre )?(?:usad|utilizad|aplicad|posicionad)\w*\b"
    ),
    guard=re.compile(
        r"(?i)\b(?:nicht|niemals|nie|weder|kein\w*|niet|nooit|geen|ne|non|no|não|nunca|jamais|jamás)\b|"
        r"\b(?:wenn|falls|als|si|quando|cuando|was|were|wurde|wurden)\b"
    ),
    needs=OF_THE_LOGO,
    reads=(
        "Das Wappen steht bevorzugt oben links.", "Auf Fotos wird das Logo auf einer ruhigen Fläche platziert.",
        "Het beeldmerk wordt altijd links geplaatst.", "El logotipo se usa sobre fondo blanco.",
        "Bevorzugt werden Bilder mit Logo.", "Le logo est toujours placé en haut.",
        "Il logo va sempre posizionato in alto.",
        "O logotipo é usado em branco.",
    ),
    leaves=(
        "Das Logo wird nicht auf Fotos gesetzt.", "Das Logo wurde 1990 gezeichnet.", "Die Schrift wird gesetzt.",
        "El logotipo no se usa en gris.",
    ),
)  # fmt: skip

INSTRUCTS = Rule[Side](
    name="instructs",
    told="logo_do",
    words="the sentence opens with an instruction and names the logo",
    pattern=re.compile(
        rf"(?i)^\W*(?:{_WHEN_POSSIBLE},?\s+)?(?:do\s+|always\s+|please\s+)?(?:{_INSTRUCTION})"
        rf"|^\W*(?:{pattern('positive_start')})|(?i:^\W*(?:all|every|each) (?:[\w-]+ ){{1,2}}uses?\b)"
    ),
    needs=NAMES_LOGO,
    reads=(
        "Use the logo on white.",
        "All logo files use one green.",
        "Please keep the mark upright.",
        "Verwenden Sie die Wortmarke auf Weiß.",
    ),
    leaves=("Use plain words.", "The logo stands alone."),
)

RULES = (
    ASKS_BY_A_DOUBLE_NEGATION, OPENS_WITH_A_BAN, BANS_INSIDE, FORBIDS, FORBIDS_IN_THE_PASSIVE, FORBIDS_ITS_VERB,
    CALLS_FORBIDDEN,
    INSTRUCTS, REQUIRES, REQUIRES_IN_THE_PASSIVE, PERMITS, RESTRICTS,
)  # fmt: skip
"""In the order in which they are asked: a prohibition before an instruction."""


RULES_ON_LOOK = tuple(rule for rule in RULES if rule is not BANS_INSIDE)
"""For colours and type, whose captions say in passing what they never are ('Caution; never more than a tenth')."""


RULES_ON_A_PAGE = (OPENS_WITH_A_BAN, FORBIDS, FORBIDS_IN_THE_PASSIVE, FORBIDS_ITS_VERB, CALLS_FORBIDDEN, INSTRUCTS)
"""For pages whose headings name neither the logo nor the look: what may or should be is said of much there."""


def side_of_sentence(sentence: str, *, is_below_logo: bool = False, rules: Sequence[Rule[Side]] = RULES) -> Side | None:
    """What a sentence tells by itself; None where it tells nothing.

    Args:
        sentence: one sentence.
        is_below_logo: the heading names the logo, the sentence need not.
        rules: that are asked, in their order.
    """
    asked = without_purpose(sentence)
    return next((rule.told for rule in rules if rule.reads_text(asked, is_named=is_below_logo)), None)
