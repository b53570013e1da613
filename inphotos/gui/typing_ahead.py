"""Composed text, such as Chinese or an accent, that is begun in the grid belongs to the search."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PyQt6.QtGui import QInputMethodEvent, QInputMethodQueryEvent
from PyQt6.QtWidgets import QApplication, QWidget

from inphotos.gui.search_bar import SearchBar


class TypingAhead(QObject):
    """Hands what an input method composes over a widget to the search field.

    Such text comes in events of its own and not as keys. The field shows it while it is being
    composed and takes the focus when it is finished: to move the focus earlier would end the
    composition.
    """

    def __init__(self, widget: QWidget, search_bar: SearchBar) -> None:
        """Watch a widget."""
        super().__init__(widget)
        self._widget = widget
        self._search_bar = search_bar
        widget.installEventFilter(self)

    def _hand_over(self, event: QInputMethodEvent) -> None:
        field = self._search_bar.field
        copy = QInputMethodEvent(event.preeditString(), event.attributes())
        copy.setCommitString(
            event.commitString(), event.replacementStart(), event.replacementLength()
        )
        QApplication.sendEvent(field, copy)
        if event.commitString() and not event.preeditString():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _answer(self, query: QInputMethodQueryEvent) -> None:
        """Answer for the field: what is around the cursor, and where choices are to be shown."""
        field = self._search_bar.field
        asked = QInputMethodQueryEvent(query.queries())
        QApplication.sendEvent(field, asked)
        for what in Qt.InputMethodQuery:
            if what not in query.queries() or what == Qt.InputMethodQuery.ImQueryAll:
                continue
            value = asked.value(what)
            if isinstance(value, QRect):
                value = value.translated(self._widget.mapFromGlobal(field.mapToGlobal(QPoint())))
            query.setValue(what, value)

    # Qt overrides

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if self._search_bar.isVisible():
            if isinstance(event, QInputMethodEvent):
                self._hand_over(event)
                return True
            if isinstance(event, QInputMethodQueryEvent):
                self._answer(event)
                return True
        return super().eventFilter(watched, event)
