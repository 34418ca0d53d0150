"""A refusal tells a person why, as far as the gate itself knows."""

from sgd_resources.shown.reason import shown_reason


def test_a_refusal_is_told_with_the_gates_message() -> None:
    assert shown_reason("bomb", {"message": "out of memory", "nodes": 3}) == "bomb: out of memory"
    assert shown_reason("unreadable", {"message": "no such file"}) == "unreadable: no such file"


def test_a_bomb_without_a_message_is_told_by_its_figures() -> None:
    details = {"inflated_bytes": 900, "max_inflated_bytes": 100, "where": "glyf"}
    assert shown_reason("bomb", details) == "bomb: inflated bytes 900, max inflated bytes 100"


def test_an_accepted_file_and_a_bare_reason_have_no_words_added() -> None:
    assert shown_reason(None, {}) == ""
    assert shown_reason("type", {"extension": ".exe"}) == "type"
    assert shown_reason("copied", {"bytes": 12}) == "copied"
