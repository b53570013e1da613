"""Offers suggestions below the search field, and takes those that the user wants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent
from PyQt6.QtWidgets import QWidget

from inphotos.gui.facet_book import FacetBook
from inphotos.gui.queries import Words
from inphotos.gui.saved_searches import words_of
from inphotos.gui.search_bar import SearchBar
from inphotos.gui.suggestions.offers import Sources, Suggestion, suggestions
from inphotos.gui.suggestions.popup import SuggestionList
from inphotos.gui.suggestions.things import Thing, things_of

if TYPE_CHECKING:
    from inphotos.library import SavedSearch

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Suggesting(QObject):
    """Shows the list while the user types, and lets the keys of the field reach it.

    Down goes into the list where it is shown, and shows former searches in an empty field. Up comes
    back, and from the field itself goes through the history as it does without a list.

    Attributes:
        list: the suggestions.

    Signals:
        query_wanted(Words): the user wants a former or a saved search.
    """

    query_wanted = pyqtSignal(object)

    def __init__(
        self,
        bar: SearchBar,
        book: FacetBook,
        history: Callable[[], Sequence[str]],
        saved: Callable[[], Sequence[SavedSearch]],
        window: QWidget,
    ) -> None:
        """Wire the parts.

        Args:
            bar: where the user types.
            book: what is in the library.
            history: gives what was searched for, the newest last.
            saved: gives the saved searches.
            window: holds the bar.
        """
        super().__init__(bar)
        self._bar = bar
        self._field = bar.field
        self._book = book
        self._history = history
        self._saved = saved
        self._things: list[Thing] | None = None
        self.list = SuggestionList(self._field)
        self.list.taken.connect(self.take)
        self._field.installEventFilter(self)
        window.installEventFilter(self)
        self._field.textEdited.connect(self.offer)
        self._field.textChanged.connect(self._on_text_changed)
        bar.parts.text_wanted.connect(self.list.hide)
        book.changed.connect(self._on_facets_changed)

    def offer(self) -> None:
        """Show what may be meant by what is in the field; hide where there is nothing."""
        field = self._field
        at_end = field.cursorPosition() == len(field.text()) and not field.hasSelectedText()
        found = suggestions(field.text(), self._sources()) if at_end and field.hasFocus() else []
        self.list.offer(found)
        self._tell_chosen()

    def take(self, suggestion: Suggestion) -> None:
        """Search for what was suggested."""
        self.list.hide()
        if suggestion.saved is not None:
            self.query_wanted.emit(words_of(suggestion.saved))
        elif suggestion.kind == "history":
            self.query_wanted.emit(Words(suggestion.whole))
        else:
            # As if it were typed, so that it can be undone.
            self._field.selectAll()
            self._field.insert(suggestion.whole)
            if not suggestion.is_open:
                self.list.hide()
                self._bar.report()

    def _sources(self) -> Sources:
        if self._things is None:
            self._things = things_of(self._book.facets)
        return Sources(self._history(), self._saved(), self._things)

    def _on_facets_changed(self) -> None:
        self._things = None

    def _on_text_changed(self) -> None:
        if not self._field.hasFocus():
            self.list.hide()

    def _tell_chosen(self) -> None:
        chosen = self.list.chosen
        self._field.setAccessibleDescription("" if chosen is None else chosen.text)

    def _on_key(self, event: QKeyEvent) -> bool:
        """Let a key reach the list; return whether it has done something there."""
        key, modifiers = event.key(), event.modifiers()
        if modifiers & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if not self.list.isVisible():
            opens = key == Qt.Key.Key_Down and not self._field.text()
            if opens and not self._bar.walk.is_under_way:
                self.offer()
                return self._step(1)
            return False
        chosen = self.list.chosen
        if key == Qt.Key.Key_Down:
            return self._step(1)
        if key == Qt.Key.Key_Up and chosen is not None:
            return self._step(-1)
        if key == Qt.Key.Key_Escape:
            self.list.hide()
            return True
        if key in _ENTER and chosen is not None:
            self.take(chosen)
            return True
        if key == Qt.Key.Key_Tab:
            self.take(chosen or self.list.offered[0])
            return True
        if key == Qt.Key.Key_Up or key in _ENTER:
            self.list.hide()
        return False

    def _on_released(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._field.text():
            self.offer()

    def _step(self, rows: int) -> bool:
        """Mark another suggestion; past the last one, the list is left downwards."""
        stepped = self.list.isVisible() and self.list.step(rows)
        if not stepped:
            self.list.hide()
        self._tell_chosen()
        return stepped

    # Qt overrides

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        assert event is not None
        kind = event.type()
        if watched is not self._field:
            if kind in (
                QEvent.Type.MouseButtonPress,
                QEvent.Type.Resize,
                QEvent.Type.WindowDeactivate,
            ):
                self.list.hide()
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._on_key(event)
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape and self.list.isVisible():
                event.accept()  # It closes the list, and not what is shown.
                return True
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.list.hide()
        elif isinstance(event, QMouseEvent) and kind == QEvent.Type.MouseButtonRelease:
            self._on_released(event)
        return super().eventFilter(watched, event)
