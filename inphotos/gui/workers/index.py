"""The worker that owns the library: it opens it, does all the writing and closes it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from inphotos.errors import CancelledError
from inphotos.events import Control, IndexSummary, PhotoFailed, PhotosIndexed, Progress
from inphotos.gui.workers.reporting import as_error
from inphotos.library import Library


class IndexWorker(QObject):
    """Runs the indexer, and every other writer, on its own thread.

    Signals:
        library_opened(Library): the library can be read from any thread.
        opening_failed(InPhotosError): it cannot be opened, and why.
        library_closed(): nothing of it is held any more.
        progressed(Control, Progress): how far the run is that this control belongs to.
        photos_indexed(): more photos can be found.
        photo_failed(PhotoFailed): one photo cannot be read.
        run_ended(Control, IndexSummary | None, InPhotosError | None): a run is over; neither
            summary nor error means that it was cancelled, or that there is nothing to index with.
        folders_changed(): folders were added or removed.
        model_changed(): another model is in use.
        failed(InPhotosError): a request could not be met.
    """

    library_opened = pyqtSignal(object)
    opening_failed = pyqtSignal(object)
    library_closed = pyqtSignal()
    progressed = pyqtSignal(object, object)
    photos_indexed = pyqtSignal()
    photo_failed = pyqtSignal(object)
    run_ended = pyqtSignal(object, object, object)
    folders_changed = pyqtSignal()
    model_changed = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(self, using: threading.Lock) -> None:
        """Make a worker that holds ``using`` while nobody else may use the library."""
        super().__init__()
        self._using = using
        self._library: Library | None = None

    @pyqtSlot(object, object)
    def open_library(self, directory: Path, model: str | None) -> None:
        """Open the library in ``directory``, with another model than its own if given."""
        try:
            self._library = Library.open(directory, model=model)
        except Exception as error:
            self.opening_failed.emit(as_error(error))
        else:
            self.library_opened.emit(self._library)

    @pyqtSlot()
    def close_library(self) -> None:
        """Close the library; the last request of all."""
        try:
            if self._library is not None:
                self._library.close()
        except Exception as error:
            as_error(error)
        finally:
            self._library = None
            self.library_closed.emit()

    @pyqtSlot(object)
    def add_folders(self, paths: Sequence[Path]) -> None:
        """Add folders; those that cannot be added are told of one by one."""
        if self._library is None:
            return
        for path in paths:
            try:
                self._library.add_folder(path)
            except Exception as error:
                self.failed.emit(as_error(error))
        self.folders_changed.emit()

    @pyqtSlot(object)
    def forget_folder(self, path: Path) -> None:
        """Remove a folder and its photos from the library; the files stay."""
        if self._library is None:
            return
        try:
            self._library.forget_folder(path)
        except Exception as error:
            self.failed.emit(as_error(error))
        self.folders_changed.emit()

    @pyqtSlot(str)
    def use_model(self, name: str) -> None:
        """Switch to another model and remember the choice."""
        if self._library is None:
            return
        try:
            with self._using:
                self._library.use_model(name)
        except Exception as error:
            self.failed.emit(as_error(error))
        self.model_changed.emit()

    @pyqtSlot(object)
    def index(self, control: Control) -> None:
        """Bring the index up to date; ``control`` pauses and cancels this run from outside."""
        summary, failure = None, None
        library = self._library
        try:
            if library is not None and library.model is not None and library.folders():
                control.checkpoint()
                for event in library.index(control):
                    if isinstance(event, IndexSummary):
                        summary = event
                    else:
                        self._report(control, event)
        except CancelledError:
            pass
        except Exception as error:
            failure = as_error(error)
        self.run_ended.emit(control, summary, failure)

    def _report(self, control: Control, event: Progress | PhotosIndexed | PhotoFailed) -> None:
        if isinstance(event, Progress):
            self.progressed.emit(control, event)
        elif isinstance(event, PhotosIndexed):
            self.photos_indexed.emit()
        else:
            self.photo_failed.emit(event)
