import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from sgd_resources.errors import Unavailable
from sgd_resources.provenance import authority
from sgd_resources.provenance.authority import own_authority


def test_keys_are_for_this_user_alone_and_made_once(tmp_path: Path) -> None:
    files = own_authority(tmp_path)
    for path in (files.key, files.authority_key, files.chain, files.authority):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(files.folder.stat().st_mode) == 0o700
    before = files.chain.read_bytes()
    assert own_authority(tmp_path).chain.read_bytes() == before


def test_starts_at_the_same_moment_agree_on_one_certificate(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        chains = set(pool.map(lambda _: own_authority(tmp_path).chain.read_bytes(), range(16)))
    assert len(chains) == 1


def test_a_certificate_that_ends_soon_is_renewed_under_the_same_authority(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authority, "_OF_SIGNER", timedelta(days=30))
    files = own_authority(tmp_path)
    old_chain, old_authority = files.chain.read_bytes(), files.authority.read_bytes()
    monkeypatch.undo()
    renewed = own_authority(tmp_path)
    assert renewed.authority.read_bytes() == old_authority
    assert renewed.chain.read_bytes() != old_chain
    leaf, root = x509.load_pem_x509_certificates(renewed.chain.read_bytes())
    leaf.verify_directly_issued_by(root)


def test_a_damaged_certificate_is_told_and_not_replaced(tmp_path: Path) -> None:
    files = own_authority(tmp_path)
    files.chain.write_text("damaged")
    with pytest.raises(Unavailable, match="damaged"):
        own_authority(tmp_path)
