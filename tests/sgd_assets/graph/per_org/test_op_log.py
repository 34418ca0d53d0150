"""What a run's log says of each org, in how many events, and what it never says."""

from typing import cast

import pytest
from dagster import AssetExecutionContext

from sgd_assets.graph.per_org.op_log import LINES_PER_EVENT, LINES_PER_ORG, tell_orgs
from sgd_assets.told import quoted
from tests.fakes.graph import fake_graph

pytestmark = pytest.mark.slow


class Log:
    def __init__(self) -> None:
        self.log = self
        self.blocks: list[str] = []

    def info(self, form: str, block: str) -> None:
        self.blocks.append(form % block)


def told(lines: dict[str, tuple[float, list[str]]]) -> list[str]:
    context = Log()
    tell_orgs(cast("AssetExecutionContext", context), lines)
    return context.blocks


def test_each_line_names_its_org_and_the_first_its_duration() -> None:
    assert told({"acme": (12.4, ["2 files"])}) == ["acme: done in 12 ms\nacme: 2 files"]


def test_many_orgs_are_told_in_few_events() -> None:
    blocks = told({f"org{n}": (1.0, ["a", "b"]) for n in range(100)})
    assert len(blocks) == 2
    assert all(len(block.splitlines()) <= LINES_PER_EVENT for block in blocks)


def test_an_org_with_a_thousand_files_does_not_flood_the_log() -> None:
    (block,) = told({"acme": (1.0, [str(n) for n in range(1000)])})
    assert len(block.splitlines()) == LINES_PER_ORG + 2
    assert block.endswith("and 950 more")


def test_names_stay_on_their_line_and_in_their_quotes() -> None:
    assert quoted('a"b\\c\nd\x1b[31mé') == '"a\\"b\\\\c%0Ad%1B[31mé"'
    assert len(quoted("x" * 500)) < 130


def test_a_name_that_holds_an_address_or_a_key_is_told_without_them() -> None:
    (block,) = told(
        {"acme": (1.0, [f"{quoted('anna.meier@example.org sk-abcdefgh12345678 notes.txt')} accept", "2 files"])}
    )
    assert block == 'acme: done in 1 ms\nacme: "***@*** *** notes.txt" accept\nacme: 2 files'


@pytest.mark.slow
def test_the_log_of_a_run_tells_each_file_with_its_verdict_and_nothing_of_its_content() -> None:
    with fake_graph() as graph:
        graph.drop("acme", "guide.md", "Call Jane Roe, 555 0100. Primary: #0086BF", file_name="guide\nforged.md")
        result = graph.run("ingest_job", "acme")
        messages = "\n".join(entry.user_message for entry in graph.instance.all_logs(result.run_id))
    assert 'acme: "guide%0Aforged.md" accept' in messages
    assert 'acme: "guide%0Aforged.md" read, 0 pages' in messages
    assert "acme: canon" in messages
    assert " points of " in messages
    assert "Jane" not in messages
