"""A machine that runs short of memory, handles and threads, and a clock that is wrong."""

from __future__ import annotations

import errno
import os
import resource
import signal
import threading
import time
from pathlib import Path

from faults.injection import set_rules
from faults.trials import ALL, Trial, after_batches
from faults.world import Run, World

_MEGABYTE = 1 << 20


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


def _limit_memory(megabytes: int) -> None:
    most = _address_space() + megabytes * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _few_handles(count: int) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))


def _no_more_threads(after: int) -> None:
    set_rules(f"thread {errno.EAGAIN} {after} thread")


def _kill_decoders() -> None:
    """Kill decoders while they work, as the system does where memory is short."""
    from inphotos.photos.decoder_process import DecoderProcess

    real, killed = DecoderProcess.decode, threading.Event()

    def decode(self: DecoderProcess, request: object, seconds: float = 60.0) -> object:
        if request.path.name == "07.jpg" and not killed.is_set():  # type: ignore[attr-defined]
            killed.set()
            os.kill(self._process.pid, signal.SIGSTOP)
            threading.Timer(0.2, os.kill, (self._process.pid, signal.SIGKILL)).start()
        return real(self, request, seconds)  # type: ignore[arg-type]

    DecoderProcess.decode = decode  # type: ignore[method-assign, assignment]


def _odd_times(world: World) -> None:
    moments = {
        "01.jpg": -86_400,  # 1969
        "02.jpg": 4_300_000_000,  # 2106
        "03.jpg": 253_402_300_000,  # 9999
        "04.jpg": time.time() + 400 * 86_400,
    }
    for name, moment in moments.items():
        os.utime(world.photos / "new" / name, (moment, moment))


def _clock_back(_: World) -> None:
    real, started = time.time, time.time()
    # Ten years back within a second of the start.
    time.time = lambda: real() - (315_000_000 if real() > started + 1 else 0)
    time.time_ns = lambda: int(time.time() * 10**9)


def _future(world: World) -> None:
    """Let all that the library has come from a clock that ran three years ahead."""
    then = time.time() + 3 * 365 * 86_400
    for path in world.library.rglob("*"):
        os.utime(path, (then, then))


def _absurd(_: World, run: Run) -> str:
    return "a negative number is told" if " -" in run.err or "-1 " in run.out else ""


TRIALS = (
    *(
        Trial(
            f"memory-{megabytes}",
            "memory|^$|Indexing",
            (0, 2),
            inside=lambda _, m=megabytes: _limit_memory(m),
        )
        for megabytes in (10, 60, 200, 2_000)
    ),
    Trial(
        "memory-in-the-middle",
        "memory|no more threads|Indexing",
        (0, 2),
        inside=lambda _: after_batches(1, lambda: _limit_memory(1)),
    ),
    Trial(
        "memory-search",
        "memory|^$|match",
        (0, 2),
        command=lambda _: ["search", "a boat"],
        inside=lambda _: _limit_memory(10),
    ),
    *(
        Trial(
            f"handles-{count}",
            "oo many open|oo many files|Indexing",
            (0, 2),
            inside=lambda _, n=count: _few_handles(n),
        )
        for count in (8, 16, 24)
    ),
    Trial("threads-none", "no more threads", inside=lambda _: _no_more_threads(0), need="calls"),
    *(
        Trial(
            f"threads-{n}",
            "no more threads|Indexing",
            (0, 2),
            inside=lambda _, n=n: _no_more_threads(n),
            need="calls",
        )
        for n in (1, 2, 3, 5, 8)
    ),
    Trial("decoder-killed", "", status=0, inside=lambda _: _kill_decoders(), least=ALL - 1),
    Trial("odd-times", "", status=0, before=_odd_times, least=ALL, check=_absurd),
    Trial("clock-back", "", status=0, inside=_clock_back, least=ALL, check=_absurd),
    Trial("clock-was-ahead", "", status=0, before=_future, least=ALL, check=_absurd),
)
