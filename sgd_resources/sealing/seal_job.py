"""The job that prepares a signed picture in the confined child, where no key is: manifest made, signature left open.

A random placeholder of the signature's length stands where the signature will; the bytes to be signed go back with it,
and whoever holds the key puts the signature in its place (`provenance/seal.py`). So a stranger's manifest,
taken over as that of an ingredient, is read here and nowhere else. What must not live here: keys, or what a manifest
says.
"""

import io
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

import c2pa

from sgd_resources.errors import RejectedEvidence
from sgd_resources.provenance.containers import with_manifest
from sgd_resources.sandbox.packing import unpacked
from sgd_resources.sealing.about import About, with_about
from sgd_resources.sealing.settings import settings

Reply = tuple[dict[str, Any], tuple[bytes, ...]]

EMBEDDED = ("image/png", "image/jpeg", "image/webp")
"""Types that carry their manifest themselves; that of any other lies beside it."""
_ALGORITHMS = {name: getattr(c2pa.C2paSigningAlg, name) for name in ("ES256", "ES384", "ES512", "PS256", "ED25519")}


def warm() -> None:
    """Load the library in the fork server, for all its children; nothing of it is made there."""
    c2pa.sdk_version()


def prepare(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{}`; blobs: the picture with its words and without a manifest, the manifest, and what is to be signed.

    Arguments: `sizes` of the packed files, the picture first and then those of `ingredients`; `media_type`; `about`
    (fields of `About`; None leaves the file as it is); `manifest`, a definition as the library reads it; `ingredients`,
    a definition and `media_type` for each file; `chain_pem`, `algorithm`, `signature_bytes`.

    Raises:
        RejectedEvidence: `reject:malformed` for a picture that its container's rules do not fit.
    """
    picture, *files = unpacked(data, arguments["sizes"])
    media_type = arguments["media_type"]
    placeholder = os.urandom(arguments["signature_bytes"])
    try:
        unsigned = with_about(picture, media_type, About(**arguments["about"])) if arguments["about"] else picture
        manifest, sealed, to_be_signed = _made(unsigned, media_type, files, arguments, placeholder)
        if media_type not in EMBEDDED:
            unsigned = sealed  # of a PDF the library writes every object anew, and its hash is of that file
        is_ours = media_type not in EMBEDDED or with_manifest(unsigned, manifest, media_type) == sealed
    except (ValueError, c2pa.C2paError) as error:
        raise RejectedEvidence("reject", "malformed", details={"message": str(error)[:200]}) from error
    if not is_ours or manifest.count(placeholder) != 1:
        raise RejectedEvidence("reject", "malformed", details={"message": "the manifest lies where none is expected"})
    return {"placeholder": placeholder.hex()}, (unsigned, manifest, to_be_signed)


def tell(data: bytes, arguments: dict[str, Any]) -> Reply:
    """`{}`; one blob: the picture with its words, unsigned. Arguments: `media_type` and `about`, as `prepare` has them.

    Raises:
        RejectedEvidence: `reject:malformed` for a picture that its container's rules do not fit.
    """
    try:
        return {}, (with_about(data, arguments["media_type"], About(**arguments["about"])),)
    except ValueError as error:
        raise RejectedEvidence("reject", "malformed") from error


def _made(
    unsigned: bytes, media_type: str, files: Sequence[bytes], arguments: Mapping[str, Any], placeholder: bytes
) -> tuple[bytes, bytes, bytes]:
    asked: list[bytes] = []

    def note(content: bytes) -> bytes:
        asked.append(bytes(content))
        return placeholder

    algorithm = _ALGORITHMS[arguments["algorithm"]]
    signer = c2pa.Signer.from_callback(note, algorithm, arguments["chain_pem"])
    with c2pa.Context(settings()) as context, c2pa.Builder(json.dumps(arguments["manifest"]), context) as builder:
        for definition, file in zip(arguments["ingredients"], files, strict=True):
            told = {name: value for name, value in definition.items() if name != "media_type"}
            builder.add_ingredient(json.dumps(told), definition["media_type"], io.BytesIO(file))
        if media_type not in EMBEDDED:
            builder.set_no_embed()
        sealed = io.BytesIO()
        manifest = builder.sign(signer, media_type, io.BytesIO(unsigned), sealed)
    return bytes(manifest), sealed.getvalue(), asked[-1]
