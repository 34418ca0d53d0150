"""Rows of a campaign come as JSON or as CSV out of any spreadsheet, and a broken sheet is told by row."""

import pytest

from sgd_assets.renders.campaign.rows import MAX_FIELD_CHARACTERS, read_csv, rows_of
from sgd_resources.errors import ValidationFailed


@pytest.mark.parametrize(
    "text",
    [
        'city,line\nBerlin,"Open, at last"\n',
        "\ufeffcity;line\r\nBerlin;Open, at last\r\n\r\n",
        "city\tline\nBerlin\tOpen, at last",
    ],
)
def test_csv_of_every_spreadsheet_gives_the_same_row(text: str) -> None:
    assert read_csv(text) == ({"city": "Berlin", "line": "Open, at last"},)


def test_a_cell_may_hold_lines_and_quotes() -> None:
    assert read_csv('a,b\n"one\ntwo","say ""hi"""\n') == ({"a": "one\ntwo", "b": 'say "hi"'},)


@pytest.mark.parametrize("text", ["", "a,b\n", "a,a\n1,2\n", "a,\n1,2\n", 'a,b\n"1,2\n'])
def test_a_sheet_without_names_or_rows_is_refused(text: str) -> None:
    with pytest.raises(ValidationFailed) as caught:
        read_csv(text)
    assert caught.value.details["errors"][0]["path"] == "$.csv"


def test_a_row_of_too_few_cells_is_named_with_what_it_lacks() -> None:
    with pytest.raises(ValidationFailed) as caught:
        read_csv("city,price,note\nBerlin,1,n\nParis\nRome,1,2,3\n")
    assert caught.value.details["errors"] == [
        {"path": "$.rows[1]", "message": "1 cells, and 3 names: price, note missing"},
        {"path": "$.rows[2]", "message": "4 cells, and 3 names"},
    ]


@pytest.mark.parametrize("row", [{"": "x"}, {" a": "x"}, {"a{b": "x"}, {"a": "x" * (MAX_FIELD_CHARACTERS + 1)}])
def test_fields_beyond_their_bounds_are_refused_with_their_row(row: dict[str, str]) -> None:
    with pytest.raises(ValidationFailed) as caught:
        rows_of({"rows": [{"a": "x"}, row]})
    assert caught.value.details["errors"][0]["path"] == "$.rows[1]"


def test_a_batch_without_rows_is_one_row_without_fields() -> None:
    assert rows_of({}) == ({},)
