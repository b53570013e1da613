"""The worker that copies photos into a folder."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from inphotos.errors import CancelledError
from inphotos.events import Control
from inphotos.gui.workers.reporting import as_error
from inphotos.library.exporting import Export, ExportReport, covering_folder

#: Progress is reported at most this often.
_REPORT_SECONDS = 0.1


@dataclass(slots=True, eq=False)
class ExportJob:
    """Photos to be copied, known by its identity.

    Attributes:
        photos: their files.
        directory: where the copies go.
        folders: those of the library.
        control: the user's hand on it.
        report: what was done; complete when the job has ended.
        is_in_library: the copies are in a folder of the library.
    """

    photos: Sequence[Path]
    directory: Path
    folders: Sequence[Path] = ()
    control: Control = field(default_factory=Control)
    report: ExportReport = field(default_factory=ExportReport)
    is_in_library: bool = False


class ExportWorker(QObject):
    """Does one export after another on its own thread, beside indexing and searching.

    Signals:
        progressed(ExportJob, Progress): how far a job is.
        ended(ExportJob, InPhotosError | None): it is over, and what stopped it.
    """

    progressed = pyqtSignal(object, object)
    ended = pyqtSignal(object, object)

    @pyqtSlot(object)
    def export(self, job: ExportJob) -> None:
        """Copy the photos of a job."""
        failure = None
        try:
            job.control.checkpoint()
            work = Export(job.photos, job.directory)
            job.report = work.report
            job.is_in_library = covering_folder(job.directory, job.folders) is not None
            reported = 0.0
            for progress in work.run(job.control):
                if time.monotonic() - reported >= _REPORT_SECONDS:
                    reported = time.monotonic()
                    self.progressed.emit(job, progress)
        except CancelledError:
            pass
        except Exception as error:
            failure = as_error(error)
        self.ended.emit(job, failure)
