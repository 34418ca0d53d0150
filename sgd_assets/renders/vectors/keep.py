"""Stores the vector files of a picture under keys of their own, beside it.

What must not live here: making them (`pdf_file.py`, `svg_file.py`), or the picture itself.
"""

from collections.abc import Callable, Iterator, Sequence

from sgd_assets.renders.model import VectorFile, VectorFormat
from sgd_resources.ports import ObjectStore, Sealed
from sgd_resources.storage.keys import provenance_key, render_key

_MEDIA_TYPES: dict[VectorFormat, str] = {"svg": "image/svg+xml", "pdf": "application/pdf"}


def keep_vectors(
    files: Sequence[tuple[VectorFormat, bytes]],
    index: int,
    *,
    org_id: str,
    render_id: str,
    store: ObjectStore,
    seal: Callable[[bytes, str], Sealed | None] = lambda data, media_type: None,
) -> Iterator[VectorFile]:
    """Each file as it is stored, its manifest beside it where `seal` gives one. A second try writes the same keys.

    Raises:
        StorageFull, Unavailable: from the store.
    """
    for kind, data in files:
        key, media_type = render_key(org_id, render_id, index, kind), _MEDIA_TYPES[kind]
        sealed = seal(data, media_type)
        manifest_key = provenance_key(key) if sealed is not None else None
        if sealed is not None and manifest_key is not None:
            store.put(manifest_key, sealed.manifest, content_type="application/c2pa")
        stored = store.put(key, sealed.data if sealed is not None else data, content_type=media_type)
        assert stored.sha256 is not None
        yield VectorFile(
            index=index, format=kind, key=key, sha256=stored.sha256, media_type=media_type,
            size_bytes=stored.size_bytes, manifest_key=manifest_key,
        )  # fmt: skip
