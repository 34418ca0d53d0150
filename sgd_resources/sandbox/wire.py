"""The messages between parent, fork server and child: a JSON head and raw blobs, never pickled objects.

The parent trusts nothing that comes back: lengths are bounded before anything is read. What must not live here:
what the messages mean.
"""

import json
import os
import socket
import struct
import time
from typing import Any

_HEAD = struct.Struct(">II")
_MAX_HEAD_BYTES = 64_000_000
_MAX_BLOBS = 20_000
_CHUNK = 1 << 20


class WireError(Exception):
    """The other side is gone or speaks nonsense; never leaves the sandbox package."""


def send(channel: socket.socket, head: dict[str, Any], blobs: tuple[bytes, ...] = (), *, fd: int | None = None) -> None:
    """One message. A file descriptor travels with its first bytes.

    Raises:
        TimeoutError: the other side does not read it in time.
        WireError: the other side is gone.
    """
    body = json.dumps({**head, "blobs": [len(blob) for blob in blobs]}).encode("utf-8")
    start = _HEAD.pack(len(body), 1 if fd is not None else 0)
    try:
        if fd is None:
            channel.sendall(start)
        else:
            socket.send_fds(channel, [start], [fd])
        channel.sendall(body)
        for blob in blobs:
            channel.sendall(blob)
    except TimeoutError:
        raise
    except OSError as error:
        raise WireError(str(error)) from error


def receive(
    channel: socket.socket, *, max_bytes: int, deadline: float | None = None
) -> tuple[dict[str, Any], tuple[bytes, ...], int | None]:
    """The next message: head, blobs and a file descriptor if one came along.

    Args:
        deadline: of `time.monotonic`, for the whole message: dripping bytes buys no time.

    Raises:
        TimeoutError: the deadline or the socket's own timeout passed.
        WireError: the other side is gone or sends more than `max_bytes`.
    """
    try:
        start, fds, _, _ = socket.recv_fds(channel, _HEAD.size, 1)
        fd = fds[0] if fds else None
        start += _exactly(channel, _HEAD.size - len(start), deadline) if start else b""
        if len(start) != _HEAD.size:
            raise WireError("closed")
        length, _ = _HEAD.unpack(start)
        if length > min(max_bytes, _MAX_HEAD_BYTES):
            raise WireError("a message head over its bound")
        head = json.loads(_exactly(channel, length, deadline))
        sizes = head.pop("blobs")
        if len(sizes) > _MAX_BLOBS or sum(sizes) > max_bytes or any(size < 0 for size in sizes):
            raise WireError("blobs over their bound")
        return head, tuple(_exactly(channel, size, deadline) for size in sizes), fd
    except TimeoutError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WireError(str(error)) from error


def bytes_in_memory(data: bytes) -> int:
    """A memory file that holds the data, to be closed by the caller."""
    fd = os.memfd_create("job", os.MFD_CLOEXEC)
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
    return fd


def read_memory(fd: int, size: int) -> bytes:
    """The bytes of a memory file; closes it."""
    try:
        chunks = []
        at = 0
        while at < size and (chunk := os.pread(fd, size - at, at)):
            chunks.append(chunk)
            at += len(chunk)
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)
    finally:
        os.close(fd)


def _exactly(channel: socket.socket, size: int, deadline: float | None) -> bytes:
    buffer = bytearray(size)
    view = memoryview(buffer)
    while view:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            channel.settimeout(left)
        got = channel.recv_into(view, min(len(view), _CHUNK))
        if got == 0:
            raise WireError("closed")
        view = view[got:]
    return bytes(buffer)
