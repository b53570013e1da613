"""A meter of three steps: how strongly a photo matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPalette
from PyQt6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from inphotos.search.ranking import Match

_STEPS: dict[Match, int] = {"none": 1, "maybe": 2, "strong": 3}
_WIDTH, _HEIGHT, _GAP = 16, 6, 3


class Meter(QWidget):
    """Three bars, of which one to three are filled; the words beside it say the same."""

    def __init__(self, match: Match, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.match = match
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(3 * _WIDTH + 2 * _GAP, _HEIGHT)

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: ARG002
        painter, palette = QPainter(self), self.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(3):
            filled = step < _STEPS[self.match]
            role = QPalette.ColorRole.Highlight if filled else QPalette.ColorRole.Mid
            painter.setBrush(palette.color(role))
            bar = QRectF(step * (_WIDTH + _GAP), 0, _WIDTH, _HEIGHT)
            painter.drawRoundedRect(bar, _HEIGHT / 2, _HEIGHT / 2)
        painter.end()
