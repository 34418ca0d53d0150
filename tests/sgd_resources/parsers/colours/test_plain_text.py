from hypothesis import given
from hypothesis import strategies as st

from sgd_resources.parsers.colours.plain_text import plain_text


def test_plain_ascii_is_itself() -> None:
    assert plain_text("#0A2540").is_as_written


@given(st.text(alphabet="aZ0#\u200b\u00ad\ufeff\uff21\u3000é", min_size=1))
def test_each_stretch_of_the_plain_text_is_found_as_written(written: str) -> None:
    plain = plain_text(written)
    for place in range(len(plain.text)):
        start, end = plain.place(place, place + 1)
        assert plain_text(written[start:end]).text == plain.text[place]
