"""A filter of system calls: how a Linux process gives up, for good and for all that it starts, what it never needs.

What Python, asyncio, threads, sockets of the internet and programs of its own need is let through. The others are
refused with EPERM, as a missing privilege would be. Calls that came after the list below was made do not exist for the
process (ENOSYS, upon which libraries fall back), nor do those of another architecture's numbering. Other machines than
x86_64 and aarch64 have no such layer. See seccomp(2) and linux/filter.h.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys

from kata.sandbox import linux

__all__ = ["Filter", "supported"]

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""The column of a machine in the tables below, and what the kernel calls it (linux/audit.h)."""

_NEWEST = 450
"""The last number of Linux 6.0, on both machines."""

# Names with their numbers on x86_64 and aarch64 (0: there is none), from the kernel's asm/unistd.h.
_NEVER = """
    ptrace 101 117, process_vm_readv 310 270, process_vm_writev 311 271, process_madvise 440 440,
    process_mrelease 448 448, pidfd_getfd 438 438, kcmp 312 272, setpriority 141 140, ioprio_set 251 30,
    sched_setparam 142 118, sched_setattr 314 274, sched_setaffinity 203 122,
    migrate_pages 256 238, move_pages 279 239,
    sethostname 170 161, setdomainname 171 162, settimeofday 164 170, clock_settime 227 112, clock_adjtime 305 266,
    adjtimex 159 171, reboot 169 142, kexec_load 246 104, kexec_file_load 320 294, swapon 167 224, swapoff 168 225,
    init_module 175 105, finit_module 313 273, delete_module 176 106, quotactl 179 60, quotactl_fd 443 443, acct 163 89,
    syslog 103 116, vhangup 153 58, nfsservctl 180 42, lookup_dcookie 212 18, iopl 172 0, ioperm 173 0, uselib 134 0,
    sysctl 156 0,
    unshare 272 97, setns 308 268, mount 165 40, umount2 166 39, pivot_root 155 41, chroot 161 51, open_tree 428 428,
    move_mount 429 429, fsopen 430 430, fsconfig 431 431, fsmount 432 432, fspick 433 433, mount_setattr 442 442,
    bpf 321 280, perf_event_open 298 241, userfaultfd 323 282, io_uring_setup 425 425, io_uring_enter 426 426,
    io_uring_register 427 427, keyctl 250 219, add_key 248 217, request_key 249 218, inotify_init 253 0,
    inotify_init1 294 26, fanotify_init 300 262, fanotify_mark 301 263, name_to_handle_at 303 264,
    open_by_handle_at 304 265, modify_ldt 154 0,
    mknod 133 0, mknodat 259 33, chown 92 0, fchown 93 55, lchown 94 0, fchownat 260 54, setxattr 188 5,
    lsetxattr 189 6, fsetxattr 190 7, removexattr 197 14, lremovexattr 198 15, fremovexattr 199 16
"""

_NOT_WHEN_JUDGED = """
    shmget 29 194, shmat 30 196, shmctl 31 195, semget 64 190, semctl 66 191, semop 65 193, semtimedop 220 192,
    msgget 68 186, msgctl 71 187, msgsnd 69 189, msgrcv 70 188, mq_open 240 180, mq_unlink 241 181,
    mq_timedsend 242 182, mq_timedreceive 243 183, mq_notify 244 184, mq_getsetattr 245 185,
    memfd_create 319 279, memfd_secret 447 447,
    chmod 90 0, fchmod 91 52, fchmodat 268 53, utime 132 0, utimes 235 0, futimesat 261 0, utimensat 280 88
"""
"""What outlives a play, or reaches another one. Nobody is judged by a script, and process pools need some of this."""

_CLONE, _CLONE3, _SOCKET = (56, 220), (435, 435), (41, 198)
_PRLIMIT, _PERSONALITY, _SETSCHEDULER = (302, 261), (135, 92), (144, 119)

_NAMESPACES = 0x02000000 | 0x00020000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000 | 0x80
_UNIX, _INET, _INET6, _NETLINK = 1, 2, 10, 16
_ROUTES = 0
_USUAL_POLICY = 0

