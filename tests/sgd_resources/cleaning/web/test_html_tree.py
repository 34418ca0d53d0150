"""Pages that are nested too deep are refused while they are read: what they cost does not grow with their length."""

from typing import Any

import pytest

from sgd_resources.cleaning.web import html_tree
from sgd_resources.errors import RejectedEvidence

_FEW = 60


@pytest.mark.parametrize(
    "opening", ["<div>", "<ul><li>", "<b id={}>", "<table><tr><td>", "<div><b id={}></div>", "<p><i id={}>"]
)
def test_a_page_of_nothing_but_openings_is_refused_while_it_is_read(
    opening: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html_tree, "_MOST_OPEN", _FEW)
    opened = 0
    insert = html_tree._EtreeBuilder.insertElementNormal

    def counted(builder: Any, token: dict[str, Any]) -> Any:
        nonlocal opened
        opened += 1
        return insert(builder, token)

    monkeypatch.setattr(html_tree._EtreeBuilder, "insertElementNormal", counted)
    page = "".join(opening.format(number) for number in range(5 * _FEW))
    with pytest.raises(RejectedEvidence, match="bomb"):
        html_tree.parse_page(page, most_elements=1_000_000)
    # formatting that was opened is opened anew in each block
    assert opened <= _FEW * (_FEW + 3)


def test_a_page_of_too_many_elements_is_refused_while_it_is_read() -> None:
    with pytest.raises(RejectedEvidence, match="bomb"):
        html_tree.parse_page("<p>x</p>" * 50, most_elements=40)
    assert html_tree.parse_page("<p>x</p>" * 30, most_elements=40) is not None
