"""Tells in the search field that the answer is still to come."""

from __future__ import annotations

from PyQt6.QtCore import QObject

from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.search_bar import SearchBar
from inphotos.gui.session import Session
from inphotos.gui.timers import single_shot

#: What takes less time seems to be there at once, and a sign would only flicker.
AFTER_MS = 120


class BusySign(QObject):
    """Lets the sign in the search field turn while a query is answered or the model is loaded."""

    def __init__(self, session: Session, search: PhotoSearch, bar: SearchBar) -> None:
        super().__init__(bar)
        self._search = search
        self._bar = bar
        self._loading = False
        self._after = single_shot(self, AFTER_MS, self._show)
        search.query_changed.connect(self._wait)
        search.answered.connect(self._show_if_over)
        search.failed.connect(self._show_if_over)
        session.encoder_loading.connect(self._on_encoder_loading)
        session.encoder_loaded.connect(self._on_encoder_loaded)
        session.failed.connect(self._on_encoder_loaded)

    def _wait(self) -> None:
        if not self._after.isActive():
            self._after.start()

    def _show_if_over(self) -> None:
        if self._search.is_answered and not self._loading:
            self._after.stop()
            self._show()

    def _show(self) -> None:
        words = "" if self._search.is_answered else self.tr("Searching…")
        self._bar.field.show_busy(self.tr("Loading the model…") if self._loading else words)

    def _on_encoder_loading(self) -> None:
        self._loading = True
        self._wait()

    def _on_encoder_loaded(self) -> None:
        self._loading = False
        self._show_if_over()
