"""Decoder processes that are forked from one that has loaded all they need.

Most tests index a handful of photos, each in decoder processes of its own, and what these load at
their start costs more than their photos. The processes here are as real: one for each that is
asked for, with its own pipes, limits and end, running the product's program; only the interpreter
is not started and the modules are not imported again. Whoever tests the processes themselves has
plain ones: see ``tests/photos/conftest.py``.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from PIL import Image

_MOST_BYTES = 1 << 18

#: How processes have ended that nobody has asked about yet, by their number.
_ended: dict[int, int] = {}
_ROOT = Path(__file__).parents[1]

#: Forks are asked for by this system's ways to hand pipes over and to wait for any process.
IS_POSSIBLE = sys.platform == "linux"


class WarmDecoder:
    """What the product needs of a :class:`subprocess.Popen`, on a process that was forked."""

    def __init__(
        self, pid: int, stdin: IO[bytes], stdout: IO[bytes], status: Callable[[int], int]
    ) -> None:
        self.pid = pid
        self._status = status
        self._returncode: int | None = None
        self.stdin = stdin
        self.stdout = stdout
        self._handle = -1
        with contextlib.suppress(ProcessLookupError):  # it has ended by now
            self._handle = os.pidfd_open(pid)

    def kill(self) -> None:
        if self._handle >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        if self._handle >= 0:
            if not select.select([self._handle], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("decoder", timeout or 0.0)
            handle, self._handle = self._handle, -1
            os.close(handle)
        if self._returncode is None:
            self._returncode = self._status(self.pid)
        return self._returncode


class WarmDecoders:
    """Forks decoder processes, from any thread; takes the place of :class:`subprocess.Popen`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._template: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    def start(self, arguments: Sequence[str], env: Mapping[str, str], **_: Any) -> WarmDecoder:
        """Fork a process that runs the worker's program with these arguments and environment."""
        (requests, stdin), (stdout, answers) = os.pipe(), os.pipe()
        words = list(arguments[arguments.index("-m") + 1 :])
        order = {"words": words, "env": dict(env), "user": os.geteuid(), "folder": str(Path.cwd())}
        try:
            with self._lock:
                channel = self._channel()
                socket.send_fds(channel, [json.dumps(order).encode()], [requests, answers])
                pid = int(channel.recv(64))
        finally:
            for descriptor in (requests, answers):
                os.close(descriptor)
        return WarmDecoder(pid, os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb"), self._status)

    def close(self) -> None:
        """End the process that the others are forked from."""
        if self._socket is not None and self._template is not None:
            self._socket.close()
            self._template.wait()

    def _status(self, pid: int) -> int:
        """Return how a process has ended, as :class:`subprocess.Popen` does."""
        with self._lock:
            channel = self._channel()
            channel.send(json.dumps({"ended": pid}).encode())
            return int(channel.recv(64))

    def _channel(self) -> socket.socket:
        if self._socket is None:
            self._socket, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with far:
                self._template = subprocess.Popen(
                    [sys.executable, "-P", str(Path(__file__)), str(far.fileno())],
                    pass_fds=[far.fileno()],
                    env={**os.environ, "PYTHONPATH": str(_ROOT), "OMP_NUM_THREADS": "1"},
                    start_new_session=True,
                )
        return self._socket


def serve(channel: socket.socket) -> None:
    """Fork a process for each order that comes, until there can be no more."""
    signal.signal(signal.SIGCHLD, _on_child_ended)
    while True:
        message, descriptors, _, _ = socket.recv_fds(channel, _MOST_BYTES, 2)
        if not message:
            return
        order = json.loads(message)
        if "ended" in order:
            while order["ended"] not in _ended:  # its end is told by a signal, any moment now
                time.sleep(0.001)
            channel.send(str(_ended.pop(order["ended"])).encode())
            continue
        pid = os.fork()
        if pid == 0:
            channel.close()
            _become(order, *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        channel.send(str(pid).encode())


def _on_child_ended(*_: object) -> None:
    """Let go of what has ended; whoever asked for it waits for it by a handle."""
    with contextlib.suppress(ChildProcessError):
        while (child := os.waitpid(-1, os.WNOHANG))[0]:
            _ended[child[0]] = os.waitstatus_to_exitcode(child[1])


def _become(order: dict[str, Any], requests: int, answers: int) -> None:
    """Be the worker that was ordered, and end with it."""
    from inphotos.photos import worker

    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for number, descriptor in enumerate((requests, answers, nothing)):
            os.dup2(descriptor, number)
        os.closerange(3, 64)
        os.environ.clear()
        os.environ.update(order["env"])
        os.chdir(order["folder"])
        os.seteuid(order["user"])
        sys.argv = order["words"]
        worker.main()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _load() -> None:
    """Load what a worker loads, at its start and with its first photo."""
    from inphotos.photos import picture, worker

    assert worker.__doc__
    for name in (*picture._MODULES.values(), "rawpy"):
        importlib.import_module(name)
    Image.preinit()


if __name__ == "__main__":
    _load()
    serve(socket.socket(fileno=int(sys.argv[1])))
