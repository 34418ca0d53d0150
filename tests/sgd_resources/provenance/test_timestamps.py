import shutil
import subprocess
from pathlib import Path

import pytest

from sgd_resources.errors import Unavailable
from sgd_resources.provenance.containers import manifest_of, with_manifest
from sgd_resources.provenance.timestamps import with_stamp
from tests.sgd_resources.provenance.signers import read, sealed
from tests.sgd_resources.sealing.pictures import picture

_CONFIG = """
[ req ]
distinguished_name = dn
x509_extensions = root
prompt = no
[ dn ]
O = Clock
CN = Clock
[ root ]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[ tsa ]
authorityKeyIdentifier = keyid
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[ tsa_config ]
serial = {folder}/serial
digests = sha256
signer_digest = sha256
default_policy = 1.2.3.4.1
ess_cert_id_alg = sha256
"""


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is the timestamp authority here")
def test_a_stamp_of_the_signature_is_put_into_the_room_that_the_manifest_has(tmp_path: Path) -> None:
    made = sealed(picture("JPEG"), "image/jpeg")
    signature = made.manifest[-64:]
    stamped = with_stamp(made.manifest, signature, lambda request: _clock(tmp_path, request))
    assert len(stamped) == len(made.manifest)
    told = read(with_manifest(made.unsigned, stamped, "image/jpeg"))["manifest"]
    assert told["state"] == "Trusted"
    assert told["signer"]["time"] is not None
    assert read(made.data)["manifest"]["signer"]["time"] is None


def test_an_authority_that_refuses_or_answers_nonsense_is_unavailable() -> None:
    manifest = manifest_of(sealed(picture("PNG"), "image/png").data)
    assert manifest is not None
    for answer in (b"", b"<html>", bytes.fromhex("3005300302010 2".replace(" ", "")), b"\x30\x80"):
        with pytest.raises(Unavailable, match="timestamp authority"):
            with_stamp(manifest, manifest[-64:], lambda _, answer=answer: answer)  # type: ignore[misc]  # bound now


def _clock(folder: Path, request: bytes) -> bytes:
    def run(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    (folder / "request.tsq").write_bytes(request)
    for name in ("root", "tsa"):
        run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}-key.pem")
    run("req", "-x509", "-new", "-key", "root-key.pem", "-config", "tsa.cnf", "-days", "9", "-out", "root.pem")
    run("req", "-new", "-key", "tsa-key.pem", "-subj", "/O=Clock/CN=Stamps", "-out", "tsa.csr")
    run(
        "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root-key.pem", "-CAcreateserial", "-days", "9",
        "-extfile", "tsa.cnf", "-extensions", "tsa", "-out", "tsa.pem",
    )  # fmt: skip
    run(
        "ts", "-reply", "-queryfile", "request.tsq", "-config", "tsa.cnf", "-section", "tsa_config",
        "-signer", "tsa.pem", "-inkey", "tsa-key.pem", "-chain", "root.pem", "-out", "answer.tsr",
    )  # fmt: skip
    return (folder / "answer.tsr").read_bytes()
