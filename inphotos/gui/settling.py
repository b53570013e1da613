"""When a query is one that the user means, and not one that is still being typed."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal

from inphotos.gui.grid.view import GridView
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.search_bar import SearchBar
from inphotos.gui.timers import single_shot

#: Who looks at an answer for so long is not typing any more.
STANDS_MS = 3000


class Settling(QObject):
    """Watches what the user does with an answer.

    A query is settled when Enter is pressed, when the user turns to the photos, or when it has
    stood for some seconds.

    Signals:
        settled(Query): the grid shows what the user means; once for each query.
    """

    settled = pyqtSignal(object)

    def __init__(self, search: PhotoSearch, search_bar: SearchBar, grid: GridView) -> None:
        super().__init__(search)
        self._search = search
        self._settled = search.shown
        self._entered = False
        self._stands = single_shot(self, STANDS_MS, self._settle)
        search.asked.connect(self._on_asked)
        search.answered.connect(self._on_answered)
        search_bar.entered.connect(self._on_entered)
        search_bar.left_downwards.connect(self._settle)
        grid.photo_opened.connect(self._settle)
        grid.menu_wanted.connect(self._settle)

    def _settle(self) -> None:
        query = self._search.shown
        if query != self._search.query or query == self._settled:
            return
        self._stands.stop()
        self._settled = query
        self.settled.emit(query)

    def _on_asked(self) -> None:
        self._entered = False
        self._stands.stop()

    def _on_answered(self) -> None:
        if self._entered:
            self._entered = False
            self._settle()
        elif self._search.shown != self._settled and not self._stands.isActive():
            self._stands.start()

    def _on_entered(self) -> None:
        if self._search.is_answered:
            self._settle()
        else:
            self._entered = True
