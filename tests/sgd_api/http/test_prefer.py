import pytest

from sgd_api.http.prefer import Preference, read_preference


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, Preference(25, None)),
        ("wait=3", Preference(3, "wait=3")),
        ("wait=0", Preference(0, "wait=0")),
        ("wait=600", Preference(25, "wait=25")),
        ('WAIT="7"', Preference(7, "wait=7")),
        ("respond-async", Preference(0, "respond-async")),
        ("wait=10, respond-async", Preference(0, "respond-async")),
        ("handling=lenient, wait=2; foo=bar", Preference(2, "wait=2")),
        ("wait=-1", Preference(25, None)),
        ("wait=NaN", Preference(25, None)),
        ("wait=" + "9" * 4000, Preference(25, None)),
        ("wait=٣", Preference(25, None)),
    ],
)
def test_the_header_says_how_long_to_wait(header: str | None, expected: Preference) -> None:
    assert read_preference(header, max_wait_s=25) == expected
