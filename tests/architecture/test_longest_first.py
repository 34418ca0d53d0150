"""The long files are the first that the workers take, and every file that is named so is there."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from tests.longest_first import FILES, begin_with_the_longest

TESTS = Path(__file__).resolve().parents[1]


def test_every_file_that_goes_first_is_there_once() -> None:
    assert [name for name in FILES if not (TESTS / name).is_file()] == []
    assert len(set(FILES)) == len(FILES)


def test_named_files_go_first_and_the_others_by_their_tests_each_file_as_a_whole_and_as_written() -> None:
    given = ["a.py::1", "long.py::2", "b.py::1", "long.py::1", "b.py::2", "longest.py::1", "c.py::1"]
    items: list[Any] = [SimpleNamespace(nodeid=f"tests/{name}") for name in given]
    begin_with_the_longest(cast(Any, items), ("longest.py", "long.py"))
    assert [item.nodeid.removeprefix("tests/") for item in items] == [
        "longest.py::1", "long.py::2", "long.py::1", "b.py::1", "b.py::2", "a.py::1", "c.py::1",
    ]  # fmt: skip
