"""Which values, names and cells of a guide make one colour."""

import pytest

from tests.sgd_assets.canon.made_evidence import canon_of

COLUMNS = """# Brand colours

| Name | {head} |
|---|---|---|---|
| Kestrel Blue | 10 | 37 | 64 |
| Signal Coral | 255 | 90 | 95 |
"""
FRENCH = """# Palette

Bleu nuit
C100 M63 J16 N78
R10 V37 B64

Corail
C0 M79 J50 N0
R255 V90 B95
"""


def named(text: str) -> list[tuple[str, str | None]]:
    return [(fact.colour.hex, fact.colour.name) for fact in canon_of(guide_md=text).facts if fact.colour is not None]


@pytest.mark.parametrize("head", ["R | G | B", "Red | Green | Blue", "R | V | B", "Rot | Grün | Blau"])
def test_channels_in_columns_of_their_own_are_one_colour(head: str) -> None:
    assert named(COLUMNS.format(head=head)) == [("#0A2540", "Kestrel Blue"), ("#FF5A5F", "Signal Coral")]


def test_numbers_in_columns_that_are_no_channels_are_none() -> None:
    assert named(COLUMNS.format(head="Pages | Sheets | Sets")) == []


def test_a_short_line_over_its_notations_names_the_colour() -> None:
    assert named(FRENCH) == [("#0A2540", "Bleu nuit"), ("#FF5A5F", "Corail")]


@pytest.mark.parametrize("head", ["Code", "Value", "Wert", "Valeur"])
def test_bare_digits_below_a_head_that_names_no_notation_are_read_by_the_heading_above(head: str) -> None:
    table = f"# Brand colours\n\n| Name | {head} |\n|---|---|\n| Kestrel Blue | 0A2540 |\n| Signal Coral | FF5A5F |\n"
    assert named(table) == [("#0A2540", "Kestrel Blue"), ("#FF5A5F", "Signal Coral")]
    assert named(table.replace("Brand colours", "Part numbers")) == []


def test_names_are_told_as_they_are_seen() -> None:
    text = "# Brand colours\n\n- Sig\u00adnal Coral\u200b: #FF5A5F\n- 主色：海军蓝 RGB：10，37，64\n"
    assert named(text) == [("#FF5A5F", "Signal Coral"), ("#0A2540", "海军蓝")]
