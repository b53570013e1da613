"""Things that are loaded when they are wanted and dropped when they have not been for a while."""

from __future__ import annotations

import ctypes
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

Loaded = TypeVar("Loaded")


class Kept(Generic[Loaded]):
    """Something large that comes and goes with the demand. Safe to use from several threads.

    One thread loads it for all.
    """

    def __init__(self, load: Callable[[], Loaded], idle_seconds: float) -> None:
        """Prepare; nothing is loaded before it is asked for.

        Args:
            load: makes it; the only reference to what it returns is kept here.
            idle_seconds: after how long without use it is dropped.
        """
        self._load = load
        self._idle_seconds = idle_seconds
        self._lock = threading.Lock()
        self._loaded: Loaded | None = None
        self._users = 0
        self._last_use = 0.0
        self._timer: threading.Timer | None = None

    @property
    def is_loaded(self) -> bool:
        """Whether it is there at the moment."""
        return self._loaded is not None

    @contextmanager
    def lent(self) -> Iterator[Loaded]:
        """Load it if needed; it stays as long as the block runs."""
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            loaded = self._loaded
            self._users += 1
        try:
            yield loaded
        finally:
            # Otherwise this frame would keep it, should the block have ended by an error.
            del loaded
            with self._lock:
                self._users -= 1
                self._last_use = time.monotonic()
                self._watch()

    def drop(self) -> None:
        """Drop it now, unless it is in use; the next use loads it anew."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            self._drop_unused()

    def _watch(self) -> None:
        """See to it that it is dropped in time; the lock is held."""
        if self._timer is None and not self._users and self._loaded is not None:
            due = self._last_use + self._idle_seconds - time.monotonic()
            # It does not keep what nobody else does.
            self._timer = threading.Timer(max(0.0, due), _end_idle, [weakref.ref(self)])
            self._timer.daemon = True
            self._timer.start()

    def end_idle(self) -> None:
        """Drop it if it has been idle for long enough; for the timer."""
        with self._lock:
            if self._timer is not threading.current_thread():
                return  # it was cancelled when it had begun already
            self._timer = None
            if time.monotonic() >= self._last_use + self._idle_seconds:
                self._drop_unused()
            self._watch()

    def _drop_unused(self) -> None:
        if not self._users and self._loaded is not None:
            self._loaded = None
            _give_back_memory()

    def __del__(self) -> None:
        """Stop the timer."""
        if self._timer is not None:
            self._timer.cancel()


def _end_idle(kept: weakref.ref[Kept[Any]]) -> None:
    alive = kept()
    if alive is not None:
        alive.end_idle()


def _give_back_memory() -> None:
    """Have the C library return freed memory to the system, where it keeps it otherwise."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc alone has it
        if trim is not None:
            trim(0)
