"""Repairing a damaged library from the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from inphotos.errors import InPhotosError
from inphotos.events import Control
from inphotos.gui import desktop
from inphotos.gui.notice import NoticeBar
from inphotos.gui.pages.repair import RepairPage
from inphotos.gui.workers.repair import RepairWorker
from inphotos.gui.workers.thread import WorkerThread, started

if TYPE_CHECKING:
    from inphotos.library.repair import Repaired


class Repairing(QObject):
    """Owns the thread that repairs, and makes the page work.

    Attributes:
        page: offers the repair.
    """

    _requested = pyqtSignal(object, object)

    def __init__(self, directory: Path, notice: NoticeBar, parent: QObject) -> None:
        """Take the library's directory; nothing is begun before the user wants it."""
        super().__init__(parent)
        self.page = RepairPage()
        self._directory = directory
        self._notice = notice
        self._reopen: Callable[[], object] = lambda: None
        self._control: Control | None = None
        self._thread: WorkerThread | None = None
        self._worker = worker = RepairWorker()
        self._requested.connect(worker.run)
        worker.progressed.connect(self.page.show_progress)
        worker.ended.connect(self._on_ended)
        self.page.repair_wanted.connect(self._start)
        self.page.stop_wanted.connect(self._on_stop_wanted)

    def serve(self, reopen: Callable[[], object]) -> None:
        """Let a function open the library once it is repaired."""
        self._reopen = reopen

    def close(self) -> None:
        """Stop, which the next repair goes on from, and wait for the thread."""
        self._stop()
        if self._thread is not None:
            self._thread.quit()
            self._thread.wait()

    def _start(self) -> None:
        if self._control is not None:
            return
        if self._thread is None:  # seldom needed
            self._thread = started("repair", self, self._worker)
        self._control = Control()
        self.page.show_work()
        self._requested.emit(self._directory, self._control)

    def _stop(self) -> None:
        if self._control is not None:
            self._control.cancel()

    def _on_stop_wanted(self) -> None:
        self._stop()
        self.page.show_stopping()

    def _on_ended(self, outcome: Repaired | None, error: InPhotosError | None) -> None:
        self._control = None
        if outcome is None:
            self.page.offer(error)
            return
        if outcome.lost:
            text = self.tr(
                "The library was repaired, but there is no backup of its folders: add them again."
            )
        else:
            text = self.tr(
                "The library was repaired. What is missing is read again from your photos."
            )
        if outcome.aside:
            self._notice.tell(
                f"{text} {self.tr('The damaged files are kept.')}",
                self.tr("Show in File Manager"),
                partial(_show, outcome.aside),
                sign="info",
            )
        else:
            self._notice.tell(text, sign="info")
        self._reopen()


def _show(paths: Sequence[Path]) -> None:
    desktop.show_in_file_manager(paths)
