"""The worker that owns the library: it opens it, does all the writing and closes it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from inphotos import manners
from inphotos.errors import CancelledError
from inphotos.events import (
    IndexEvent,
    IndexSummary,
    ModelReady,
    PhotoFailed,
    PhotosFound,
    Progress,
)
from inphotos.gui.jobs import CompactJob, Job
from inphotos.gui.workers.pace import rested
from inphotos.gui.workers.reporting import as_error

if TYPE_CHECKING:
    from inphotos.gui.workers.search import Question
    from inphotos.library import Library


class IndexWorker(QObject):
    """Runs the indexer, and every other writer, on its own thread, in the background.

    Signals:
        library_opened(Library): the library can be read from any thread.
        opening_failed(InPhotosError): it cannot be opened, and why.
        library_closed(): nothing of it is held any more.
        progressed(Job | CompactJob, Progress): how far a job is.
        photos_found(Job, int): so many new photos can be browsed.
        photos_indexed(): more photos can be found.
        photo_failed(Job, PhotoFailed): one photo cannot be read.
        run_ended(Job, IndexSummary | None, InPhotosError | None): a run is over; neither summary
            nor error means that it was cancelled, or that there is nothing to index.
        compaction_ended(CompactJob, Compacted | None, InPhotosError | None): likewise.
        folders_changed(): folders were added, removed, or other parts of them are left out.
        photos_changed(): photos were taken out of the library, or back into it.
        model_changed(): another model is in use, or is to be used next.
        model_prepared(str): a model that was to be used next is in use.
        replied(Question, object, InPhotosError | None): what came of a question.
        failed(InPhotosError): a request could not be met.
    """

    library_opened = pyqtSignal(object)
    opening_failed = pyqtSignal(object)
    library_closed = pyqtSignal()
    progressed = pyqtSignal(object, object)
    photos_found = pyqtSignal(object, int)
    photos_indexed = pyqtSignal()
    photo_failed = pyqtSignal(object, object)
    run_ended = pyqtSignal(object, object, object)
    compaction_ended = pyqtSignal(object, object, object)
    folders_changed = pyqtSignal()
    photos_changed = pyqtSignal()
    model_changed = pyqtSignal()
    model_prepared = pyqtSignal(str)
    replied = pyqtSignal(object, object, object)
    failed = pyqtSignal(object)

    def __init__(self, using: threading.Lock) -> None:
        """Make a worker that holds ``using`` while nobody else may use the library."""
        super().__init__()
        self._using = using
        self._library: Library | None = None

    @pyqtSlot(object, object)
    def open_library(self, directory: Path, model: str | None) -> None:
        """Open the library in ``directory``, with another model than its own if given."""
        if self._library is not None:
            return  # the user asked again while it was being tried
        try:
            # Loading all that a library is made of takes longer than painting the window.
            from inphotos.library import Library

            self._library = Library.open(directory, model=model, work="window")
        except Exception as error:
            self.opening_failed.emit(as_error(error))
        else:
            # From here on; the user waits for the library to open.
            manners.lower_thread_priority()
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
        self._write(lambda library: library.forget_folder(path))
        self.folders_changed.emit()

    @pyqtSlot(object, object)
    def exclude(self, folder: Path, patterns: Sequence[str]) -> None:
        """Leave other parts of a folder out, from the next run on."""
        self._write(lambda library: library.exclude(folder, patterns))
        self.folders_changed.emit()

    @pyqtSlot(object)
    def retry(self, photos: Sequence[Path]) -> None:
        """Let the next run read photos again that could not be read."""
        self._write(lambda library: library.upkeep.retry(photos))

    @pyqtSlot()
    def accept_removals(self) -> None:
        """Take the missing photos out of the library."""
        self._write(lambda library: library.upkeep.accept_removals())
        self.photos_changed.emit()

    @pyqtSlot(object)
    def take_out(self, photo_ids: Sequence[int]) -> None:
        """Take photos out of the library whose files the user has put away."""
        self._write(lambda library: library.upkeep.take_out(photo_ids))
        self.photos_changed.emit()

    @pyqtSlot(object)
    def take_back(self, photo_ids: Sequence[int]) -> None:
        """Take photos into the library again whose files are back."""
        self._write(lambda library: library.upkeep.take_back(photo_ids))
        self.photos_changed.emit()

    @pyqtSlot(str)
    def use_model(self, name: str) -> None:
        """Switch to another model as soon as it can answer, and remember the choice."""
        if self._library is None:
            return
        try:
            with self._using:
                self._library.prepare_model(name)
        except Exception as error:
            self.failed.emit(as_error(error))
        self.model_changed.emit()

    @pyqtSlot(object)
    def rewrite(self, question: Question) -> None:
        """Let a function write into the library, and deliver what it returns."""
        if self._library is None:
            return
        answer, failure = None, None
        try:
            with self._using:
                answer = question.function(self._library)
        except Exception as error:
            failure = as_error(error)
        self.folders_changed.emit()
        self.replied.emit(question, answer, failure)

    @pyqtSlot(object)
    def index(self, job: Job) -> None:
        """Bring the index up to date; the job's control pauses and cancels it from outside."""
        summary, failure = None, None
        library = self._library
        try:
            if library is not None and library.folders():
                job.control.checkpoint()
                for event in rested(library.index(job.control, order=job.order), job):
                    if isinstance(event, IndexSummary):
                        summary = event
                    else:
                        self._report(job, event)
        except CancelledError:
            pass
        except Exception as error:
            failure = as_error(error)
        self.run_ended.emit(job, summary, failure)

    @pyqtSlot(object)
    def compact(self, job: CompactJob) -> None:
        """Remove what photos that have left the library leave behind."""
        from inphotos.library import Compacted

        outcome, failure = None, None
        library = self._library
        try:
            if library is not None and (
                not job.idle or library.upkeep.leavings(spare_seconds=job.spare_seconds)
            ):
                for event in library.upkeep.compact(job.control, spare_seconds=job.spare_seconds):
                    if isinstance(event, Compacted):
                        outcome = event
                    else:
                        self.progressed.emit(job, event)
        except CancelledError:
            pass
        except Exception as error:
            failure = as_error(error)
        self.compaction_ended.emit(job, outcome, failure)

    def _take_over(self, model: str) -> None:
        """Search with a model that has been prepared."""
        assert self._library is not None
        with self._using:
            self._library.use_model(model)
        self.model_changed.emit()
        self.model_prepared.emit(model)

    def _report(self, job: Job, event: IndexEvent) -> None:
        if isinstance(event, Progress):
            if event.phase != "scanning":
                job.reading.set()
            self.progressed.emit(job, event)
        elif isinstance(event, PhotosFound):
            job.reading.set()
            self.photos_found.emit(job, event.count)
        elif isinstance(event, PhotoFailed):
            self.photo_failed.emit(job, event)
        elif isinstance(event, ModelReady):
            self._take_over(event.name)
        else:
            self.photos_indexed.emit()

    def _write(self, action: Callable[[Library], object]) -> None:
        if self._library is None:
            return
        try:
            action(self._library)
        except Exception as error:
            self.failed.emit(as_error(error))
