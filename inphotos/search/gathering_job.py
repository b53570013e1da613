"""Works out which photos are alike in a thread of its own, while answers go on without it."""

from __future__ import annotations

import threading
import time

from inphotos.search.gathering import Gatherer, Groups


class _StoppedError(Exception):
    """Nobody wants the groups any more."""


class GatheringJob:
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
        self._stopped = threading.Event()
        self._groups: Groups | None = None
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="alike", daemon=True)
        self._thread.start()

    @property
    def is_finished(self) -> bool:
        """Whether it goes on no more."""
        return not self._thread.is_alive()

    def result(self) -> Groups:
        """Wait for the groups and return them.

        Raises:
            LibraryError: the store cannot be read.
        """
        self._thread.join()
        if self._error is not None:
            raise self._error
        assert self._groups is not None
        return self._groups

    def wait(self) -> None:
        """Wait until it is finished."""
        self._thread.join()

    def stop(self) -> None:
        """Stop it, and wait until nothing is read any more."""
        self._stopped.set()
        self._thread.join()

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