# Instructions of classic BPF.
_LOAD, _EQUAL, _ABOVE, _ANY, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENT = 0, 4, 16
_ALLOWED, _WITH_ERROR = 0x7FFF0000, 0x00050000
_MODE_FILTER = 2


def supported() -> bool:
    """True on a system for which there is a filter; the kernel may refuse it still."""
    return sys.platform == "linux" and os.uname().machine in _MACHINES


class Filter:
    """A filter that is made once, and put on by each process that is to have it.

    Args:
        judged: False for a script, which keeps what process pools need, shared memory and sockets with a path, and what
            packages ask the system about.
        machine: as ``uname -m`` says it; this one when empty.

    Raises:
        KeyError: there is no filter for that machine.
    """

    def __init__(self, judged: bool = True, machine: str = "") -> None:
        column, architecture = _MACHINES[machine or os.uname().machine]
        self.instructions = _program(column, architecture, judged)
        self._code = ctypes.create_string_buffer(b"".join(self.instructions))
        # struct sock_fprog: how many instructions, and where they are.
        self._program = struct.pack("@HP", len(self.instructions), ctypes.addressof(self._code))

    def enforce(self) -> None:
        """Confine the calling thread, and all that it starts, for good.

        Raises:
            OSError: the kernel refuses.
        """
        linux.prctl(linux.SET_NO_NEW_PRIVS, 1)
        if linux.libc.prctl(linux.SET_SECCOMP, _MODE_FILTER, self._program, 0, 0) < 0:
            code = ctypes.get_errno()
            raise OSError(code, f"the kernel refuses a filter of system calls: {os.strerror(code)}")


def _program(column: int, architecture: int, judged: bool) -> list[bytes]:
    refuse, missing, allow = _end(errno.EPERM), _end(errno.ENOSYS), _instruction(_RETURN, _ALLOWED)
    code = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_EQUAL, architecture, 1, 0),
        refuse,
        _instruction(_LOAD, _NUMBER),
        _instruction(_ABOVE, _NEWEST, 0, 1),
        missing,
        _instruction(_EQUAL, _CLONE3[column], 0, 1),
        missing,  # its flags are in memory, where no filter can look; libraries take clone then
    ]
    for number in _numbers(_NEVER + ("," + _NOT_WHEN_JUDGED if judged else ""), column):
        code += [_instruction(_EQUAL, number, 0, 1), refuse]
    families = [_INET, _INET6] if judged else [_INET, _INET6, _UNIX]
    interfaces, policies = [], []
    if not judged:  # ZeroMQ lists the network's interfaces and asks for the policy that it has, or it aborts
        to_routes = [_instruction(_LOAD, _ARGUMENT + 8 * 2), _instruction(_EQUAL, _ROUTES, 0, 1), allow]
        interfaces = [_instruction(_EQUAL, _NETLINK, 0, len(to_routes)), *to_routes]
        policies = [_instruction(_EQUAL, _USUAL_POLICY, 0, 1), allow]
    for number, argument, tests in (
        (_CLONE[column], 0, [_instruction(_ANY, _NAMESPACES, 0, 1), refuse, allow]),
        (
            _SOCKET[column],
            0,
            [*(line for each in families for line in (_instruction(_EQUAL, each, 0, 1), allow)), *interfaces],
        ),
        (_SETSCHEDULER[column], 1, policies),
        (_PRLIMIT[column], 0, [_instruction(_EQUAL, 0, 0, 1), allow]),
        (_PERSONALITY[column], 0, [_instruction(_EQUAL, 0xFFFFFFFF, 0, 1), allow]),
    ):
        body = [_instruction(_LOAD, _ARGUMENT + 8 * argument), *tests, refuse]
        code += [_instruction(_EQUAL, number, 0, len(body)), *body]
    return [*code, allow]


def _numbers(table: str, column: int) -> list[int]:
    rows = [row.split() for row in table.split(",")]
    return [int(row[1 + column]) for row in rows if int(row[1 + column])]


def _instruction(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)


def _end(error: int) -> bytes:
    return _instruction(_RETURN, _WITH_ERROR | error)
