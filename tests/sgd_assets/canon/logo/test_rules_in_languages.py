"""Dos and don'ts on the logo in other languages than English, each on its side."""

import pytest

from tests.sgd_assets.canon.made_evidence import canon_of


@pytest.mark.parametrize(
    ("heading", "do", "dont"),
    [
        ("Das Logo", "Das Zeichen muss links oben stehen.", "Das Zeichen zu drehen ist nicht gestattet."),
        ("Logo et marque", "Respectez la forme du signe.", "Il est interdit de modifier les couleurs."),
        ("Logotipo", "Coloque el signo sobre blanco.", "Está prohibido cambiar los colores."),
        ("Il logo", "Posizionare il segno in alto.", "Non è consentito cambiare i colori."),
        ("O logotipo", "Coloque o sinal sobre branco.", "É proibido mudar as cores."),
        ("Het logo", "Plaats het teken links boven.", "Het is niet toegestaan om kleuren te wijzigen."),
        ("Logo i znak", "Umieszczaj znak na jasnym tle.", "Zabrania się zmiany kolorów."),
        ("Logotyp", "Placera märket till vänster.", "Det är inte tillåtet att ändra färgerna."),
        ("Vores logo", "Placer mærket til venstre.", "Det er ikke tilladt at ændre farverne."),
        ("Logo a značka", "Umístěte ji vlevo nahoru.", "Je zakázáno měnit barvy."),
        ("ロゴ", "", "色を変更しないでください。"),
    ],
)
def test_what_is_asked_and_what_is_forbidden_below_the_logos_heading(heading: str, do: str, dont: str) -> None:
    canon = canon_of(guide_md=f"# Larchmont\n\n## {heading}\n\n{do}\n\n{dont}\n")
    assert canon.logo_dos == ((do,) if do else ())
    assert canon.logo_donts == (dont,)
