"""This installation's own certificate authority, and the certificate that signs pictures: made once, under `var/`.

Whoever wants others to trust its pictures sets a certificate of a known authority in its place (`signer.py`). Keys are
files of mode 0600. What must not live here: signing.

Source: C2PA 2.2, section "X.509 certificates" (https://spec.c2pa.org/, 2026-11), for what a signer's certificate holds.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sgd_resources.errors import Unavailable

FOLDER = "provenance"
_OF_AUTHORITY, _OF_SIGNER = timedelta(days=3650), timedelta(days=730)
_RENEWED_BEFORE = timedelta(days=60)
_CLOCKS_APART = timedelta(hours=1)
"""A certificate that begins now is not valid yet on a machine whose clock is behind."""


@dataclass(frozen=True)
class AuthorityFiles:
    """Where certificates and keys lie, in PEM."""

    folder: Path

    @property
    def authority(self) -> Path:
        """Certificate of the authority: what others add to their trust list."""
        return self.folder / "ca.pem"

    @property
    def chain(self) -> Path:
        """The signer's certificate, and the authority's behind it."""
        return self.folder / "signer.pem"

    @property
    def key(self) -> Path:
        """The signer's key."""
        return self.folder / "signer-key.pem"

    @property
    def authority_key(self) -> Path:
        """The authority's key: it signs the next signer's certificate."""
        return self.folder / "ca-key.pem"


def own_authority(var_dir: Path) -> AuthorityFiles:
    """The installation's certificate and key, made at the first call and renewed in time; safe in many processes.

    Raises:
        Unavailable: the folder cannot be read or written, or what lies there is damaged.
    """
    files = AuthorityFiles(var_dir / FOLDER)
    try:
        if _is_good(files):
            return files
        files.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(files.folder / ".lock"):
            if not _is_good(files):
                _make(files)
        return files
    except OSError as error:
        raise Unavailable(f"the signing certificate cannot be used: {error.strerror}") from error
    except ValueError as error:
        raise Unavailable(f"the signing certificate under {FOLDER}/ is damaged: remove it and start again") from error


def _is_good(files: AuthorityFiles) -> bool:
    """Whether all is there, and holds for a while."""
    if not (files.chain.exists() and files.key.exists() and files.authority.exists()):
        return False
    certificate = x509.load_pem_x509_certificates(files.chain.read_bytes())[0]
    return certificate.not_valid_after_utc - datetime.now(UTC) > _RENEWED_BEFORE


def _make(files: AuthorityFiles) -> None:
    """The authority, unless it is there already, and a signer's certificate under it. Keys go before certificates."""
    if files.authority.exists() and files.authority_key.exists():
        authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
        loaded = serialization.load_pem_private_key(files.authority_key.read_bytes(), None)
        if not isinstance(loaded, ec.EllipticCurvePrivateKey):
            raise ValueError("no key of an elliptic curve")
        authority_key = loaded
    else:
        authority_key = ec.generate_private_key(ec.SECP256R1())
        authority = _authority_certificate(authority_key)
        _write(files.authority_key, _pem_of_key(authority_key))
        _write(files.authority, _pem(authority))
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _signer_certificate(key, authority, authority_key)
    _write(files.key, _pem_of_key(key))
    _write(files.chain, _pem(certificate) + _pem(authority))


def _authority_certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = _name(f"Smart Graphic Designer, installation {uuid4().hex[:12]}")
    builder = _begun(name, name, key.public_key(), _OF_AUTHORITY)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    return builder.sign(key, hashes.SHA256())


def _signer_certificate(
    key: ec.EllipticCurvePrivateKey, authority: x509.Certificate, authority_key: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    builder = _begun(_name("Smart Graphic Designer, renders"), authority.subject, key.public_key(), _OF_SIGNER)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    # E-mail protection is what readers accept of a certificate that names no C2PA purpose of its own.
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    return builder.add_extension(issuer, critical=False).sign(authority_key, hashes.SHA256())


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, lasts: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - _CLOCKS_APART).not_valid_after(now + lasts)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


def _name(common: str) -> x509.Name:
    organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Smart Graphic Designer")
    return x509.Name([organisation, x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=signs_certificates, crl_sign=signs_certificates,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _pem_of_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, for this user's eyes only."""
    temp = path.with_name(f".{path.name}.{uuid4().hex}")
    descriptor = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as sink:
        sink.write(content)
        sink.flush()
        os.fsync(sink.fileno())
    temp.replace(path)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Of processes that start together, one at a time."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
