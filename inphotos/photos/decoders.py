"""Decoding photos in worker processes, so that no file can harm or hold up the application.

Each worker is one process with a memory limit, fed one photo at a time by a thread of this
process. A worker that crashes, or takes longer than the time limit, costs that one photo and is
replaced.
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from inphotos.errors import DecoderError, PhotoError
from inphotos.events import Control
from inphotos.photos import worker
from inphotos.photos.decode import Decoded
from inphotos.pixels import PixelSpec

#: The largest photo that is accepted (``picture.MAX_PIXELS``) takes a tenth of it.
SECONDS_PER_PHOTO = 60.0

#: Decoded photos that may wait for the encoder, about 0.2 MB each.
LOOK_AHEAD = 48

_POLL_SECONDS = 0.1
_PACKAGE_ROOT = Path(__file__).parents[2]

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
        self._spec = spec
        self._workers = workers or min(8, os.cpu_count() or 1)
        self._tasks: queue.SimpleQueue[Path | None] = queue.SimpleQueue()
        self._outcomes: queue.Queue[tuple[Path, Outcome | DecoderError]] = queue.Queue(LOOK_AHEAD)
        self._closing = threading.Event()
        self._threads = [
            threading.Thread(target=self._feed, name=f"decoder-{n}", daemon=True)
            for n in range(self._workers)
        ]
        self._started = 0
        self._running: set[_Worker] = set()
        self._lock = threading.Lock()

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
            DecoderError: no worker process can be started.
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
                task = next(source, None)
                if task is None:
                    exhausted = True
                    break
                self._start_thread_for(waiting)
                self._tasks.put(task)
                waiting += 1
            if waiting == 0:
                return
            try:
                path, outcome = self._outcomes.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            waiting -= 1
            if isinstance(outcome, DecoderError):
                raise outcome
            yield path, outcome

    def close(self) -> None:
        """Stop all workers, also those in the middle of a photo."""
        self._closing.set()
        for _ in range(self._started):
            self._tasks.put(None)
        with self._lock:
            for running in self._running:
                running.stop()
        for thread in self._threads[: self._started]:
            thread.join()

    def _start_thread_for(self, waiting: int) -> None:
        if self._started < min(self._workers, waiting + 1):
            self._threads[self._started].start()
            self._started += 1

    def _feed(self) -> None:
        running: _Worker | None = None
        try:
            while (path := self._tasks.get()) is not None and not self._closing.is_set():
                if running is None:
                    try:
                        running = self._start_worker()
                    except OSError as error:
                        self._deliver(path, _not_started(error))
                        continue
                outcome, usable = running.decode(path)
                if not usable:
                    self._end_worker(running)
                    running = None
                self._deliver(path, outcome)
        finally:
            if running is not None:
                self._end_worker(running)

    def _start_worker(self) -> _Worker:
        running = _Worker(self._spec)
        with self._lock:
            self._running.add(running)
            if self._closing.is_set():
                running.stop()
        return running

    def _end_worker(self, running: _Worker) -> None:
        with self._lock:
            self._running.discard(running)
        running.close()

    def _deliver(self, path: Path, outcome: Outcome | DecoderError) -> None:
        while not self._closing.is_set():
            with contextlib.suppress(queue.Full):
                self._outcomes.put((path, outcome), timeout=_POLL_SECONDS)
                return


def _not_started(error: OSError) -> DecoderError:
    return DecoderError(
        f"Photos cannot be decoded, because no process can be started for it "
        f"({error.strerror or error}); close other programs and try again."
    )


class _Worker:
    """One worker process."""

    def __init__(self, spec: PixelSpec) -> None:
        self._spec = spec
        self._process = subprocess.Popen(
            # -P and the path below: nothing in the current directory may pass for a module.
            [sys.executable, "-P", "-m", worker.__name__, worker.pack_spec(spec)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # decoding libraries print warnings of their own
            # One thread for LibRaw: there is a worker for every core.
            env={**os.environ, "PYTHONPATH": str(_PACKAGE_ROOT), "OMP_NUM_THREADS": "1"},
            # Ctrl-C reaches every process of a terminal's session; stopping is our decision.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def decode(self, path: Path) -> tuple[Outcome, bool]:
        """Return the outcome and whether the worker can go on."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        # Pipes cannot be read with a time limit everywhere; a killed process ends the read.
        overdue = threading.Event()
        watchdog = threading.Timer(SECONDS_PER_PHOTO, self._kill, [overdue])
        watchdog.daemon = True
        watchdog.start()
        try:
            worker.write_request(self._process.stdin, path)
            return worker.read_answer(self._process.stdout, path, self._spec), True
        except (EOFError, OSError, ValueError, worker.ProtocolError):
            reason = "the decoder crashed on it"
            if overdue.is_set():
                reason = f"decoding took longer than {SECONDS_PER_PHOTO:.0f} seconds"
            return PhotoError(path, reason), False
        finally:
            watchdog.cancel()

    def stop(self) -> None:
        """End the process at once; may be called from another thread while it decodes."""
        self._process.kill()

    def close(self) -> None:
        """End the process and wait for it."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # what was not written any more is not missed
                    stream.close()
        self._process.wait()

    def _kill(self, overdue: threading.Event) -> None:
        overdue.set()
        self._process.kill()
