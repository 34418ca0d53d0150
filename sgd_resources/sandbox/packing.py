"""Several files for one job: one run of bytes, and the sizes that tell them apart.

What must not live here: what the files are.
"""

from collections.abc import Sequence


def packed(files: Sequence[bytes]) -> tuple[bytes, list[int]]:
    """All files one behind the other, and the size of each."""
    return b"".join(files), [len(file) for file in files]


def unpacked(data: bytes, sizes: Sequence[int]) -> tuple[bytes, ...]:
    """The files again.

    Raises:
        ValueError: the sizes are not those of the data.
    """
    if sum(sizes) != len(data) or any(size < 0 for size in sizes):
        raise ValueError(sizes)
    files, at = [], 0
    for size in sizes:
        files.append(data[at : at + size])
        at += size
    return tuple(files)
