"""Verbs that open an instruction to a writer or designer.

What must not live here: how a sentence is judged (`voice.py`).
"""

IMPERATIVES = frozenset(
    word
    for line in """
abbreviate acknowledge adapt add address adjust adopt aim align allow apply assume avoid back balance be begin
break capitalise capitalize celebrate check choose consider convince credit cut default define describe do
edit educate emphasise emphasize empower encourage end engage ensure explain favor favour feel focus follow
get give go group guide help highlight imagine include inform inspire invite keep label lead lean leave let
limit link listen maintain make match mention mix name offer opt organise organize own picture place position
prefer present provide put read reassure refer remember replace respect review save say select set share
shorten show simplify sound speak spell start stay stick stress structure tailor talk tell test think
translate treat try use vary welcome write
""".splitlines()
    for word in line.split()
)
"""Lower-case, in the form that starts an imperative sentence."""
