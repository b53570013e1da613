"""What the index thread does next: runs of the indexer one by one, and compaction at idle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from inphotos import manners
from inphotos.errors import InPhotosError
from inphotos.events import IndexSummary, PhotoFailed, Progress
from inphotos.gui.jobs import CompactJob, Job
from inphotos.gui.scopes import covers_folder, merged
from inphotos.gui.timers import single_shot
from inphotos.gui.workers.index import IndexWorker
from inphotos.indexing.order import Order

if TYPE_CHECKING:
    from inphotos.indexing.look import Scope
    from inphotos.library import Compacted

IndexingState = Literal["idle", "running", "waiting", "paused", "stopping", "compacting"]

#: A library that nobody has used for so long is compacted.
IDLE_MS = 10 * 60 * 1000
#: How often to look whether a run waits for mains power.
LOOK_MS = 500


class Runs(QObject):
    """Gives the index thread one job at a time and keeps in mind what is wanted next.

    Nothing that is asked for gets lost: what comes in during a run is looked at after it, and
    where a run failed is looked at again with the next.

    Attributes:
        state: what the user sees of it. A run that nobody asked for counts as idle until there is
            something to read.
        looked_at: ids of the photos that the user sees, which are read first.
        only_on_mains: photos are read and encoded only while the machine is not on battery.
        gentle: indexing rests as long as it works.

    Signals:
        changed(IndexingState): the state is another.
        progressed(Progress): how far the job is.
        photos_found(): new photos can be browsed.
        photos_indexed(): more photos can be found.
        photo_failed(PhotoFailed): one photo cannot be read.
        finished(Job, IndexSummary), stopped(): how a run ended.
        compacted(Compacted): how a compaction ended that the user asked for.
        failed(InPhotosError): a job could not be finished.
    """

    changed = pyqtSignal(str)
    progressed = pyqtSignal(object)
    photos_found = pyqtSignal()
    photos_indexed = pyqtSignal()
    photo_failed = pyqtSignal(object)
    finished = pyqtSignal(object, object)
    stopped = pyqtSignal()
    compacted = pyqtSignal(object)
    failed = pyqtSignal(object)

    _index_requested = pyqtSignal(object)
    _compact_requested = pyqtSignal(object)

    def __init__(self, worker: IndexWorker, parent: QObject) -> None:
        """Prepare to give jobs to ``worker``."""
        super().__init__(parent)
        self.state: IndexingState = "idle"
        self.looked_at: tuple[int, ...] = ()
        self.only_on_mains = False
        self.gentle = False
        self._job: Job | CompactJob | None = None
        self._next: tuple[Scope | None, bool] | None = None
        self._closed = False
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look_due)
        self._idle = single_shot(self, 0, self._on_idle)
        self._index_requested.connect(worker.index)
        self._compact_requested.connect(worker.compact)
        worker.progressed.connect(self._on_progressed)
        worker.photos_found.connect(self._on_photos_found)
        worker.photos_indexed.connect(self.photos_indexed)
        worker.photo_failed.connect(self._on_photo_failed)
        worker.run_ended.connect(self._on_run_ended)
        worker.compaction_ended.connect(self._on_compaction_ended)

    # Requests

    def index(self, scope: Scope | None = None) -> None:
        """Bring the library up to date because the user wants it.

        Args:
            scope: directories to look at, None for everything.
        """
        job = self._job
        if isinstance(job, Job) and job.scope is None and not job.control.cancelled.is_set():
            if job.quiet:
                job.quiet = False
                self._set_state("running")
            return
        self._want(scope, quiet=False)

    def look_again(self, scope: Scope | None) -> None:
        """Take in what has changed in the folders, as soon as nothing else is going on."""
        self._want(scope, quiet=True)

    def compact(self) -> None:
        """Remove what photos that have left the library leave behind."""
        if self.state == "compacting":
            return
        if self.interrupt():
            self._keep_in_mind(None, quiet=False)
        self._begin_compaction(idle=False)

    def pause(self) -> None:
        """Let indexing wait after the photos in hand."""
        if self._job is not None and self.state in ("running", "waiting"):
            self._job.control.pause()
            self._set_state("paused")

    def resume(self) -> None:
        """Let paused indexing go on."""
        if self._job is not None and self.state == "paused":
            self._job.control.resume()
            self._set_state("running")

    def stop(self) -> None:
        """End the job after the photos in hand; everything finished is kept."""
        if self._job is not None:
            self._job.control.cancel()
            self._set_state("stopping")

    def interrupt(self) -> bool:
        """End the job without telling: another request takes its place.

        Returns:
            Whether there was a run of the indexer that has to be made up for.
        """
        job, self._job = self._job, None
        if job is not None:
            job.control.cancel()
            self._set_state("idle")
        return isinstance(job, Job)

    def note_use(self) -> None:
        """Take note that the library is in use, so that it is not compacted now."""
        if isinstance(self._job, CompactJob) and self._job.idle:
            self.interrupt()
        self._wait_for_idleness()

    def is_indexing(self, root: Path) -> bool:
        """Tell whether the user sees that photos of a folder are being indexed."""
        job = self._job
        return self.state != "idle" and isinstance(job, Job) and covers_folder(job.scope, root)

    def close(self) -> None:
        """End the job; none is begun from now on."""
        self._closed = True
        self._next = None
        self._look.stop()
        self._idle.stop()
        self.interrupt()

    # One job after another

    def _want(self, scope: Scope | None, *, quiet: bool) -> None:
        if isinstance(self._job, CompactJob) and self._job.idle:
            self.interrupt()
        self._keep_in_mind(scope, quiet=quiet)
        if self._job is None:
            self._begin_next()

    def _keep_in_mind(self, scope: Scope | None, *, quiet: bool) -> None:
        if self._next is not None:
            scope, quiet = merged(self._next[0], scope), self._next[1] and quiet
        self._next = scope, quiet

    def _begin_next(self) -> None:
        """Begin what is wanted; without that, wait until the library is idle."""
        if self._closed or self._job is not None:
            return
        if self._next is None:
            self._wait_for_idleness()
            return
        (scope, quiet), self._next = self._next, None
        order = Order(scope=scope, looked_at=lambda: self.looked_at)
        job = Job(order, self._may_read, lambda: self.gentle, quiet)
        self._job = job
        self._idle.stop()
        self._look.start()
        self._index_requested.emit(job)
        if not quiet:
            self._set_state("running")

    def _begin_compaction(self, *, idle: bool) -> None:
        self._idle.stop()
        self._job = job = CompactJob(idle)
        self._compact_requested.emit(job)
        if not idle:
            self._set_state("compacting")

    def _may_read(self) -> bool:
        """Tell whether there is power to read photos with; called by the index thread."""
        return not self.only_on_mains or manners.on_mains()

    def _set_state(self, state: IndexingState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)

    def _wait_for_idleness(self) -> None:
        if self._job is None and not self._closed:
            self._idle.start(IDLE_MS)

    def _on_idle(self) -> None:
        if self._job is None and self._may_read():
            self._begin_compaction(idle=True)

    def _on_look_due(self) -> None:
        if isinstance(self._job, Job) and self.state in ("running", "waiting"):
            waits = self._job.control.waiting_for == "mains"
            self._set_state("waiting" if waits else "running")

    # What the worker tells

    def _on_progressed(self, job: Job | CompactJob, progress: Progress) -> None:
        if job is not self._job:
            return
        if isinstance(job, CompactJob):
            if job.idle:
                return
        elif job.quiet:
            if progress.phase == "scanning":
                return
            job.quiet = False
            self._set_state("running")
        self.progressed.emit(progress)

    def _on_photos_found(self, job: Job, count: int) -> None:
        job.new += count
        self.photos_found.emit()

    def _on_photo_failed(self, job: Job, failure: PhotoFailed) -> None:
        job.failed += 1
        self.photo_failed.emit(failure)

    def _on_run_ended(
        self, job: Job, summary: IndexSummary | None, error: InPhotosError | None
    ) -> None:
        if job is not self._job:
            return
        self._job = None
        self._look.stop()
        was_stopped = self.state == "stopping"
        self._set_state("idle")
        if error is not None:
            # Looked at again with the next wish; at once, it would fail again and again.
            self._keep_in_mind(job.scope, quiet=True)
            self.failed.emit(error)
        elif summary is not None:
            self.finished.emit(job, summary)
        elif was_stopped:
            self.stopped.emit()
        if error is None and not was_stopped:
            self._begin_next()

    def _on_compaction_ended(
        self, job: CompactJob, outcome: Compacted | None, error: InPhotosError | None
    ) -> None:
        if job is not self._job:
            return
        self._job = None
        self._set_state("idle")
        if error is not None:
            self.failed.emit(error)
        elif outcome is not None and not job.idle:
            self.compacted.emit(outcome)
        if self._next is not None:
            self._begin_next()
