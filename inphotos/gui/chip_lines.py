"""Chips in lines that are scrolled when there are many."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from inphotos.gui.flow_layout import FlowLayout

#: More lines of chips would take the place of the photos.
MOST_LINES = 4


class ChipLines(QScrollArea):
    """Widgets in lines, as high as they are up to some lines, scrolled beyond that."""

    def __init__(self, spacing: int, most_lines: int = MOST_LINES) -> None:
        """Make an empty one.

        Args:
            spacing: between widgets and between lines, in pixels.
            most_lines: further ones are scrolled to.
        """
        super().__init__()
        self._spacing = spacing
        self._most_lines = most_lines
        self.setObjectName("chips")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._inside = QWidget()
        self._flow = FlowLayout(self._inside, spacing)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the end."""
        self._flow.addWidget(widget)
        widget.show()
        # Its size depends on the style sheet, and nobody asks again from outside of the area.
        widget.ensurePolished()
        self.updateGeometry()

    def remove(self, widget: QWidget) -> None:
        """Delete a widget."""
        self._flow.removeWidget(widget)
        widget.hide()
        widget.deleteLater()
        self.updateGeometry()

    # Qt overrides

    def heightForWidth(self, width: int) -> int:
        line = self._flow.sizeHint().height()
        most = self._most_lines * line + (self._most_lines - 1) * self._spacing
        return min(self._flow.heightForWidth(width), most)

    def sizeHint(self) -> QSize:
        return self._flow.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
