"""Lets go of the parts of a store's file that were read, so that an idle window stays small.

The store maps its whole file, and whatever was read of it counts as memory of this process: 570 MB
for 100,000 photos, once they have all been looked at. The system has the file in its own cache as
well, from which what is wanted again comes back within microseconds.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
import threading
import time
from pathlib import Path

#: How long nobody must have used the store, or how long it may be used all the time, before its
#: parts are let go. The next query takes 10 ms longer then, at 100,000 photos.
_REST_SECONDS, _MOST_SECONDS = 10.0, 60.0

_DO_NOT_NEED = 4  # MADV_DONTNEED in <sys/mman.h> of Linux


class ResidentPages:
    """The parts of one mapped file; safe to share between threads. Only Linux has a way for it."""

    def __init__(self, file: Path) -> None:
        """Take the file, which need not be there yet."""
        self._file = str(file.resolve())  # as the system lists it
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._first = self._last = 0.0
        self._closed = sys.platform != "linux"

    def used(self) -> None:
        """Let go in a while of what is read now."""
        self._last = time.monotonic()
        if self._timer is None and not self._closed:
            with self._lock:
                if self._timer is None and not self._closed:
                    self._first = self._last
                    self._wait(_REST_SECONDS)

    def release(self) -> None:
        """Let go of all that has been read."""
        with self._lock:
            self._timer = None
            if self._closed:
                return
            libc = ctypes.CDLL(None)
            # The mapping belongs to the store and is read-only: nothing in it can be lost.
            for start, size in _mappings(self._file):
                libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), _DO_NOT_NEED)
            with contextlib.suppress(AttributeError):  # not in every C library
                libc.malloc_trim(ctypes.c_size_t(0))

    def _wait(self, seconds: float) -> None:
        timer = threading.Timer(seconds, self._on_time)
        timer.daemon = True
        try:
            timer.start()
        except RuntimeError:  # the system allows no more threads: memory is let go of later
            self._timer = None
        else:
            self._timer = timer

    def _on_time(self) -> None:
        with self._lock:
            now = time.monotonic()
            left = min(self._last + _REST_SECONDS, self._first + _MOST_SECONDS) - now
            if left > 0 and not self._closed:
                self._wait(left)
                return
        self.release()

    def close(self) -> None:
        """Do nothing any more; belongs before the file is unmapped."""
        with self._lock:
            self._closed = True
            if self._timer is not None:
                self._timer.cancel()


def _mappings(file: str) -> list[tuple[int, int]]:
    """Return where a file is mapped for reading, as addresses and sizes."""
    found = []
    for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines():
        # 7f12-7f34 r--s 00000000 fe:01 1234   /path
        place, rights, *_, path = line.split(maxsplit=5)
        if rights == "r--s" and path == file:
            start, end = (int(part, 16) for part in place.split("-"))
            found.append((start, end - start))
    return found
