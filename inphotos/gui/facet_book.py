"""What the library can be divided by, kept up to date in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from inphotos.gui.session import Session
from inphotos.gui.timers import single_shot
from inphotos.search.facet import Facets

if TYPE_CHECKING:
    from inphotos.library import Library

#: Changes of the library are taken in at most this often.
PAUSE_MS = 4000
#: For the first time, and where the user has changed something.
SOON_MS = 100


class FacetBook(QObject):
    """Asks the library what it can be divided by whenever that may have changed.

    Attributes:
        facets: as they were last read.
        alike: how many photos are alike to another one, as far as that is known.

    Signals:
        changed(): they are others now.
    """

    changed = pyqtSignal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.facets = Facets()
        self.alike = 0
        self._asked = False
        self._stale = False
        self._read = False
        self._timer = single_shot(self, 0, self._ask)
        session.snapshot_read.connect(self._refresh)
        session.runs.photos_found.connect(self._refresh)
        session.runs.photos_indexed.connect(self._refresh)

    def _refresh(self) -> None:
        self._stale = True
        if not self._asked and not self._timer.isActive():
            self._timer.start(PAUSE_MS if self._read else SOON_MS)

    def _ask(self) -> None:
        if self._session.library is not None:
            self._asked, self._stale = True, False
            self._session.ask(_read, self._on_read, on_error=self._on_error)

    def _on_read(self, answer: tuple[Facets, int, bool]) -> None:
        self._asked, self._read = False, True
        facets, alike, is_all = answer
        if (facets, alike) != (self.facets, self.alike):
            self.facets, self.alike = facets, alike
            self.changed.emit()
        if self._stale or not is_all:
            self._refresh()

    def _on_error(self, error: object) -> None:
        self._asked = False
        self._session.failed.emit(error)


def _read(library: Library) -> tuple[Facets, int, bool]:
    return library.facets(), *library.count_known_alike()
