"""JSON as XML: well-formed, in one order, and nothing of it lost."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgd_assets.prompts.xml import to_xml

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=8)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-99, 99)
    | st.floats(-9, 9)
    | TEXT
    | st.sampled_from(["\n", " a ", "\r", "]]>"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXT | st.sampled_from(["item", "xml", "a:b"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def back(element: ET.Element) -> Any:
    """The JSON that an element says."""
    kind = element.get("type")
    if kind == "object":
        return {child.get("name", child.tag): back(child) for child in element}
    if kind == "array":
        return [back(child) for child in element]
    text = element.text or ""
    if kind == "string":
        return text
    return {"null": None, "boolean": text == "true"}[kind] if kind in {"null", "boolean"} else float(text)


@pytest.mark.slow
@given(st.dictionaries(TEXT, JSON, max_size=4))
def test_every_document_is_well_formed_and_reads_back_as_it_was(document: dict[str, Any]) -> None:
    assert back(ET.fromstring(to_xml(document))) == document


def test_named_fields_come_first_and_the_others_by_name() -> None:
    written = to_xml({"b": 1, "a": {"z": 1, "y": 2}, "first": 0}, ordered=["first", "b"])
    assert [child.tag for child in ET.fromstring(written)] == ["first", "b", "a"]
    assert [child.tag for child in ET.fromstring(written).findall("a/*")] == ["y", "z"]


def test_what_no_xml_can_hold_becomes_a_replacement_character() -> None:
    assert ET.fromstring(to_xml({"a": "x\x07y", "\x01": 1})).findtext("a") == "x\ufffdy"


def test_markup_in_a_value_stays_text() -> None:
    written = to_xml({"a": "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;", 'q"uote': "</a>"})
    assert ET.fromstring(written).findtext("a") == "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;"
    assert written.count("<!DOCTYPE") == 0
