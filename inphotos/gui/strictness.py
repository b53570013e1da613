"""The user's choice of how sure a match has to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject

from inphotos.gui.match_line import MatchLine
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Words
from inphotos.gui.session import Session

if TYPE_CHECKING:
    from inphotos.library import StrictnessKind


class Strictness(QObject):
    """Keeps the slider, the library's choice and the answer in step.

    Words and photos have each their own line, because their scores differ.
    """

    def __init__(self, session: Session, search: PhotoSearch, line: MatchLine) -> None:
        super().__init__(line)
        self._session = session
        self._search = search
        self._line = line
        line.strictness_chosen.connect(self._on_chosen)
        search.answered.connect(self._show)

    @property
    def _kind(self) -> StrictnessKind:
        shown = self._search.shown
        return "words" if isinstance(shown, Words) and shown.text else "photos"

    def _show(self) -> None:
        library = self._session.library
        if library is not None and not self._line.panel.isVisible():
            self._line.set_strictness(library.choices.strictness(self._kind))

    def _on_chosen(self, strictness: float) -> None:
        self._session.set_strictness(self._kind, strictness)
        self._search.refresh()
