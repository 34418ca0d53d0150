"""A refusal tells a person why, as far as the gate itself knows."""

from sgd_api.cli.folders.inspection import reason_words


def test_a_refusal_is_told_with_the_gates_message() -> None:
    assert reason_words("bomb", {"message": "out of memory", "nodes": 3}) == "bomb: out of memory"
    assert reason_words("unreadable", {"message": "no such file"}) == "unreadable: no such file"


def test_a_bomb_without_a_message_is_told_by_its_figures() -> None:
    details = {"inflated_bytes": 900, "max_inflated_bytes": 100, "where": "glyf"}
    assert reason_words("bomb", details) == "bomb: inflated bytes 900, max inflated bytes 100"


def test_an_accepted_file_and_a_bare_reason_have_no_words_added() -> None:
    assert reason_words(None, {}) == ""
    assert reason_words("type", {"extension": ".exe"}) == "type"
    assert reason_words("copied", {"bytes": 12}) == "copied"
