"""How many photos match each of several searches, kept up to date in the background."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Query, Words
from inphotos.gui.session import Session
from inphotos.gui.timers import single_shot

if TYPE_CHECKING:
    from inphotos.search.arrangements import Count

#: Changes of the library are taken in at most this often; a count may take as long as a search.
PAUSE_MS = 4000
#: What is new to be counted is not waited for that long.
SOON_MS = 300
#: "Last week" is another week after a while, although nothing has changed.
MOVE_ON_MS = 15 * 60_000


class SearchCounts(QObject):
    """Has searches counted one by one, and lets every query of the user's go first.

    Signals:
        changed(): some counts are others now.
    """

    changed = pyqtSignal()

    def __init__(self, session: Session, search: PhotoSearch) -> None:
        super().__init__(search)
        self._session = session
        self._search = search
        self._counts: dict[Query, Count] = {}
        self._wanted: list[Query] = []
        self._waiting: list[Query] = []
        self._counting: Query | None = None
        self._active = False
        self._timer = single_shot(self, 0, self._on_due)
        self._clock = QTimer(self)
        self._clock.setInterval(MOVE_ON_MS)
        self._clock.timeout.connect(self._recount)
        session.counted.connect(self._on_counted)
        session.snapshot_read.connect(self._recount)
        session.model_changed.connect(self._on_model_changed)
        session.marks_changed.connect(self._on_marks_changed)
        session.runs.photos_found.connect(self._recount)
        session.runs.photos_indexed.connect(self._recount)
        search.answered.connect(self._go_on)
        search.failed.connect(self._go_on)

    def of(self, query: Query) -> Count | None:
        """Return how many photos match, None while that is not known."""
        return self._counts.get(query)

    def set_wanted(self, queries: Iterable[Query]) -> None:
        """Count what these queries find from now on."""
        self._wanted = list(dict.fromkeys(queries))
        self._counts = {query: c for query, c in self._counts.items() if query in self._wanted}
        self._waiting = [query for query in self._wanted if query not in self._counts]
        if self._waiting:
            self._count_in(SOON_MS)

    def set_active(self, active: bool) -> None:
        """Count, or leave it while nobody sees the numbers."""
        self._active = active
        if active:
            self._clock.start()
            self._recount()
        else:
            self._clock.stop()
            self._timer.stop()

    def _recount(self) -> None:
        self._waiting = list(self._wanted)
        self._count_in(PAUSE_MS if self._counts else SOON_MS)

    def _count_in(self, pause: int) -> None:
        if self._active and not self._timer.isActive():
            self._timer.start(pause)

    def _on_due(self) -> None:
        ready = self._active and self._session.library is not None and self._search.is_answered
        if ready and self._waiting and self._counting is None:
            self._counting = self._waiting.pop(0)
            self._session.count(self._counting)

    def _go_on(self) -> None:
        # Not at once: the user may be typing.
        if self._waiting and self._counting is None:
            self._count_in(SOON_MS)

    def _on_counted(self, query: Query, count: Count | None, put_off: bool) -> None:
        self._counting = None
        if query in self._wanted:
            if put_off:
                self._waiting.append(query)
            elif count is None:
                self._counts.pop(query, None)
            else:
                self._counts[query] = count
            self.changed.emit()
        if put_off:
            self._count_in(SOON_MS)
        elif not self._timer.isActive():
            self._on_due()

    def _on_marks_changed(self) -> None:
        """Count at once what may depend on marks, which only filters do: the user is looking."""
        filtered = [each for each in self._wanted if isinstance(each, Words) and ":" in each.text]
        self._waiting = list(dict.fromkeys([*filtered, *self._waiting]))
        if filtered and self._active:
            self._timer.start(SOON_MS)

    def _on_model_changed(self) -> None:
        self._counts.clear()
        self.changed.emit()
        self._recount()
