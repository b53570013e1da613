"""The thread that workers live on."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QThread


class WorkerThread(QThread):
    """A thread that is one thread for Python too, from its start to its end.

    A plain QThread meets Python anew in every slot, and each time everything in a
    ``threading.local`` is gone: the library's lock, for one, could never be given up.
    """

    # Qt overrides

    def run(self) -> None:
        self.exec()


def started(name: str, parent: QObject, *workers: QObject) -> WorkerThread:
    """Return a running thread on which these workers live."""
    thread = WorkerThread(parent)
    thread.setObjectName(name)
    for worker in workers:
        worker.moveToThread(thread)
    thread.start()
    return thread
