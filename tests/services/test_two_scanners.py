"""A clamd beside the embedded rules: both look, either can hold a file, and one that is away lets nothing in."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sgd_assets.evidence.build import build_gate
from sgd_assets.evidence.gate import Inspection
from sgd_resources.settings import Settings
from tests.hostile import made

pytestmark = [pytest.mark.services, pytest.mark.enable_socket]
MARK = b"only clamd knows this"


class _Clamd(socketserver.StreamRequestHandler):
    """INSTREAM as clamd(8) has it: chunks with their length before them, an empty one at the end."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            data += self.rfile.read(length)
        self.wfile.write(b"stream: Own.Mark FOUND\0" if MARK in data else b"stream: OK\0")


@contextmanager
def clamd() -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clamd) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def judged(port: int, data: bytes) -> Inspection:
    settings = Settings(_env_file=None, clamav_host="127.0.0.1", clamav_port=port)
    with build_gate(settings, processes=1) as gate:
        return gate.inspect(data, file_name="voice.md")


def test_both_look_and_are_named_and_either_holds_a_file() -> None:
    with clamd() as port:
        clean, marked, eicar = (judged(port, data) for data in (b"# Voice\n", b"# Voice\n" + MARK, made.EICAR))
    assert (clean.verdict, clean.av.verdict) == ("accept", "clean")
    assert (clean.av.engine or "").startswith("yara-x ")
    assert (clean.av.engine or "").endswith(" + clamd")
    assert (marked.reason, marked.details["signature"]) == ("malware", "Own.Mark")
    assert (eicar.reason, eicar.av.verdict) == ("malware", "infected")


def test_a_clamd_that_is_away_holds_the_file_for_another_try() -> None:
    with clamd() as port:
        pass
    found = judged(port, b"# Voice\n")
    assert (found.verdict, found.reason, found.is_retryable) == ("quarantine", "unavailable", True)
