"""A Landlock ruleset: this process may read its own program and write its own temporary directory, nothing else.

What must not live here: calls other than to files and TCP ports (seccomp), memory (rlimits).

Source: Linux Documentation/userspace-api/landlock.rst, ABI 1 to 7 (2026-11).
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULE_PATH_BENEATH = 1
_VERSION_FLAG = 1
_PR_SET_NO_NEW_PRIVS = 38
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_ALL_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_FILE_ONLY_RIGHTS = 1 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15
_NET_RIGHTS = 0b11
_SCOPES = 0b11


def landlock_abi() -> int:
    """The kernel's Landlock version; 0 when it has none or it is switched off."""
    libc = ctypes.CDLL(None, use_errno=True)
    return max(0, int(libc.syscall(_CREATE_RULESET, None, 0, _VERSION_FLAG)))


def restrict_files(*, readable: Iterable[Path], writable: Iterable[Path]) -> bool:
    """Confine this process to these paths and to no TCP port; False where Landlock is missing. Cannot be undone."""
    abi = landlock_abi()
    if abi < 1:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    rights = _ALL_FILE_RIGHTS[min(abi, 5)]
    attributes = struct.pack("Q", rights)
    if abi >= 4:
        attributes = struct.pack("QQ", rights, _NET_RIGHTS)
    if abi >= 6:
        attributes = struct.pack("QQQ", rights, _NET_RIGHTS, _SCOPES)
    ruleset = int(libc.syscall(_CREATE_RULESET, ctypes.c_char_p(attributes), len(attributes), 0))
    if ruleset < 0:
        return False
    try:
        for path in readable:
            _allow(libc, ruleset, path, (_READ_FILE | _READ_DIR) & rights)
        for path in writable:
            _allow(libc, ruleset, path, rights)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return bool(libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    """A path that is not there needs no rule."""
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not path.is_dir():
            rights &= _FILE_ONLY_RIGHTS
        rule = struct.pack("=Qi", rights, fd)
        libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.c_char_p(rule), 0)
    finally:
        os.close(fd)
