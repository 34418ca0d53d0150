"""Of languages that share letters or words, the one that writes all of them is told."""

import pytest

from sgd_assets.renders.brief.instruction import Instruction
from tests.sgd_assets.renders.brief.reading import brief_of


@pytest.mark.parametrize(
    ("instruction", "language"),
    [
        ('Afiş: "Kış Festivali Başlıyor"', "tr"),
        ('Poster "Hoş Geldiniz"', "tr"),
        ('Poster "Şimdi Katıl"', "tr"),
        ('Poster "Ürün lansmanı"', "tr"),
        ("Başlık: Yeni Şube Açıldı", "tr"),
        ('Afiș: "Târgul de iarnă"', "ro"),
        ('Poster "Toamna la țară"', "ro"),
        ('Poster "Gołąb"', "pl"),
        ('Poster "Ćevapi"', "hr"),
        ('Poster "Pão"', "pt"),
        ("Affiche « Fête de la moisson »", "fr"),
        ("Escreve Feliz Ano Novo", "pt"),
        ("Напиши С Новым годом", "ru"),
        ('Poster "Café Müller"', "en"),
    ],
)
def test_the_language_of_the_words(instruction: str, language: str) -> None:
    assert brief_of(instruction).language == language


@pytest.mark.parametrize(
    ("instruction", "language"),
    [
        ("Bir köprüde koşan kadın", "tr"),
        ("Koyu zemin üzerine beyaz yazı", "tr"),
        ("Напиши С Новым годом", "ru"),
        ("Skriv Gott nytt år", "sv"),
    ],
)
def test_the_language_of_the_instruction(instruction: str, language: str) -> None:
    assert Instruction.read(instruction).languages[0] == language
