"""A seccomp filter for a process that only computes: no sockets, no new programs, no looking at other processes.

Built as a BPF program by hand, so that no library is needed. Denied calls fail with EPERM, so a parser that tries
sees an ordinary error. What must not live here: files (Landlock) and memory (rlimits).

Source: Linux Documentation/userspace-api/seccomp_filter.rst; syscall numbers from the kernel's unistd tables
(2026-11).
"""

import ctypes
import errno
import platform
import struct

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_DENY = 0x00050000
_KILL = 0x80000000
_LOAD, _JUMP_EQUAL, _JUMP_SET, _JUMP_GREATER_EQUAL, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER_AT, _ARCH_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_CLONE_THREAD = 0x00010000
_X32_BIT = 0x40000000

_COMMON = {
    "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_tree": 428, "move_mount": 429,
    "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433, "pidfd_open": 434, "pidfd_getfd": 438,
    "process_madvise": 440, "mount_setattr": 442, "pidfd_send_signal": 424,
}  # fmt: skip
_DENIED = {
    "x86_64": {
        "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50, "socketpair": 53, "fork": 57,
        "vfork": 58, "execve": 59, "kill": 62, "ptrace": 101, "syslog": 103, "setuid": 105, "setgid": 106,
        "pivot_root": 155, "chroot": 161, "mount": 165, "umount2": 166, "swapon": 167, "reboot": 169,
        "sethostname": 170, "init_module": 175, "delete_module": 176, "quotactl": 179, "tkill": 200,
        "add_key": 248, "request_key": 249, "keyctl": 250, "unshare": 272, "accept4": 288, "perf_event_open":
        298, "open_by_handle_at": 304, "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311,
        "kcmp": 312, "finit_module": 313, "bpf": 321, "execveat": 322, "userfaultfd": 323, "kexec_load": 246,
        "kexec_file_load": 320, "mknod": 133, "mknodat": 259,
    },
    "aarch64": {
        "socket": 198, "socketpair": 199, "bind": 200, "listen": 201, "accept": 202, "connect": 203, "execve":
        221, "kill": 129, "tkill": 130, "ptrace": 117, "syslog": 116, "setuid": 146, "setgid": 144,
        "pivot_root": 41, "chroot": 51, "mount": 40, "umount2": 39, "swapon": 224, "reboot": 142,
        "sethostname": 161, "init_module": 105, "delete_module": 106, "add_key": 217, "request_key": 218,
        "keyctl": 219, "unshare": 97, "accept4": 242, "perf_event_open": 241, "open_by_handle_at": 265,
        "setns": 268, "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272, "finit_module": 273,
        "bpf": 280, "execveat": 281, "userfaultfd": 282, "mknodat": 33,
    },
}  # fmt: skip
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


def forbid_network_and_programs() -> bool:
    """Install the filter for this process and all its threads to come; False where the kernel or the CPU has none.

    Cannot be undone. Threads stay allowed, processes do not.
    """
    machine = platform.machine()
    if machine not in _DENIED:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    program = _program(machine)
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.c_char_p(header), 0, 0) == 0)


def _program(machine: str) -> bytes:
    """One comparison per denied call; each jumps over its own verdict when it does not match."""
    deny = _DENY | errno.EPERM
    lines = [
        _line(_LOAD, _ARCH_AT),
        _line(_JUMP_EQUAL, _AUDIT_ARCH[machine], 1, 0),
        _line(_RETURN, _KILL),
        _line(_LOAD, _NUMBER_AT),
    ]
    if machine == "x86_64":
        lines += [_line(_JUMP_GREATER_EQUAL, _X32_BIT, 0, 1), _line(_RETURN, deny)]
    for number in sorted({*_DENIED[machine].values(), *_COMMON.values()}):
        lines += [_line(_JUMP_EQUAL, number, 0, 1), _line(_RETURN, deny)]
    # ENOSYS makes the C library fall back from clone3, whose flags a filter cannot read, to clone.
    lines += [_line(_JUMP_EQUAL, _CLONE3, 0, 1), _line(_RETURN, _DENY | errno.ENOSYS)]
    lines += [
        _line(_JUMP_EQUAL, _CLONE[machine], 0, 3),
        _line(_LOAD, _FIRST_ARGUMENT_AT),
        _line(_JUMP_SET, _CLONE_THREAD, 1, 0),
        _line(_RETURN, deny),
        _line(_RETURN, _ALLOW),
    ]
    return b"".join(lines)


def _line(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, operand)
