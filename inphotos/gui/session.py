"""The library as the window has it: requests go out to worker threads, answers come back."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PyQt6.QtCore import QObject, Qt, QThread, pyqtSignal

from inphotos.encoders.specs import ModelSpec
from inphotos.errors import InPhotosError
from inphotos.events import Control, IndexSummary, Progress
from inphotos.gui.queries import Answer, Purpose, Query, Request
from inphotos.gui.workers.download import DownloadWorker
from inphotos.gui.workers.index import IndexWorker
from inphotos.gui.workers.search import SearchWorker
from inphotos.gui.workers.thread import WorkerThread
from inphotos.library import Library
from inphotos.settings import models_directory

IndexingState = Literal["idle", "running", "paused", "stopping"]


class Session(QObject):
    """Owns the index, search and download threads, and is all the window knows of them.

    Lives in the GUI thread; no method waits, except :meth:`close`. The index thread does one
    thing at a time. A request that writes (a folder, another model) must not wait for hours
    behind a run of the indexer, so it ends the run, which keeps all finished work, and a new run
    goes on from there.

    Attributes:
        library: the library once it is open; only its values that need no disk may be used here.
        indexing: what the index thread is at.

    Signals:
        library_opened(Library), opening_failed(InPhotosError): how opening went.
        snapshot_read(Snapshot): how the library stands.
        answered(Answer): results of the newest request; older ones never arrive.
        encoder_loaded(): words can be searched without delay.
        indexing_changed(IndexingState): the attribute ``indexing`` has a new value.
        progressed(Progress): how far indexing is.
        photos_indexed(): more photos can be found.
        photo_failed(PhotoFailed): one photo cannot be read.
        indexing_finished(IndexSummary), indexing_stopped(): how a run ended.
        model_changed(): another model is in use.
        download_progressed(Progress), download_finished(ModelSpec), download_stopped(ModelSpec),
        download_failed(ModelSpec, InPhotosError): how fetching a model goes.
        failed(InPhotosError): something else went wrong.
    """

    library_opened = pyqtSignal(object)
    opening_failed = pyqtSignal(object)
    snapshot_read = pyqtSignal(object)
    answered = pyqtSignal(object)
    encoder_loaded = pyqtSignal()
    indexing_changed = pyqtSignal(str)
    progressed = pyqtSignal(object)
    photos_indexed = pyqtSignal()
    photo_failed = pyqtSignal(object)
    indexing_finished = pyqtSignal(object)
    indexing_stopped = pyqtSignal()
    model_changed = pyqtSignal()
    download_progressed = pyqtSignal(object)
    download_finished = pyqtSignal(object)
    download_stopped = pyqtSignal(object)
    download_failed = pyqtSignal(object, object)
    failed = pyqtSignal(object)

    _open_requested = pyqtSignal(object, object)
    _library_given = pyqtSignal(object)
    _close_requested = pyqtSignal()
    _add_requested = pyqtSignal(object)
    _forget_requested = pyqtSignal(object)
    _model_requested = pyqtSignal(str)
    _index_requested = pyqtSignal(object)
    _search_requested = pyqtSignal(object)
    _snapshot_requested = pyqtSignal()
    _encoder_requested = pyqtSignal()
    _download_requested = pyqtSignal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library: Library | None = None
        self.indexing: IndexingState = "idle"
        self._run: Control | None = None
        self._download: Control | None = None
        self._generation = 0
        # A change of model swaps the library's parts, so no query may be under way then.
        using = threading.Lock()
        self._index_worker = IndexWorker(using)
        self._search_worker = SearchWorker(using)
        self._download_worker = DownloadWorker()
        self._connect_index()
        self._connect_search()
        self._connect_download()
        self._threads = {
            name: self._start_thread(name, worker)
            for name, worker in (
                ("index", self._index_worker),
                ("search", self._search_worker),
                ("download", self._download_worker),
            )
        }
        # Direct, because the GUI thread waits for this thread when it closes the library.
        self._index_worker.library_closed.connect(  # type: ignore[call-arg]
            self._threads["index"].quit, type=Qt.ConnectionType.DirectConnection
        )

    # Requests

    def open(self, directory: Path, model: str | None) -> None:
        """Open the library in ``directory``, with another model than its own if given."""
        self._open_requested.emit(directory, model)

    def add_folders(self, paths: Sequence[Path]) -> None:
        """Add folders to the library and index them."""
        self._interrupt()
        self._add_requested.emit(tuple(paths))
        self.index()

    def forget_folder(self, path: Path) -> None:
        """Remove a folder from the library; the photos stay where they are."""
        was_running = self._run is not None
        self._interrupt()
        self._forget_requested.emit(path)
        if was_running:
            self.index()

    def use_model(self, name: str) -> None:
        """Switch to another model and index the photos with it."""
        self._interrupt()
        self._model_requested.emit(name)
        self.index()

    def index(self) -> None:
        """Bring the index up to date, where that is not going on already."""
        if self._run is None:
            self._run = Control()
            self._index_requested.emit(self._run)
            self._set_indexing("running")

    def pause_indexing(self) -> None:
        """Let indexing wait after the photos in hand."""
        if self._run is not None and self.indexing == "running":
            self._run.pause()
            self._set_indexing("paused")

    def resume_indexing(self) -> None:
        """Let paused indexing go on."""
        if self._run is not None and self.indexing == "paused":
            self._run.resume()
            self._set_indexing("running")

    def stop_indexing(self) -> None:
        """End indexing after the photos in hand; everything finished is kept."""
        if self._run is not None:
            self._run.cancel()
            self._set_indexing("stopping")

    def search(self, query: Query, purpose: Purpose, top: int, offset: int = 0) -> Request:
        """Ask for results; the answer to every earlier request is dropped from now on."""
        self._generation += 1
        self._search_worker.newest = self._generation
        request = Request(self._generation, query, purpose, top, offset)
        self._search_requested.emit(request)
        return request

    def read_snapshot(self) -> None:
        """Ask how the library stands."""
        self._snapshot_requested.emit()

    def load_encoder(self) -> None:
        """Load the model before the first query needs it."""
        self._encoder_requested.emit()

    def download(self, spec: ModelSpec) -> None:
        """Fetch a model; what an earlier attempt left is used."""
        if self._download is None:
            self._download = Control()
            self._download_requested.emit(spec, models_directory(), self._download)

    def stop_download(self) -> None:
        """Stop fetching; what is there is kept for the next time."""
        if self._download is not None:
            self._download.cancel()

    def close(self) -> None:
        """End all work, wait for the threads and close the library."""
        self._interrupt()
        self.stop_download()
        self._search_worker.newest = self._generation = self._generation + 1
        # Readers end before the library closes under them; it closes in the thread that opened it.
        for name in ("search", "download"):
            self._threads[name].quit()
            self._threads[name].wait()
        self._close_requested.emit()
        self._threads["index"].wait()
        self.library = None

    # Threads

    def _start_thread(self, name: str, worker: QObject) -> QThread:
        thread = WorkerThread(self)
        thread.setObjectName(name)
        worker.moveToThread(thread)
        thread.start()
        return thread

    def _connect_index(self) -> None:
        worker = self._index_worker
        self._open_requested.connect(worker.open_library)
        self._close_requested.connect(worker.close_library)
        self._add_requested.connect(worker.add_folders)
        self._forget_requested.connect(worker.forget_folder)
        self._model_requested.connect(worker.use_model)
        self._index_requested.connect(worker.index)
        worker.library_opened.connect(self._on_library_opened)
        worker.opening_failed.connect(self.opening_failed)
        worker.progressed.connect(self._on_progressed)
        worker.photos_indexed.connect(self.photos_indexed)
        worker.photo_failed.connect(self.photo_failed)
        worker.run_ended.connect(self._on_run_ended)
        worker.folders_changed.connect(self.read_snapshot)
        worker.model_changed.connect(self._on_model_changed)
        worker.failed.connect(self.failed)

    def _connect_search(self) -> None:
        worker = self._search_worker
        self._library_given.connect(worker.set_library)
        self._search_requested.connect(worker.search)
        self._snapshot_requested.connect(worker.read_snapshot)
        self._encoder_requested.connect(worker.load_encoder)
        worker.answered.connect(self._on_answered)
        worker.snapshot_read.connect(self.snapshot_read)
        worker.encoder_loaded.connect(self.encoder_loaded)
        worker.failed.connect(self.failed)

    def _connect_download(self) -> None:
        worker = self._download_worker
        self._download_requested.connect(worker.download)
        worker.progressed.connect(self.download_progressed)
        worker.finished.connect(self._on_download_finished)
        worker.stopped.connect(self._on_download_stopped)
        worker.failed.connect(self._on_download_failed)

    # Indexing

    def _interrupt(self) -> None:
        """End the run without telling: another request takes its place."""
        if self._run is not None:
            self._run.cancel()
            self._run = None
            self._set_indexing("idle")

    def _set_indexing(self, state: IndexingState) -> None:
        if state != self.indexing:
            self.indexing = state
            self.indexing_changed.emit(state)

    # Answers

    def _on_library_opened(self, library: Library) -> None:
        self.library = library
        # From this thread, like the requests, so that it reaches the search thread before them.
        self._library_given.emit(library)
        self.library_opened.emit(library)

    def _on_model_changed(self) -> None:
        self.model_changed.emit()
        self.read_snapshot()

    def _on_progressed(self, run: Control, progress: Progress) -> None:
        if run is self._run:
            self.progressed.emit(progress)

    def _on_run_ended(
        self, run: Control, summary: IndexSummary | None, error: InPhotosError | None
    ) -> None:
        if run is not self._run:
            return
        self._run = None
        stopped_by_user = self.indexing == "stopping"
        self._set_indexing("idle")
        if error is not None:
            self.failed.emit(error)
        elif summary is not None:
            self.indexing_finished.emit(summary)
        elif stopped_by_user:
            self.indexing_stopped.emit()

    def _on_answered(self, answer: Answer) -> None:
        if answer.request.generation == self._generation:
            self.answered.emit(answer)

    def _on_download_finished(self, spec: ModelSpec) -> None:
        self._download = None
        self.download_finished.emit(spec)

    def _on_download_stopped(self, spec: ModelSpec) -> None:
        self._download = None
        self.download_stopped.emit(spec)

    def _on_download_failed(self, spec: ModelSpec, error: InPhotosError) -> None:
        self._download = None
        self.download_failed.emit(spec, error)
