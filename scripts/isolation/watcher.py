"""Runs a command, sees every socket that it and its children want, and refuses the network.

Nothing of the command has to cooperate: the kernel stops whoever asks, whatever library it is in,
until it is told what to answer (see :mod:`isolation.filter`).
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import platform
import select
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from isolation.filter import MACHINES

SCRIPTS: Final = Path(__file__).parents[1]

# From the kernel's seccomp.h: what is asked, and what is answered.
_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_QUESTION = struct.Struct("QIIiIQ6Q")
_ANSWER = struct.Struct("QqiI")
_GO_ON = 1
_POLL_MS = 100

#: The C library asks here first for the name of a user, and reads it from a file where nobody
#: answers. Since it would ask here for an address of the internet, too, nobody does.
_ASKED_FIRST: Final = ("/var/run/nscd/socket", "/run/nscd/socket")


class WatchingError(Exception):
    """This machine cannot watch sockets; the message says why."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A call that would have led out of the processes that were watched; it was refused.

    Attributes:
        program: the name of the process.
        what: the call, e.g. ``socket of family 2`` or ``connect to /run/x``.
    """

    program: str
    what: str


@dataclass(frozen=True, slots=True)
class Watched:
    """A command that has ended.

    Attributes:
        status: its exit status.
        out, err: what it printed.
        attempts: what it wanted and did not get, in order.
    """

    status: int
    out: str
    err: str
    attempts: tuple[Attempt, ...]


def watched(
    command: Sequence[str],
    environment: Mapping[str, str],
    own: Path,
    seconds: float = 600.0,
) -> Watched:
    """Run a command that can reach nothing but itself, and note what else it wanted.

    Args:
        command: the program and its arguments.
        environment: of the command.
        own: a directory with Unix sockets that it may connect to.
        seconds: after which it is killed.

    Raises:
        WatchingError: the system cannot do that.
        subprocess.TimeoutExpired: it took too long.
    """
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    with near, far:
        process = subprocess.Popen(
            [sys.executable, "-m", "isolation.filter", str(far.fileno()), *command],
            env={**environment, "PYTHONPATH": _path(environment)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            pass_fds=[far.fileno()],
        )
        far.close()
        with process:
            listener = _listener(near, process)
            witness = _Witness(listener, own)
            witness.start()
            try:
                out, err = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
            finally:
                witness.stop()
    return Watched(process.returncode, out, err, tuple(witness.attempts))


def obstacle() -> str:
    """Return why this machine cannot watch sockets; empty where it can."""
    try:
        watched([sys.executable, "-c", ""], os.environ, Path(os.devnull))
    except WatchingError as error:
        return str(error)
    return ""


def _path(environment: Mapping[str, str]) -> str:
    former = environment.get("PYTHONPATH", "")
    return os.pathsep.join([str(SCRIPTS), *([former] if former else [])])


def _listener(connection: socket.socket, process: subprocess.Popen[str]) -> int:
    said, listeners, _, _ = socket.recv_fds(connection, 4096, 1)
    if not listeners:
        process.communicate()
        raise WatchingError(said.decode(errors="replace") or "the filter could not be started")
    return listeners[0]


class _Witness(threading.Thread):
    """Answers the kernel's questions until nobody is left who could ask.

    Attributes:
        attempts: what was asked for.
    """

    def __init__(self, listener: int, own: Path) -> None:
        super().__init__(name="witness", daemon=True)
        self._own = f"{own}{os.sep}"
        self.attempts: list[Attempt] = []
        self._listener = listener
        self._stopped = threading.Event()

    def run(self) -> None:
        poll = select.poll()
        poll.register(self._listener, select.POLLIN)
        while not self._stopped.is_set():
            for _, events in poll.poll(_POLL_MS):
                if events & select.POLLIN:
                    self._answer()
                elif events & select.POLLHUP:  # every process under the filter has ended
                    return

    def stop(self) -> None:
        """End; whoever still runs under the filter is refused everything from now on."""
        self._stopped.set()
        self.join()
        os.close(self._listener)

    def _answer(self) -> None:
        question = bytearray(_QUESTION.size)
        try:
            fcntl.ioctl(self._listener, _RECEIVE, question)
        except OSError as error:
            if error.errno == errno.ENOENT:  # whoever asked was killed meanwhile
                return
            raise
        number, process, _, call, _, _, *arguments = _QUESTION.unpack(question)
        answer = self._answer_to(process, call, arguments)
        with contextlib.suppress(OSError):  # killed meanwhile
            fcntl.ioctl(self._listener, _SEND, _ANSWER.pack(number, 0, *answer))

    def _answer_to(self, process: int, call: int, arguments: Sequence[int]) -> tuple[int, int]:
        """Return the error that a call ends with, negative, and whether it goes on instead."""
        machine = MACHINES[platform.machine()]
        if call == machine.connect:
            where = _address(process, arguments[1], arguments[2])
            if where.startswith(self._own):
                return 0, _GO_ON
            if where in _ASKED_FIRST:
                return -errno.ENOENT, 0
            what = f"connect to {where}"
        elif call == machine.socket:
            what = f"socket of family {ctypes.c_int32(arguments[0] & 0xFFFFFFFF).value}"
        else:
            what = "io_uring"
        self.attempts.append(Attempt(_name(process), what))
        return -errno.EACCES, 0


def _name(process: int) -> str:
    try:
        return Path(f"/proc/{process}/comm").read_text(errors="replace").strip()
    except OSError:
        return "a process that has ended"


def _address(process: int, at: int, length: int) -> str:
    """Return the path of the Unix socket that a process wants to connect to, or what it is."""
    try:
        with Path(f"/proc/{process}/mem").open("rb") as memory:
            memory.seek(at)
            raw = memory.read(min(length, 128))
    except OSError:
        return "what cannot be read"
    if len(raw) < 2 or struct.unpack("H", raw[:2])[0] != socket.AF_UNIX:
        return "what is no Unix socket"
    name = raw[2:]
    # A first byte of zero: a name that is in no directory.
    text = b"@" + name[1:] if name[:1] == b"\0" else name.partition(b"\0")[0]
    return os.fsdecode(text)
