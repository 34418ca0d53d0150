"""What a kind of job is called outside. What must not live here: what a kind does."""

from collections.abc import Mapping

KIND_OF_TYPE: Mapping[str, str] = {
    "render": "render", "batch": "batch", "ingest": "ingest", "canon": "canon_derive",
    "analyze": "analyze", "replay": "replay",
}  # fmt: skip
"""Type of `POST /v1/jobs` -> kind of the row."""
_TYPE_OF_KIND = {kind: job_type for job_type, kind in KIND_OF_TYPE.items()}


def type_of(kind: str) -> str:
    """The type of a row's kind; a kind that cannot be asked for there is called what it is."""
    return _TYPE_OF_KIND.get(kind, kind)
