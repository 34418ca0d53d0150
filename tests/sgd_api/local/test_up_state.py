"""One `sgd up` per data directory, from its first second; others learn its addresses as they come."""

from pathlib import Path

import pytest

from sgd_api.local.up_state import only_up, read_state, running_api
from sgd_resources.errors import Conflict


def test_a_second_one_is_refused_while_the_first_still_starts(tmp_path: Path) -> None:
    with only_up(tmp_path), pytest.raises(Conflict, match="starting"), only_up(tmp_path):
        raise AssertionError


def test_a_second_one_is_told_where_the_first_serves(tmp_path: Path) -> None:
    with only_up(tmp_path) as guard:
        guard.say(local_url="http://127.0.0.1:1", api_url="https://sgd.example")
        with pytest.raises(Conflict, match=r"https://sgd\.example"), only_up(tmp_path):
            raise AssertionError


def test_what_a_killed_one_left_behind_is_not_believed(tmp_path: Path) -> None:
    with only_up(tmp_path) as guard:
        guard.say(local_url="http://127.0.0.1:1", api_url="http://127.0.0.1:1")
        left = (tmp_path / "run" / "up.json").read_text("utf-8")
    (tmp_path / "run" / "up.json").write_text(left, "utf-8")
    assert read_state(tmp_path) is None
    assert running_api(tmp_path) is None
    with only_up(tmp_path) as guard:
        assert read_state(tmp_path) == guard.state
