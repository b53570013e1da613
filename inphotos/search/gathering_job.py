"""Works out which photos are alike in a thread of its own, while answers go on without it."""

from __future__ import annotations

import time

from inphotos.search.gathering import Gatherer, Groups
from inphotos.store.thread_job import ThreadJob


class _StoppedError(Exception):
    """Nobody wants the groups any more."""


class GatheringJob(ThreadJob):
    """Makes groups once; the result is for the thread that asked for it.

    Attributes:
        version: of the asking thread's table; the groups are of photos no older than that.
        seconds: how long it took.
    """

    def __init__(self, gatherer: Gatherer, version: int) -> None:
        """Begin.

        Args:
            gatherer: nobody else uses it, or its table, until this has finished.
            version: see above.
        """
        self.version = version
        self.seconds = 0.0
        self._gatherer = gatherer
        self._groups: Groups | None = None
        self._error: Exception | None = None
        super().__init__("alike")

    def result(self) -> Groups:
        """Wait for the groups and return them.

        Raises:
            LibraryError: the store cannot be read.
        """
        self.wait()
        if self._error is not None:
            raise self._error
        assert self._groups is not None
        return self._groups

    def _run(self) -> None:
        started = time.monotonic()
        try:
            self._gatherer.table.refresh()
            self._groups = self._gatherer.groups(self._check)
        except _StoppedError:
            pass
        except Exception as error:
            self._error = error  # for whoever asks for the result
        self.seconds = time.monotonic() - started

    def _check(self) -> None:
        if self._stopped.is_set():
            raise _StoppedError
