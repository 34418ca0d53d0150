"""Prohibitions whose negation stands behind the verb, or in its form: 'Gebruik het logo niet op foto's'.

Dutch, German and the Nordic languages negate behind the verb and its object, Czech in the verb, Polish in front of a
verb that ends the sentence. What must not live here: negations that open a sentence (`sides/imperatives.py`).
"""

import re
from typing import Literal

from sgd_assets.canon.facts.rule import Rule
from sgd_assets.canon.words.language import Language, languages
from sgd_assets.canon.words.vocabulary import expressions, pattern

_FARTHEST = 140  # characters between the verb and its negation


def _negated_instruction(language: Language) -> str:
    """A verb that opens an instruction, and the negation of the same language in the same clause."""
    verbs = [words for topic in ("positive_start", "alters") if (words := pattern(topic, of=[language]))]
    negation = pattern("negative_inside", of=[language])
    if not verbs or not negation:
        return ""
    turns = [words for topic in ("subordinate", "without", "not_only") if (words := pattern(topic, of=[language]))]
    goes_on = rf"(?!{'|'.join(turns)})" if turns else ""
    return (
        rf"^\W*(?:{'|'.join(verbs)})\s+(?:{goes_on}[^,;:.!?()–—]){{0,{_FARTHEST}}}?"
        rf"{goes_on}(?:{negation})"
    )


_NEGATED = "|".join(found for language in languages().values() if (found := _negated_instruction(language)))
_NEGATED_IN_ENGLISH = (
    r"\b(?:under no circumstances|at no time|in no case|by no means)\b|"
    r"^\W*(?:please )?(?:use|place|set|put|write|show|apply|print)\b[^,;:.]*\bnever\W*$"
)

FORBIDS_BEHIND_THE_VERB = Rule[Literal["dont"]](
    name="forbids_behind_the_verb",
    told="dont",
    words="the verb opens an instruction and its negation stands behind it, or the verb's form forbids",
    pattern=re.compile(rf"(?i){_NEGATED}|{_NEGATED_IN_ENGLISH}|{expressions('prohibition')}"),
    unless=re.compile(r"\?\W*$"),
    reads=(
        "Gebruik het rode logo niet op foto's", "Zet geen schaduw achter het logo", "Logo niet vervormen",
        "Plaats het logo onder geen beding schuin",
        "Setzen Sie das Logo auf Fotos nicht ein", "Verwende das Signet niemals in Grau", "Drehen Sie das Logo nicht",
        "Nutzt das Signet nicht als Muster", "Platzieren Sie es auf keinen Fall schräg",
        "Verwenden Sie keine Schatten",
        "Använd logotypen aldrig på foton", "Vrid inte logotypen", "Använd inga skuggor",
        "Brug logoet ikke på mørke fotos", "Drej ikke logoet", "Brug ingen skygger",
        "Znaku nie obracaj", "Logotypu nigdy nie rozciągaj", "Logotypu nie zmieniać",
        "Logotyp na fotografiích nepoužívejte", "Značku nikdy nenatáčejte", "Znak nelze otáčet",
        "Utilisez le logo en aucun cas sur une photo", "Logo à ne pas déformer", "Utilice el logo nunca sobre fotos",
        "Usate il logo mai su foto", "Use o logotipo nunca sobre fotos", "El logo no girar", "Logo non ruotare",
        "O logotipo não girar", "Use the logo in grey never", "Place the badge on photos under no circumstances.",
    ),
    leaves=(
        "Gebruik het logo op foto's die niet druk zijn", "Gebruik niet alleen het beeldmerk", "Zet het logo op wit",
        "Verwenden Sie das Logo, wenn Farbe nicht möglich ist", "Setzen Sie das Logo auf Weiß",
        "Verwenden Sie nicht nur die Bildmarke",
        "Können Sie das Logo nicht finden", "Unsere Werte gelten nicht nur hier",
        "Använd logotypen på bilder som inte är mörka", "Använd inte bara symbolen", "Det är inte nytt",
        "Brug logoet, hvis farve ikke er mulig", "Kan ikke findes",
        "Używaj znaku na tle, które nie jest ciemne", "Używajcie znaku", "Použijte značku na bílé",
        "Utilisez le logo sans jamais le déformer", "Usate il logo senza mai girarlo", "Le logo est bleu",
        "Usa el logo para no confundir", "Use the logo in a way that is never dull", "Use it as never before on white",
    ),
)  # fmt: skip

RULES = (FORBIDS_BEHIND_THE_VERB,)
