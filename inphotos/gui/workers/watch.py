"""The worker that has the folders watched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from inphotos.gui.workers.reporting import as_error

if TYPE_CHECKING:
    from inphotos.library import Library
    from inphotos.photos.watch import FolderWatcher, WatchProblem


class WatchWorker(QObject):
    """Sets up the watcher, which then works on threads of its own.

    Lives on the search thread: what it does is short, and only reads the library.

    Signals:
        disturbed(Order): what the indexer should look at; emitted on a thread of the watcher.
        failed(InPhotosError): the folders cannot be watched.
    """

    disturbed = pyqtSignal(object)
    failed = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self._watcher: FolderWatcher | None = None

    @property
    def problems(self) -> tuple[WatchProblem, ...]:
        """The folders that cannot be watched, and why; may be read from any thread."""
        watcher = self._watcher
        return () if watcher is None else watcher.problems

    def is_watching(self, folder: Path) -> bool:
        """Tell whether the watch of a folder is set up; may be called from any thread."""
        watcher = self._watcher
        return watcher is not None and watcher.is_watching(folder)

    @pyqtSlot(object)
    def watch(self, library: Library) -> None:
        """Watch the folders that are in the library now."""
        try:
            if self._watcher is None:
                self._watcher = library.watch(self.disturbed.emit)
            else:
                library.watch_folders(self._watcher)
        except Exception as error:
            self.failed.emit(as_error(error))

    def close(self) -> None:
        """End the watch; to be called once the thread of this worker has ended."""
        watcher, self._watcher = self._watcher, None
        if watcher is not None:
            watcher.close()
