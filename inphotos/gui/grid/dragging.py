"""Photos on their way into another program: real files, under the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import QMimeData, QPoint, QPointF, QRectF, QSizeF, Qt
from PyQt6.QtGui import QColor, QDrag, QFont, QFontMetricsF, QPainter, QPalette, QPen, QPixmap
from PyQt6.QtWidgets import QWidget

from inphotos.gui import wording
from inphotos.gui.file_urls import url_of

if TYPE_CHECKING:
    from inphotos.search.ranking import Result

#: The longer edge of a thumbnail under the pointer, pixels.
EDGE = 96
#: So many lie on each other at most, each so far from the next.
STACKED = 3
STEP = 7
_BADGE = 24


def files_of(photos: Sequence[Result]) -> QMimeData | None:
    """Return the files of photos for other programs, None where none can be opened now."""
    here = [photo.path for photo in photos if photo.presence == "here"]
    if not here:
        return None
    data = QMimeData()
    data.setUrls([url_of(path) for path in here])
    return data


def drag_of(source: QWidget, photos: Sequence[Result], pictures: Sequence[QPixmap]) -> QDrag | None:
    """Return a drag of photos, which the caller starts; None where there is nothing to drag.

    Args:
        source: where it begins.
        photos: what is dragged; those whose files cannot be reached stay behind.
        pictures: thumbnails of some of them, the first on top.
    """
    data = files_of(photos)
    if data is None:
        return None
    drag = QDrag(source)
    drag.setMimeData(data)
    pixmap = picture_of(pictures[:STACKED], len(data.urls()), source)
    drag.setPixmap(pixmap)
    drag.setHotSpot(QPoint(EDGE // 2, EDGE // 2))
    return drag


def picture_of(pictures: Sequence[QPixmap], count: int, widget: QWidget) -> QPixmap:
    """Return a stack of thumbnails with the number of photos, in a widget's colours."""
    ratio = widget.devicePixelRatioF()
    side = EDGE + STEP * (STACKED - 1) + _BADGE // 2
    whole = QPixmap(round(side * ratio), round(side * ratio))
    whole.setDevicePixelRatio(ratio)
    whole.fill(Qt.GlobalColor.transparent)
    painter = QPainter(whole)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    corner = QPointF(EDGE, _BADGE / 2)
    for depth in reversed(range(len(pictures))):
        picture = pictures[depth]
        square = QSizeF(EDGE, EDGE)
        size = picture.deviceIndependentSize().scaled(square, Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        middle = EDGE / 2 + depth * STEP
        place.moveCenter(QRectF(0, _BADGE / 2, 2 * middle, 2 * middle).center())
        painter.setPen(QPen(QColor(255, 255, 255, 220), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPixmap(place, picture, QRectF(picture.rect()))
        painter.drawRoundedRect(place, 6, 6)
        corner = place.topRight()
    if count > 1:
        _draw_count(painter, count, corner, widget)
    painter.end()
    return whole


def _draw_count(painter: QPainter, count: int, corner: QPointF, widget: QWidget) -> None:
    colour, text = widget.palette().color, wording.number(count)
    font = QFont(widget.font())
    font.setPixelSize(13)
    font.setBold(True)
    width = max(float(_BADGE), QFontMetricsF(font).horizontalAdvance(text) + 14)
    # At the corner of the one on top, as far as there is room.
    place = QRectF(0, 0, width, _BADGE)
    place.moveCenter(corner)
    place.moveTop(max(1.0, place.top()))
    painter.setPen(QPen(colour(QPalette.ColorRole.Window), 1.5))
    painter.setBrush(colour(QPalette.ColorRole.Highlight))
    painter.drawRoundedRect(place, _BADGE / 2, _BADGE / 2)
    painter.setFont(font)
    painter.setPen(colour(QPalette.ColorRole.HighlightedText))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
