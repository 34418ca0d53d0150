"""Verbs that open an instruction to a writer or designer.

What must not live here: how a sentence is judged (`voice.py`).
"""

IMPERATIVES = frozenset(
    word
    for line in """
abbreviate abstain accept acknowledge act adapt add address adhere adjust adopt aim align allow alternate amplify
anticipate apologise apologize apply appreciate ask assume avoid back balance be beware brag break bring build bury
call capitalise capitalize celebrate challenge champion check choose cite clarify communicate compare complement
compress connect consider contextualise contextualize convey convince correct create credit cultivate cut deal default
define deliver demonstrate describe design develop discuss distinguish do draw edit educate elevate eliminate embody
embrace emphasise emphasize empower encourage end engage enjoy ensure establish evoke exaggerate explain express
extend favor favour feel find focus follow form foster frame front-load gather generalise generalize get give go greet
ground group guide hedge help hide highlight hold humanise humanize identify illustrate imagine include indicate
infantilize inform insert inspire instil instill instruct introduce invite jump keep label lead lean learn leave let
leverage limit link list listen look lose maintain make mark match mean measure mention mimic mind minimise minimize
mirror mix model motivate name nod offer open opt organise organize overcomplicate overpromise own panic paraphrase
pay perform personalise personalize phrase picture place plan play point position practice practise praise prefer
present prioritise prioritize project promise promote prove provide pull push put quote raise reach read reassure
recognise recognize recommend reduce refer reference reflect refrain reframe reinforce relate rely remain remember
remind remove rephrase replace represent resist respect respond review revise reward rewrite save say scan seek select
sell set shape share shift shorten shout show simplify skip soften sound speak specify spell spend spread stand start
state stay steer stick stop stress strike strip strive structure substitute suggest support surprise swap tackle
tailor take talk target teach tell test thank think tie translate treat trim trust try turn understand use utilise
utilize validate value vary verify weave welcome wield word work write
""".splitlines()
    for word in line.split()
)
"""Lower-case, in the form that starts an imperative sentence."""

NOUNS_TOO = frozenset(
    word
    for line in """
design form frame group label link list mark measure mirror mix model open place plan play point position practice
present project promise quote range reference shape shift shout stress structure support surprise swap talk target
test trust turn value word work
""".splitlines()
    for word in line.split()
)
"""Of these, the ones that open a noun phrase as often as an instruction ('Open source', 'Present tense')."""
AFTER_A_VERB = frozenset(
    word
    for line in """
a about across all an and any as at away back by clear clearly complex complicated directly every everything facts for
from how in information into it its like new only on or our out people positive simple simply that the their them these
things this those through to together up us users what when with yourself your you
""".splitlines()
    for word in line.split()
)
"""Words that show that such a word is meant as a verb."""
