"""A photo with a rectangle on it that the user draws, moves and resizes."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import (
    QColor,
    QCursor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PyQt6.QtWidgets import QWidget

from inphotos.region import Region

#: Least width and height, in fractions of the photo: less than that shows nothing to a model.
LEAST = 0.05
#: What an arrow key moves by.
STEP = 0.02

_MARGIN = 12
_HANDLE = 5.0
#: How far from a handle the pointer still takes it.
_REACH = 12.0
_SHADE = QColor(0, 0, 0, 150)

#: The handles by the sides that they move: left -1, right 1; top -1, bottom 1.
_HANDLES = [(x, y) for y in (-1, 0, 1) for x in (-1, 0, 1) if x or y]

_CURSORS = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (0, 0): Qt.CursorShape.SizeAllCursor,
}

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PartView(QWidget):
    """Shows the photo as large as there is room, shaded outside of the rectangle.

    Attributes:
        message: what stands in the place of the photo, while there is none.
    """

    def __init__(self, region: Region | None = None, parent: QWidget | None = None) -> None:
        """Begin with ``region``, by default the middle of the photo."""
        super().__init__(parent)
        chosen = region or Region(0.25, 0.25, 0.5, 0.5)
        self._box = QRectF(chosen.left, chosen.top, chosen.width, chosen.height)
        self._pixmap: QPixmap | None = None
        self.message = self.tr("Opening the photo…")
        self._held: tuple[int, int] | None = None
        self._from = QPointF()
        self._box_before = QRectF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Photo with the part to search for"))
        self.setAccessibleDescription(self.tr("Arrow keys move it, Shift and arrow keys resize it"))

    @property
    def region(self) -> Region:
        """The part inside the rectangle."""
        box = self._box
        left, top = max(0.0, box.left()), max(0.0, box.top())
        return Region(left, top, min(box.width(), 1 - left), min(box.height(), 1 - top))

    @property
    def has_picture(self) -> bool:
        """Whether the photo has come."""
        return self._pixmap is not None

    def show_picture(self, image: QImage) -> None:
        """Show the photo."""
        self._pixmap = QPixmap.fromImage(image)
        self.update()

    def show_trouble(self, text: str) -> None:
        """Say why there is no photo."""
        self.message = text
        self.update()

    def frame(self) -> QRectF:
        """Return where the photo is drawn; empty while there is none."""
        if self._pixmap is None:
            return QRectF()
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        size = self._pixmap.deviceIndependentSize()
        size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        corner = room.center() - QPointF(size.width() / 2, size.height() / 2)
        return QRectF(corner, size)

    def point_at(self, x: float, y: float) -> QPointF:
        """Return where a place of the photo, in fractions, is drawn."""
        frame = self.frame()
        return QPointF(frame.left() + x * frame.width(), frame.top() + y * frame.height())

    def _fraction_at(self, point: QPointF) -> QPointF:
        frame = self.frame()
        x = (point.x() - frame.left()) / frame.width()
        y = (point.y() - frame.top()) / frame.height()
        return QPointF(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))

    def _handle_at(self, point: QPointF) -> tuple[int, int] | None:
        """Return the handle below a point, (0, 0) for the inside, None beside the rectangle."""
        for sides in _HANDLES:
            distance = point - self._place_of(sides)
            if max(abs(distance.x()), abs(distance.y())) <= _REACH:
                return sides
        shown = QRectF(
            self.point_at(self._box.left(), self._box.top()),
            self.point_at(self._box.right(), self._box.bottom()),
        )
        return (0, 0) if shown.contains(point) else None

    def _place_of(self, sides: tuple[int, int]) -> QPointF:
        middle = self._box.center()
        return self.point_at(
            middle.x() + sides[0] * self._box.width() / 2,
            middle.y() + sides[1] * self._box.height() / 2,
        )

    def _drag(self, sides: tuple[int, int], box: QRectF, by: QPointF) -> None:
        """Move a rectangle, or the sides of it that a handle moves."""
        if sides == (0, 0):
            left = min(max(box.left() + by.x(), 0.0), 1 - box.width())
            top = min(max(box.top() + by.y(), 0.0), 1 - box.height())
            self._box = QRectF(QPointF(left, top), box.size())
        else:
            left, right = _dragged(box.left(), box.right(), sides[0], by.x())
            top, bottom = _dragged(box.top(), box.bottom(), sides[1], by.y())
            self._box = QRectF(QPointF(left, top), QPointF(right, bottom))
        self.update()

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(900, 640)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if event.button() != Qt.MouseButton.LeftButton or self._pixmap is None:
            return
        self._from = self._fraction_at(event.position())
        self._held = self._handle_at(event.position())
        if self._held is None:
            # A new one grows from here to wherever the pointer goes.
            self._held = (1, 1)
            left, top = min(self._from.x(), 1 - LEAST), min(self._from.y(), 1 - LEAST)
            self._box = QRectF(left, top, LEAST, LEAST)
            self._from = self._box.bottomRight()
            self.update()
        self._box_before = QRectF(self._box)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if self._pixmap is None:
            return
        if self._held is not None:
            by = self._fraction_at(event.position()) - self._from
            self._drag(self._held, self._box_before, by)
        sides = self._held or self._handle_at(event.position())
        shape = Qt.CursorShape.CrossCursor if sides is None else _CURSORS[sides]
        self.setCursor(QCursor(shape))

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:  # noqa: ARG002
        self._held = None

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is None:
            super().keyPressEvent(event)
            return
        by = QPointF(arrow[0] * STEP, arrow[1] * STEP)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._drag((abs(arrow[0]), abs(arrow[1])), self._box, by)
        else:
            self._drag((0, 0), self._box, by)

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        palette = self.palette()
        if self._pixmap is None:
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, self.message)
            painter.end()
            return
        frame = self.frame()
        painter.drawPixmap(frame, self._pixmap, QRectF(self._pixmap.rect()))
        box = QRectF(self._place_of((-1, -1)), self._place_of((1, 1)))
        outside = QPainterPath()
        outside.addRect(frame)
        inside = QPainterPath()
        inside.addRect(box)
        painter.fillPath(outside.subtracted(inside), _SHADE)
        # A light line and a dark one: one of them is seen on any photo.
        accent = palette.color(QPalette.ColorRole.Highlight)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 170), 4.0), (QColor("white"), 2.0)):
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
            painter.drawRect(box)
        painter.setPen(QPen(QColor("white"), 1.6))
        painter.setBrush(accent)
        for sides in _HANDLES:
            painter.drawEllipse(self._place_of(sides), _HANDLE, _HANDLE)
        painter.end()


def _dragged(low: float, high: float, side: int, by: float) -> tuple[float, float]:
    """Return two opposite sides after one of them (-1, 1, or 0 for none) was moved.

    One that is moved past the other changes places with it.
    """
    if side == 0:
        return low, high
    fixed, moving = (high, low) if side < 0 else (low, high)
    moving = min(max(moving + by, 0.0), 1.0)
    if abs(moving - fixed) < LEAST:
        away = 1 if moving > fixed or (moving == fixed and side > 0) else -1
        moving = fixed + away * LEAST
        if not 0.0 <= moving <= 1.0:
            moving = fixed - away * LEAST
    return min(fixed, moving), max(fixed, moving)
