"""One key or token stands in a request: in either header or in both, and in each of them once."""

import pytest
from starlette.datastructures import Headers

from sgd_api.http.callers.auth import presented_credential
from sgd_resources.errors import Unauthorized

KEY = "sgd_" + "a" * 43
BEARER = ("authorization", f"Bearer {KEY}")
PLAIN = ("x-api-key", KEY)


def headers(*sent: tuple[str, str]) -> Headers:
    return Headers(raw=[(name.encode(), value.encode()) for name, value in sent])


def test_one_credential_is_read_from_either_header_or_both() -> None:
    for sent in ((BEARER,), (PLAIN,), (BEARER, PLAIN)):
        assert presented_credential(headers(*sent)) == KEY


@pytest.mark.parametrize(
    "sent",
    [
        (), (BEARER, BEARER), (PLAIN, PLAIN), (BEARER, ("x-api-key", KEY + "b")), (("authorization", f"Basic {KEY}"),),
        (BEARER, PLAIN, PLAIN),
    ],
)  # fmt: skip
def test_no_header_comes_twice_and_no_two_credentials_differ(sent: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(Unauthorized):
        presented_credential(headers(*sent))
