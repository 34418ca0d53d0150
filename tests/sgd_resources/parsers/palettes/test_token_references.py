"""References between tokens are followed, each once; what multiplies without end stays as it is written."""

from typing import Any

import pytest

from sgd_resources.parsers.palettes.token_references import References


class Counted(dict[tuple[str, ...], Any]):
    """Values that count how often they are read."""

    reads = 0

    def __getitem__(self, path: tuple[str, ...]) -> Any:
        self.reads += 1
        return super().__getitem__(path)


def test_a_chain_of_references_ends_at_its_value() -> None:
    values = {("a",): "#112233", ("b",): "{a}", ("c", "d"): "{b.value}"}
    assert References(values).resolve("{c.d}").value == "#112233"
    assert References(values).resolve("rgb({a}, {x})") == ("rgb(#112233, {x})", False)


@pytest.mark.slow
def test_references_that_multiply_are_read_once_per_step_of_depth() -> None:
    def reads(n: int) -> int:
        values = Counted({("c0",): "#112233", **{(f"c{i + 1}",): f"{{c{i}}}" * 10 for i in range(n)}})
        references = References(values)
        for path in list(values):
            references.resolve("{" + path[0] + "}")
        return values.reads

    assert reads(200) <= 13 * 201
    assert reads(400) <= 2.1 * reads(200)


def test_a_text_that_outgrows_any_value_stays_as_it_is_written() -> None:
    values: dict[tuple[str, ...], str] = {("a",): "x" * 300, ("b",): "{a}" * 10}
    assert References(values).resolve("{b}") == ("{a}" * 10, True)


def test_tokens_that_refer_to_each_other_in_a_ring_end() -> None:
    ring: dict[tuple[str, ...], str] = {("a",): "{b}", ("b",): "{a}"}
    assert References(ring).resolve("{a}").is_endless


def test_braces_that_name_no_token_are_not_called_endless() -> None:
    long = "a { b } " * 400
    assert References({("a",): "#112233"}).resolve(long) == (long, False)
