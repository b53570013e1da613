"""Photos in the information panel, from the same thumbnails as the grid's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QRect, QRectF, QSize, Qt
from PyQt6.QtGui import (
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from inphotos.gui.grid.thumbnails import CORNER_RADIUS, Thumbnails, Wish
from inphotos.gui.icons import icon
from inphotos.gui.timers import single_shot
from inphotos.settings import THUMBNAIL_EDGES

if TYPE_CHECKING:
    from inphotos.search.ranking import Result

#: Device pixels of a preview: the largest thumbnail has a few less, which nobody sees; a larger
#: picture would not be sharp.
_SHARPEST = round(1.1 * THUMBNAIL_EDGES[-1])

#: Height of the preview's place for its width: photos across fill it, upright ones nearly.
_HEIGHT = 0.78

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)

#: What stands for a photo that has no thumbnail yet.
_SIGN_EDGE = 24

#: While the panel is being resized, the picture that is there is scaled.
_SETTLED_MS = 150


class Picture(QAbstractButton):
    """A photo's thumbnail that can be clicked; until it is read, a ground of its shape.

    Attributes:
        result: the photo, None for none.
    """

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result: Result | None = None
        self._thumbnails = thumbnails
        self._placeholder = icon("photo", QPalette.ColorRole.PlaceholderText)
        self._edge = 0
        self._settle = single_shot(self, _SETTLED_MS, self._on_settled)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        thumbnails.loaded.connect(self._on_loaded)

    def show_photo(self, result: Result | None) -> None:
        """Show another photo, or none."""
        self.result = result
        self._edge = self.wanted_edge()
        self.setEnabled(result is not None)
        self.update()

    def picture_rect(self) -> QRect:
        """Return where the photo is, in its own shape."""
        return self.rect()

    def wanted_edge(self) -> int:
        """Return the square that the thumbnail is to fit, device-independent pixels."""
        rect = self.picture_rect()
        return max(rect.width(), rect.height())

    def _pixmap(self) -> QPixmap | None:
        result = self.result
        if result is None or self._edge <= 0:
            return None
        return self._thumbnails.pixmap(
            Wish(result.photo_id, result.path, result.content, self._edge, self.devicePixelRatioF())
        )

    def _on_loaded(self, photo_id: int) -> None:
        if self.result is not None and photo_id == self.result.photo_id:
            self.update()

    def _on_settled(self) -> None:
        self._edge = self.wanted_edge()
        self.update()

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if self._edge:
            self._settle.start()
        else:
            self._edge = self.wanted_edge()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in _ARROWS:
            event.ignore()  # of itself a button goes to the next one, wherever that is
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: ARG002
        if self.result is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        rect, pixmap = self.picture_rect(), self._pixmap()
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(rect), CORNER_RADIUS, CORNER_RADIUS)
        if pixmap is None:
            painter.fillPath(shape, self.palette().color(QPalette.ColorRole.AlternateBase))
            sign = QRect(0, 0, _SIGN_EDGE, _SIGN_EDGE)
            sign.moveCenter(rect.center())
            if rect.contains(sign):
                self._placeholder.paint(painter, sign)
        else:
            painter.setClipPath(shape)
            self._paint_photo(painter, rect, pixmap)
            painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 7, 7)
        painter.end()

    def _paint_photo(self, painter: QPainter, rect: QRect, pixmap: QPixmap) -> None:
        painter.drawPixmap(rect, pixmap)


class Preview(Picture):
    """The photo that the panel is about, whole, in a place of the same size for every photo."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(thumbnails, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    # Picture overrides

    def picture_rect(self) -> QRect:
        room, result = self.rect(), self.result
        most = int(_SHARPEST / self.devicePixelRatioF())
        shape = QSize(4, 3)
        if result is not None and result.width and result.height:
            shape = QSize(result.width, result.height)
        size = shape.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if max(size.width(), size.height()) > most:
            size = shape.scaled(QSize(most, most), Qt.AspectRatioMode.KeepAspectRatio)
        rect = QRect(0, 0, max(size.width(), 1), max(size.height(), 1))
        rect.moveCenter(room.center())
        return rect

    # Qt overrides

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(min(width, _SHARPEST) * _HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(256, self.heightForWidth(256))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


#: Of the small ones: read at this size whatever theirs is, which changes with the panel's.
_TILE_EDGE = 96


class Tile(Picture):
    """A photo cut to a square."""

    # Picture overrides

    def wanted_edge(self) -> int:
        result = self.result
        if result is None or not (result.width and result.height):
            return _TILE_EDGE
        long = max(result.width, result.height) / min(result.width, result.height)
        return round(_TILE_EDGE * min(long, 2.5))

    def _paint_photo(self, painter: QPainter, rect: QRect, pixmap: QPixmap) -> None:
        width, height = pixmap.width(), pixmap.height()
        edge = min(width, height)
        middle = QRect((width - edge) // 2, (height - edge) // 2, edge, edge)
        painter.drawPixmap(rect, pixmap, middle)
