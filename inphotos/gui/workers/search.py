"""The worker that answers queries and reads what the window tells about the library."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from inphotos.errors import InPhotosError, ModelError
from inphotos.gui.date_reading import DateReading
from inphotos.gui.queries import Alike, Answer, Duplicates, Query, Request, Words, examples_of
from inphotos.gui.workers.reporting import as_error
from inphotos.search.ranking import Results

if TYPE_CHECKING:
    from inphotos.encoders.base import Model
    from inphotos.library import FolderStatus, Library, PhotoFailure
    from inphotos.search.arrangements import Count


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The library at one moment, as far as the window tells about it.

    Attributes:
        folders: the folders in the library.
        failures: photos that cannot be read, with reasons.
        model: the model in use, None when it is not on this machine.
        model_name: its name in either case.
        model_error: why there is no model.
        following: name of the model that is to be used next, "" for none.
    """

    folders: tuple[FolderStatus, ...]
    failures: tuple[PhotoFailure, ...]
    model: Model | None
    model_name: str
    model_error: ModelError | None
    following: str

    @property
    def photos(self) -> int:
        """Photos in all folders."""
        return sum(folder.photos for folder in self.folders)

    @property
    def missing(self) -> int:
        """Photos that have vanished and are kept until the user decides."""
        return sum(folder.missing for folder in self.folders)


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the window wants of the library, on its way to the search thread.

    Attributes:
        function: is called with the library, in the search thread.
        on_answer: is called with what it returns, in the GUI thread.
        on_error: likewise with its error; None: the window tells of it.
        still_wanted: whether there is a point in calling ``function``; asked in the search thread.
    """

    function: Callable[[Library], Any]
    on_answer: Callable[[Any], object]
    on_error: Callable[[InPhotosError], object] | None
    still_wanted: Callable[[], bool]


class SearchWorker(QObject):
    """Reads the library on its own thread; writes nothing but settings.

    Attributes:
        newest: generation of the newest request. Set by the GUI thread, read here: an int is
            replaced in one step, and a late look only costs one answer that is then dropped.

    Signals:
        answered(Answer): a request was met, or could not be.
        snapshot_read(Snapshot): how the library stands.
        counted(Query, Count | None, bool): how many photos match a query; None where it cannot be
            answered, or (True) where a newer query goes first and it is to be asked for again.
        replied(Question, object, InPhotosError | None): what came of a question.
        encoder_loaded(): words can be searched without delay from now on.
        failed(InPhotosError): a request that is not a query could not be met.
    """

    answered = pyqtSignal(object)
    snapshot_read = pyqtSignal(object)
    replied = pyqtSignal(object, object, object)
    counted = pyqtSignal(object, object, bool)
    encoder_loaded = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(self, using: threading.Lock, dates: DateReading) -> None:
        """Make a worker.

        Args:
            using: is held while the library is used.
            dates: how dates in queries are meant.
        """
        super().__init__()
        self._dates = dates
        self.newest = 0
        self._using = using
        self._library: Library | None = None

    @pyqtSlot(object)
    def set_library(self, library: Library | None) -> None:
        """Read this library from now on."""
        self._library = library

    @pyqtSlot()
    def load_encoder(self) -> None:
        """Load the model before the first query needs it."""
        if self._library is None or self._library.model is None:
            return
        try:
            with self._using:
                self._library.load_encoder()
        except Exception as error:
            self.failed.emit(as_error(error))
        else:
            self.encoder_loaded.emit()

    @pyqtSlot()
    def read_snapshot(self) -> None:
        """Read how the library stands."""
        if self._library is None:
            return
        try:
            with self._using:
                snapshot = Snapshot(
                    folders=self._library.folders(),
                    failures=self._library.failures(),
                    model=self._library.model,
                    model_name=self._library.model_name,
                    model_error=self._library.model_error,
                    following=self._library.following,
                )
        except Exception as error:
            self.failed.emit(as_error(error))
        else:
            self.snapshot_read.emit(snapshot)

    @pyqtSlot(object)
    def search(self, request: Request) -> None:
        """Answer a request, unless a newer one is on its way."""
        if self._library is None or request.generation != self.newest:
            return
        try:
            with self._using:
                answer = Answer(request, _results(self._library, request, self._dates))
        except Exception as error:
            answer = Answer(request, None, as_error(error))
        self.answered.emit(answer)

    @pyqtSlot(object, int)
    def count(self, query: Query, generation: int) -> None:
        """Count the photos that match a query, unless there is one to be answered first.

        Args:
            query: words and photos, or all photos.
            generation: of the newest request when this was asked for.
        """
        count: Count | None = None
        put_off = generation != self.newest
        if self._library is not None and not put_off:
            try:
                with self._using:
                    count = self._library.count(
                        query.text if isinstance(query, Words) else "",
                        examples=examples_of(query),
                        day_first=self._dates.day_first,
                        southern=self._dates.southern,
                    )
            except Exception as error:
                as_error(error)  # such as words without a model: there is no number to show
        self.counted.emit(query, count, put_off)

    @pyqtSlot(object)
    def ask(self, question: Question) -> None:
        """Let a function use the library, and deliver what it returns."""
        if self._library is None or not question.still_wanted():
            return
        try:
            with self._using:
                answer = question.function(self._library)
        except Exception as error:
            self.replied.emit(question, None, as_error(error))
        else:
            self.replied.emit(question, answer, None)


def _results(library: Library, request: Request, dates: DateReading) -> Results:
    query, wanted = request.query, request.arrangement
    if isinstance(query, Alike):
        return library.alike(query.photo_id, top=request.top, offset=request.offset)
    if isinstance(query, Duplicates):
        return library.all_alike(top=request.top, offset=request.offset)
    if not isinstance(query, Words):
        return library.browse(
            top=request.top,
            offset=request.offset,
            sort=wanted.sort,
            group=wanted.group,
            fold=library.choices.fold and not request.at_once,
        )
    if not query.examples:
        from inphotos.search.query import parse  # the library has loaded it by now

        parsed = parse(query.text, day_first=dates.day_first, southern=dates.southern)
        if not (parsed.concepts or parsed.filters):
            # Nothing to search for is no error here: the window shows what is wrong with it.
            return Results(query.text, library.model_name, 0.0, 0, (), parsed, parsed.problems)
    return library.search(
        query.text,
        examples=query.examples,
        top=request.top,
        offset=request.offset,
        sort=wanted.sort,
        group=wanted.group,
        fold=library.choices.fold,
        day_first=dates.day_first,
        southern=dates.southern,
    )
