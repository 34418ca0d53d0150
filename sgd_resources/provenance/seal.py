"""Seals a picture: the confined child prepares its manifest, the signature is put in here, where the key is.

Implements `Sealer`. What must not live here: what a manifest says, or reading one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sgd_resources.errors import RejectedEvidence
from sgd_resources.ports import ConfinedJobs, Sealed, ToSeal
from sgd_resources.provenance.containers import with_manifest
from sgd_resources.provenance.signer import Signer
from sgd_resources.sandbox.packing import packed

JOB = "sgd_resources.sealing.seal_job:prepare"
EMBEDDED = ("image/png", "image/jpeg", "image/webp")
"""Types that carry their manifest; that of others is a file of its own beside them."""


@dataclass(frozen=True)
class ChildSealer:
    """`Sealer` over the drawing sandbox."""

    jobs: ConfinedJobs
    signer: Callable[[], Signer]
    """Asked at the first picture, so that a process that makes none needs no certificate."""
    stamp: Callable[[bytes, bytes], bytes] | None = None
    """(manifest, signature) -> the manifest with a timestamp of that signature; None where none is asked for."""

    def seal(self, wanted: ToSeal) -> Sealed:
        """See `Sealer.seal`."""
        signer = self.signer()
        data, sizes = packed([wanted.data, *(one.data for one in wanted.ingredients)])
        answer = self.jobs.call(
            JOB,
            data,
            {
                "sizes": sizes,
                "media_type": wanted.media_type,
                "about": dict(wanted.about) if wanted.about is not None else None,
                "manifest": dict(wanted.manifest),
                "ingredients": [{**one.definition, "media_type": one.media_type} for one in wanted.ingredients],
                "chain_pem": signer.chain_pem,
                "algorithm": signer.algorithm,
                "signature_bytes": signer.signature_bytes,
            },
        )
        try:
            placeholder = bytes.fromhex(answer.result["placeholder"])
            unsigned, prepared, to_be_signed = answer.blobs
        except (KeyError, TypeError, ValueError):
            raise _nonsense() from None
        if len(placeholder) != signer.signature_bytes or prepared.count(placeholder) != 1:
            raise _nonsense()
        signature = signer.sign(to_be_signed)
        manifest = prepared.replace(placeholder, signature)
        if self.stamp is not None:
            manifest = self.stamp(manifest, signature)
        return Sealed(_joined(unsigned, manifest, wanted.media_type), unsigned, manifest)


def _joined(unsigned: bytes, manifest: bytes, media_type: str) -> bytes:
    if media_type not in EMBEDDED:
        return unsigned
    try:
        return with_manifest(unsigned, manifest, media_type)
    except (ValueError, StopIteration):
        raise _nonsense() from None


def _nonsense() -> RejectedEvidence:
    return RejectedEvidence("reject", "malformed", details={"message": "the sealing child returned nonsense"})
