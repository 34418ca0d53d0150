"""Sealing pictures: words put in, a signed C2PA manifest around all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Ingredient:
    """A picture that another was made of, with its file: the manifest that it carries is taken over."""

    definition: Mapping[str, Any]
    media_type: str
    data: bytes


@dataclass(frozen=True)
class ToSeal:
    """A finished picture and what is to be said of it."""

    data: bytes
    media_type: str
    about: Mapping[str, Any] | None
    """Fields of `sealing.about.About`; None leaves the file as it is."""
    manifest: Mapping[str, Any]
    """The manifest's definition, as the C2PA library reads it."""
    ingredients: Sequence[Ingredient] = ()


@dataclass(frozen=True)
class Sealed:
    """A picture as it is handed out."""

    data: bytes
    unsigned: bytes
    """The same picture before its manifest: what a replay makes again."""
    manifest: bytes
    """The manifest store, embedded in `data` or lying beside it."""


class Sealer(Protocol):
    """Signs pictures for this installation."""

    def seal(self, wanted: ToSeal) -> Sealed:
        """The picture with its manifest.

        Raises:
            RejectedEvidence: an ingredient or the picture cannot be read. A retry does not help.
            Unavailable: no child, no signing command or no timestamp authority answers. Retry.
        """
        ...
