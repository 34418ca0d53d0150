import pytest

from sgd_assets.renders.brief.labelled.quoted import find_quotes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"Open day"', ["Open day"]),
        ("“Open day”", ["Open day"]),
        ("„Tag der Tür“ und „Kuchen”", ["Tag der Tür", "Kuchen"]),
        ("”Öppet hus”", ["Öppet hus"]),
        ("« Portes ouvertes » ‹ici›", ["Portes ouvertes", "ici"]),
        ("»Åbent hus«", ["Åbent hus"]),
        ("見出し「春の新作」と『今すぐ』", ["春の新作", "今すぐ"]),
        ("标题为《夏夜》", ["夏夜"]),
        ("'It's your move' and ‘Chess’", ["It's your move", "Chess"]),
        ("“Our baker says ‘rise early’ every day”", ["Our baker says ‘rise early’ every day"]),
        ("„Opa sagt ‚Pass auf‘ laut“", ["Opa sagt ‚Pass auf‘ laut"]),
        ("the children's library and the bakers' dozen", []),
        ('a 24" screen and a 12" record', []),
        ('the mark " alone', []),
        ("the '90s room", []),
    ],
)
def test_words_stand_between_marks_of_every_style(text: str, words: list[str]) -> None:
    assert [quote.words for quote in find_quotes(text)] == words


def test_a_quotation_keeps_its_line_break() -> None:
    assert [quote.words for quote in find_quotes('"Open studio\r\nnight now"')] == ["Open studio\r\nnight now"]


def test_a_quotation_of_any_length_is_one() -> None:
    long = "We open the doors. " * 300 + "Come."
    assert [quote.words for quote in find_quotes(f'Headline "Open" body "{long}"')] == ["Open", long]
