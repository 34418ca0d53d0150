import shlex
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sgd_resources.errors import InvalidInput, Unavailable
from sgd_resources.ports import ToSeal
from sgd_resources.provenance.seal import ChildSealer
from sgd_resources.provenance.signer import build_signer
from sgd_resources.settings import Settings
from tests.fakes.confined import FakeConfinedJobs
from tests.sgd_resources.provenance.signers import DEFINITION, read
from tests.sgd_resources.sealing.pictures import picture

KEYS = {
    "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "ES384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "ES512": lambda: ec.generate_private_key(ec.SECP521R1()),
    "PS256": lambda: rsa.generate_private_key(65537, 2048),
    "ED25519": ed25519.Ed25519PrivateKey.generate,
}


def _name(common: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Brand"), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    )


def _files(folder: Path, key) -> tuple[Path, Path]:  # type: ignore[no-untyped-def]  # any of the keys above
    root_key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)

    def begun(subject: str, public) -> x509.CertificateBuilder:  # type: ignore[no-untyped-def]  # as above
        builder = x509.CertificateBuilder().subject_name(_name(subject)).issuer_name(_name("root")).public_key(public)
        builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
        return builder.not_valid_after(now + timedelta(days=9))

    usage = dict.fromkeys(
        (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
            "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        ),
        False,
    )  # fmt: skip
    root = begun("root", root_key.public_key()).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    root = root.add_extension(x509.KeyUsage(**{**usage, "key_cert_sign": True}), critical=True)
    signed_root = root.sign(root_key, hashes.SHA256())
    leaf = begun("leaf", key.public_key()).add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    leaf = leaf.add_extension(x509.KeyUsage(**{**usage, "digital_signature": True}), critical=True)
    leaf = leaf.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    leaf = leaf.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
    signed_leaf = leaf.sign(root_key, hashes.SHA256())
    encoding = serialization.Encoding.PEM
    chain, key_file = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(signed_leaf.public_bytes(encoding) + signed_root.public_bytes(encoding))
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    key_file.write_bytes(private)
    return chain, key_file


def _settings(folder: Path, **told: object) -> Settings:
    return Settings(sgd_var_dir=folder / "var", **told)  # type: ignore[arg-type]  # one test's settings


@pytest.mark.parametrize("algorithm", KEYS)
def test_a_certificate_of_the_operator_signs_by_its_own_algorithm(tmp_path: Path, algorithm: str) -> None:
    chain, key = _files(tmp_path, KEYS[algorithm]())
    signer = build_signer(_settings(tmp_path, sgd_c2pa_certificate=chain, sgd_c2pa_private_key=key))
    assert signer.algorithm == algorithm
    wanted = ToSeal(picture(), "image/png", None, {**DEFINITION, "format": "image/png"})
    made = ChildSealer(FakeConfinedJobs(), lambda: signer).seal(wanted)
    assert read(made.data, anchors_pem=signer.anchors_pem)["manifest"]["state"] == "Trusted"
    assert not (tmp_path / "var").exists()


def test_a_command_signs_where_the_key_lies_elsewhere(tmp_path: Path) -> None:
    chain, key = _files(tmp_path, KEYS["ES256"]())
    script = tmp_path / "sign.py"
    script.write_text(
        "import sys\n"
        "from cryptography.hazmat.primitives import hashes, serialization\n"
        "from cryptography.hazmat.primitives.asymmetric import ec\n"
        "from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature\n"
        f"key = serialization.load_pem_private_key(open({str(key)!r}, 'rb').read(), None)\n"
        "r, s = decode_dss_signature(key.sign(sys.stdin.buffer.read(), ec.ECDSA(hashes.SHA256())))\n"
        "sys.stdout.buffer.write(r.to_bytes(32) + s.to_bytes(32))\n"
    )
    command = shlex.join([sys.executable, str(script)])
    signer = build_signer(_settings(tmp_path, sgd_c2pa_certificate=chain, sgd_c2pa_signer_command=command))
    wanted = ToSeal(picture("JPEG"), "image/jpeg", None, {**DEFINITION, "format": "image/jpeg"})
    made = ChildSealer(FakeConfinedJobs(), lambda: signer).seal(wanted)
    assert read(made.data, anchors_pem=signer.anchors_pem)["manifest"]["state"] == "Trusted"


def test_a_command_that_fails_is_unavailable_and_gives_no_unsigned_picture(tmp_path: Path) -> None:
    chain, _ = _files(tmp_path, KEYS["ES256"]())
    for command in ("/bin/false", "/bin/echo no", "/no/such/command"):
        signer = build_signer(_settings(tmp_path, sgd_c2pa_certificate=chain, sgd_c2pa_signer_command=command))
        with pytest.raises(Unavailable, match="command that signs"):
            signer.sign(b"x")


def test_settings_that_do_not_fit_together_are_refused(tmp_path: Path) -> None:
    chain, key = _files(tmp_path, KEYS["ES256"]())
    other = tmp_path / "other"
    other.mkdir()
    _, other_key = _files(other, KEYS["ES256"]())
    with pytest.raises(InvalidInput, match="needs SGD_C2PA_PRIVATE_KEY"):
        build_signer(_settings(tmp_path, sgd_c2pa_certificate=chain))
    with pytest.raises(InvalidInput, match="needs SGD_C2PA_CERTIFICATE"):
        build_signer(_settings(tmp_path, sgd_c2pa_private_key=key))
    with pytest.raises(InvalidInput, match="not that of the certificate"):
        build_signer(_settings(tmp_path, sgd_c2pa_certificate=chain, sgd_c2pa_private_key=other_key))
    with pytest.raises(InvalidInput, match="cannot be read"):
        build_signer(_settings(tmp_path, sgd_c2pa_certificate=tmp_path / "none.pem", sgd_c2pa_private_key=key))
