"""Work for a pool of threads, the most wanted first, that can be wanted more or less meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeAlias

from PyQt6.QtCore import QRunnable, QThreadPool

log = logging.getLogger(__name__)

#: The lowest goes first.
Priority: TypeAlias = tuple[int, int]


class Lane:
    """A few threads that do one kind of work on things that are asked for; safe from any thread.

    A thing counts as at work until :meth:`finish`, which whoever takes in the result calls: asked
    for again before, it is not done twice.
    """

    def __init__(self, threads: int, most: int, work: Callable[[Any, Priority], None]) -> None:
        """Prepare a lane.

        Args:
            threads: how many threads.
            most: how many things may wait; of more, the least wanted are dropped.
            work: is called with each thing and its priority, in one of the threads.
        """
        self._threads = threads
        self._most = most
        self._work = work
        self._lock = threading.Lock()
        self._waiting: dict[Hashable, Priority] = {}
        self._taken: set[Hashable] = set()
        self._running = 0
        self._closed = False
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(threads)

    def put(self, things: Mapping[Any, Priority]) -> None:
        """Ask for things, with a new priority for those that wait; those at work stay out."""
        with self._lock:
            if self._closed:
                return
            self._waiting.update({t: p for t, p in things.items() if t not in self._taken})
            if len(self._waiting) > self._most:
                for thing in sorted(self._waiting, key=self._waiting.__getitem__)[self._most :]:
                    del self._waiting[thing]
            wanted = min(self._threads - self._running, len(self._waiting))
            self._running += wanted
        for _ in range(wanted):
            self._pool.start(_Runner(self._run))

    def put_again(self, things: Mapping[Any, Priority]) -> set[Any]:
        """Give a new priority to what waits here already; return that and what is at work."""
        with self._lock:
            here = {t for t in things if t in self._waiting or t in self._taken}
        self.put({thing: things[thing] for thing in here})
        return here

    def finish(self, thing: Hashable) -> None:
        """Say that a thing may be asked for anew."""
        with self._lock:
            self._taken.discard(thing)

    @property
    def is_busy(self) -> bool:
        """Whether something waits or is at work."""
        with self._lock:
            return bool(self._waiting or self._taken)

    def close(self) -> None:
        """Drop what waits, and wait for what is at work."""
        with self._lock:
            self._closed = True
            self._waiting.clear()
        self._pool.clear()
        self._pool.waitForDone()

    def _run(self) -> None:
        while (taken := self._take()) is not None:
            thing, priority = taken
            try:
                self._work(thing, priority)
            except Exception:  # it would abort the process when it left the thread
                log.exception("Unexpected error at work on %s", thing)
                self.finish(thing)

    def _take(self) -> tuple[Hashable, Priority] | None:
        """Take the most wanted; without one, the thread counts as ended at that moment."""
        with self._lock:
            if not self._waiting:
                self._running -= 1
                return None
            thing = min(self._waiting, key=self._waiting.__getitem__)
            self._taken.add(thing)
            return thing, self._waiting.pop(thing)


class _Runner(QRunnable):
    """Runs a function in a thread of a pool."""

    def __init__(self, function: Callable[[], None]) -> None:
        super().__init__()
        self._function = function

    # Qt overrides

    def run(self) -> None:
        self._function()
