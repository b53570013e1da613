"""All keys at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from inphotos.gui.keyboard.table import KeyRow, caps

#: More ways to do the same would only fill the page.
MOST_WAYS = 3
#: Keys in a row, beside which there is room for what they do in any language.
MOST_CAPS = 5
#: So much of a column is for what keys do, pixels.
_TEXT_WIDTH = 180


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
        for label in page.findChildren(QLabel):
            label.ensurePolished()  # the style adds to the width of the keys
        self.resize(max(920, page.sizeHint().width() + 34), min(760, page.sizeHint().height() + 70))


def _balanced(
    topics: list[tuple[str, list[KeyRow]]],
) -> tuple[list[tuple[str, list[KeyRow]]], list[tuple[str, list[KeyRow]]]]:
    """Split topics where the columns are most alike in length; a title counts as two rows."""
    lengths = [len(rows) + 2 for _, rows in topics]
    cuts = range(len(topics) + 1)
    cut = min(cuts, key=lambda at: abs(sum(lengths[:at]) - sum(lengths[at:])), default=0)
    return topics[:cut], topics[cut:]


def _section(topic: str, rows: Sequence[KeyRow]) -> QVBoxLayout:
    section = QVBoxLayout()
    section.setSpacing(7)
    title = QLabel(topic)
    title.setProperty("kind", "title")
    section.addWidget(title)
    for row in rows:
        text = QLabel(row.text)
        text.setWordWrap(True)
        text.setMinimumWidth(_TEXT_WIDTH)
        # Rows of their own: long keys of one command take no room from the names of others.
        line = QHBoxLayout()
        line.setSpacing(18)
        line.addWidget(text, 1)
        line.addWidget(_KeyCaps(row), 0, Qt.AlignmentFlag.AlignVCenter)
        section.addLayout(line)
    return section


class _KeyCaps(QWidget):
    """The ways to give a command, each as the keys to press together."""

    def __init__(self, row: KeyRow) -> None:
        super().__init__()
        ways = _shown(row.keys)
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
                cap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
                layout.addWidget(cap)


def _shown(ways: Sequence[QKeySequence]) -> Sequence[QKeySequence]:
    """Return the first ways that there is room for; one at least."""
    room, shown = MOST_CAPS, 0
    for keys in ways[:MOST_WAYS]:
        room -= len(caps(keys))
        if room < 0 and shown:
            break
        shown += 1
    return ways[:shown]
