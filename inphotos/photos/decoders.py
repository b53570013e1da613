"""Decoding many photos in worker processes, a bounded number ahead of whoever takes them.

Each worker is fed one photo at a time by a thread of this process. A worker that crashes, or takes
longer than the time limit, costs that one photo and is replaced.
"""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from inphotos.errors import DecoderError
from inphotos.events import Control
from inphotos.photos import worker
from inphotos.photos.decoder_process import SECONDS_PER_PHOTO, DecoderProcess, no_thread
from inphotos.photos.view import View
from inphotos.photos.worker import Outcome, Request
from inphotos.pixels import PixelSpec

#: Decoded photos that may wait for the encoder, about 0.2 MB each.
LOOK_AHEAD = 48

_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Job:
    """A photo to be decoded.

    Attributes:
        path: the file.
        known: digests of contents that need no decoding; those of photos of the same size, not
            of the whole library.
    """

    path: Path
    known: tuple[str, ...] = ()


AnyJob = TypeVar("AnyJob", bound=Job)


class DecoderPool:
    """Worker processes that decode many photos in the background; use it as a context manager.

    Not to be shared between threads.
    """

    def __init__(
        self,
        spec: PixelSpec | None,
        workers: int | None = None,
        *,
        memory_bytes: int = worker.MEMORY_BYTES,
        seconds: float = SECONDS_PER_PHOTO,
    ) -> None:
        """Prepare a pool; processes start when they are first needed.

        Args:
            spec: what the encoder wants; None for thumbnails only.
            workers: how many processes; by default one for each core, at most 8.
            memory_bytes: how much memory each of them may take.
            seconds: how long each photo may take.
        """
        self._spec = spec
        self._workers = workers or min(8, os.cpu_count() or 1)
        self._memory_bytes = memory_bytes
        self._seconds = seconds
        self._tasks: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._outcomes: queue.Queue[tuple[Any, Outcome | DecoderError]] = queue.Queue(LOOK_AHEAD)
        self._closing = threading.Event()
        self._threads = [
            threading.Thread(target=self._feed, name=f"decoder-{n}", daemon=True)
            for n in range(self._workers)
        ]
        self._started = 0
        self._running: set[DecoderProcess] = set()
        self._lock = threading.Lock()

    def __enter__(self) -> DecoderPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def decode_all(
        self, jobs: Iterable[AnyJob], control: Control | None = None
    ) -> Iterator[tuple[AnyJob, Outcome]]:
        """Decode photos, as many ahead of the caller as ``LOOK_AHEAD``.

        Args:
            jobs: the photos. The next one is taken in the caller's thread and only when there is
                room for it, so the iterable may choose at that moment what is most urgent.
            control: lets the user pause and cancel.

        Yields:
            (job, what came of it), in the order in which they are finished.

        Raises:
            CancelledError: by way of ``control``.
            DecoderError: no worker process can be started.
        """
        control = control or Control()
        waiting = 0
        source = iter(jobs)
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
                job, outcome = self._outcomes.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            waiting -= 1
            if isinstance(outcome, DecoderError):
                raise outcome
            yield job, outcome

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
            try:
                self._threads[self._started].start()
            except RuntimeError as error:  # the system allows no more; those that run will do
                if not self._started:
                    raise no_thread() from error
                self._workers = self._started
            else:
                self._started += 1

    def _feed(self) -> None:
        running: DecoderProcess | None = None
        try:
            while (job := self._tasks.get()) is not None and not self._closing.is_set():
                try:
                    running = running or self._start_process()
                    request = Request(job.path, self._spec, job.known)
                    answer = running.decode(request, self._seconds)
                    assert not isinstance(answer, View)  # none was asked for
                    outcome: Outcome | DecoderError = answer
                except DecoderError as error:
                    outcome = error
                if running is not None and not running.usable:
                    self._end_process(running)
                    running = None
                self._deliver(job, outcome)
        finally:
            if running is not None:
                self._end_process(running)

    def _start_process(self) -> DecoderProcess:
        running = DecoderProcess(self._memory_bytes, background=True)
        with self._lock:
            self._running.add(running)
            if self._closing.is_set():
                running.stop()
        return running

    def _end_process(self, running: DecoderProcess) -> None:
        with self._lock:
            self._running.discard(running)
        running.close()

    def _deliver(self, job: Job, outcome: Outcome | DecoderError) -> None:
        while not self._closing.is_set():
            with contextlib.suppress(queue.Full):
                self._outcomes.put((job, outcome), timeout=_POLL_SECONDS)
                return
