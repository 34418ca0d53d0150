from typing import Any

import pytest

from tests.sgd_assets.renders.brief.reading import brief_of, printed


@pytest.mark.parametrize(
    ("instruction", "right"),
    [
        ('Create a poster with the headline "Doors open" and "Saturday 12 June"',
         {"headline": "Doors open", "body": "Saturday 12 June"}),
        ("Create a banner saying “Mind the gap”", {"headline": "Mind the gap"}),
        ('"Night Swim" as the title, "Bring a towel" as body text, and "Join us" on the button.',
         {"headline": "Night Swim", "body": "Bring a towel", "call_to_action": "Join us"}),
        ('Poster "Night Swim" (headline), "£12" (price), "12 May" (date)',
         {"headline": "Night Swim", "price": "£12", "date": "12 May"}),
        ('"Night Swim", "Two lengths under the stars.", "Friday 3 July, 21:00", "£8", "www.lido.example", "Book now"',
         {"headline": "Night Swim", "body": "Two lengths under the stars.", "date": "Friday 3 July, 21:00",
          "price": "£8", "url": "www.lido.example", "call_to_action": "Book now"}),
        ("Lag en plakat med overskriften «Åpen dag» og knappen «Meld deg på»",
         {"headline": "Åpen dag", "call_to_action": "Meld deg på"}),
        ("Vytvoř plakát s nadpisem „Den dveří“ a tlačítkem „Přihlaste se“",
         {"headline": "Den dveří", "call_to_action": "Přihlaste se"}),
        ('"Açık Gece" başlıklı ve "Hemen katıl" butonlu bir afiş tasarla',
         {"headline": "Açık Gece", "call_to_action": "Hemen katıl"}),
        ('제목 "봄 신상품", 버튼 "지금 보기"', {"headline": "봄 신상품", "call_to_action": "지금 보기"}),
        ("「春の新作」を見出しに、「今すぐ見る」をボタンにしてください",
         {"headline": "春の新作", "call_to_action": "今すぐ見る"}),
        ('Poster in the style of "Bauhaus", headline "Grid"', {"headline": "Grid"}),
        ('Headline "Sale ends soon", don\'t write "cheap"', {"headline": "Sale ends soon"}),
        ("The title is Summer Nights and the subtitle is Music by the river. Logo bottom left.",
         {"headline": "Summer Nights", "body": "Music by the river"}),
        ("Flyer with the words Hello Summer in all caps, logo top right", {"headline": "Hello Summer"}),
        ("Put the price (£12) bottom left", {"price": "£12"}),
        ('Headline "Night Swim", the date (12 May) below and the price (from £8.50) bottom left',
         {"headline": "Night Swim", "date": "12 May", "price": "from £8.50"}),
        ("Preis (12 €) unten links, Überschrift „Los“", {"headline": "Los", "price": "12 €"}),
        ("Make the price (if there is one) small", {}),
    ],
)  # fmt: skip
def test_quoted_words_go_where_their_label_says(instruction: str, right: dict[str, Any]) -> None:
    assert printed(brief_of(instruction)) == right


@pytest.mark.parametrize(
    ("instruction", "right"),
    [
        ("Headline: Less noise\nSubline: More signal", {"headline": "Less noise", "body": "More signal"}),
        ("Titel: Lange Nacht\r\nDatum: 14. November 2026\r\nPreis: 12 €\r\n",
         {"headline": "Lange Nacht", "date": "14. November 2026", "price": "12 €"}),
        ("**Headline:** Less noise\n- CTA: See how\n| Price | £5 |",
         {"headline": "Less noise", "call_to_action": "See how", "price": "£5"}),
        ("Headline: Trust the process: it works", {"headline": "Trust the process: it works"}),
        ("Overskrift: Vinterfest\nPris: 150 kr", {"headline": "Vinterfest", "price": "150 kr"}),
        ("Nadpis: Noc literatury\nDatum: 13. května", {"headline": "Noc literatury", "date": "13. května"}),
        ("Başlık: Kitap Fuarı\nTarih: 5 Mart 2027", {"headline": "Kitap Fuarı", "date": "5 Mart 2027"}),
        ("제목: 여름 축제\n가격: 15,000원", {"headline": "여름 축제", "price": "15,000원"}),
        ("כותרת: שוק הלילה\nמחיר: 40 ₪", {"headline": "שוק הלילה", "price": "40 ₪"}),
        ("Gestalte ein Banner. Überschrift: Neue Räder. Text: Leicht wie nie. Button: Jetzt ansehen. Logo oben rechts.",
         {"headline": "Neue Räder", "body": "Leicht wie nie.", "call_to_action": "Jetzt ansehen"}),
        ("Headline: none\nBody: Come in", {"body": "Come in"}),
        ("Poster. Please print:\n- Winter Lectures\n- Free entry",
         {"headline": "Winter Lectures", "body": "Free entry"}),
        ("The copy is:\n\nCome as you are.\nLeave as a maker.\n\nPut it on our accent colour.",
         {"headline": "Come as you are.", "body": "Leave as a maker."}),
    ],
)  # fmt: skip
def test_labelled_lines_are_words_and_end_at_the_line(instruction: str, right: dict[str, Any]) -> None:
    assert printed(brief_of(instruction)) == right


@pytest.mark.parametrize(
    "instruction",
    [
        "Remember: our audience is retired teachers. We want one thing: trust.",
        "Important: keep the logo small",
        "Requirements:\n- dark background\n- logo bottom left",
        "Make something beautiful for our Instagram channel",
        "no text please, only the logo",
        "A runner at dawn on a bridge",
        "Could you make it friendly and warm?",
        "Write a catchy headline for me",
        "Gestalte eine Kachel für Instagram, bitte hell",
        "Fais une affiche pour nos clients",
        "poster",
        "   ",
    ],
)
def test_words_to_the_designer_are_never_printed(instruction: str) -> None:
    assert printed(brief_of(instruction)) == {}


def test_what_is_left_out_is_noted() -> None:
    assert any("no words to print" in note for note in brief_of("Make it friendly and warm").notes)
    assert any("Bauhaus" in note for note in brief_of('Poster in the style of "Bauhaus", headline "Grid"').notes)


@pytest.mark.parametrize(
    ("instruction", "name"),
    [
        ('Quote card: "What grows here stays here" by Ada Renwick', "Ada Renwick"),
        ("“The river keeps its own time.” — Marta Oldfield. Left-aligned.", "Marta Oldfield"),
        ("Frase: «La strada insegna.» (Bruno Fanti), atmosfera scura", "Bruno Fanti"),
        ('Headline "Open day" - logo bottom left', None),
    ],
)
def test_a_quotation_keeps_who_said_it(instruction: str, name: str | None) -> None:
    brief = brief_of(instruction)
    assert brief.attribution == name
    assert brief.is_quotation is (name is not None)


@pytest.mark.parametrize(
    ("instruction", "language"),
    [
        ('Make a poster in French: headline "Nuit blanche"', "fr"),
        ('Headline: "春の新作"', "ja"),
        ("Plakat: „Tag der offenen Tür“", "de"),
        ('Poster "Come and see what we make"', "en"),
        ("Make it warm", None),
    ],
)
def test_the_language_of_the_copy_is_told(instruction: str, language: str | None) -> None:
    assert brief_of(instruction).language == language
