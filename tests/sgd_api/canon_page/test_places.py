from sgd_api.canon_page.places import METHODS, method_in_words, place_of
from sgd_assets.canon.weigh.confidence import BASE
from tests.sgd_api.canon_page.canons import cite


def test_a_line_and_its_selector_are_told() -> None:
    assert place_of(cite(selector=":root --brand"), has_pages=False) == "line 2 · :root --brand"


def test_a_box_stands_on_a_page_and_a_font_dictionary_does_not() -> None:
    assert place_of(cite(line=None, page=3, bbox=(0, 0, 9, 9)), has_pages=True) == "page 3"
    assert place_of(cite(line=None, page=3), has_pages=True) == "page 3 resources"


def test_a_picture_is_one_place() -> None:
    assert place_of(cite(line=None, page=1, bbox=(0, 0, 9, 9)), has_pages=False) == ""


def test_office_paths_are_shortened_to_part_and_last_steps() -> None:
    path = "ppt/theme/theme1.xml:/a:theme/a:themeElements/a:clrScheme/a:dk2"
    assert place_of(cite(line=None, xml_path=path), has_pages=True) == "ppt/theme/theme1.xml › a:clrScheme › a:dk2"
    assert place_of(cite(line=None, xml_path="name"), has_pages=False) == "name table"


def test_every_method_of_the_canon_has_words() -> None:
    assert set(BASE) <= set(METHODS)
    assert method_in_words("a_new_method") == "a new method"
