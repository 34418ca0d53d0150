import pytest

from sgd_assets.renders.brief.model import WantedImagery
from tests.sgd_assets.renders.brief.reading import brief_of


@pytest.mark.parametrize(
    ("instruction", "kind", "subject"),
    [
        ("A runner at dawn on a bridge", "any", "runner at dawn on a bridge"),
        ('Poster with a photo of a runner at dawn, headline "Go"', "photo", "runner at dawn"),
        ("Ein Foto von einem Leuchtturm im Sturm, bitte ganz ohne Text.", "photo", "Leuchtturm im Sturm"),
        ("Et bilde av en fyrlykt i storm, uten tekst", "any", "fyrlykt i storm"),
        ("Fotografie majáku v bouři, bez textu", "photo", "majáku v bouři"),
        ("새벽 다리를 달리는 사람의 사진. 글자는 넣지 마세요.", "photo", "새벽 다리를 달리는 사람"),
        ("Don't use any photos; an illustrated skyline instead.", "illustration", "skyline"),
        ("Two people laughing in a workshop, warm light", "any", "people laughing in a workshop"),
        ('Pattern of leaves, headline "Grow"', "pattern", "leaves"),
        ('Use the reference picture and put "Night Market" over it', "reference", None),
        ('Text only: "We are hiring"', "none", None),
        ("「本日休業」だけ、写真なし", "none", None),
        ('Poster: "Open day"', "any", None),
    ],
)
def test_the_picture_that_is_asked_for(instruction: str, kind: str, subject: str | None) -> None:
    assert brief_of(instruction).imagery == WantedImagery.model_validate({"kind": kind, "subject": subject})


@pytest.mark.parametrize(
    ("instruction", "forbidden"),
    [
        ("no text please, only the logo", ("text",)),
        ("Please don't put any text on it.", ("text",)),
        ("Ohne Logo: „Wir bauen um“", ("logo",)),
        ("Plakat „Neu“, Logo weglassen", ("logo",)),
        ("« On recrute », sans dégradé et sans image", ("gradient", "picture")),
        ('"Go", no date or price', ("date", "price")),
        ("写真なし、文字は入れないでください", ("photo", "text")),
        ("텍스트 없이 로고만", ("text",)),
        ("Logosuz bir afiş", ("logo",)),
        ("A text-free banner", ("text",)),
        ('Poster without any picture, just the headline "Quiet"', ("picture",)),
        ("Plakat bez zdjęć, nagłówek „Zima”", ("photo",)),
        ('Headline "Go". No other text.', ()),
        ("Don't put the logo on a dark photo", ()),
    ],
)
def test_what_must_not_be_there(instruction: str, forbidden: tuple[str, ...]) -> None:
    assert brief_of(instruction).forbidden == forbidden


@pytest.mark.parametrize(
    ("instruction", "logo", "alignment", "case"),
    [
        ("Put the logo bottom right", "bottom-right", None, None),
        ("In the upper left corner the logo, please", "top-left", None, None),
        ("Put the logo top left and centre the text.", "top-left", "centre", None),
        ("Logo: top right", "top-right", None, None),
        ("„Mehr Platz“ in Großbuchstaben, linksbündig", None, "left", "upper"),
        ("logo in basso a destra", "bottom-right", None, None),
        ("logo rechtsonder", "bottom-right", None, None),
        ("logo vpravo dole", "bottom-right", None, None),
        ("ロゴは右下に配置してください。", "bottom-right", None, None),
        ("로고는 왼쪽 위에", "top-left", None, None),
        ("Right-aligned text, logo on the left", "left", "right", None),
        ("all lowercase, logo centred", "centre", None, "lower"),
    ],
)
def test_where_things_stand(instruction: str, logo: str | None, alignment: str | None, case: str | None) -> None:
    placement = brief_of(instruction).placement
    assert (placement.logo, placement.alignment, placement.case) == (logo, alignment, case)


@pytest.mark.parametrize(
    ("instruction", "ground", "mood"),
    [
        ('Post "Open day" on a dark background', "dark", "dark"),
        ('"Go" on #0B3D2E', "#0B3D2E", None),
        ('"Go" on our primary blue', "primary blue", None),
        ("Put it on our accent colour.", "accent", None),
        ("„Los“ auf unserem Grün", "green", None),
        ("„Wracamy” na czerwonym tle", "red", None),
        ("fundo azul escuro", "dark blue", None),
        ("背景は緑色", "green", None),
        ("Vivid and playful", None, "vivid"),
        ("Nicht zu verspielt.", None, None),
        ("Photo of lemons on a blue table", None, None),
        ('Headline "Dark red nights"', None, None),
    ],
)
def test_ground_and_mood(instruction: str, ground: str | None, mood: str | None) -> None:
    brief = brief_of(instruction)
    assert (brief.ground, brief.mood) == (ground, mood)
