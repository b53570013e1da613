"""From what the user asks for to what the grid shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import QDate, QObject, pyqtSignal

from inphotos.errors import display_path
from inphotos.gui import wording
from inphotos.gui.breaks import breakable
from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.view import GridPlace, GridView
from inphotos.gui.group_titles import (
    alike_title,
    closest_title,
    likeness_title,
    match_title,
    title_of,
)
from inphotos.gui.pages.photos import PhotosPage
from inphotos.gui.queries import (
    ALL_PHOTOS,
    FOUND_PHOTOS,
    Alike,
    Answer,
    Arrangement,
    Duplicates,
    Everything,
    Purpose,
    Query,
    Request,
    Words,
    examples_of,
)
from inphotos.gui.sentences import said
from inphotos.gui.session import Session
from inphotos.gui.timers import single_shot

if TYPE_CHECKING:
    from inphotos.search.query import Problem
    from inphotos.search.query import Query as Parsed
    from inphotos.search.ranking import Match, Result, Results

#: More than a large screen shows of small tiles, so that scrolling meets rows that are there.
PAGE = 240
#: Rows that are not for the eye, such as those of a selection of all, come in larger pages.
BULK = 2000
#: Photos that are put in another order before the window shows them: they take 200 ms.
MOST_AT_ONCE = 2000
#: The grid takes in newly indexed photos at most this often.
REFRESH_MS = 1500
#: A search that takes longer than this says so.
SLOW_MS = 400


class PhotoSearch(QObject):
    """Sends queries to the session and brings the answers into the grid.

    Attributes:
        query: what the grid shows, or will show with the answer that is under way.
        verdict: the match of the best photo that the grid shows; None where none was looked for.
        browsing, searching: order and groups of all photos, and of those that were searched for.

    Signals:
        asked(Query, bool): another query is about to be sent, and whether it is still being typed;
            the grid shows the former one.
        query_changed(Query): the grid is to show something else.
        answered(): the grid shows what was asked for.
        understood(str, Query | None, tuple[Problem, ...]): the words that the grid answers, how
            they were understood, and what the user is to be told of them; nothing for other
            queries, or when one could not be met.
        failed(InPhotosError): a query could not be met; the grid shows what it showed before.
        recovered(): what had failed is over: the user got something else that was asked for, or
            what could not be read again could be.
    """

    asked = pyqtSignal(object, bool)
    query_changed = pyqtSignal(object)
    answered = pyqtSignal()
    understood = pyqtSignal(str, object, object)
    failed = pyqtSignal(object)
    recovered = pyqtSignal()

    def __init__(self, session: Session, page: PhotosPage, grid: GridView, model: GridModel):
        super().__init__(page)
        self.query: Query = Everything()
        self.browsing = ALL_PHOTOS
        self.searching = FOUND_PHOTOS
        self._session = session
        self._page = page
        self._grid = grid
        self._model = model
        self._shown: Query = self.query
        self._arranged = self.arrangement
        self.verdict: Match | None = None
        self._parsed: Parsed | None = None
        self._problems: tuple[Problem, ...] = ()
        self._total = self._length = 0
        self._reached = 0
        self._complete = True
        self._pending: Request | None = None
        self._failed: Purpose | None = None
        self._place: GridPlace | None = None
        self._stale = False
        self._begun = False
        self._to_keep: int | None = None
        self._titles: tuple[object, ...] = ()
        self._refresh_timer = single_shot(self, REFRESH_MS, self._on_refresh_due)
        self._slow_timer = single_shot(self, SLOW_MS, self._on_slow)
        session.answered.connect(self._on_answered)
        session.runs.photos_found.connect(self.refresh)
        session.runs.photos_indexed.connect(self.refresh_soon)
        session.runs.changed.connect(self._on_indexing_changed)
        session.snapshot_read.connect(self._divide)
        model.more_wanted.connect(self._on_more_wanted)

    @property
    def rows(self) -> Sequence[Result]:
        """The photos that the grid shows, in order."""
        return self._model.results

    @property
    def shown(self) -> Query:
        """What the grid shows now."""
        return self._shown

    @property
    def parsed(self) -> Parsed | None:
        """How the words that the grid shows were understood, None for other queries."""
        return self._parsed

    @property
    def reached(self) -> int:
        """How many rows of what the grid shows have been asked for."""
        return self._reached

    @property
    def length(self) -> int:
        """How many rows what the grid shows has, with those that have not been asked for."""
        return self._length

    @property
    def is_answered(self) -> bool:
        """Whether the grid shows what was asked for last."""
        replacing = self._pending is not None and self._pending.purpose == "replace"
        return self.query == self._shown and not replacing

    @property
    def arrangement(self) -> Arrangement:
        """Order and groups of what the grid shows, or will show."""
        return self.browsing if isinstance(self.query, Everything) else self.searching

    def show(self, query: Query, *, typed: bool = False) -> None:
        """Show the answer to another query, from its top.

        Args:
            query: what is wanted.
            typed: the user is typing it, and may go on.
        """
        self.asked.emit(query, typed)
        self.query = query
        self._place = None
        self._to_keep = None
        self.query_changed.emit(query)
        self._request("replace", PAGE)

    def show_again(self, query: Query, rows: int, place: GridPlace | None) -> None:
        """Show the answer to a query where it was left.

        Args:
            query: what is wanted.
            rows: how many rows had been asked for, see :attr:`reached`.
            place: where the grid was; None for its top.
        """
        self.query = query
        self.query_changed.emit(query)
        self._place = place
        self._to_keep = None
        self._request("replace", max(PAGE, rows))

    def arrange(self, arrangement: Arrangement) -> None:
        """Show the same in another order or other groups, also from now on.

        The current photo remains so, if it is among the first again.
        """
        if arrangement == self.arrangement:
            return
        self._remember(arrangement)
        current = self._grid.current_result()
        self._to_keep = None if current is None else current.photo_id
        self._request("replace", max(PAGE, min(self._reached, MOST_AT_ONCE)))

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

    def _remember(self, arrangement: Arrangement) -> None:
        if isinstance(self.query, Everything):
            self.browsing = arrangement
        else:
            self.searching = arrangement

    def _request(self, purpose: Purpose, top: int, offset: int = 0) -> None:
        self._pending = self._session.search(
            self.query, purpose, top, offset, self.arrangement, at_once=not self._begun
        )
        if purpose == "replace":
            self._slow_timer.start()

    def _take_in(self, answer: Answer, results: Results) -> None:
        request = answer.request
        self._shown = request.query
        self._parsed, self._problems = results.parsed, results.problems
        self._arranged = request.arrangement
        self.verdict = results.verdict
        self._total, self._length = results.total, results.length
        self._model.expected = results.length
        self._folded = results.folded
        # Not the number of rows: a photo that has gone since leaves its place in the order.
        self._reached = request.offset + request.top
        complete = self._reached >= results.length
        self._complete = complete
        self._divide()
        if request.purpose == "replace":
            self._model.replace(results.results, complete=complete)
            self._keep_current()
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

    def _keep_current(self) -> None:
        row = None if self._to_keep is None else self._model.row_of(self._to_keep)
        self._to_keep = None
        if row is not None:
            self._grid.setCurrentIndex(self._model.index(row))

    def _divide(self) -> None:
        """Put headers above the groups of the answer, or above its matches and the others."""
        if isinstance(self._shown, Duplicates):
            if self._titles != (Duplicates,):
                self._titles = (Duplicates,)
                self._model.set_sections(alike_title)
            return
        group, snapshot = self._arranged.group, self._session.snapshot
        roots = () if snapshot is None else tuple(folder.path for folder in snapshot.folders)
        by_match = self._titles_of_matches()
        # What the titles are made of: dividing the rows anew takes time.
        titles = {
            "none": (by_match,),
            "day": (group, QDate.currentDate()),
            "folder": (group, roots),
            "place": (group,),
        }[group]
        if titles != self._titles:
            self._titles = titles
            self._model.set_sections(by_match if group == "none" else title_of(group, roots))

    def _titles_of_matches(self) -> Callable[[Result], str] | None:
        """Return what stands above matches and others; None where they do not come in turn."""
        shown = self._shown
        marked = any(example.marked for example in examples_of(shown))
        if marked or self._arranged.sort != "relevance" or self.verdict is None:
            return None
        if self.verdict == "none":
            return closest_title
        return match_title if isinstance(shown, Words) and shown.text else likeness_title

    def _describe(self) -> None:
        """Say what the grid shows, or why it shows nothing."""
        rows = self._model.results
        if not rows and isinstance(self._shown, Everything):
            self._describe_nothing()
            return
        if not rows and isinstance(self._shown, Duplicates):
            self._page.show_empty(
                self.tr("No photos that are alike"),
                self.tr("There are no copies, nearly the same pictures, or bursts."),
                offer_folder=False,
            )
            return
        parsed = self._parsed
        if parsed is not None and not (parsed.concepts or parsed.filters):
            sentences = "\n".join(said(problem.message) for problem in self._problems)
            self._page.show_empty(
                self.tr("Nothing to search for yet"), sentences, offer_folder=False
            )
            return
        words = isinstance(self._shown, Words) and bool(self._shown.text)
        # Where nothing matches, all would be pale: the heading says so instead.
        self._grid.set_fade(words and any(row.match in ("strong", "maybe") for row in rows))
        everything = isinstance(self._shown, Everything)
        # They are listed, not looked for: as many as there are, in however many tiles.
        listed = everything or (parsed is not None and not parsed.concepts)
        heading = wording.heading(
            self._shown,
            rows,
            self._total + (self._folded if listed else 0),
            complete=self._complete,
            parsed=parsed,
            arrangement=self._arranged,
            length=self._length,
        )
        advice = self.tr("Take a part of the search away, or look at all photos.")
        self._page.show_grid(
            heading,
            can_leave=not everything,
            judged=self.verdict is not None,
            arranged=not isinstance(self._shown, Alike | Duplicates),
            advice=advice if not rows and isinstance(self._shown, Words) else "",
        )

    def _describe_nothing(self) -> None:
        snapshot = self._session.snapshot
        folders = snapshot.folders if snapshot is not None else ()
        names = wording.listed([display_path(folder.path) for folder in folders])
        if folders and not any(folder.online for folder in folders):
            self._page.show_empty(
                self.tr("The drive is not connected"),
                self.tr(
                    "{folders} cannot be reached. Connect the drive, and its photos appear here."
                ).format(folders=breakable(names)),
                offer_folder=True,
            )
        elif self._session.runs.state == "idle":
            self._page.show_empty(
                self.tr("No photos here yet"),
                self.tr(
                    "There are no photos that InPhotos can read in {folders}. "
                    "When some come in, they appear here."
                ).format(folders=breakable(names)),
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
            self._remember(self._arranged)
            self._to_keep = None
            self._model.go_on()
            if self._failed != "replace":
                self._failed = answer.request.purpose
            self.understood.emit("", None, ())
            self.failed.emit(answer.error)
        else:
            self._take_in(answer, answer.results)
            shown = self._shown
            text = shown.text if isinstance(shown, Words) else ""
            self.understood.emit(text, self._parsed, self._problems)
            self._recover(answer.request.purpose)
            self.answered.emit()
        self._describe()
        if answer.request.purpose == "replace":
            self._return_to_place(answer)
        if not self._begun:
            self._begun = True
            self.refresh()
        elif self._stale:
            self.refresh_soon()

    def _recover(self, purpose: Purpose) -> None:
        # After a query that failed the grid reads again what it showed before: that ends nothing.
        if self._failed is not None and purpose in ("replace", self._failed):
            self._failed = None
            self.recovered.emit()

    def _return_to_place(self, answer: Answer) -> None:
        place, self._place = self._place, None
        if answer.results is None or not self._model.results:
            return  # a message stands in the place of the grid, or what it showed before
        # Of itself the view stays as far down in the new rows as it was in the former ones.
        if place is None or not self._grid.go_to(place):
            self._grid.scrollToTop()

    def _on_more_wanted(self) -> None:
        if self._pending is not None:
            # The answer under way brings rows of its own and opens the way for the next ones.
            return
        page = BULK if self._model.all_wanted else PAGE
        self._request("extend", page, offset=self._reached)

    def _on_refresh_due(self) -> None:
        if self._stale:
            self.refresh()

    def _on_slow(self) -> None:
        if self._model.results:
            self._page.heading.setText(self.tr("Searching…"))

    def _on_indexing_changed(self) -> None:
        if not self._model.results and self._pending is None:
            self._describe()
