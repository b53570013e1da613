"""The rectangle by which photos are selected with the mouse."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QPoint, QRect, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QPainter, QPalette, QPen

from inphotos.gui.grid.delegate import MARGIN
from inphotos.gui.grid.geometry import GridGeometry
from inphotos.gui.grid.selection import joined

#: Nearer to the upper or lower edge than this the grid scrolls, pixels.
EDGE = 28
#: How often it does.
SCROLL_MS = 16


class RubberBand(QObject):
    """A rectangle from where the button went down to where the pointer is.

    The first corner keeps its place among the photos while the grid scrolls.

    Signals:
        scrolled(int): the pointer is at an edge: the grid should scroll by so many pixels.
    """

    scrolled = pyqtSignal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._origin: QPoint | None = None
        self._pointer = QPoint()
        self._height = 0
        self._timer = QTimer(self)
        self._timer.setInterval(SCROLL_MS)
        self._timer.timeout.connect(self._on_scroll_due)

    @property
    def active(self) -> bool:
        """Whether there is a band."""
        return self._origin is not None

    def begin(self, origin: QPoint) -> None:
        """Begin at a point of the content."""
        self._origin = origin

    def move(self, pointer: QPoint, height: int) -> None:
        """Follow the pointer.

        Args:
            pointer: in the viewport.
            height: of the viewport, pixels.
        """
        self._pointer, self._height = pointer, height
        if self._speed() and not self._timer.isActive():
            self._timer.start()

    def end(self) -> None:
        """Let go."""
        self._origin = None
        self._timer.stop()

    def rect(self, offset: int) -> QRect:
        """Return where the band is in the content, of which ``offset`` pixels are above sight."""
        assert self._origin is not None
        return QRect(self._origin, self._pointer + QPoint(0, offset)).normalized()

    def rows(self, places: GridGeometry, offset: int) -> list[range]:
        """Return the rows whose tiles the band touches; ``offset`` as for :meth:`rect`."""
        rect = self.rect(offset)
        # A cell has its tile that far inside, and a band as thin as a line may touch it.
        left, top = rect.left() + MARGIN, rect.top() + MARGIN
        right, bottom = rect.right() + 1 - MARGIN, rect.bottom() + 1 - MARGIN
        return joined(places.rows_inside(left, top, right, bottom))

    def paint(self, painter: QPainter, offset: int, palette: QPalette) -> None:
        """Draw the band into the viewport; ``offset`` as for :meth:`rect`."""
        accent = palette.color(QPalette.ColorRole.Highlight)
        ground = QColor(accent)
        ground.setAlpha(45)
        painter.setPen(QPen(accent, 1))
        painter.setBrush(ground)
        painter.drawRect(self.rect(offset).translated(0, -offset))

    def _speed(self) -> int:
        """Return how far to scroll each time: the farther out the pointer is, the more."""
        above, below = EDGE - self._pointer.y(), self._pointer.y() - (self._height - EDGE)
        if above > 0:
            return -max(2, above // 2)
        return max(2, below // 2) if below > 0 else 0

    def _on_scroll_due(self) -> None:
        speed = self._speed()
        if speed and self.active:
            self.scrolled.emit(speed)
        else:
            self._timer.stop()
