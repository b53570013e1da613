"""Work that goes on in a thread of its own while the library is used."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod


class ThreadJob(ABC):
    """Does something once; what comes out is for the thread that asked for it."""

    def __init__(self, name: str) -> None:
        """Begin; whatever :meth:`_run` needs is to be there by now.

        Args:
            name: of the thread.
        """
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def is_finished(self) -> bool:
        """Whether it goes on no more."""
        return not self._thread.is_alive()

    def wait(self) -> None:
        """Wait until it is finished."""
        self._thread.join()

    def stop(self) -> None:
        """Stop it, and wait until nothing is read any more."""
        self._stopped.set()
        self._thread.join()

    @abstractmethod
    def _run(self) -> None:
        """Do it in the thread, and end early once it is to be stopped."""
