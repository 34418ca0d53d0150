"""Stores the vector files of a picture under keys of their own, beside it.

What must not live here: making them (`pdf_file.py`, `svg_file.py`), or the picture itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

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
        manifest = None
        if sealed is not None:
            manifest = store.put(provenance_key(key), sealed.manifest, content_type="application/c2pa")
        stored = store.put(key, sealed.data if sealed is not None else data, content_type=media_type)
        assert stored.sha256 is not None
        yield VectorFile(
            index=index, format=kind, key=key, sha256=stored.sha256, media_type=media_type,
            size_bytes=stored.size_bytes, manifest_key=manifest.key if manifest is not None else None,
            manifest_sha256=manifest.sha256 if manifest is not None else None,
        )  # fmt: skip


def kept_vectors(result: Mapping[str, Any] | None) -> list[VectorFile]:
    """The vector files of a render, from the result that its row keeps."""
    return [VectorFile.model_validate(one) for one in (result or {}).get("also", ())]
