import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sgd_resources.parsers import xml_paths
from sgd_resources.parsers.xml_paths import XmlPaths
from sgd_resources.parsers.xml_tree import xml_path

NAMES = ("a", "b", "w:a", "w:b", "v:a", "d")


def _tree(name: str, children: list[str]) -> str:
    default = ' xmlns="urn:d"' if name == "d" else ""
    return f"<{name}{default}>{''.join(children)}</{name}>"


TREES = st.recursive(
    st.sampled_from(NAMES).map(lambda name: _tree(name, [])),
    lambda inside: st.builds(_tree, st.sampled_from(NAMES), st.lists(inside, max_size=4)),
    max_leaves=12,
)


@given(st.lists(TREES, max_size=4))
def test_every_element_has_the_path_that_lxml_gives_it(children: list[str]) -> None:
    root = etree.fromstring(f'<r xmlns:w="urn:w" xmlns:v="urn:v"><!-- x -->{"".join(children)}<?y z?></r>')
    paths = XmlPaths()
    for element in root.iter("*"):
        assert paths.of(element) == xml_path(element)


def test_a_row_of_siblings_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    named: list[object] = []
    real = xml_paths._name

    def counted(element: etree._Element) -> str:
        named.append(element)
        return real(element)

    monkeypatch.setattr(xml_paths, "_name", counted)
    root = etree.fromstring("<r>" + "<p/>" * 500 + "</r>")
    paths = XmlPaths()
    assert [paths.of(child) for child in root] == [f"/r/p[{number}]" for number in range(1, 501)]
    assert len(named) == 501
