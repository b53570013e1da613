"""Starts a command of whose sockets Linux asks another process first (seccomp).

    python -m isolation.filter CHANNEL COMMAND [ARGUMENT ...]

CHANNEL is the number of a Unix socket that was inherited, over which the listener of the filter is
sent before the command takes this process over. Everything that the command starts inherits the
filter, and nothing can take it off again. Sockets of the system (AF_UNIX) are let through; any
other, every connect() and io_uring, which knows sockets of its own, wait for the listener.
"""

from __future__ import annotations

import ctypes
import os
import platform
import socket
import struct
import sys
from typing import Final, NamedTuple


class Machine(NamedTuple):
    """Numbers of the system calls on a kind of processor, from the kernel's headers."""

    audit: int
    socket: int
    connect: int


MACHINES: Final = {
    "x86_64": Machine(audit=0xC000003E, socket=41, connect=42),
    "aarch64": Machine(audit=0xC00000B7, socket=198, connect=203),
}
IO_URING_SETUP: Final = 425

_SECCOMP = {"x86_64": 317, "aarch64": 277}
_SET_MODE_FILTER, _NEW_LISTENER = 1, 1 << 3
_NO_NEW_PRIVILEGES = 38

# The kernel's small machine for filters: load a word, jump, return.
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _AUDIT_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_ALLOW, _ASK, _NOT_THERE = 0x7FFF0000, 0x7FC00000, 0x00050000 | 38

#: From here on x86-64 numbers the calls of another convention (x32), which nobody uses.
_OTHER_CONVENTION = 0x40000000


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]


def _code(machine: Machine) -> bytes:
    """Return the filter; the second and third number are how far to jump if so, and if not."""
    lines = [
        (_LOAD, 0, 0, _AUDIT_AT),
        (_EQUAL, 0, 8, machine.audit),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 6, 0, _OTHER_CONVENTION),
        (_EQUAL, 6, 0, machine.connect),
        (_EQUAL, 5, 0, IO_URING_SETUP),
        (_EQUAL, 0, 2, machine.socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_EQUAL, 0, 2, int(socket.AF_UNIX)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _NOT_THERE),
        (_RETURN, 0, 0, _ASK),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


def install() -> int:
    """Put the filter on this process; return the file descriptor of its listener.

    Raises:
        OSError: this machine cannot do that.
    """
    kind = platform.machine()
    if sys.platform != "linux" or kind not in MACHINES:
        raise OSError("seccomp is used on Linux on x86-64 and ARM only")
    library = ctypes.CDLL(None, use_errno=True)
    code = ctypes.create_string_buffer(_code(MACHINES[kind]))
    program = _Program(len(code) // 8, ctypes.addressof(code))
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl does not work here")
    listener = library.syscall(
        _SECCOMP[kind], _SET_MODE_FILTER, _NEW_LISTENER, ctypes.byref(program)
    )
    if listener < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"seccomp does not work here ({os.strerror(number)})")
    return int(listener)


def main(channel: int, *command: str) -> None:
    """Become the command, filtered; what is in the way is sent over the channel."""
    with socket.socket(fileno=channel) as connection:
        try:
            listener = install()
        except OSError as error:
            connection.sendall(str(error.strerror or error).encode())
            sys.exit(1)
        socket.send_fds(connection, [b"+"], [listener])
        os.close(listener)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
