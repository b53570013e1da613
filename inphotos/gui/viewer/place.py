"""Where a photo is in a view: how large, which part, and how it is turned."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRect, QSize
from PyQt6.QtGui import QPainter

from inphotos.region import scaled_to

#: Eight pixels of the screen to one of the photo: closer there is nothing to be seen.
CLOSEST = 8.0


class Place:
    """The geometry of one photo in pixels of the screen, which it always lies on exactly.

    Attributes:
        turns: quarter turns clockwise, 0 to 3.
        scale: pixels of the screen to one of the photo.
        fit_scale: the scale at which all of the photo is in sight.
        is_fit: the scale is that one, also when the room changes.
        drawn: size at which the photo is drawn, before it is turned.
    """

    def __init__(self) -> None:
        self.turns = 0
        self.scale = self.fit_scale = 1.0
        self.is_fit = True
        self.drawn = QSize(1, 1)
        self._full = QSize(1, 1)
        self._room = QSize(1, 1)
        self._centre = QPointF(0.5, 0.5)

    @property
    def centre(self) -> QPointF:
        """What is in the middle of the room, in fractions of the photo as it is turned."""
        return self._centre

    @centre.setter
    def centre(self, centre: QPointF) -> None:
        turned = self._turned(self.drawn)
        self._centre = QPointF(
            _within(centre.x(), turned.width(), self._room.width()),
            _within(centre.y(), turned.height(), self._room.height()),
        )

    @property
    def is_larger_than_room(self) -> bool:
        """Whether some of the photo is out of sight."""
        turned = self._turned(self.drawn)
        return turned.width() > self._room.width() or turned.height() > self._room.height()

    def reset(self, turns: int) -> None:
        """Show all of the photo again, turned by so many quarters."""
        self.turns = turns % 4
        self.is_fit = True
        self._centre = QPointF(0.5, 0.5)

    def set_frame(self, full: QSize, room: QSize, ratio: float) -> None:
        """Set the sizes.

        Args:
            full: of the photo, upright, in its pixels.
            room: of the view, in pixels of the screen.
            ratio: pixels of the screen to a logical one. A small photo is enlarged that far, so
                that it is as large on every screen, and no further.
        """
        self._full, self._room = full, room
        turned = self._turned(full)
        self.fit_scale = min(
            room.width() / turned.width(), room.height() / turned.height(), max(1.0, ratio)
        )
        self.fit_scale = max(self.fit_scale, 1e-4)  # in a view without any room
        self._set_scale(self.fit_scale if self.is_fit else self.scale)

    def fit(self) -> None:
        """Show all of the photo."""
        self.is_fit = True
        self._set_scale(self.fit_scale)

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """Set the scale, within its bounds; what is at a point (by default the middle) stays."""
        point = QPointF(self._room.width() / 2, self._room.height() / 2) if at is None else at
        before = self.fraction_at(point)
        least = min(self.fit_scale, 1.0)
        scale = min(max(scale, least), max(CLOSEST, self.fit_scale))
        self.is_fit = abs(scale / self.fit_scale - 1) < 0.005
        self._set_scale(self.fit_scale if self.is_fit else scale)
        turned = self._turned(self.drawn)
        self.centre = QPointF(
            before.x() + (self._room.width() / 2 - point.x()) / turned.width(),
            before.y() + (self._room.height() / 2 - point.y()) / turned.height(),
        )

    def stepped(self, factor: float) -> float:
        """Return the scale times a factor, but stop on the way at 100 % and where it fits."""
        scale = self.scale * factor
        low, high = sorted((self.scale, scale))
        stops = [stop for stop in (self.fit_scale, 1.0) if low * 1.01 < stop < high * 0.99]
        return stops[0] if stops else scale

    def move(self, by: QPointF) -> None:
        """Move the photo, in pixels of the screen."""
        turned = self._turned(self.drawn)
        self.centre = QPointF(
            self._centre.x() - by.x() / turned.width(), self._centre.y() - by.y() / turned.height()
        )

    def frame(self) -> QRect:
        """Return where the photo is as it is turned."""
        turned = self._turned(self.drawn)
        left = round(self._room.width() / 2 - self._centre.x() * turned.width())
        top = round(self._room.height() / 2 - self._centre.y() * turned.height())
        return QRect(left, top, turned.width(), turned.height())

    def fraction_at(self, point: QPointF) -> QPointF:
        """Return what of the photo as it is turned is at a point, 0 to 1 inside of it."""
        frame = self.frame()
        return QPointF(
            (point.x() - frame.left()) / frame.width(), (point.y() - frame.top()) / frame.height()
        )

    def in_pixels(self, painter: QPainter, ratio: float) -> None:
        """Let a painter count pixels of the screen from the corner of the upright photo."""
        painter.scale(1 / ratio, 1 / ratio)
        # With a ratio such as 1.5 a widget can begin amid a pixel.
        corner = painter.deviceTransform().map(QPointF(0, 0))
        painter.translate(round(corner.x()) - corner.x(), round(corner.y()) - corner.y())
        frame = self.frame()
        right, below = frame.left() + frame.width(), frame.top() + frame.height()
        x, y = {
            0: (frame.left(), frame.top()),
            1: (right, frame.top()),
            2: (right, below),
            3: (frame.left(), below),
        }[self.turns]
        painter.translate(x, y)
        painter.rotate(90 * self.turns)

    def _set_scale(self, scale: float) -> None:
        self.scale = scale
        edge = max(1, round(scale * max(self._full.width(), self._full.height())))
        self.drawn = QSize(*scaled_to((self._full.width(), self._full.height()), edge))
        self.centre = self._centre

    def _turned(self, size: QSize) -> QSize:
        return size.transposed() if self.turns % 2 else size


def _within(centre: float, photo: int, room: int) -> float:
    """Return a centre with which no room is left empty, or as much on one side as on the other."""
    if photo <= room:
        return 0.5
    half = room / 2 / photo
    return min(max(centre, half), 1 - half)
