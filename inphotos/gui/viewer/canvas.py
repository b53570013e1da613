"""One photo on a dark ground, which can be looked at closely, moved and turned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QPointF, QRect, QSize, Qt, QVariantAnimation, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QInputDevice,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QLabel, QWidget

from inphotos.gui import wording
from inphotos.gui.icons import icon
from inphotos.gui.style import DARK
from inphotos.gui.viewer.pictures import Picture, Pictures, Wish
from inphotos.gui.viewer.place import Place

if TYPE_CHECKING:
    from inphotos.search.ranking import Result

GROUND = QColor("#101114")
#: In the place of a photo of which there is nothing to show yet.
_BLANK = QColor("#1b1d21")

#: How much closer a step of the wheel or of a key goes.
STEP = 1.25
#: How far an arrow key moves a photo, in logical pixels.
PAN = 80
FADE_MS = 260
_NOTE_MARGIN = 24
#: Of the sign in the place of a photo of which nothing can be shown.
_SIGN = 72

#: Taken for a photo of which not even the size is known: more than fits on a screen.
_UNKNOWN = QSize(3000, 2000)


@dataclass(frozen=True, slots=True)
class Sight:
    """What of a photo is looked at, so that the same can be looked at of another.

    Attributes:
        closeness: how many times as large as where it fits.
        centre: in the middle of the view; fractions of the width and height as it is turned.
    """

    closeness: float
    centre: QPointF


class Canvas(QWidget):
    """Shows one photo: where it fits, at 100 % (one pixel of it to one of the screen), or else.

    What it draws comes from ``pictures`` as it gets there; the place of the photo is known from
    the beginning, so that nothing moves when it gets sharp.

    Attributes:
        photo: the photo that is shown, None for none.

    Signals:
        sight_changed(): the user looks at it more closely, or elsewhere.
        wish_changed(): other pictures are of use now.
    """

    sight_changed = pyqtSignal()
    wish_changed = pyqtSignal()

    def __init__(
        self, pictures: Pictures, parent: QWidget | None = None, *, ground: QColor | None = GROUND
    ) -> None:
        """Draw with ``pictures``, on a ground of this colour, or on what is below for None."""
        super().__init__(parent)
        self._ground = ground
        self.photo: Result | None = None
        self._pictures = pictures
        self._picture: Picture | None = None
        self._full = _UNKNOWN
        self._place = Place()
        self._held: QPointF | None = None
        self._former: QPixmap | None = None
        self._note = QLabel(self)
        self._note.setObjectName("viewer-note")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._note.hide()
        self._fade = QVariantAnimation(self)
        self._fade.setDuration(FADE_MS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.valueChanged.connect(self._on_faded)
        self._fade.finished.connect(self._on_fade_finished)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, ground is not None)
        self.setAccessibleName(self.tr("Photo"))
        pictures.loaded.connect(self._on_loaded)

    # What is shown

    def show_photo(self, photo: Result | None, turns: int = 0, *, fade: bool = False) -> None:
        """Show a photo where it fits.

        Args:
            photo: the photo, None for none.
            turns: quarter turns clockwise.
            fade: let the former photo fade away.
        """
        if fade and self.isVisible():
            self._former = self.grab()
            self._fade.start()
        self.photo = photo
        self._picture = None
        self._place.reset(turns)
        known = photo is not None and photo.width > 0
        self._full = QSize(photo.width, photo.height) if photo and known else _UNKNOWN
        self._take()
        self._fit_place()
        self._tell()
        self.wish_changed.emit()
        self.update()

    @property
    def note(self) -> str:
        """Why the photo cannot be seen as it is; empty when it can."""
        return "" if self._note.isHidden() else self._note.text()

    @property
    def picture(self) -> Picture | None:
        """What the photo is drawn with now."""
        return self._picture

    @property
    def is_sharp(self) -> bool:
        """Whether it is drawn with as many pixels as there are on the screen, or in the photo."""
        picture = self._picture
        if picture is None or picture.is_thumbnail:
            return False
        return picture.is_whole or picture.edge >= self._drawn_edge()

    def wish(self) -> Wish | None:
        """Return the picture that would be sharp, None without a photo."""
        return None if self.photo is None else Wish.of(self.photo, self._wanted_edge())

    def wish_for(self, photo: Result, turns: int = 0) -> Wish:
        """Return the picture that another photo would be shown with."""
        known = photo.width > 0
        size = QSize(photo.width, photo.height) if known else _UNKNOWN
        place = Place()
        place.reset(turns)
        place.set_frame(size, self._room(), self.devicePixelRatioF())
        return Wish.of(photo, max(place.drawn.width(), place.drawn.height()))

    # How it is looked at

    @property
    def zoom(self) -> float:
        """Pixels of the screen to one of the photo."""
        return self._place.scale

    @property
    def is_fit(self) -> bool:
        """Whether the photo is as large as there is room, whatever that is."""
        return self._place.is_fit

    @property
    def sight(self) -> Sight:
        """What of the photo is looked at."""
        return Sight(self._place.scale / self._place.fit_scale, QPointF(self._place.centre))

    def look(self, sight: Sight) -> None:
        """Look at the same part of this photo as of another one, without a signal."""
        self._place.zoom_to(sight.closeness * self._place.fit_scale)
        self._place.centre = sight.centre
        self._see_anew()

    def fit(self) -> None:
        """Show all of the photo."""
        self._place.fit()
        self._on_looked()

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """Show the photo larger or smaller; what is below a point stays there.

        Args:
            scale: pixels of the screen to one of the photo.
            at: the point, in the widget; its middle by default.
        """
        self._place.zoom_to(scale, None if at is None else at * self.devicePixelRatioF())
        self._on_looked()

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """Show the photo larger by steps of :data:`STEP`, smaller below 0; see :meth:`zoom_to`."""
        self.zoom_to(self._place.stepped(STEP**steps), at)

    def toggle_zoom(self, at: QPointF) -> None:
        """Go from all of the photo to 100 %, or back; small ones, all of which is that, to 200."""
        if not self.is_fit:
            self.fit()
        else:
            self.zoom_to(1.0 if self.zoom < 0.99 else 2 * self.zoom, at)

    def pan(self, x: float, y: float) -> None:
        """Move the photo, in logical pixels."""
        self._place.move(QPointF(x, y) * self.devicePixelRatioF())
        self._on_looked()

    def can_pan(self) -> bool:
        """Tell whether there is more of the photo than is in sight."""
        return self._place.is_larger_than_room

    def turn(self, by: int) -> int:
        """Turn the photo by quarters, clockwise, as it is shown; return how it is turned now."""
        self._place.reset(self._place.turns + by)
        self._fit_place()
        self._on_looked()
        return self._place.turns

    def point_at(self, place: QPointF) -> QPointF:
        """Return what of the photo is at a place in the widget, in fractions of it as turned."""
        return self._place.fraction_at(place * self.devicePixelRatioF())

    def frame(self) -> QRect:
        """Return where the photo is, in pixels of the screen from the widget's corner."""
        return self._place.frame()

    # Inside

    def _room(self) -> QSize:
        ratio = self.devicePixelRatioF()
        return QSize(round(self.width() * ratio), round(self.height() * ratio))

    def _fit_place(self) -> None:
        self._place.set_frame(self._full, self._room(), self.devicePixelRatioF())

    def _drawn_edge(self) -> int:
        drawn = self._place.drawn
        return max(drawn.width(), drawn.height())

    def _wanted_edge(self) -> int:
        """Return the long edge to decode: what is drawn, or halves of the photo beyond that.

        Otherwise every step closer would be a decode of its own.
        """
        drawn, edge = self._drawn_edge(), max(self._full.width(), self._full.height())
        if self._place.is_fit:
            return drawn
        while edge >= 2 * drawn:
            edge = (edge + 1) // 2
        return edge

    def _take(self) -> None:
        """Take up what there is to draw the photo with."""
        if self.photo is None:
            return
        best = self._pictures.best(self.photo, self._wanted_edge())
        if best is None:
            return
        self._picture = best
        size = best.full if not best.is_thumbnail else self._full
        if best.is_thumbnail and self.photo.width == 0:
            # Its shape, at the size of a photo.
            size = best.image.size().scaled(_UNKNOWN, Qt.AspectRatioMode.KeepAspectRatio)
        if size != self._full:
            self._full = size
            self._fit_place()
            self.wish_changed.emit()

    def _see_anew(self) -> None:
        self._take()
        self.setCursor(
            Qt.CursorShape.OpenHandCursor if self.can_pan() else Qt.CursorShape.ArrowCursor
        )
        self.wish_changed.emit()
        self.update()

    def _on_looked(self) -> None:
        self._see_anew()
        self.sight_changed.emit()

    def _on_loaded(self, photo_id: int) -> None:
        if self.photo is not None and self.photo.photo_id == photo_id:
            self._take()
            self._tell()
            self.update()

    def _tell(self) -> None:
        """Say why the photo cannot be seen as it is."""
        photo = self.photo
        trouble = None if photo is None else self._pictures.trouble(photo)
        if photo is not None and trouble is not None:
            gone = trouble.gone or photo.presence != "here"
            cannot_open = wording.cannot_open(photo.path, photo.presence)
            self._note.setText(cannot_open if gone else trouble.text)
            self._place_note()
        self._note.setVisible(trouble is not None)

    def _place_note(self) -> None:
        width = min(560, self.width() - 2 * _NOTE_MARGIN)
        width = min(width, self._note.sizeHint().width()) if len(self._note.text()) < 60 else width
        height = self._note.heightForWidth(width)
        left, top = (self.width() - width) // 2, self.height() - height - _NOTE_MARGIN
        self._note.setGeometry(left, top, width, height)

    def _on_faded(self) -> None:
        self.update()

    def _on_fade_finished(self) -> None:
        self._former = None
        self.update()

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: ARG002
        self._fit_place()
        self._see_anew()
        self._place_note()

    def event(self, event: QEvent | None) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_to(self.zoom * (1 + event.value()), event.position())
                return True
        elif event is not None and event.type() == QEvent.Type.DevicePixelRatioChange:
            self._fit_place()
            self._see_anew()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        assert event is not None
        device = event.device()
        by_touch = device is not None and device.type() == QInputDevice.DeviceType.TouchPad
        with_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if by_touch and not with_control and self.can_pan():
            self.pan(event.pixelDelta().x(), event.pixelDelta().y())
        elif event.angleDelta().y():
            self.zoom_by(event.angleDelta().y() / 120, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
        elif self.can_pan():
            self._held = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if self._held is not None:
            by, self._held = event.position() - self._held, event.position()
            self.pan(by.x(), by.y())
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        event.ignore()  # so that the viewer knows that the mouse moves

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:  # noqa: ARG002
        if self._held is not None:
            self._held = None
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggle_zoom(event.position())
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: ARG002
        painter = QPainter(self)
        if self._ground is not None:
            painter.fillRect(self.rect(), self._ground)
        if self._picture is None and not self._note.isHidden():
            sign = QRect(0, 0, _SIGN, _SIGN)
            sign.moveCenter(self.rect().center())
            icon("photo", QColor(DARK.muted)).paint(painter, sign)
        elif self.photo is not None:
            painter.save()
            self._place.in_pixels(painter, self.devicePixelRatioF())
            target = QRect(0, 0, self._place.drawn.width(), self._place.drawn.height())
            if self._picture is None:
                painter.fillRect(target, _BLANK)
            else:
                image = self._picture.image
                # One to one nothing is to be mixed.
                smooth = image.size() != target.size()
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
                painter.drawImage(target, image)
            painter.restore()
        if self._former is not None:
            painter.setOpacity(float(self._fade.currentValue()))
            painter.drawPixmap(0, 0, self._former)
        painter.end()
