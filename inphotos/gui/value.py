"""A text of unknown length: a name, or a sentence with names in it."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PyQt6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from inphotos.gui.breaks import breakable, whole


class Value(QLabel):
    """A text that can be selected and copied; it breaks anywhere rather than widen the window.

    Attributes:
        value: the text as it was given.
    """

    def __init__(self, kind: str = "", name: str = "", parent: QWidget | None = None) -> None:
        """Make an empty one, which is hidden.

        Args:
            kind: how it looks, in the style sheet's words.
            name: what it is called for those who hear it.
            parent: see QWidget.
        """
        super().__init__(parent)
        self.value = ""
        if kind:
            self.setProperty("kind", kind)
        self.setAccessibleName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.setSizePolicy(policy)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.hide()

    def show_value(self, text: str) -> None:
        """Show a text; nothing at all for an empty one."""
        self.value = text
        shown = breakable(text)
        if shown != self.text():
            self.setText(shown)
        self.setVisible(bool(text))

    def copy(self) -> None:
        """Copy what is selected, or everything, as it was given."""
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(whole(self.selectedText()) or self.value)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        assert event is not None
        menu = QMenu(self)
        copy = menu.addAction(self.tr("Copy"))
        assert copy is not None
        copy.triggered.connect(self.copy)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())
