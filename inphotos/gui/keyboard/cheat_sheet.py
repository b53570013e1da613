"""All keys at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from inphotos.gui.keyboard.table import KeyRow, caps

#: More ways to do the same would only fill the page.
MOST_WAYS = 3


class CheatSheet(QDialog):
    """Shows what keys do, by topic, in two columns.

    Attributes:
        change_button: leads to where the keys can be changed.
    """

    def __init__(self, rows: Sequence[KeyRow], parent: QWidget | None = None) -> None:
        """Show the rows that have a key."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard Shortcuts"))
        topics: dict[str, list[KeyRow]] = {}
        for row in rows:
            if row.keys:
                topics.setdefault(row.topic, []).append(row)
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(26, 22, 26, 14)
        columns.setSpacing(44)
        for column in _balanced(list(topics.items())):
            box = QVBoxLayout()
            box.setSpacing(0)
            for topic, of_topic in column:
                box.addLayout(_section(topic, of_topic))
                box.addSpacing(18)
            box.addStretch(1)
            columns.addLayout(box, 1)
        self._area = QScrollArea()
        self._area.setObjectName("sheet")
        self._area.setAccessibleName(self.tr("Keyboard shortcuts"))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(page)
        self.change_button = QPushButton(self.tr("Change Keys…"))
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(26, 10, 26, 16)
        buttons.addWidget(self.change_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._area, 1)
        layout.addLayout(buttons)
        close.setDefault(True)
        close.setFocus()
        self.resize(max(920, page.sizeHint().width() + 20), min(760, page.sizeHint().height() + 70))


def _balanced(
    topics: list[tuple[str, list[KeyRow]]],
) -> tuple[list[tuple[str, list[KeyRow]]], list[tuple[str, list[KeyRow]]]]:
    """Split topics where the columns are most alike in length; a title counts as two rows."""
    lengths = [len(rows) + 2 for _, rows in topics]
    cuts = range(len(topics) + 1)
    cut = min(cuts, key=lambda at: abs(sum(lengths[:at]) - sum(lengths[at:])), default=0)
    return topics[:cut], topics[cut:]


def _section(topic: str, rows: Sequence[KeyRow]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(0, 1)
    title = QLabel(topic)
    title.setProperty("kind", "title")
    grid.addWidget(title, 0, 0, 1, 2)
    for place, row in enumerate(rows, 1):
        text = QLabel(row.text)
        text.setWordWrap(True)
        grid.addWidget(text, place, 0)
        grid.addWidget(_KeyCaps(row), place, 1, Qt.AlignmentFlag.AlignRight)
    return grid


class _KeyCaps(QWidget):
    """The ways to give a command, each as the keys to press together."""

    def __init__(self, row: KeyRow) -> None:
        super().__init__()
        ways = row.keys[:MOST_WAYS]
        native = QKeySequence.SequenceFormat.NativeText
        self.setAccessibleName(", ".join(keys.toString(native) for keys in ways))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for number, keys in enumerate(ways):
            if number:
                layout.addSpacing(8)
            for name in caps(keys):
                cap = QLabel(name)
                cap.setProperty("kind", "key")
                cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
                layout.addWidget(cap)
