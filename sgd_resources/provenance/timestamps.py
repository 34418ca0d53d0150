"""Has a signature stamped by a timestamp authority, and puts the stamp into the manifest's room for it.

The manifest is signed with room to spare (`pad` among the unprotected headers, which no signature covers); the stamp
takes its place there, and the manifest keeps its length. What must not live here: whether stamps are asked for.

Sources: RFC 3161 (request and answer), RFC 8949 (CBOR), C2PA 2.2 "Time-stamps" (`sigTst2`: a stamp of a
countersignature's input over the signature, https://spec.c2pa.org/, 2026-11).
"""

import hashlib
import secrets
from collections.abc import Callable

import httpx

from sgd_resources.errors import Unavailable

_TIMEOUT_S = 10.0
_SHA256_OID = bytes.fromhex("0609608648016503040201")
_PAD = b"\xa1\x63pad\x59"
"""A map of one: the text "pad", and a byte string whose length takes two bytes."""
_SIGN1 = b"\xd2\x84\x59"
"""The tag of a COSE_Sign1, its array of four, and a byte string whose length takes two bytes."""
_GRANTED = (0, 1)  # granted, and granted with modifications

Ask = Callable[[bytes], bytes]
"""A TimeStampReq in DER -> the TimeStampResp."""


def stamper(url: str) -> Callable[[bytes, bytes], bytes]:
    """(manifest, signature) -> the manifest with a stamp of the authority at `url`."""

    def ask(request: bytes) -> bytes:
        try:
            answer = httpx.post(
                url, content=request, headers={"Content-Type": "application/timestamp-query"}, timeout=_TIMEOUT_S
            )
            answer.raise_for_status()
        except httpx.HTTPError as error:
            kind = {"kind": type(error).__name__}
            raise Unavailable("the timestamp authority does not answer", details=kind) from error
        return answer.content

    return lambda manifest, signature: with_stamp(manifest, signature, ask)


def with_stamp(manifest: bytes, signature: bytes, ask: Ask) -> bytes:
    """The manifest with a stamp of its signature, as long as before.

    Raises:
        Unavailable: the authority refuses, answers nonsense, or its stamp is larger than the room for it.
    """
    nonce = b"\x5a" + secrets.token_bytes(7)  # as an integer in DER it keeps its eight bytes
    at = manifest.rfind(_PAD, 0, manifest.index(signature))
    if at < 0:
        raise Unavailable("the manifest has no room for a timestamp")
    imprint = hashlib.sha256(_countersigned(_protected(manifest, at), signature)).digest()
    token = _token_of(ask(_request(imprint, nonce)))
    if imprint not in token or nonce not in token:
        raise Unavailable("the timestamp authority stamped something else")
    length = int.from_bytes(manifest[at + len(_PAD) : at + len(_PAD) + 2])
    end = at + len(_PAD) + 2 + length
    stamp = b"\x67sigTst2\xa1\x69tstTokens\x81\xa1\x63val" + _cbor_bytes(token)
    room = length - len(stamp)
    if room <= 256:  # below, the pad's own length would take fewer bytes
        raise Unavailable("the timestamp authority's stamp is larger than the room for it")
    head = b"\xa2" + stamp + b"\x63pad\x59" + room.to_bytes(2)
    return manifest[:at] + head + bytes(room) + manifest[end:]


def _protected(manifest: bytes, end: int) -> bytes:
    """The protected headers, which end where the unprotected ones begin."""
    at = manifest.rfind(_SIGN1, 0, end)
    start = at + len(_SIGN1) + 2
    if at < 0 or start + int.from_bytes(manifest[start - 2 : start]) != end:
        raise Unavailable("the manifest's signature is not laid out as expected")
    return manifest[start:end]


def _countersigned(protected: bytes, signature: bytes) -> bytes:
    """What a countersignature signs (RFC 9052, 4.4): its name, the headers, nothing from outside, the signature."""
    name = b"\x70CounterSignature"
    return b"\x84" + name + _cbor_bytes(protected) + b"\x40" + _cbor_bytes(_cbor_bytes(signature))


def _request(imprint: bytes, nonce: bytes) -> bytes:
    algorithm = _der(0x30, _SHA256_OID + b"\x05\x00")
    parts = (b"\x02\x01\x01", _der(0x30, algorithm + _der(0x04, imprint)), _der(0x02, nonce), b"\x01\x01\xff")
    return _der(0x30, b"".join(parts))


def _token_of(answer: bytes) -> bytes:
    """The TimeStampToken of a TimeStampResp. Raises Unavailable."""
    try:
        body, _ = _opened(answer, 0x30)
        status, rest = _opened(body, 0x30)
        number, _ = _opened(status, 0x02)
        if int.from_bytes(number) not in _GRANTED or rest[:1] != b"\x30":
            raise Unavailable("the timestamp authority refuses")
    except (ValueError, IndexError) as error:
        raise Unavailable("the timestamp authority answers nonsense") from error
    return rest


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    coded = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(coded))) + coded + content


def _opened(data: bytes, tag: int) -> tuple[bytes, bytes]:
    """Content of the first element, and what follows it."""
    if data[0] != tag:
        raise ValueError(tag)
    size, at = data[1], 2
    if size & 0x80:
        count = size & 0x7F
        size, at = int.from_bytes(data[2 : 2 + count]), 2 + count
    if at + size > len(data):
        raise ValueError(size)
    return data[at : at + size], data[at + size :]


def _cbor_bytes(content: bytes) -> bytes:
    size = len(content)
    if size < 24:
        return bytes((0x40 | size,)) + content
    if size < 1 << 8:
        return b"\x58" + size.to_bytes(1) + content
    return b"\x59" + size.to_bytes(2) + content
