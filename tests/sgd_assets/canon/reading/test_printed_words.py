from sgd_assets.canon.reading.printed_words import as_printed
from sgd_assets.canon.reading.sections import PlacedBlock
from sgd_resources.parsed_document import Location, TextBlock

BLOCK = PlacedBlock(TextBlock(text="Use  Acme\nSans everywhere.", location=Location(page=1)), 0)


def test_words_are_quoted_with_the_white_space_of_their_block() -> None:
    assert as_printed(BLOCK, "Acme Sans") == "Acme\nSans"


def test_words_that_do_not_stand_there_quote_the_whole_block() -> None:
    assert as_printed(BLOCK, "Globex Sans") == BLOCK.block.text


def test_a_first_word_put_before_them_may_be_lacking_where_that_is_said() -> None:
    assert as_printed(BLOCK, "Never use Acme Sans") == BLOCK.block.text
    assert as_printed(BLOCK, "Always Acme Sans") == BLOCK.block.text
    assert as_printed(BLOCK, "Always Acme Sans", may_lack_first_word=True) == "Acme\nSans"
