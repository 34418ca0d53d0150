"""Columns are looked for on pages of ordinary length; a page strewn with thousands of words says that they were not."""

from tests.benchmarks.growth.pdfs import CONSTRUCTS
from tests.sgd_resources.parsers.parsing import parse


def test_a_page_strewn_with_words_is_read_without_its_columns_and_says_so() -> None:
    strewn = next(construct for construct in CONSTRUCTS if "words strewn" in construct.name)
    few, many = (parse(strewn.bytes_of(n), "application/pdf", ".pdf") for n in (100, 1_200))
    assert sum(block.text.count("Sea") for block in many.text_blocks) > 1_000
    assert any("columns were not told apart" in warning for warning in many.warnings)
    assert not any("columns" in warning for warning in few.warnings)
