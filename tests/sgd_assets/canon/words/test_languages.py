"""Guides in other languages than English are read by the same rules, through one vocabulary."""

import unicodedata

import pytest

from sgd_assets.canon.model import Measure
from sgd_assets.canon.words import topics
from tests.sgd_assets.canon.guides_in_languages import GUIDES
from tests.sgd_assets.canon.made_evidence import canon_of

REFERENCES = {
    "de": "Höhe der Bildmarke",
    "fr": "hauteur du symbole",
    "es": "altura del símbolo",
    "it": "altezza del simbolo",
    "pt": "altura do símbolo",
    "nl": "hoogte van het beeldmerk",
}
TONES = {
    "de": "Unser Ton ist freundlich, klar und nahbar.",
    "fr": "Notre ton est clair, chaleureux et simple.",
    "es": "Nuestro tono es cercano, claro y amable.",
    "it": "Il nostro tono è chiaro, caldo e diretto.",
    "pt": "Nosso tom é próximo, claro e simples.",
    "nl": "Onze toon is helder, warm en direct.",
}


@pytest.mark.parametrize("language", GUIDES)
def test_a_guide_is_read_in_full(language: str) -> None:
    canon = canon_of(guide_md=GUIDES[language])
    assert canon.palette_hex == ("#005F73", "#EE6C4D")
    assert canon.fonts == ("Lato", "Merriweather")
    measures = [fact.measure for fact in canon.facts if fact.kind in ("logo_clear_space", "logo_min_size")]
    assert measures == [
        Measure(unit="ratio", value=0.5, reference=REFERENCES[language]),
        Measure(unit="mm", value=20),
    ]
    assert len(canon.logo_donts) == 2
    assert canon.voice is not None
    assert canon.voice.tone == TONES[language]
    assert len(canon.voice.dos) == 2
    assert len(canon.voice.donts) == 2
    assert canon.status == "complete"


@pytest.mark.parametrize("language", GUIDES)
def test_accents_may_stand_apart_or_be_left_out(language: str) -> None:
    apart = unicodedata.normalize("NFD", GUIDES[language])
    canon = canon_of(guide_md=apart)
    assert canon.palette_hex == ("#005F73", "#EE6C4D")
    assert canon.logo_safe_zone is not None


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("Hausfarben", "COLOUR"),
        ("Couleurs", "COLOUR"),
        ("Paleta de colores", "COLOUR"),
        ("Tavolozza", "COLOUR"),
        ("Cores", "COLOUR"),
        ("Kleurenpalet", "COLOUR"),
        ("Hausschrift", "TYPOGRAPHY"),
        ("Police de caractères", "TYPOGRAPHY"),
        ("Tipo de letra", "TYPOGRAPHY"),
        ("Schutzraum", "CLEAR_SPACE"),
        ("Zone d’exclusion", "CLEAR_SPACE"),
        ("4. Ton", "VOICE"),
        ("Tono de voz", "VOICE"),
    ],
)
def test_a_heading_opens_its_topic(heading: str, topic: str) -> None:
    assert getattr(topics, topic).search(heading)


def test_an_elided_negation_is_one_and_a_prefix_is_none() -> None:
    canon = canon_of(
        guide_md="# Logo\n\n- N'utilisez pas le logo en gris.\n- Non-text elements of the logo need contrast.\n"
    )
    assert canon.logo_donts == ("N'utilisez pas le logo en gris.",)


@pytest.mark.parametrize(
    "heading", ["CPU cores", "Überschriften", "Police report", "Ton of bricks", "Vorschriften", "Catalogo"]
)
def test_words_that_only_look_alike_open_none(heading: str) -> None:
    assert not any(topic.search(heading) for topic in (topics.COLOUR, topics.TYPOGRAPHY, topics.VOICE, topics.LOGO))
