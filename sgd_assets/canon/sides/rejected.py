"""Prohibitions at the end of a sentence that tells something else first, as records: `str -> str | None`.

'Use gold sparingly, never on large areas' tells both sides: the whole is the do, its tail the don't. What must not live
here: sentences that forbid as a whole (`logo/sentences.py`, `sides/imperatives.py`).
"""

import re
from typing import Literal

from sgd_assets.canon.facts.rule import Rule
from sgd_assets.canon.words.vocabulary import pattern

_JOINS = r"(?<=[\w)\"”»*])(?:\s*[,;–—]\s+|\s+-\s+|\s*\()(?:(?:but|and|" + pattern("joins") + r")\s+)?"
_REST = r"\s+[^.;:!?()–—]{3,160}"

FORBIDS_AT_THE_END = Rule[Literal["dont"]](
    name="forbids_at_the_end",
    told="dont",
    words="behind a comma, a dash or a bracket the sentence goes on with a prohibition",
    pattern=re.compile(
        rf"(?i){_JOINS}(?P<part>(?:never(?! an? )|avoid|do not|don[’']t|"
        rf"no(?! (?:more|less|matter|one|longer|smaller|larger|need)\b)){_REST})"
    ),
    guard=re.compile(r"(?i)\b(?:if|unless|so that|because|whether|where|which|who|even)\b|^\W*no\b"),
    most=300,
    reads=(
        "Decorative use only — never the sole brand identifier", "First names, never formal address",
        "Use gold in details, never on large areas.", "Short sentences, no jargon", "Always cut out (no box around it)",
    ),
    leaves=(
        "Never stretch the logo", "If in doubt, do not use it", "No hype, no buzzwords", "The logo, no matter where",
        "Use it at 24 px, no smaller than that", "Long lists tire readers, never a good thing",
    ),
)  # fmt: skip

FORBIDS_AT_THE_END_IN_ITS_LANGUAGE = Rule[Literal["dont"]](
    name="forbids_at_the_end_in_its_language",
    told="dont",
    words="behind a comma, a dash or a bracket it goes on with the prohibition, or the 'without', of its language",
    pattern=re.compile(
        rf"(?i){_JOINS}(?P<part>(?:{pattern('without')}|nunca|jamás|jamais|niemals|nie|nooit|"
        rf"mai(?! (?:mic|mare|mult|puțin|bun)\w*)|nigdy|aldrig|nikdy|évite[rz]?|evite|evita|evitar|vermeide|vermeiden|"
        rf"pas (?:de|d[’']|le|la|les|un|une)(?!\w)|keine[nr]?|geen){_REST})"
    ),
    guard=re.compile(r"(?i)\bsans[ -]s[eé]rif\b|^\W*(?:si|wenn|als|se|quando|cuando|quand)\b"),
    most=300,
    reads=(
        "Fale com o paciente como quem cuida, sem jargão excessivo",
        "Usa el dorado con cuidado, nunca en áreas grandes",
        "Écrire court, sans jargon technique", "Schreibe kurz, ohne unnötige Fremdwörter",
        "Scrivi chiaro — senza troppi tecnicismi", "Schrijf kort, zonder onnodig jargon",
    ),
    leaves=(
        "Une police moderne, sans serif", "Wenn es eng wird, nie das Logo stauchen", "Sem jargão",
        "Use ouro em detalhes",
    ),
)  # fmt: skip

RULES = (FORBIDS_AT_THE_END, FORBIDS_AT_THE_END_IN_ITS_LANGUAGE)


def rejected_part(sentence: str) -> str | None:
    """The prohibition at the end of a sentence, in its words; None where there is none.

    Args:
        sentence: one that tells what to do.
    """
    for rule in RULES:
        if rule.reads_text(sentence):
            met = rule.pattern.search(sentence)
            return _capital(met["part"].rstrip(' ,"”»)*_')) if met is not None else None
    return None


def _capital(part: str) -> str:
    return part[:1].upper() + part[1:]
