"""From what the user asks for to what the grid shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from inphotos.gui import wording
from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.view import GridView
from inphotos.gui.pages.photos import PhotosPage
from inphotos.gui.queries import Answer, Everything, Purpose, Query, Request, Words
from inphotos.gui.session import Session
from inphotos.search.query import Problem
from inphotos.search.query import Query as Parsed
from inphotos.search.ranking import Result, Results

#: More than a large screen shows of small tiles, so that scrolling meets rows that are there.
PAGE = 240
#: The grid takes in newly indexed photos at most this often.
REFRESH_MS = 1500
#: A search that takes longer than this says so.
SLOW_MS = 400


class PhotoSearch(QObject):
    """Sends queries to the session and brings the answers into the grid.

    Attributes:
        query: what the grid shows, or will show with the answer that is under way.

    Signals:
        query_changed(Query): the grid is to show something else.
        answered(): the grid shows what was asked for.
        understood(str, Query | None, tuple[Problem, ...]): the words that the grid answers, how
            they were understood, and what the user is to be told of them; nothing for other
            queries, or when one could not be met.
        failed(InPhotosError): a query could not be met; the grid shows what it showed before.
    """

    query_changed = pyqtSignal(object)
    answered = pyqtSignal()
    understood = pyqtSignal(str, object, object)
    failed = pyqtSignal(object)

    def __init__(self, session: Session, page: PhotosPage, grid: GridView, model: GridModel):
        super().__init__(page)
        self.query: Query = Everything()
        self._session = session
        self._page = page
        self._grid = grid
        self._model = model
        self._shown: Query = self.query
        self._parsed: Parsed | None = None
        self._problems: tuple[Problem, ...] = ()
        self._total = 0
        self._reached = 0
        self._complete = True
        self._pending: Request | None = None
        self._stale = False
        self._refresh_timer = self._timer(REFRESH_MS, self._on_refresh_due)
        self._slow_timer = self._timer(SLOW_MS, self._on_slow)
        session.answered.connect(self._on_answered)
        session.runs.photos_found.connect(self.refresh)
        session.runs.photos_indexed.connect(self.refresh_soon)
        session.runs.changed.connect(self._on_indexing_changed)
        model.more_wanted.connect(self._on_more_wanted)

    @property
    def rows(self) -> Sequence[Result]:
        """The photos that the grid shows, in order."""
        return self._model.results

    def show(self, query: Query) -> None:
        """Show the answer to another query, from its top."""
        self.query = query
        self.query_changed.emit(query)
        self._request("replace", PAGE)

    def refresh_soon(self) -> None:
        """Take in what has changed in the library, a moment from now."""
        self._stale = True
        if not self._refresh_timer.isActive():
            self._refresh_timer.start()

    def refresh(self) -> None:
        """Take in what has changed in the library; the grid keeps its place."""
        self._stale = self._pending is not None
        if self._pending is None:
            self._request("refresh", max(PAGE, self._reached))

    def _request(self, purpose: Purpose, top: int, offset: int = 0) -> None:
        self._pending = self._session.search(self.query, purpose, top, offset)
        if purpose == "replace":
            self._slow_timer.start()

    def _take_in(self, answer: Answer, results: Results) -> None:
        request = answer.request
        self._shown = request.query
        self._parsed, self._problems = results.parsed, results.problems
        self._total = results.total
        # Not the number of rows: a photo that has gone since leaves its place in the order.
        self._reached = request.offset + request.top
        complete = self._reached >= results.total
        self._complete = complete
        if request.purpose == "replace":
            self._model.replace(results.results, complete=complete)
        elif request.purpose == "extend":
            before = len(self._model.results)
            self._model.append(results.results, complete=complete)
            if len(self._model.results) == before and not complete:
                # All of these have gone; the view, to which nothing has happened, asks no more.
                self._on_more_wanted()
        else:
            self._grid.thumbnails.forget_missing()
            with self._grid.keep_place():
                self._model.update(results.results, complete=complete)

    def _describe(self) -> None:
        """Say what the grid shows, or why it shows nothing."""
        rows = self._model.results
        if not rows and isinstance(self._shown, Everything):
            self._describe_nothing()
            return
        parsed = self._parsed
        if parsed is not None and not (parsed.concepts or parsed.filters):
            sentences = "\n".join(problem.message for problem in self._problems)
            self._page.show_empty(
                self.tr("Nothing to search for yet"), sentences, offer_folder=False
            )
            return
        words = isinstance(self._shown, Words) and bool(self._shown.text)
        # Where nothing matches, all would be pale: the heading says it instead.
        self._grid.set_fade(words and any(row.match in ("strong", "maybe") for row in rows))
        heading = wording.heading(
            self._shown, rows, self._total, complete=self._complete, parsed=parsed
        )
        self._page.show_grid(heading, can_leave=not isinstance(self._shown, Everything))

    def _describe_nothing(self) -> None:
        if self._session.runs.state == "idle":
            self._page.show_empty(
                self.tr("No photos here yet"),
                self.tr("The folders in the library hold no photos that InPhotos can read."),
                offer_folder=True,
            )
        else:
            self._page.show_empty(
                self.tr("Looking at your photos"),
                self.tr(
                    "The first ones appear here in a moment. "
                    "You can search while the others are still being read."
                ),
                offer_folder=False,
            )

    def _on_answered(self, answer: Answer) -> None:
        self._pending = None
        self._slow_timer.stop()
        if answer.results is None:
            if self.query != self._shown:
                self.query = self._shown
                self.query_changed.emit(self.query)
            self._model.go_on()
            self.understood.emit("", None, ())
            self.failed.emit(answer.error)
        else:
            self._take_in(answer, answer.results)
            shown = self._shown
            text = shown.text if isinstance(shown, Words) else ""
            self.understood.emit(text, self._parsed, self._problems)
            self.answered.emit()
        self._describe()
        if self._stale:
            self.refresh_soon()

    def _on_more_wanted(self) -> None:
        if self._pending is not None:
            # The answer under way brings rows of its own and opens the way for the next ones.
            return
        self._request("extend", PAGE, offset=self._reached)

    def _on_refresh_due(self) -> None:
        if self._stale:
            self.refresh()

    def _on_slow(self) -> None:
        if self._model.results:
            self._page.heading.setText(self.tr("Searching…"))

    def _on_indexing_changed(self) -> None:
        if not self._model.results and self._pending is None:
            self._describe()

    def _timer(self, interval: int, on_timeout: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(on_timeout)
        return timer
