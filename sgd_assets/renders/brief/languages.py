"""The language of the words to print: as asked, by their script, or by their small words; None where it is open.

What must not live here: the language of the instruction itself (`lexicon.py`).
"""

import re

from sgd_assets.renders.brief.instruction import Instruction
from sgd_assets.renders.brief.lexicon import words_of

_SCRIPTS = (
    ("ja", "[\u3040-\u30ff]"), ("ko", "[\uac00-\ud7af]"), ("zh", "[\u4e00-\u9fff]"), ("ar", "[\u0620-\u06ff]"),
    ("he", "[\u05d0-\u05ea]"), ("hi", "[\u0900-\u097f]"), ("th", "[\u0e00-\u0e7f]"), ("el", "[\u0370-\u03ff]"),
    ("uk", "[іїєґІЇЄҐ]"), ("ru", "[\u0400-\u04ff]"),
)  # fmt: skip
_SMALL_WORDS = {
    "en": "the and of for your our with you we is are to at now new what how from this all every it",
    "de": "der die das und für mit wir ist sind ein eine im am auf zum zur uns euch jetzt nicht alle von bis ab dem",
    "fr": "le la les et des du une un pour avec nous vous est dans sur votre nos au aux dès en ce qui je",
    "es": "el la los las y de del una un para con nosotros es en tu su hasta ya por que lo",
    "it": "il lo gli la le e di del della una un per con è in nel dal al che noi ora dei",
    "pt": "o a os as e do da dos das uma um para com é em no na seu sua ao já que",
    "nl": "de het een en van voor met wij is op je onze nu in niet voor naar aan",
    "sv": "och att för med en ett är vi din på till av nu från det som",
    "da": "og at for med en et er vi din på til af nu fra det som nye",
    "no": "og at for med en et er vi din på til av nå fra det som nye",
    "pl": "i w na z do dla się jest nas twój po od co nie już",
    "cs": "a v na s do pro se je nás po od co ve za vás nové",
    "tr": "ve bir için ile bu de da şimdi yeni en her",
}
_LETTERS = (("pl", "[ąęłńśźż]"), ("cs", "[ěřůďťň]"), ("tr", "[ğışİ]"), ("de", "ß"), ("pt", "[ãõ]"), ("es", "[ñ¿¡]"))


def language_of(copy: str, told: Instruction | None) -> str | None:
    """ISO 639-1 of the copy, or None.

    Args:
        copy: the words to print.
        told: the instruction; what it asks for comes first, its own language last.
    """
    if not copy:
        return None
    asked = next((hit.value for hit in told.hits if hit.kind == "speech"), None) if told else None
    by_script = next((language for language, script in _SCRIPTS if re.search(script, copy)), None)
    if by_script or asked:
        return by_script or asked
    words = [copy[word.start : word.end].casefold() for word in words_of(copy[:2_000])]
    scores = {language: sum(word in known.split() for word in words) for language, known in _SMALL_WORDS.items()}
    best = max(scores.values())
    leading = [language for language, score in scores.items() if score == best]
    own = told.languages[0] if told else None
    if best and own in leading:
        return own
    by_letter = next((language for language, letters in _LETTERS if re.search(letters, copy.casefold())), None)
    if by_letter and (not best or by_letter in leading):
        return by_letter
    return leading[0] if best and len(leading) == 1 else own if not best else None
