"""The thread that a worker lives on."""

from __future__ import annotations

from PyQt6.QtCore import QThread


class WorkerThread(QThread):
    """A thread that is one thread for Python too, from its start to its end.

    A plain QThread meets Python anew in every slot, and each time everything in a
    ``threading.local`` is gone: the library's lock, for one, could never be given up.
    """

    # Qt overrides

    def run(self) -> None:
        self.exec()
