"""What the makers of bombs say they pack is what comes out."""

import zlib

import pytest

from tests.hostile import made


@pytest.mark.parametrize("n_bytes", [0, 1, 1 << 20, (3 << 20) + 7])
def test_packed_zeros_are_zeros_to_any_reader(n_bytes: int) -> None:
    assert zlib.decompress(made.zeros(n_bytes)) == bytes(n_bytes)
