"""Decoding photos in worker processes, so that no file can harm or hold up the application.

Each worker is one process with a memory limit, fed one photo at a time by a thread of this
process. A worker that crashes, or takes longer than the time limit, costs that one photo and is
replaced.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

from inphotos.errors import PhotoError
from inphotos.events import Control
from inphotos.photos.decode import Decoded, decode
from inphotos.pixels import PixelSpec

#: The largest photo that is accepted (see ``decode.MAX_PIXELS``) decodes within both limits.
SECONDS_PER_PHOTO = 60.0
WORKER_MEMORY_BYTES = 4 << 30

#: Decoded photos that may wait for the encoder, about 0.2 MB each.
LOOK_AHEAD = 48

_POLL_SECONDS = 0.1

Outcome: TypeAlias = Decoded | PhotoError


class DecoderPool:
    """Worker processes that decode photos; use it as a context manager.

    Not to be shared between threads.
    """

    def __init__(self, spec: PixelSpec, workers: int | None = None) -> None:
        """Prepare a pool; processes start when they are first needed.

        Args:
            spec: what the encoder wants.
            workers: how many processes; by default one for each core, at most 8.
        """
        self._workers = workers or min(8, os.cpu_count() or 1)
        self._tasks: queue.SimpleQueue[Path | None] = queue.SimpleQueue()
        self._outcomes: queue.Queue[tuple[Path, Outcome]] = queue.Queue(LOOK_AHEAD)
        self._closing = threading.Event()
        self._threads = [
            threading.Thread(target=self._feed, args=(spec,), name=f"decoder-{n}", daemon=True)
            for n in range(self._workers)
        ]
        self._started = 0

    def __enter__(self) -> DecoderPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def decode_all(
        self, paths: Iterable[Path], control: Control | None = None
    ) -> Iterator[tuple[Path, Outcome]]:
        """Decode photos, as many ahead of the caller as ``LOOK_AHEAD``.

        Args:
            paths: the photos, each once.
            control: lets the user pause and cancel.

        Yields:
            (path, what came of it), in the order in which they are finished.

        Raises:
            CancelledError: by way of ``control``.
        """
        control = control or Control()
        waiting = 0
        source = iter(paths)
        exhausted = False
        while True:
            control.checkpoint()
            # Tasks are handed out no faster than results can be taken in, so that a cancelled
            # run leaves little behind.
            while not exhausted and waiting < LOOK_AHEAD:
                path = next(source, None)
                if path is None:
                    exhausted = True
                    break
                self._start_thread_for(waiting)
                self._tasks.put(path)
                waiting += 1
            if waiting == 0:
                return
            with contextlib.suppress(queue.Empty):
                outcome = self._outcomes.get(timeout=_POLL_SECONDS)
                waiting -= 1
                yield outcome

    def close(self) -> None:
        """Stop all workers, also those in the middle of a photo."""
        self._closing.set()
        for _ in range(self._started):
            self._tasks.put(None)
        for thread in self._threads[: self._started]:
            thread.join()

    def _start_thread_for(self, waiting: int) -> None:
        if self._started < min(self._workers, waiting + 1):
            self._threads[self._started].start()
            self._started += 1

    def _feed(self, spec: PixelSpec) -> None:
        worker: _Worker | None = None
        try:
            while (path := self._tasks.get()) is not None and not self._closing.is_set():
                worker = worker or _Worker(spec)
                outcome, usable = worker.decode(path, self._closing)
                if not usable:
                    worker.stop()
                    worker = None
                self._deliver(path, outcome)
        finally:
            if worker is not None:
                worker.stop()

    def _deliver(self, path: Path, outcome: Outcome) -> None:
        while not self._closing.is_set():
            with contextlib.suppress(queue.Full):
                self._outcomes.put((path, outcome), timeout=_POLL_SECONDS)
                return


class _Worker:
    """One worker process and our end of its pipe."""

    def __init__(self, spec: PixelSpec) -> None:
        # spawn: a forked child would inherit the threads' locks of torch and Qt.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_work, args=(theirs, spec), name="inphotos-decoder", daemon=True
        )
        self._process.start()
        theirs.close()

    def decode(self, path: Path, closing: threading.Event) -> tuple[Outcome, bool]:
        """Return the outcome and whether the worker can go on."""
        try:
            self._pipe.send(path)
            waited = 0.0
            while not self._pipe.poll(_POLL_SECONDS):
                waited += _POLL_SECONDS
                if closing.is_set():
                    return PhotoError(path, "the work was stopped"), False
                if waited >= SECONDS_PER_PHOTO:
                    reason = f"decoding took longer than {SECONDS_PER_PHOTO:.0f} seconds"
                    return PhotoError(path, reason), False
            answer = self._pipe.recv()
        except (EOFError, OSError):
            return PhotoError(path, "the decoder crashed on it"), False
        return (PhotoError(path, answer) if isinstance(answer, str) else answer), True

    def stop(self) -> None:
        self._pipe.close()
        self._process.kill()
        self._process.join()


def _work(pipe: Connection, spec: PixelSpec) -> None:
    """Decode what comes through the pipe until the other end is closed (in a process of its own)."""
    # Ctrl-C reaches every process of the terminal; stopping is the parent's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    while True:
        try:
            path = pipe.recv()
        except (EOFError, OSError):
            return
        answer: Decoded | str
        try:
            answer = decode(path, spec)
        except PhotoError as error:
            answer = error.reason
        except Exception as error:  # a decoder's bug must cost one photo, not the worker
            answer = f"the decoder failed on it ({type(error).__name__})"
        try:
            pipe.send(answer)
        except OSError:
            return


def _limit_memory() -> None:
    if sys.platform == "win32":
        return  # no such limit there; the time limit remains
    import resource

    with contextlib.suppress(ValueError, OSError):  # macOS refuses some limits
        resource.setrlimit(resource.RLIMIT_AS, (WORKER_MEMORY_BYTES, WORKER_MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
