"""Sentences that allow or limit: what may stand where, what is used how, as records: `str -> 'logo_do' | None`.

What must not live here: what is asked for and what is forbidden (`logo/sentences.py`).
"""

import re
from typing import Literal

from sgd_assets.canon.facts.rule import Rule
from sgd_assets.canon.words import topics
from sgd_assets.canon.words.vocabulary import expressions, pattern

Side = Literal["logo_do", "logo_dont"]

NAMES_LOGO = re.compile(topics.LOGO.pattern)
OF_THE_LOGO = re.compile(
    r"(?is)^(?!.*\binstead of (?:the|our|this) (?:\w+ )?logo\b).*(?:" + NAMES_LOGO.pattern.removeprefix("(?i)") + ")"
)
"""What may stand instead of the logo is no rule on it."""
_SERVES_A_READER = re.compile(
    r"(?i)\?\W*$|\b(?:download\w*|heruntergeladen|herunterladen|télécharg\w+|descarg\w+|scaric\w+|baixa\w*|gedownload|"
    r"laddas|hentes|pobra\w*|stáhnout|found|bezogen|angefordert|request\w*|e-?mail\w*|here you|hier können|ici, vous)\b"
)
"""Where files are to be had, and questions, are no rules."""

PERMITS = Rule[Side](
    name="permits",
    told="logo_do",
    words="the sentence says what may be done with the logo or the look, how it is used, or what leads",
    pattern=re.compile(
        r"(?i)\b(?:may|can) (?:also |always |only )?(?:stand|appear|sit|run|go)\b|"
        r"\b(?:is|are) (?:always |only )?used (?:sparingly|alone|together|\w+ly\W*$)|"
        r"\b(?:dominates?|predominates?|prevails?)\b|\b(?:takes?|ha(?:s|ve)) (?:the lead|precedence|priority)\b|"
        rf"{pattern('leads')}|{expressions('permission')}"
    ),
    guard=re.compile(
        r"(?i)\b(?:not|never|no|cannot|nor|nothing|nobody|none|neither|hardly|rarely|\w+n[’']t)\b|"
        rf"(?<!\w)(?:não|non|ne|nie|no)(?!\w)|{pattern('negative_inside')}|"
        r"\b(?:if|unless|wenn|falls|as (?:it|they|you))\b"
    ),
    unless=_SERVES_A_READER,
    needs=OF_THE_LOGO,
    most=200,
    reads=(
        "The symbol can stand alone.", "The gold mark is used sparingly.", "The mark dominates every cover.",
        "Das Logo darf allein stehen.", "Le logo peut être utilisé seul.", "El logo puede usarse solo.",
        "Il logo può essere usato da solo.", "O logotipo pode ser usado sozinho.", "Het logo mag alleen staan.",
        "Logotypen får användas ensam.", "Logoet må bruges alene.", "Logotyp może występować samodzielnie.",
        "Logotyp může stát samostatně.", "ロゴは単独で使用できます。", "Im Logo überwiegt Grau.",
    ),
    leaves=(
        "The logo can never stand alone.", "Nothing else can appear beside the logo.",
        "Das Logo kann hier heruntergeladen und verwendet werden.",
        "Le logo ne peut être utilisé seul.", "Grey dominates the sky.", "Can the logo stand alone?",
        "Das Logo darf nicht allein stehen.", "Logotyp nie może być używany.", "Logoet må ikke bruges alene.",
    ),
)  # fmt: skip

RESTRICTS = Rule[Side](
    name="restricts",
    told="logo_do",
    words="a short line says where, when or with what alone the logo is used",
    pattern=re.compile(
        r"(?i)\b(?:nur|ausschließlich|only|exclusively|uniquement|seulement|exclusivement|solo|sólo|solamente|"
        r"únicamente|"
        r"apenas|somente|soltanto|solamente|esclusivamente|alleen|uitsluitend|tylko|wyłącznie|endast|kun|pouze)\b"
    ),
    guard=re.compile(
        r"(?i)\bnot\b|\bnicht\b|\bno\b|\bnon\b|\bnão\b|\bniet\b|\bif\b|\b(?:is|are|was|the) only\b|"
        r"^\W*only\b.*\b(?:a|an|one)\b|"
        rf"^\W*(?:{pattern('without')})"
    ),
    needs=OF_THE_LOGO,
    most=140,
    reads=(
        "Im Schutzraum des Logos nur neutraler Hintergrund", "Mono logo for one-colour print only.",
        "Le logotype uniquement sur fond blanc", "Logotipo apenas em branco ou verde", "Beeldmerk alleen op wit",
    ),
    leaves=("Nicht nur das Logo zählt.", "It is the only logo.", "Members only.", "Sin sombras, solo un logotipo",
        "The logo is not only blue."),
)  # fmt: skip
