"""A part of a query as a small button of its own."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PyQt6.QtWidgets import QPushButton, QToolButton, QWidget

from inphotos.gui.icons import icon
from inphotos.gui.part_labels import label
from inphotos.gui.sentences import said
from inphotos.gui.tool_tips import as_plain
from inphotos.search.query import Concept, Part, Problem

#: Wide enough for what people type, narrow enough for two beside each other.
MAX_LABEL_WIDTH = 300
#: Edge of the button that removes the part, and its distance from the chip's right edge.
_REMOVE, _GAP = 18, 5


class RemovableChip(QPushButton):
    """Something of a query; its small button, or the Delete key, removes it.

    Attributes:
        remove_button: removes it.

    Signals:
        removed(): the user does not want it.
    """

    removed = pyqtSignal()

    def __init__(self, text: str, look: str, parent: QWidget | None = None) -> None:
        """Make a chip that says ``text`` and has the style sheet's ``kind`` of this look."""
        super().__init__(parent)
        self.setProperty("kind", look)
        # A click leads to the search field, which then has the focus.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.remove_button = QToolButton(self)
        self.remove_button.setObjectName("remove")
        self.remove_button.setIcon(icon("close", QPalette.ColorRole.PlaceholderText))
        self.remove_button.setIconSize(QSize(11, 11))
        self.remove_button.setFixedSize(_REMOVE, _REMOVE)
        self.remove_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.remove_button.setCursor(Qt.CursorShape.ArrowCursor)
        remove = self.tr("Remove {label}").format(label=text)
        self.remove_button.setAccessibleName(remove)
        self.remove_button.setToolTip(self.tr("Remove (Delete)"))
        self.remove_button.clicked.connect(self.removed)

    def show_label(self, text: str, width: int, before: str = "") -> bool:
        """Show a text in at most ``width`` pixels; return whether it had to be cut."""
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
        self.setText(before + shown.replace("&", "&&"))
        return shown != text

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        left = self.width() - _REMOVE - _GAP
        self.remove_button.move(left, (self.height() - _REMOVE) // 2)


class Chip(RemovableChip):
    """Says what a part of the query means; a click edits it.

    Attributes:
        part: the part of the query.
    """

    def __init__(self, part: Part, problem: Problem | None, parent: QWidget | None = None) -> None:
        """Make the chip of ``part``; ``problem`` is what is wrong with it, if anything."""
        look = "concept" if isinstance(part, Concept) else "filter"
        super().__init__(label(part), look if problem is None else "problem", parent)
        self.part = part
        space = ""
        if problem is not None:
            self.setIcon(icon("warning", QPalette.ColorRole.WindowText))
            self.setIconSize(QSize(14, 14))
            space = " "  # the icon touches the text without
        is_cut = self.show_label(label(part), MAX_LABEL_WIDTH, space)
        cut = label(part) if is_cut else ""
        self.setToolTip(as_plain(said(problem.message) if problem is not None else cut))
        self.setAccessibleName(self._spoken(problem))
        self.setAccessibleDescription(self.tr("Enter edits it, Delete removes it"))

    def _spoken(self, problem: Problem | None) -> str:
        if problem is not None:
            text = self.tr("Not understood: {label}. {message}")
            return text.format(label=label(self.part), message=said(problem.message))
        concept = isinstance(self.part, Concept)
        text = self.tr("Search for: {label}") if concept else self.tr("Filter: {label}")
        return text.format(label=label(self.part))
