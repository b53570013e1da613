"""The library as the window has it: requests go out to worker threads, answers come back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PyQt6.QtCore import QLocale, QObject, Qt, pyqtSignal

from inphotos.errors import InPhotosError
from inphotos.events import IndexSummary
from inphotos.gui.date_reading import DateReading
from inphotos.gui.downloads import Downloads
from inphotos.gui.jobs import Job
from inphotos.gui.measuring import Measuring
from inphotos.gui.queries import FOUND_PHOTOS, Answer, Arrangement, Purpose, Query, Request
from inphotos.gui.runs import Runs
from inphotos.gui.scopes import around, covers
from inphotos.gui.watching import Watching
from inphotos.gui.workers.index import IndexWorker
from inphotos.gui.workers.search import Question, SearchWorker, Snapshot
from inphotos.gui.workers.thread import started

if TYPE_CHECKING:
    from inphotos.indexing.order import Order
    from inphotos.library import Library, StrictnessKind

T = TypeVar("T")


class Session(QObject):
    """Owns the index and search threads, and is all the window knows of them.

    Lives in the GUI thread; no method waits, except :meth:`close`. The index thread does one
    thing at a time. A request that writes (a folder, another model) must not wait for hours
    behind a run of the indexer, so it ends the run, which keeps all finished work, and a new run
    goes on from there.

    Attributes:
        library: the library once it is open; only its values that need no disk may be used here.
        runs: what the index thread is at.
        downloads: models on their way.
        measuring: finds out what runs the model quickest.
        watching: notices what changes in the folders.
        snapshot: the library as it was last read, None before that.
        cloud_only: photos that are in the cloud only, and were not opened.

    Signals:
        library_opened(Library), opening_failed(InPhotosError): how opening went.
        snapshot_read(Snapshot): how the library stands.
        answered(Answer): results of the newest request; older ones never arrive.
        counted(Query, Count | None, bool): how many photos match a query, see ``SearchWorker``.
        alike_counted(int, int): how many groups of photos that are alike there are, and how many
            photos in them.
        encoder_loading(), encoder_loaded(): from then on words can be searched without delay.
        indexed(Job, IndexSummary): a run is over, and ``cloud_only`` is up to date.
        photos_changed(): photos were taken out of the library, or back into it.
        model_changed(): another model is in use, or is to be used next.
        model_prepared(str): a model that was to be used next is in use.
        marks_changed(): the library has other marks of the user's, see ``MarkActions``.
        closing(Library): the last moment at which the library can be used; nobody else reads it.
        failed(InPhotosError): something went wrong.
    """

    library_opened = pyqtSignal(object)
    opening_failed = pyqtSignal(object)
    snapshot_read = pyqtSignal(object)
    answered = pyqtSignal(object)
    counted = pyqtSignal(object, object, bool)
    alike_counted = pyqtSignal(int, int)
    encoder_loading = pyqtSignal()
    encoder_loaded = pyqtSignal()
    indexed = pyqtSignal(object, object)
    photos_changed = pyqtSignal()
    model_changed = pyqtSignal()
    model_prepared = pyqtSignal(str)
    marks_changed = pyqtSignal()
    closing = pyqtSignal(object)
    failed = pyqtSignal(object)

    _open_requested = pyqtSignal(object, object)
    _library_given = pyqtSignal(object)
    _close_requested = pyqtSignal()
    _add_requested = pyqtSignal(object)
    _forget_requested = pyqtSignal(object)
    _exclusion_requested = pyqtSignal(object, object)
    _retry_requested = pyqtSignal(object)
    _removal_requested = pyqtSignal()
    _out_requested = pyqtSignal(object)
    _back_requested = pyqtSignal(object)
    _model_requested = pyqtSignal(str)
    _rewrite_requested = pyqtSignal(object)
    _asked = pyqtSignal(object)
    _search_requested = pyqtSignal(object)
    _count_requested = pyqtSignal(object, int)
    _snapshot_requested = pyqtSignal()
    _encoder_requested = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library: Library | None = None
        self.snapshot: Snapshot | None = None
        self.cloud_only: frozenset[Path] = frozenset()
        self._generation = 0
        # A change of model swaps the library's parts, so no query may be under way then.
        self._using = threading.Lock()
        self._index_worker = IndexWorker(self._using)
        self._search_worker = SearchWorker(self._using, DateReading.of(QLocale.system()))
        self.downloads = Downloads(self)
        self.measuring = Measuring(self)
        self.watching = Watching(self)
        self.runs = Runs(self._index_worker, self)
        self._connect_index()
        self._connect_search()
        self.watching.disturbed.connect(self._on_disturbed)
        self.watching.failed.connect(self.failed)
        self._index_thread = started("index", self, self._index_worker)
        self._search_thread = started("search", self, self._search_worker, self.watching.worker)
        # Direct, because the GUI thread waits for this thread when it closes the library.
        self._index_worker.library_closed.connect(  # type: ignore[call-arg]
            self._index_thread.quit, type=Qt.ConnectionType.DirectConnection
        )

    # Requests

    def open(self, directory: Path, model: str | None) -> None:
        """Open the library in ``directory``, with another model than its own if given."""
        self._open_requested.emit(directory, model)

    def index(self) -> None:
        """Bring the index up to date, where that is not going on already.

        The first time, the folders are watched from then on.
        """
        self.runs.index()
        self.watching.begin(self.library)

    def add_folders(self, paths: Sequence[Path]) -> None:
        """Add folders to the library and index them."""
        self.runs.interrupt()
        self._add_requested.emit(tuple(paths))
        self.index()

    def forget_folder(self, path: Path) -> None:
        """Remove a folder from the library; the photos stay where they are."""
        was_running = self.runs.interrupt()
        self._forget_requested.emit(path)
        if was_running:
            self.runs.index()

    def exclude(self, folder: Path, patterns: Sequence[str]) -> None:
        """Leave other parts of a folder out, and index it accordingly."""
        was_running = self.runs.interrupt()
        self._exclusion_requested.emit(folder, tuple(patterns))
        self.runs.index(None if was_running else {folder: None})

    def retry(self, photos: Sequence[Path]) -> None:
        """Read photos again that could not be read."""
        was_running = self.runs.interrupt()
        self._retry_requested.emit(tuple(photos))
        folders = self.snapshot.folders if self.snapshot else ()
        scope = around(photos, [folder.path for folder in folders])
        self.runs.index(None if was_running else scope)

    def accept_removals(self) -> None:
        """Take the missing photos out of the library."""
        was_running = self.runs.interrupt()
        self._removal_requested.emit()
        if was_running:
            self.runs.index()

    def take_out(self, photo_ids: Sequence[int]) -> None:
        """Take photos out of the library whose files the user has put away."""
        was_running = self.runs.interrupt()
        self._out_requested.emit(tuple(photo_ids))
        if was_running:
            self.runs.index()

    def take_back(self, photo_ids: Sequence[int], paths: Sequence[Path]) -> None:
        """Take photos into the library again whose files are back, at these paths."""
        was_running = self.runs.interrupt()
        self._back_requested.emit(tuple(photo_ids))
        folders = self.snapshot.folders if self.snapshot else ()
        scope = around(paths, [folder.path for folder in folders])
        if was_running:
            self.runs.index()
        else:
            self.runs.look_again(scope)

    def use_model(self, name: str) -> None:
        """Switch to another model as soon as the photos are encoded for it.

        The model in use answers until then, if there is anything that it can answer.
        """
        self.runs.interrupt()
        self._model_requested.emit(name)
        self.index()

    def ask(
        self,
        function: Callable[[Library], T],
        on_answer: Callable[[T], object] = lambda _: None,
        *,
        on_error: Callable[[InPhotosError], object] | None = None,
        still_wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Let a function use the library in the search thread, in turn with the searches.

        Args:
            function: is called with the library; takes milliseconds, and writes no photos.
            on_answer: is called with what it returns, in the GUI thread; not once the session is
                closed.
            on_error: is called with the error instead, should there be one; by default it is told
                by :attr:`failed`.
            still_wanted: is asked in the search thread, before the function is called.
        """
        self._asked.emit(Question(function, on_answer, on_error, still_wanted))

    def rewrite(self, function: Callable[[Library], T], on_answer: Callable[[T], object]) -> None:
        """Let a function write anything in the library while nobody uses it; then index again.

        Args:
            function, on_answer: as in :meth:`ask`, but for the index thread.
        """
        self.runs.interrupt()
        self._rewrite_requested.emit(Question(function, on_answer, None, lambda: True))
        self.index()

    def index_only_on_mains(self, wanted: bool) -> None:
        """Wait with indexing while the machine is on battery, or do not; from now on."""
        self.runs.only_on_mains = wanted
        self.ask(lambda library: library.choices.index_only_on_mains(wanted))

    def index_gently(self, wanted: bool) -> None:
        """Let indexing rest as long as it works, or not; from now on."""
        self.runs.gentle = wanted
        self.ask(lambda library: library.choices.index_gently(wanted))

    def set_strictness(self, kind: StrictnessKind, strictness: float) -> None:
        """Remember how sure a match has to be, for requests from now on."""
        self.ask(lambda library: library.choices.set_strictness(kind, strictness))

    def fold_alike(self, wanted: bool) -> None:
        """Answer with one of the photos that are alike, or with all; from the next query on."""
        self.ask(lambda library: library.choices.fold_alike(wanted))

    def allow_near_duplicate_bits(self, bits: int) -> None:
        """Let the hashes of near-duplicates differ in so many bits; from the next query on."""
        self.ask(lambda library: library.choices.allow_near_duplicate_bits(bits))

    def count_alike(self) -> None:
        """Ask how many photos are alike."""
        self.ask(
            lambda library: library.count_alike(), lambda counts: self.alike_counted.emit(*counts)
        )

    def search(
        self,
        query: Query,
        purpose: Purpose,
        top: int,
        offset: int = 0,
        arrangement: Arrangement = FOUND_PHOTOS,
        *,
        at_once: bool = False,
    ) -> Request:
        """Ask for results; the answer to every earlier request is dropped from now on."""
        self.runs.note_use()
        self._generation += 1
        self._search_worker.newest = self._generation
        request = Request(self._generation, query, purpose, top, offset, arrangement, at_once)
        self._search_requested.emit(request)
        return request

    def count(self, query: Query) -> None:
        """Ask how many photos match a query; every search that is asked for goes first."""
        self._count_requested.emit(query, self._generation)

    def read_snapshot(self) -> None:
        """Ask how the library stands."""
        self._snapshot_requested.emit()

    def load_encoder(self) -> None:
        """Load the model before the first query needs it."""
        self.encoder_loading.emit()
        self._encoder_requested.emit()

    def close(self) -> None:
        """End all work, wait for the threads and close the library."""
        self.runs.close()
        self._search_worker.newest = self._generation = self._generation + 1
        library, self.library = self.library, None
        if library is not None:
            library.stop_decoding()
        # Readers end before the library closes under them; it closes in the thread that opened it.
        self._search_thread.quit()
        self._search_thread.wait()
        if library is not None:
            with self._using:
                self.closing.emit(library)
        self.watching.close()
        self.downloads.close()
        self.measuring.close()
        self._close_requested.emit()
        self._index_thread.wait()

    # Threads

    def _connect_index(self) -> None:
        worker = self._index_worker
        self._open_requested.connect(worker.open_library)
        self._close_requested.connect(worker.close_library)
        self._add_requested.connect(worker.add_folders)
        self._forget_requested.connect(worker.forget_folder)
        self._exclusion_requested.connect(worker.exclude)
        self._retry_requested.connect(worker.retry)
        self._removal_requested.connect(worker.accept_removals)
        self._out_requested.connect(worker.take_out)
        self._back_requested.connect(worker.take_back)
        self._model_requested.connect(worker.use_model)
        self._rewrite_requested.connect(worker.rewrite)
        worker.replied.connect(self._on_replied)
        worker.library_opened.connect(self._on_library_opened)
        worker.opening_failed.connect(self.opening_failed)
        worker.folders_changed.connect(self._on_folders_changed)
        worker.photos_changed.connect(self.photos_changed)
        worker.photos_changed.connect(self.read_snapshot)
        worker.model_changed.connect(self._on_model_changed)
        worker.model_prepared.connect(self.model_prepared)
        worker.failed.connect(self.failed)
        self.runs.finished.connect(self._on_run_finished)
        self.runs.failed.connect(self.failed)

    def _connect_search(self) -> None:
        worker = self._search_worker
        self._library_given.connect(worker.set_library)
        self._search_requested.connect(worker.search)
        self._count_requested.connect(worker.count)
        self._snapshot_requested.connect(worker.read_snapshot)
        self._encoder_requested.connect(worker.load_encoder)
        self._asked.connect(worker.ask)
        worker.answered.connect(self._on_answered)
        worker.counted.connect(self.counted)
        worker.snapshot_read.connect(self._on_snapshot_read)
        worker.replied.connect(self._on_replied)
        worker.encoder_loaded.connect(self.encoder_loaded)
        worker.failed.connect(self.failed)

    # Answers

    def _on_library_opened(self, library: Library) -> None:
        self.library = library
        self.runs.only_on_mains = library.choices.only_on_mains
        self.runs.gentle = library.choices.gentle
        # From this thread, like the requests, so that it reaches the search thread before them.
        self._library_given.emit(library)
        self.library_opened.emit(library)

    def _on_folders_changed(self) -> None:
        self.watching.follow(self.library)
        self.read_snapshot()

    def _on_model_changed(self) -> None:
        self.model_changed.emit()
        self.read_snapshot()

    def _on_snapshot_read(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.snapshot_read.emit(snapshot)

    def _on_disturbed(self, order: Order) -> None:
        # What the watcher told last may still be under way when the session is closed.
        if self.library is not None:
            self.runs.look_again(order.scope)

    def _on_run_finished(self, job: Job, summary: IndexSummary) -> None:
        elsewhere = {photo for photo in self.cloud_only if not covers(job.scope, photo)}
        self.cloud_only = frozenset(elsewhere.union(summary.placeholders))
        if summary.relocated:
            self.watching.follow(self.library)
        self.read_snapshot()
        self.indexed.emit(job, summary)

    def _on_replied(self, question: Question, answer: object, error: InPhotosError | None) -> None:
        if self.library is None:
            return  # what was under way as the session was closed
        if error is None:
            question.on_answer(answer)
        else:
            (question.on_error or self.failed.emit)(error)

    def _on_answered(self, answer: Answer) -> None:
        if answer.request.generation == self._generation:
            self.answered.emit(answer)
