"""The scanner against Debian's clamd with a signature of our own: hit, clean, over its limits, down."""

import io
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgd_assets.evidence.build import build_gate
from sgd_resources.clamd import ClamAvScanner
from sgd_resources.errors import Unavailable
from sgd_resources.settings import Settings
from tests.hostile import made

CLAMD = shutil.which("clamd") or next((path for path in ("/usr/sbin/clamd",) if Path(path).is_file()), None)
pytestmark = [
    pytest.mark.services,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CLAMD is None, reason="clamd is not installed (Debian: clamav-daemon)"),
]
SIGNATURE = "Sgd.Test.Mark"
MARK = b"SGD-HARMLESS-TEST-MARK"
STREAM_LIMIT = 2_000_000
SCAN_LIMIT = 1_000_000
START_S = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClamAvScanner]:
    folder = tmp_path_factory.mktemp("clamd")
    database = folder / "db"
    database.mkdir()
    own = f"{SIGNATURE}:0:*:{MARK.hex()}\nEicar.Own:0:*:{made.EICAR[:40].hex()}\n"
    (database / "own.ndb").write_text(own, "ascii")
    port = free_port()
    config = folder / "clamd.conf"
    config.write_text(
        f"DatabaseDirectory {database}\nTCPSocket {port}\nTCPAddr 127.0.0.1\nForeground yes\n"
        f"TemporaryDirectory {folder}\n"
        f"StreamMaxLength {STREAM_LIMIT}\nMaxScanSize {SCAN_LIMIT}\nMaxFileSize {SCAN_LIMIT}\nAlertExceedsMax yes\n"
        f"PidFile {folder / 'clamd.pid'}\n",
        "ascii",
    )
    if os.geteuid() == 0:
        # clamd gives up root unless told not to; the test's own folder is root's.
        config.write_text(config.read_text("ascii") + "User root\n", "ascii")
    assert CLAMD is not None
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen([CLAMD, "-c", str(config)], stdout=log, stderr=log) as daemon,
    ):
        scanner = ClamAvScanner("127.0.0.1", port, scan_s=30.0)
        try:
            deadline = time.monotonic() + START_S
            while not scanner.ping():
                assert daemon.poll() is None, (folder / "log").read_text("utf-8", "replace")
                assert time.monotonic() < deadline, "clamd did not start"
                time.sleep(0.2)
            yield scanner
        finally:
            daemon.terminate()
            daemon.wait(20)


def test_a_hit_names_the_signature(clamd: ClamAvScanner) -> None:
    found = clamd.scan(io.BytesIO(b"some text " + MARK))
    assert found.status == "infected"
    assert (found.signature or "").startswith(SIGNATURE)


def test_clean_bytes_are_clean(clamd: ClamAvScanner) -> None:
    assert clamd.scan(io.BytesIO(b"# Voice\nWe speak plainly.\n" * 100)).status == "clean"
    assert clamd.scan(io.BytesIO(b"")).status == "clean"


def test_a_virus_in_a_container_is_found(clamd: ClamAvScanner) -> None:
    assert clamd.scan(io.BytesIO(made.zipped({"a.txt": MARK}))).status == "infected"


def test_bytes_over_the_scan_limit_fail_closed(clamd: ClamAvScanner) -> None:
    with pytest.raises(Unavailable, match="limits"):
        clamd.scan(io.BytesIO(os.urandom(SCAN_LIMIT + 200_000)))


def test_bytes_over_the_stream_limit_fail_closed(clamd: ClamAvScanner) -> None:
    with pytest.raises(Unavailable):
        clamd.scan(io.BytesIO(bytes(STREAM_LIMIT * 4)))


def test_a_scanner_that_is_down_fails_closed() -> None:
    scanner = ClamAvScanner("127.0.0.1", free_port(), connect_s=0.5)
    assert not scanner.ping()
    with pytest.raises(Unavailable):
        scanner.scan(io.BytesIO(b"x"))


def test_the_gate_finds_it_in_an_attachment_and_lets_clean_files_in(clamd: ClamAvScanner) -> None:
    host, port = clamd._address
    with build_gate(Settings(sgd_env="production", clamav_host=host, clamav_port=port), processes=1) as gate:
        hit = gate.inspect(made.pdf_with_attachment(made.EICAR), file_name="a.pdf")
        assert (hit.verdict, hit.reason, hit.av.verdict) == ("quarantine", "malware", "infected")
        other = gate.inspect(made.docx({"word/x.bin": MARK}), file_name="a.docx")
        assert (other.verdict, other.reason, other.av.verdict) == ("quarantine", "malware", "infected")
        clean = gate.inspect(made.page_pdf(), file_name="a.pdf")
        assert (clean.verdict, clean.av.verdict) == ("accept", "clean")
        assert str(clean.av.engine).endswith(" + clamd")


def test_the_gate_holds_files_while_the_scanner_is_down() -> None:
    with build_gate(Settings(clamav_host="127.0.0.1", clamav_port=free_port()), processes=1) as gate:
        held = gate.inspect(b"# Voice\n", file_name="voice.md")
    assert (held.verdict, held.reason, held.is_retryable) == ("quarantine", "unavailable", True)
