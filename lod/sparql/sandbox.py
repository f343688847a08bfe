"""What a worker process gives up before it meets a stranger's query."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import struct
import sys
from pathlib import Path

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1
"""Return values of a filter; a refused call fails with EPERM."""
# socket, connect, bind, sendto, sendmsg, execve, execveat, ptrace, io_uring_setup by machine.
# Spec: https://www.kernel.org/doc/html/latest/userspace-api/seccomp_filter.html
_MACHINES = {
    "x86_64": (0xC000003E, (41, 42, 49, 44, 46, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 200, 206, 211, 221, 281, 117, 425)),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def without_network() -> bool:
    """Take the network away from this process for good; return whether that was possible.

    The kernel then refuses to make sockets, whatever library asks for one. Only Linux can do this
    without privileges.
    """
    known = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    instructions = _instructions(*known)
    code = ctypes.create_string_buffer(b"".join(instructions))
    program = _Program(len(instructions), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def _instructions(machine: int, refused: tuple[int, ...]) -> list[bytes]:
    """Return a filter that refuses some calls, and all calls by another machine's numbers."""
    checks = [
        _instruction(_EQUAL, len(refused) - number, 0, call) for number, call in enumerate(refused)
    ]
    return [
        _instruction(_LOAD, 0, 0, 4),
        _instruction(_EQUAL, 1, 0, machine),
        _instruction(_RETURN, 0, 0, _REFUSE),
        _instruction(_LOAD, 0, 0, 0),
        *checks,
        _instruction(_RETURN, 0, 0, _ALLOW),
        _instruction(_RETURN, 0, 0, _REFUSE),
    ]


def _instruction(code: int, when_true: int, when_false: int, value: int) -> bytes:
    return struct.pack("HBBI", code, when_true, when_false, value)


def limit_memory(budget: int) -> None:
    """Let this process take so many more bytes than it has now, and be the first to go.

    Counted is what it allocates, not the files of the store that it maps.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    status = Path("/proc/self/status")
    if not status.exists():
        return
    words = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    limit = int(words["VmData"].split()[0]) * 1024 + budget
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def stand_back() -> None:
    """Leave the processors to whoever else wants them: pages come before queries."""
    with contextlib.suppress(OSError):
        os.nice(19)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
