"""Who signs pictures: the own certificate, one that the operator set, or a command that holds the key elsewhere.

Bytes to be signed -> the signature as COSE wants it. What must not live here: manifests, or making certificates.
"""

import shlex
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from sgd_resources.errors import InvalidInput, Unavailable
from sgd_resources.provenance.authority import own_authority
from sgd_resources.settings import Settings

_COMMAND_S = 20.0
_CURVES: dict[str, tuple[str, int, hashes.HashAlgorithm]] = {
    "secp256r1": ("ES256", 32, hashes.SHA256()),
    "secp384r1": ("ES384", 48, hashes.SHA384()),
    "secp521r1": ("ES512", 66, hashes.SHA512()),
}


@dataclass(frozen=True)
class Signer:
    """A certificate and what signs for it. Threads may share it."""

    chain_pem: str
    anchors_pem: str
    """Certificates whose signatures count as ours: the chain's last one, and what the operator trusts besides."""
    algorithm: str
    """C2PA's name of it: ES256, ES384, ES512, PS256 or ED25519."""
    signature_bytes: int
    sign: Callable[[bytes], bytes]
    """Raises Unavailable when a signing command fails."""


def build_signer(settings: Settings) -> Signer:
    """The signer that the settings ask for; without any, this installation's own.

    Raises:
        InvalidInput: a file that a setting names is not there or not what it should be, or a setting is missing.
        Unavailable: the own certificate cannot be read or made.
    """
    if settings.sgd_c2pa_certificate is None:
        if settings.sgd_c2pa_private_key is not None or settings.sgd_c2pa_signer_command:
            raise InvalidInput("a key or command that signs pictures needs SGD_C2PA_CERTIFICATE")
        files = own_authority(settings.var_dir)
        return _of_key(files.chain, files.key, _more_anchors(settings))
    if settings.sgd_c2pa_private_key is not None:
        return _of_key(settings.sgd_c2pa_certificate, settings.sgd_c2pa_private_key, _more_anchors(settings))
    if not settings.sgd_c2pa_signer_command:
        raise InvalidInput("SGD_C2PA_CERTIFICATE needs SGD_C2PA_PRIVATE_KEY or SGD_C2PA_SIGNER_COMMAND")
    chain = _text(settings.sgd_c2pa_certificate)
    algorithm, size = _algorithm(_certificates(chain)[0].public_key())
    command = shlex.split(settings.sgd_c2pa_signer_command)
    return Signer(chain, _anchors(chain, _more_anchors(settings)), algorithm, size, _by_command(command, size))


def valid_until(signer: Signer) -> datetime:
    """When the first of its certificates ends, with its zone: from then on no signature of the chain is valid."""
    return min(one.not_valid_after_utc for one in _certificates(signer.chain_pem))


def _of_key(chain_path: Path, key_path: Path, more: str) -> Signer:
    chain = _text(chain_path)
    try:
        key = serialization.load_pem_private_key(_text(key_path).encode(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise InvalidInput("the key that signs pictures is no PEM key without a password") from error
    public = _certificates(chain)[0].public_key()
    if key.public_key() != public:
        raise InvalidInput("the key that signs pictures is not that of the certificate")
    algorithm, size = _algorithm(public)
    return Signer(chain, _anchors(chain, more), algorithm, size, _by_key(key))


def _algorithm(key: PublicKeyTypes) -> tuple[str, int]:
    """C2PA's name for what the key signs by, and the length of a signature."""
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
        name, side, _ = _CURVES[key.curve.name]
        return name, 2 * side
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= 2048:
        return "PS256", key.key_size // 8
    if isinstance(key, ed25519.Ed25519PublicKey):
        return "ED25519", 64
    raise InvalidInput("pictures are signed by P-256, P-384, P-521, RSA of 2048 bits or more, or Ed25519")


def _by_key(key: PrivateKeyTypes) -> Callable[[bytes], bytes]:
    def sign(data: bytes) -> bytes:
        if isinstance(key, ec.EllipticCurvePrivateKey):
            _, side, digest = _CURVES[key.curve.name]
            r, s = decode_dss_signature(key.sign(data, ec.ECDSA(digest)))
            return r.to_bytes(side) + s.to_bytes(side)
        if isinstance(key, rsa.RSAPrivateKey):
            salted = padding.PSS(padding.MGF1(hashes.SHA256()), hashes.SHA256.digest_size)
            return key.sign(data, salted, hashes.SHA256())
        assert isinstance(key, ed25519.Ed25519PrivateKey)
        return key.sign(data)

    return sign


def _by_command(command: list[str], size: int) -> Callable[[bytes], bytes]:
    """The bytes to be signed go to its standard input; the raw signature comes from its standard output."""

    def sign(data: bytes) -> bytes:
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=_COMMAND_S, check=True)  # noqa: S603  # the operator's own setting
        except (OSError, subprocess.SubprocessError) as error:
            raise Unavailable(
                "the command that signs pictures failed", details={"kind": type(error).__name__}
            ) from error
        if len(done.stdout) != size:
            raise Unavailable(f"the command that signs pictures gave {len(done.stdout)} bytes, not {size}")
        return done.stdout

    return sign


def _anchors(chain: str, more: str) -> str:
    """The certificate that the chain ends with, and others to trust."""
    last = _certificates(chain)[-1]
    return last.public_bytes(serialization.Encoding.PEM).decode() + more


def _more_anchors(settings: Settings) -> str:
    return _text(settings.sgd_c2pa_trust_anchors) if settings.sgd_c2pa_trust_anchors is not None else ""


def _certificates(chain: str) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(chain.encode())
    except ValueError as error:
        raise InvalidInput("SGD_C2PA_CERTIFICATE names no PEM certificates") from error


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except (OSError, ValueError) as error:
        raise InvalidInput(f"the file {path.name} that signs or verifies pictures cannot be read") from error
