"""Copying photos into a folder that the user chooses."""

from __future__ import annotations

from collections import deque
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QWidget

from inphotos.gui import desktop
from inphotos.gui.files import words
from inphotos.gui.files.export_bar import ExportBar
from inphotos.gui.notice import NoticeBar
from inphotos.gui.photo_commands import Photos
from inphotos.gui.sentences import said
from inphotos.gui.session import Session
from inphotos.gui.workers.thread import WorkerThread, started

if TYPE_CHECKING:
    from inphotos.errors import InPhotosError
    from inphotos.events import Progress
    from inphotos.gui.dialogs.not_copied import NotCopiedDialog
    from inphotos.gui.workers.export import ExportJob

#: More copies than this are not selected one by one in the file manager.
_MOST_SELECTED = 50


class Exporting(QObject):
    """Copies photos, one request after another, and tells of it.

    Attributes:
        bar: shows how far it is.
        folder: the folder that was chosen last, offered again; empty for none.
    """

    _requested = pyqtSignal(object)

    def __init__(self, session: Session, notice: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self.folder = ""
        self.bar = ExportBar()
        self.bar.cancelled.connect(self._on_cancelled)
        self._session = session
        self._notice = notice
        self._window = window
        self._jobs: deque[ExportJob] = deque()
        self._thread: WorkerThread | None = None
        self._closed = False

    @cached_property
    def dialog(self) -> NotCopiedDialog:
        """Lists photos that could not be copied; made when it is wanted first."""
        from inphotos.gui.dialogs.not_copied import NotCopiedDialog

        return NotCopiedDialog(self._window)

    def choose(self, photos: Photos) -> None:
        """Let the user choose a folder and copy photos there."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("Copy photos to"), self.folder or str(Path.home())
        )
        if chosen:
            self.folder = chosen
            self.export(photos, Path(chosen))

    def export(self, photos: Photos, directory: Path) -> None:
        """Copy photos into a directory, after what is being copied already."""
        from inphotos.gui.workers.export import ExportJob

        if self._closed:
            return
        snapshot = self._session.snapshot
        folders = tuple(folder.path for folder in snapshot.folders) if snapshot else ()
        job = ExportJob(tuple(photo.path for photo in photos), directory, folders)
        self._jobs.append(job)
        if self._thread is None:
            self._start()
        self._requested.emit(job)
        if len(self._jobs) == 1:
            self._show_next()
        self.bar.set_waiting(len(self._jobs) - 1)

    def close(self) -> None:
        """End the copying, complete copies stay, and wait for the thread."""
        self._closed = True
        for job in self._jobs:
            job.control.cancel()
        if self._thread is not None:
            self._thread.quit()
            self._thread.wait()

    def _start(self) -> None:
        from inphotos.gui.workers.export import ExportWorker

        self._worker = worker = ExportWorker()
        self._requested.connect(worker.export)
        worker.progressed.connect(self._on_progressed)
        worker.ended.connect(self._on_ended)
        self._thread = started("export", self, worker)

    def _show_next(self) -> None:
        if self._jobs:
            job = self._jobs[0]
            self.bar.begin(words.exporting(len(job.photos), job.directory))
            self.bar.set_waiting(len(self._jobs) - 1)
        else:
            self.bar.hide()

    def _on_progressed(self, job: ExportJob, progress: Progress) -> None:
        if not job.control.cancelled.is_set():
            self.bar.show_progress(progress)

    def _on_cancelled(self) -> None:
        self._jobs[0].control.cancel()
        self.bar.show_stopping()

    def _on_ended(self, job: ExportJob, error: InPhotosError | None) -> None:
        if self._closed:
            return
        self._jobs.popleft()
        self._show_next()
        if error is not None:
            self._notice.tell(said(error))
        elif job.control.cancelled.is_set():
            self._tell(job, words.export_stopped(job.report, job.directory))
        else:
            self._tell(job, words.exported(job.report, job.directory))

    def _tell(self, job: ExportJob, text: str) -> None:
        report = job.report
        if job.is_in_library and report.copied:
            text += " " + self.tr(
                "This folder is part of the library, so its photos appear here, too."
            )
        if report.failed:
            self._notice.tell(
                text, self.tr("Show Which…"), lambda: self.dialog.show_failures(report.failed)
            )
        elif report.copied or report.unchanged:
            self._notice.tell(
                text,
                self.tr("Show in File Manager"),
                partial(self._show_copies, job),
                sign="export",
            )
        else:
            self._notice.tell(text, sign="info")

    def _show_copies(self, job: ExportJob) -> None:
        done = [copied.target for copied in (*job.report.copied, *job.report.unchanged)]
        if len(done) <= _MOST_SELECTED:
            desktop.show_in_file_manager(done)
        else:
            desktop.open_file(job.directory)
