"""The language of the words to print, by what is asked, script and small words; and what is in no words that are known.

What must not live here: the language of the instruction itself (`lexicon.py`), or what known words ask for (the
readers beside this).
"""

import re

from sgd_assets.renders.brief.instruction import BLANK, Instruction, Span
from sgd_assets.renders.brief.lexicon import UNSPACED, fold, words_of
from sgd_assets.renders.brief.vocabulary.alphabets import foreign_letters, is_written_with

_SCRIPTS = (
    ("ja", "[\u3040-\u30ff]"), ("ko", "[\uac00-\ud7af]"), ("zh", "[\u4e00-\u9fff]"), ("ar", "[\u0620-\u06ff]"),
    ("he", "[\u05d0-\u05ea]"), ("hi", "[\u0900-\u097f]"), ("th", "[\u0e00-\u0e7f]"), ("el", "[\u0370-\u03ff]"),
    ("uk", "[іїєґІЇЄҐ]"), ("sr", "[ђјљњћџЂЈЉЊЋЏ]"), ("ru", "[\u0400-\u04ff]"),
)  # fmt: skip
_SMALL_WORDS = {
    "en": "the and of for your our with you we is are to at now new what how from this all every it",
    "de": "der die das und für mit wir ist sind ein eine im am auf zum zur uns euch jetzt nicht alle von bis ab dem",
    "fr": "le la les de et des du une un pour avec nous vous est dans sur votre nos au aux dès en ce qui je",
    "es": "el la los las y de del una un para con nosotros es en tu su hasta ya por que lo",
    "it": "il lo gli la le e di del della una un per con è in nel dal al che noi ora dei",
    "pt": "o a os as e do da dos das uma um para com é em no na seu sua ao já que novo",
    "nl": "de het een en van voor met wij is op je onze nu in niet voor naar aan",
    "sv": "och att för med en ett är vi din på till av nu från det som",
    "da": "og at for med en et er vi din på til af nu fra det som nye",
    "no": "og at for med en et er vi din på til av nå fra det som nye",
    "pl": "i w na z do dla się jest nas twój po od co nie już",
    "cs": "a v na s do pro se je nás po od co ve za vás nové",
    "tr": "ve bir için ile bu de da şimdi yeni en her",
    "fi": "ja ei että se sinä mitä kun nyt myös tule kanssa ovat uusi",
    "hu": "az és egy hogy nem van most meg itt veled új minden",
    "ro": "și şi cu pentru este sunt în din noi ce pe acum",
    "hr": "i u na je za se nas od do kod sve ili što vas novo",
    "sk": "a v na sa je pre čo nás do od alebo u vás teraz nové",
    "ca": "els amb per què és i dels nosaltres ara del",
    "vi": "và của là cho với không có đến ở trong xem chúng ta ngày mới",
    "id": "dan yang untuk dengan kami ke dari ini itu ada anda baru",
}
_SMALL = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_SMALL_FOLDED = frozenset(fold(word) for words in _SMALL.values() for word in words)
_SAME_SCRIPT = ("ru", "uk", "bg", "sr")
_TELLING = (
    ("vi", "[ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]"), ("tr", "[ğış]|i\u0307"), ("ro", "[ășțşţ]"),
    ("hu", "[őű]"), ("sk", "[ľĺŕ]"), ("pl", "[ąęłńśźż]"), ("cs", "[ěřůďťň]"), ("hr", "[ćđ]"), ("de", "ß"),
    ("pt", "[ãõ]"), ("es", "[ñ¿¡]"), ("ca", "l·l"),
)  # fmt: skip
"""Letters by which a language is told where it writes all others beside them: "ş" is Turkish, beside "ţ" Romanian."""
_LABELLED = re.compile(
    r"^[ \t*•>#–—-]*([^:：\n\r\u2028\u2029" + BLANK + r"]{2,40})[:：][ \t]+(\S[^\n\r\u2028\u2029]*)$", re.M
)
_PARTICIPLE = re.compile(r"[a-z]{3,}ing$")  # "cats chasing leaves": English without one small word
_READ_SCRIPTS = re.compile(rf"[{UNSPACED}\u0370-\u04ff\u05d0-\u06ff\u0900-\u097f]")
_WISHES = ("image", "thing", "place", "mood", "colour", "role", "align", "case", "set", "not", "ask", "edit", "only")
_MOST_LABEL = 4  # words of a label
_FEWEST, _SHORT, _LONG = 3, 14, 24  # words and characters: thanks, or a name, are no sentence that goes amiss
_MOST_NOTES, _MOST_CHARS = 4, 120


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
    if by_script == "ru":
        by_script = next((name for name in (asked, *(told.languages if told else ())) if name in _SAME_SCRIPT), "ru")
    if by_script or asked:
        return by_script or asked
    words = [copy[word.start : word.end].casefold() for word in words_of(copy[:2_000])]
    scores = {language: sum(map(known.__contains__, words)) for language, known in _SMALL.items()}
    best = max(scores.values())
    leading = [language for language, score in scores.items() if score == best]
    own = told.languages[0] if told else None
    if own in leading and (best or (own is not None and is_written_with(copy, own))):
        return own
    telling = [
        name for name, letters in _TELLING if re.search(letters, copy.casefold()) and not foreign_letters(copy, name)
    ]
    by_letter = next((name for name in telling if best <= 1 or name in leading), None)
    if by_letter:
        return own if own in telling else by_letter
    return leading[0] if best and len(leading) == 1 else own if not best else None


def left_out(told: Instruction) -> tuple[str, ...]:
    """A note for each such line and sentence, the first ones only."""
    lines = [match for match in _LABELLED.finditer(told.text) if _is_unread_label(told, match)]
    notes = [f"left out, its label is not known: {match.group().strip()[:_MOST_CHARS]}" for match in lines]
    for sentence in told.sentences:
        text = told.text[sentence.start : sentence.end]
        is_line = any(match.start() <= sentence.start < match.end() for match in lines[:_MOST_NOTES])
        if not is_line and BLANK not in text and not is_in_known_words(told, sentence):
            notes.append(f"left out, it is in no words that are known: {text.strip()[:_MOST_CHARS]}")
        if len(notes) >= _MOST_NOTES:
            break
    return tuple(notes[:_MOST_NOTES])


def is_in_known_words(told: Instruction, span: Span) -> bool:
    """Whether a stretch has a word of any language that is read; short stretches are taken to have one."""
    if any(hit.end - hit.start >= 2 for hit in told.within(span.start, span.end)):
        return True
    text = told.text[span.start : span.end]
    words = [word.folded for word in words_of(text)]
    if (len(words) < _FEWEST and len(text) < _LONG) or len(text) < _SHORT or _READ_SCRIPTS.search(text):
        return True
    known = [word for word in words if word in _SMALL_FOLDED or _PARTICIPLE.search(word)]
    return any(len(word) >= 2 for word in known) or 3 * len(known) >= len(words)


def _is_unread_label(told: Instruction, match: re.Match[str]) -> bool:
    """Beside labelled words a line of the same form, of which nothing is read."""
    if BLANK not in told.text or len(match[1].split()) > _MOST_LABEL or BLANK in match[2]:
        return False
    return not told.within(match.start(), match.end(), *_WISHES)
