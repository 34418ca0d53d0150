"""The space around a logo as guides word it, in all languages that are spoken, and what only looks like it."""

import pytest

from sgd_assets.canon.model import Measure
from tests.sgd_assets.canon.made_evidence import canon_of


@pytest.mark.parametrize(
    ("heading", "sentence", "value", "reference"),
    [
        ("Protección", "Mantener un margen mínimo de la altura de la B.", 1.0, "altura de la B"),
        ("Espacio de seguridad", "Respetar un mínimo de la mitad de la altura del signo.", 0.5, "altura del signo"),
        ("Área de resguardo", "Se deja alrededor la altura de la letra M.", 1.0, "altura de la letra M"),
        ("Spazio di protezione", "Lo spazio attorno al marchio è pari all'altezza della O.", 1.0, "altezza della O"),
        ("Distanza di rispetto", "Corrisponde alla metà dell'altezza del simbolo.", 0.5, "altezza del simbolo"),
        ("Área de respeito", "Em volta da marca fica a altura da letra O.", 1.0, "altura da letra O"),
        ("Marge de sécurité", "Autour du logo reste la hauteur de la lettre B.", 1.0, "hauteur de la lettre B"),
        ("Sicherheitszone", "Rundum bleibt die Höhe des Punktes frei.", 1.0, "Höhe des Punktes"),
        ("Witruimte", "Houd rondom het logo de hoogte van de letter O vrij.", 1.0, "hoogte van de letter O"),
        ("Frirum", "Runt logotypen lämnas höjden på bokstaven A.", 1.0, "höjden på bokstaven A"),
        ("Beskyttelsesområde", "Rundt om logoet er der højden på bogstavet A.", 1.0, "højden på bogstavet A"),
        ("アイソレーション", "ロゴの周囲にはロゴの高さの半分を空けてください。", 0.5, "ロゴの高さ"),
        ("余白", "シンボルの幅の1/4を余白として確保してください。", 0.25, "シンボルの幅"),
        ("Space around the logo", "The space is as wide as the letter N.", 1.0, "width of letter N"),
        ("Padding", "Leave space of half the height of the crown.", 0.5, "height of the crown"),
    ],
)
def test_below_a_heading_on_protection_or_space_the_measure_is_the_rule(
    heading: str, sentence: str, value: float, reference: str
) -> None:
    canon = canon_of(guide_md=f"# Larchmont\n\n## Logo\n\n### {heading}\n\n{sentence}\n")
    assert [fact.measure for fact in canon.facts if fact.kind == "logo_clear_space"] == [
        Measure(unit="ratio", value=value, reference=reference)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Give the mark breathing room on all sides.",
        "Leave enough padding around our logo.",
        "Let the logo breathe.",
        "Make sure there's plenty of space between the logo and anything else.",
        "Add padding of 16px around the badge.",
        "Keep at least the height of the N between the logo and other elements.",
        "The mark needs air: leave half its height free around it.",
        "Keep other elements away from the logo by at least 20px.",
        "Das Logo braucht rundum genügend Platz.",
        "Laissez respirer le logo.",
        "Deje siempre aire alrededor del logotipo.",
        "Intorno al logo occorre lasciare uno spazio adeguato.",
        "Houd rondom het logo voldoende ruimte.",
        "Lämna alltid luft runt logotypen.",
        "Lad der altid være plads omkring logoet.",
        "Wokół logo należy zostawić odstęp.",
        "Kolem loga ponechte prostor.",
        "ロゴの周囲には必ず余白を設けてください。",
    ],
)
def test_space_asked_for_in_plain_words_is_the_rule(sentence: str) -> None:
    assert canon_of(guide_md=f"# Larchmont\n\n## Logo\n\n{sentence}\n").logo_safe_zone is not None


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("Layout / Spacing", "Leave a margin of half the height of the page."),
        ("Datos / Protección", "Guardamos los datos a menos de 10 km de usted."),
        ("Logo / Protection", "The logo is a registered mark and is protected in 40 countries."),
        ("Logo / Usage", "Keep the logo away from busy pictures."),
        ("Cards / Padding", "Give the text some breathing room of 16px on all sides."),
        ("Voice", "Let your words breathe."),
    ],
)
def test_other_space_and_other_protection_is_none(heading: str, sentence: str) -> None:
    first, _, second = heading.partition(" / ")
    below = f"### {second}\n\n" if second else ""
    canon = canon_of(guide_md=f"# Larchmont\n\n## {first}\n\n{below}{sentence}\n")
    assert canon.logo_safe_zone is None
