"""Collecting what was noticed in folders until it has become quiet there."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_log = logging.getLogger(__name__)

#: With more directories than this, a folder is to be scanned whole.
MAX_DIRECTORIES = 2000


@dataclass(frozen=True, slots=True)
class Disturbance:
    """What should be looked at again.

    Attributes:
        directories: for a folder, its directories whose listing changed: a photo, a sidecar or a
            directory in them came, went, was renamed or written to. Relative to the folder, "/"
            between the names, "" for the folder itself. A directory that is new, or was moved to
            where it is, is there together with all that it holds; one that went is not, but its
            parent is.
        roots: folders to be scanned whole, because they came or went, because more changed in them
            than was kept, or because changes in them cannot be noticed. They are not in
            ``directories``.
    """

    directories: Mapping[Path, frozenset[str]]
    roots: frozenset[Path]


class Collector:
    """Gathers changes and delivers them, on a thread of its own, when no more come in."""

    def __init__(
        self,
        deliver: Callable[[Disturbance], None],
        quiet_seconds: float,
        longest_wait: float,
    ) -> None:
        """Start the thread.

        Args:
            deliver: takes what was gathered; what it raises is logged.
            quiet_seconds: how long nothing may have changed before a delivery.
            longest_wait: seconds after which a change is delivered anyway.
        """
        self._deliver = deliver
        self._quiet_seconds = quiet_seconds
        self._longest_wait = longest_wait
        self._condition = threading.Condition()
        self._accepted: frozenset[Path] = frozenset()
        self._directories: dict[Path, set[str]] = {}
        self._roots: set[Path] = set()
        self._first = self._last = 0.0
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="watch-deliver", daemon=True)
        self._thread.start()

    def accept(self, roots: Sequence[Path]) -> None:
        """Take changes of these folders only, and drop what was gathered of others."""
        with self._condition:
            self._accepted = frozenset(roots)
            self._roots &= self._accepted
            for root in self._directories.keys() - self._accepted:
                del self._directories[root]

    def add_directory(self, root: Path, directory: str) -> None:
        """Note that the listing of a directory changed."""
        with self._condition:
            if root not in self._accepted:
                return
            self._note_time()
            if root in self._roots:
                return
            directories = self._directories.setdefault(root, set())
            directories.add(directory)
            if len(directories) > MAX_DIRECTORIES:
                del self._directories[root]
                self._roots.add(root)

    def add_root(self, root: Path) -> None:
        """Note that a folder is to be scanned whole."""
        with self._condition:
            if root not in self._accepted:
                return
            self._note_time()
            self._directories.pop(root, None)
            self._roots.add(root)

    def close(self) -> None:
        """Deliver nothing any more; waits for a delivery that is under way, unless called by it."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _note_time(self) -> None:
        self._last = time.monotonic()
        # The thread looks at the time itself; waking it for each of 10,000 files costs.
        if not self._directories and not self._roots:
            self._first = self._last
            self._condition.notify_all()

    def _run(self) -> None:
        while (disturbance := self._next()) is not None:
            try:
                self._deliver(disturbance)
            except Exception:  # the next one may go well
                _log.exception("What changed in the folders could not be dealt with.")

    def _next(self) -> Disturbance | None:
        """Wait for quiet; None when closed."""
        with self._condition:
            while not self._closed:
                if not self._directories and not self._roots:
                    self._condition.wait()
                    continue
                due = min(self._last + self._quiet_seconds, self._first + self._longest_wait)
                left = due - time.monotonic()
                if left <= 0:
                    return self._taken()
                self._condition.wait(left)
            return None

    def _taken(self) -> Disturbance:
        directories = {root: frozenset(names) for root, names in self._directories.items()}
        roots = frozenset(self._roots)
        self._directories.clear()
        self._roots.clear()
        return Disturbance(directories, roots)
