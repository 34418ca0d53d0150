"""A batch stands for plain render requests: rows outside, sizes inside, words filled in, faults told by row."""

from typing import Any

import pytest

from sgd_assets.renders.campaign.items import MAX_PICTURES, items_of
from sgd_resources.contracts import faults
from sgd_resources.errors import ValidationFailed


def batch(**changes: Any) -> dict[str, Any]:
    return {
        "project_id": "spring",
        "prompts": {"task": "create"},
        "copy": {"headline": "{city} awaits", "price": "{price}", "extra": ["from {city}", "{note}"]},
        "outputs": {"format": "png", "sizes": ["1080x1080", "1200x628"]},
        "rows": [
            {"city": "Berlin", "price": "9.90 €", "note": "today"},
            {"city": "São Paulo", "price": "", "note": " "},
        ],
        **changes,
    }


def told(**changes: Any) -> list[dict[str, str]]:
    with pytest.raises(ValidationFailed) as caught:
        items_of(batch(**changes))
    return list(caught.value.details["errors"])


def test_each_row_is_made_in_each_size_as_a_whole_request() -> None:
    items = items_of(batch())
    assert [(item.index, item.row, item.size) for item in items] == [
        (0, 0, "1080x1080"), (1, 0, "1200x628"), (2, 1, "1080x1080"), (3, 1, "1200x628"),
    ]  # fmt: skip
    assert items[1].body["copy"] == {"headline": "Berlin awaits", "price": "9.90 €", "extra": ["from Berlin", "today"]}
    assert [faults("render_request", item.body) for item in items] == [[]] * 4


def test_a_part_whose_field_is_blank_is_left_out() -> None:
    assert items_of(batch())[2].body["copy"] == {"headline": "São Paulo awaits", "extra": ["from São Paulo"]}


def test_names_of_files_are_told_apart_by_row_and_size() -> None:
    items = items_of(batch(rows=[{"city": "São Paulo / Süd", "price": "1", "note": "n"}] * 2))
    assert [item.stem() for item in items] == [
        "001-são-paulo-süd-1080x1080", "001-são-paulo-süd-1200x628",
        "002-são-paulo-süd-1080x1080", "002-são-paulo-süd-1200x628",
    ]  # fmt: skip
    assert items[0].stem(1) == "001-são-paulo-süd-1080x1080-2"


def test_a_field_stands_as_it_is_written_and_is_not_filled_again() -> None:
    row = {"city": "{price} {0.__class__} %s ${x}", "price": "{{1}}", "note": "n"}
    copy = items_of(batch(rows=[row]))[0].body["copy"]
    assert copy["headline"] == "{price} {0.__class__} %s ${x} awaits"
    assert copy["price"] == "{{1}}"


def test_braces_that_are_meant_are_written_twice() -> None:
    assert items_of(batch(copy={"headline": "{{{city}}} {"}))[0].body["copy"]["headline"] == "{Berlin} {"


def test_a_placeholder_that_no_row_knows_is_refused_by_name() -> None:
    assert "{town}" in told(copy={"headline": "{town}"})[0]["message"]
    assert "{city.upper}" in told(copy={"headline": "{city.upper}"})[0]["message"]


def test_a_placeholder_without_rows_is_refused() -> None:
    assert "{city}" in told(rows=None)[0]["message"]


def test_fields_that_a_row_lacks_are_named_row_by_row() -> None:
    rows = [{"city": "a", "price": "1", "note": "n"}, {"city": "b"}, {"price": "1", "note": "n"}]
    assert told(rows=rows) == [
        {"path": "$.rows[1]", "message": "the field price is missing"},
        {"path": "$.rows[1]", "message": "the field note is missing"},
        {"path": "$.rows[2]", "message": "the field city is missing"},
    ]


def test_fields_named_as_parts_of_a_copy_are_the_copy_where_none_is_given() -> None:
    rows = [{"sku": "7", "headline": "Doors open {soon}", "price": ""}]
    items = items_of(batch(copy=None, rows=rows, plan_id="a" * 8))
    assert items[0].body["copy"] == {"headline": "Doors open {soon}"}
    assert items[0].body["plan_id"] == "a" * 8


def test_the_instruction_is_filled_too() -> None:
    items = items_of(batch(prompts={"task": "create", "instruction": 'A poster for {city}: "Hello"'}))
    assert items[2].body["prompts"]["instruction"] == 'A poster for São Paulo: "Hello"'


def test_pictures_of_a_batch_share_a_look_unless_another_seed_is_given() -> None:
    assert len({item.body["seed"] for item in items_of(batch())}) == 1
    assert {item.body["seed"] for item in items_of(batch(seed=7))} == {7}
    assert items_of(batch())[0].body["seed"] != items_of(batch(project_id="autumn"))[0].body["seed"]


def test_more_pictures_than_a_batch_takes_are_refused_with_the_sum() -> None:
    rows = [{"city": "a", "price": "1", "note": "n"}] * (MAX_PICTURES // 2)
    assert len(items_of(batch(rows=rows))) == MAX_PICTURES
    outputs = {"format": "png", "sizes": ["64x64", "80x80"], "count": 2}
    assert f"{2 * MAX_PICTURES} pictures" in told(rows=rows, outputs=outputs)[0]["message"]


def test_a_size_given_twice_is_refused() -> None:
    assert told(outputs={"format": "png", "sizes": ["64x64", "64x64"]})[0]["path"] == "$.outputs.sizes"
