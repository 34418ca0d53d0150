"""Stores the vector files of a picture under keys of their own, beside it.

What must not live here: making them (`pdf_file.py`, `svg_file.py`), or the picture itself.
"""

from collections.abc import Iterator, Sequence

from sgd_assets.renders.model import VectorFile, VectorFormat
from sgd_resources.ports import ObjectStore
from sgd_resources.storage.keys import render_key

_MEDIA_TYPES: dict[VectorFormat, str] = {"svg": "image/svg+xml", "pdf": "application/pdf"}


def keep_vectors(
    files: Sequence[tuple[VectorFormat, bytes]], index: int, *, org_id: str, render_id: str, store: ObjectStore
) -> Iterator[VectorFile]:
    """Each file as it is stored. A second try writes the same keys.

    Raises:
        StorageFull, Unavailable: from the store.
    """
    for kind, data in files:
        key, media_type = render_key(org_id, render_id, index, kind), _MEDIA_TYPES[kind]
        stored = store.put(key, data, content_type=media_type)
        assert stored.sha256 is not None
        yield VectorFile(
            index=index, format=kind, key=key, sha256=stored.sha256, media_type=media_type, size_bytes=len(data)
        )
