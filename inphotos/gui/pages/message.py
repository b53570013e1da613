"""A page that says one thing and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from inphotos.gui.icons import IconView
from inphotos.gui.pages.card import text_label

WIDTH = 520


class MessagePage(QWidget):
    """An icon, a headline, a sentence or two and buttons, in the middle of the window.

    Attributes:
        headline, body: the labels.
        buttons: the buttons, the main one first.
    """

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline = text_label("", "headline")
        self.body = text_label("", "body")
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(10)
        self._row.addStretch(1)
        self._row.addStretch(1)
        column = QWidget()
        column.setFixedWidth(WIDTH)
        layout = self._column = QVBoxLayout(column)
        layout.setSpacing(12)
        layout.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(IconView(icon_name, 48, QPalette.ColorRole.PlaceholderText), 0, middle)
        layout.addSpacing(2)
        layout.addWidget(self.headline)
        layout.addWidget(self.body)
        layout.addSpacing(8)
        layout.addLayout(self._row)
        layout.addStretch(3)
        around = QHBoxLayout(self)
        around.addStretch(1)
        around.addWidget(column)
        around.addStretch(1)

    def add_button(self, label: str, action: Callable[[], object]) -> None:
        """Add a button; the first one is the main one."""
        button = QPushButton(label)
        button.clicked.connect(lambda: action())
        if not self.buttons:
            button.setProperty("kind", "main")
        self.buttons.append(button)
        self._row.insertWidget(self._row.count() - 1, button)

    def add_above_buttons(self, widget: QWidget) -> None:
        """Put something between the words and the buttons."""
        distance = self._column.indexOf(self._row) - 1
        self._column.insertWidget(distance, widget)

    def say(self, headline: str, body: str) -> None:
        """Show other words."""
        self.headline.setText(headline)
        self.headline.setVisible(bool(headline))
        self.body.setText(body)
        self.body.setVisible(bool(body))
